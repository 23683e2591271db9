"""Stop, the wrong person, pausing and starting again."""

from bot.understanding.away import away_on, comes_after
from bot.understanding.dates.find import lasting
from bot.understanding.dates.settle import settle
from bot.understanding.draft import Draft
from bot.understanding.lexicon import words
from bot.understanding.lexicon.common_words import NAMES
from bot.understanding.phrases import Match
from bot.understanding.reading import Ask, Context, Intent
from bot.understanding.roles import AGREED, MENTIONED, roles


def read_stop(draft: Draft) -> None:
    """Opt-out by an exact word or a phrase, minus negation, minus a promise; and wrong numbers."""
    heard = draft.heard
    _read_stranger(draft)
    if heard.has("no_opt_out"):
        return
    if heard.has("opt_out") and not _means_pause(draft):
        draft.add(Intent.OPT_OUT, "opt_out")
    elif heard.has("stop_clause"):
        draft.add(Intent.OPT_OUT, "stop_clause")
        if _promises(draft):
            draft.doubt(Ask.STOP_WHAT)
    elif heard.has("annoyed") and not _promises(draft):
        draft.add(Intent.OPT_OUT, "annoyed")
        draft.doubt(Ask.STOP_WHAT)


def _read_stranger(draft: Draft) -> None:
    """ "Ik ben niet Anna" is somebody else; "ik ben niet zuinig" may be anything, so it is asked."""
    heard = draft.heard
    if heard.has("wrong_person"):
        draft.add(Intent.WRONG_PERSON, "wrong_person")
    elif any(_names_somebody(draft, match) for match in heard.signals.get("wrong_name", ())):
        draft.add(Intent.WRONG_PERSON, "wrong_name")
    elif heard.has("wrong_name") and not heard.has("human", "hardship", "cant_pay", "dispute"):
        draft.add(Intent.OTHER, "wrong_name")
        draft.doubt(Ask.NOT_ME)


def _names_somebody(draft: Draft, match: Match) -> bool:
    heard = draft.heard
    unknown = (
        heard.tokens[heard.places[at][0]]
        for at in range(match.first, match.last)
        if heard.line.words[at + 1].endswith("~")
    )
    return any(token.word in NAMES or heard.text[token.start : token.end].istitle() for token in unknown)


def _means_pause(draft: Draft) -> bool:
    """ "Stuur deze maand niks meer" and "stop tot 1 januari" have an end, so they pause."""
    heard = draft.heard
    ends = any(found.when.edge == "until" for found in heard.moments)
    lasts = bool(heard.moments) or lasting(heard.tokens, draft.now) is not None
    return ends or (heard.has("pause") and (lasts or bool(_UNTIL & set(heard.line.words))))


_UNTIL = words("tot totdat until till")


def _promises(draft: Draft) -> bool:
    return bool(draft.heard.moments) or draft.heard.has("pay_now", "pay_bare", "promise", "already_paid")


def read_pause(draft: Draft) -> None:
    """A pause with its last day, or sending again."""
    heard = draft.heard
    if Intent.OPT_OUT in draft.intents:
        return
    if heard.has("resume") and not _not_before(draft):
        draft.add(Intent.RESUME, "resume")
        return
    signal = _pausing(draft)
    if signal is None:
        return
    draft.add(Intent.PAUSE, signal)
    ends = [at for at, role in roles(heard).items() if role != MENTIONED and at not in draft.used]
    if ends:
        _put_end(draft, ends)
    elif (last := lasting(heard.tokens, draft.now)) is not None:
        draft.slots["until"] = last.isoformat()
    elif draft.context is not Context.PAUSED:
        draft.doubt(Ask.UNTIL_WHEN)


# "Over een maand mag je weer appen, tot dan niks" is quiet until then.
_QUIET = words("tot totdat until pas niks niets nothing")


def _not_before(draft: Draft) -> bool:
    return bool(draft.heard.moments) and bool(_QUIET & set(draft.heard.line.words))


def _pausing(draft: Draft) -> str | None:
    """The signal by which a pause is asked for; being away is one only when no other day is named."""
    heard = draft.heard
    if heard.has("resume"):
        return "resume"
    if heard.has("pause") or (heard.has("opt_out") and _means_pause(draft)):
        return "pause" if heard.has("pause") else "opt_out"
    if not heard.has("absent"):
        return None
    away = away_on(heard)
    others = [at for at, role in roles(heard).items() if role == AGREED and at not in away]
    if others or comes_after(heard):
        draft.used.update(away if others else ())
        return None
    return None if heard.has("promise_day") and not away else "absent"


def _put_end(draft: Draft, ends: list[int]) -> None:
    moments = draft.heard.moments
    end = next((at for at in ends if moments[at].when.edge == "until"), ends[-1])
    moment = settle(moments[end].when, draft.now)
    draft.mark(end, "until")
    draft.used.update(ends)
    ends_before = moments[end].when.edge in ("until", "before")
    day = moment.first_day() if ends_before else moment.last_day()
    if moment.doubt is not None or day is None:
        draft.doubt(moment.doubt or Ask.UNTIL_WHEN, *moment.choices)
    else:
        draft.slots["until"] = day.isoformat()

"""Pausing, being away for a while, and starting again."""

from datetime import date, timedelta

from bot.understanding.away import away_on, comes_after
from bot.understanding.dates.arithmetic import add, length
from bot.understanding.dates.find import lasting
from bot.understanding.dates.settle import settle
from bot.understanding.draft import Draft
from bot.understanding.gate import words_of
from bot.understanding.intents.starting import NOT, complains, starts_again
from bot.understanding.intents.stopping import means_pause, until_then
from bot.understanding.lexicon import words
from bot.understanding.lexicon.classes import CLASSES
from bot.understanding.promised import promised
from bot.understanding.reading import Ask, Context, Intent
from bot.understanding.roles import AGREED, MENTIONED, roles


def read_pause(draft: Draft) -> None:
    """A pause with its last day, or sending again."""
    heard = draft.heard
    if Intent.OPT_OUT in draft.intents:
        return
    if (heard.has("resume") or starts_again(draft)) and not (_not_before(draft) or complains(draft)):
        draft.add(Intent.RESUME, "resume")
    elif _means_no_pause(draft):
        return
    elif heard.has("absent", "pause") and heard.has("then_pays") and _names_an_end(draft):
        _pays_after(draft)
    elif (signal := _pausing(draft)) is not None:
        draft.add(Intent.PAUSE, signal)
        put_until(draft)


# "Over een maand mag je weer appen, tot dan niks" is quiet until then.
_WHEN = words("when once as zodra als wanneer till until tot totdat")
_QUIET = words("tot totdat until till pas niks niets nothing daarna afterwards")


def _not_before(draft: Draft) -> bool:
    """Whether sending may start again, but only on a day to come."""
    heard = draft.heard
    said = heard.line.words[1:-1]
    waits = any(_WHEN & set(said[max(0, at - 4) : at]) for at in words_of(heard, "resume"))
    if not heard.moments:
        return waits
    told = promised(heard).told
    settled = [settle(found.when, draft.now) for at, found in enumerate(heard.moments) if at not in told]
    ahead = any((day := moment.first_day()) and day > draft.now.date() for moment in settled)
    return ahead or waits or bool(_QUIET & set(said))


_SILENT = words("stil stilte rust rustig koest quiet silence still niks niets nothing radiostilte")
_HOLDS = words("heb hebben have geld money")
_PAYS = words(f"{CLASSES['paying']} {CLASSES['pays']} regel doe maak")


def _quiet_until(draft: Draft) -> bool:
    """ "Mag het stil zijn tot na kerst": silence with an end, and not a word about paying."""
    heard = draft.heard
    said = set(heard.line.words)
    ends = any(found.when.edge == "until" and found.when.has_day() for found in heard.moments)
    return ends and bool(_SILENT & said) and not (_PAYS | _HOLDS) & said


def _rests_on(draft: Draft) -> bool:
    """ "Toch nog tot maart graag", said during a rest: it lasts longer."""
    heard = draft.heard
    ends = any(found.when.edge == "until" and found.when.has_day() for found in heard.moments)
    pays = _PAYS & set(heard.line.words) or heard.has("promise_day", "then_pays", "promise")
    return draft.context is Context.PAUSED and ends and not pays


_AT_FIRST = words("pas eerst not only niet")


def _asks_later(draft: Draft) -> bool:
    """ "Pas na zondag weer appen": no messages before that day."""
    heard = draft.heard
    if not heard.has("ask_again") or heard.has("promise_day"):
        return False
    return any(heard.tokens[found.first].word in _AT_FIRST for found in heard.moments)


def _means_no_pause(draft: Draft) -> bool:
    """ "Stop by", "stop met roken", or stop because it was paid."""
    until = any(found.when.edge == "until" for found in draft.heard.moments)
    if _quiet_until(draft):
        return False
    claimed = Intent.ALREADY_PAID in draft.intents and not until
    return claimed or draft.heard.has("no_opt_out", "stops_else", "joke", "annoyed", "pay_now")


def _names_an_end(draft: Draft) -> bool:
    return bool(draft.heard.moments) and not draft.heard.has("opt_out")


def _pausing(draft: Draft) -> str | None:
    """The signal by which a pause is asked for; being away is one only when no other day is named."""
    heard = draft.heard
    if until_then(heard) and (heard.has("promise_day") or _PAYS & set(heard.line.words)):
        return None
    return _asked(draft) or (_being_away(draft) if heard.has("absent") else None)


def _asked(draft: Draft) -> str | None:
    """The signal of a pause that is asked for in words."""
    heard = draft.heard
    if heard.has("resume"):
        return "resume"
    if heard.has("pause") or _instead_of_stopping(draft):
        return "pause"
    if _quiet_until(draft) or _asks_later(draft) or _rests_on(draft):
        return "ask_again"
    return "opt_out" if heard.has("opt_out") and means_pause(draft) else None


def _being_away(draft: Draft) -> str | None:
    heard = draft.heard
    away = away_on(heard)
    others = [at for at, role in roles(heard).items() if role == AGREED and at not in away]
    if others and not heard.has("promise_day", "then_pays", "promise", "income", "wait"):
        draft.doubt(Ask.WHICH_DAY)
    if others or comes_after(heard):
        draft.used.update(away if others else ())
        return None
    return None if heard.has("promise_day") and not away else "absent"


_ONLY = words("alleen only just slechts maar enkel")


def _instead_of_stopping(draft: Draft) -> bool:
    """ "Alleen deze week niet", "tot 1 januari" when asked whether all messages must stop."""
    heard = draft.heard
    only = (NOT | _ONLY) & set(heard.line.words)
    ends = [found.when.edge == "until" for found in heard.moments]
    if draft.context is not Context.CONFIRM_OPTOUT or not (only or any(ends)):
        return False
    stretches = [
        end or settle(found.when, draft.now).span for end, found in zip(ends, heard.moments, strict=True)
    ]
    pays = heard.has("promise_day", "then_pays", "pay_now", "cant_pay", "promise")
    return bool(stretches) and all(stretches) and not pays


def put_until(draft: Draft) -> None:
    """The last day of the rest, or the question until when."""
    heard = draft.heard
    ends = [at for at, role in roles(heard).items() if role != MENTIONED and at not in draft.used]
    if ends:
        _put_end(draft, ends)
    elif (last := lasting(heard.tokens, draft.now)) is not None:
        draft.slots["until"] = last.isoformat()
    elif draft.context is not Context.PAUSED:
        draft.doubt(Ask.UNTIL_WHEN)


def _put_end(draft: Draft, ends: list[int]) -> None:
    moments = draft.heard.moments
    if _welcome_then(draft, ends):
        draft.used.update(ends[:-1])
        ends = ends[-1:]
    end = next((at for at in ends if moments[at].when.edge == "until"), ends[-1])
    moment = settle(moments[end].when, draft.now)
    draft.mark(end, "until")
    draft.used.update(ends)
    ends_before = moments[end].when.edge in ("until", "before") or _welcome_then(draft, ends)
    day = moment.first_day() if ends_before else moment.last_day()
    begins = moments[end].when.edge in ("from", "after") and not draft.heard.has("resume")
    if moment.doubt is not None or day is None or begins or not moments[end].when.has_day():
        draft.doubt(moment.doubt or Ask.UNTIL_WHEN, *moment.choices)
    else:
        draft.slots["until"] = (_a_while_from_now(draft, end) or day).isoformat()


_WHILES = (
    ["for", "the", "next"],
    ["de", "komende", "maand"],
    ["for", "the", "coming"],
    ["over", "the", "next"],
)


def _a_while_from_now(draft: Draft, at: int) -> date | None:
    """ "No messages for the next month" is quiet for a month from now, and not for next month."""
    moment = draft.heard.moments[at]
    tokens = draft.heard.tokens
    unit = tokens[moment.last - 1].tags.get("unit")
    said = [token.word for token in tokens[max(0, moment.last - 4) : moment.last]]
    told = any(said[n : n + 3] in _WHILES for n in range(len(said)))
    if moment.when.edge or not told or unit not in ("week", "month"):
        return None
    return add(draft.now.date(), length(1, unit))


_AGAIN = words("weer again mag may can")
_WELCOME = _AGAIN | words("fine ok okay goed prima welcome")


def _welcome_then(draft: Draft, ends: list[int]) -> bool:
    """ "Not this week, next week fine": the last day named is the first on which it may be.

    "Leave me alone this week, ok" names one only.
    """
    said = draft.heard.line.words[1:-1]
    places = [n for n, word in enumerate(said) if word in ("@d", "@day")]
    welcome = _WELCOME if len(places) > 1 else _AGAIN
    return bool(welcome & set(said[places[ends[-1]] + 1 : places[ends[-1]] + 3]))


def _pays_after(draft: Draft) -> None:
    """ "Weg tot 3 januari, daarna betaal ik" is the day after; a day of its own goes before that."""
    heard = draft.heard
    named = [at for at, role in roles(heard).items() if role != MENTIONED and at not in draft.used]
    absent = [at for at in named if heard.moments[at].when.edge == "until" or _is_stretch(draft, at)]
    if len(absent) < len(named):
        draft.used.update(absent)
        return
    if not absent:
        return
    moment = settle(heard.moments[absent[-1]].when, draft.now)
    last = moment.last_day()
    draft.add(Intent.RESCHEDULE, "then_pays")
    draft.mark(absent[-1], "date")
    draft.used.update(absent)
    if moment.doubt is not None or last is None:
        draft.doubt(moment.doubt or Ask.WHEN, *moment.choices)
    else:
        draft.slots["date"] = (last + timedelta(days=1)).isoformat()


def _is_stretch(draft: Draft, at: int) -> bool:
    return settle(draft.heard.moments[at].when, draft.now).span is not None

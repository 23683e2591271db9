"""Pausing, being away for a while, and starting again."""

from datetime import timedelta

from bot.understanding.away import away_on, comes_after
from bot.understanding.dates.find import lasting
from bot.understanding.dates.settle import settle
from bot.understanding.draft import Draft
from bot.understanding.intents.stopping import means_pause
from bot.understanding.lexicon import words
from bot.understanding.reading import Ask, Context, Intent
from bot.understanding.roles import AGREED, MENTIONED, roles


def read_pause(draft: Draft) -> None:
    """A pause with its last day, or sending again."""
    heard = draft.heard
    if Intent.OPT_OUT in draft.intents:
        return
    if heard.has("resume") and not _not_before(draft):
        draft.add(Intent.RESUME, "resume")
    elif _means_no_pause(draft):
        return
    elif heard.has("absent", "pause") and heard.has("then_pays") and _names_an_end(draft):
        _pays_after(draft)
    elif (signal := _pausing(draft)) is not None:
        draft.add(Intent.PAUSE, signal)
        _find_end(draft)


# "Over een maand mag je weer appen, tot dan niks" is quiet until then.
_QUIET = words("tot totdat until pas niks niets nothing daarna afterwards")


def _not_before(draft: Draft) -> bool:
    return bool(draft.heard.moments) and bool(_QUIET & set(draft.heard.line.words))


def _means_no_pause(draft: Draft) -> bool:
    """ "Stop by", "stop met roken", or stop because it was paid."""
    until = any(found.when.edge == "until" for found in draft.heard.moments)
    claimed = Intent.ALREADY_PAID in draft.intents and not until
    return claimed or draft.heard.has("no_opt_out", "stops_else", "joke", "annoyed", "pay_now")


def _names_an_end(draft: Draft) -> bool:
    return bool(draft.heard.moments) and not draft.heard.has("opt_out")


def _pausing(draft: Draft) -> str | None:
    """The signal by which a pause is asked for; being away is one only when no other day is named."""
    heard = draft.heard
    if heard.has("resume"):
        return "resume"
    if heard.has("pause"):
        return "pause"
    if heard.has("opt_out") and means_pause(draft):
        return "opt_out"
    if not heard.has("absent"):
        return None
    away = away_on(heard)
    others = [at for at, role in roles(heard).items() if role == AGREED and at not in away]
    if others and not heard.has("promise_day", "then_pays", "promise", "income", "wait"):
        draft.doubt(Ask.WHICH_DAY)
    if others or comes_after(heard):
        draft.used.update(away if others else ())
        return None
    return None if heard.has("promise_day") and not away else "absent"


def _find_end(draft: Draft) -> None:
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
    end = next((at for at in ends if moments[at].when.edge == "until"), ends[-1])
    moment = settle(moments[end].when, draft.now)
    draft.mark(end, "until")
    draft.used.update(ends)
    ends_before = moments[end].when.edge in ("until", "before")
    day = moment.first_day() if ends_before else moment.last_day()
    begins = moments[end].when.edge in ("from", "after")
    if moment.doubt is not None or day is None or begins:
        draft.doubt(moment.doubt or Ask.UNTIL_WHEN, *moment.choices)
    else:
        draft.slots["until"] = day.isoformat()


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

"""Stop, the wrong person, pausing and starting again."""

from datetime import timedelta

from bot.understanding.dates.settle import settle
from bot.understanding.draft import Draft
from bot.understanding.intents.people import channel_wanted
from bot.understanding.reading import Ask, Context, Intent
from bot.understanding.roles import MENTIONED, roles


def read_stop(draft: Draft) -> None:
    """Opt-out by an exact word or a phrase, minus negation, minus a promise; and wrong numbers."""
    heard = draft.heard
    if heard.has("wrong_person"):
        draft.add(Intent.WRONG_PERSON, "wrong_person")
    if heard.has("no_opt_out"):
        return
    if heard.has("opt_out") and (heard.has("stops_else") or _elsewhere(draft)):
        return
    if heard.has("opt_out") and not _means_pause(draft):
        draft.add(Intent.OPT_OUT, "opt_out")
        if _promises(draft) or heard.has("stays", "q_link", "income"):
            draft.doubt(Ask.STOP_WHAT)
    elif heard.has("stop_clause"):
        draft.add(Intent.OPT_OUT, "stop_clause")
        if _promises(draft):
            draft.doubt(Ask.STOP_WHAT)
    elif heard.has("annoyed") and not _promises(draft):
        draft.add(Intent.OPT_OUT, "annoyed")
        draft.doubt(Ask.STOP_WHAT)


def _elsewhere(draft: Draft) -> bool:
    """ "Geen sms meer, app me maar": another channel, and no end to all messages."""
    heard = draft.heard
    return heard.has("change_channel") and channel_wanted(heard.line.words) is not None


def _means_pause(draft: Draft) -> bool:
    """ "Stuur deze maand niks meer" and "stop tot 1 januari" have an end, so they pause."""
    ends = any(found.when.edge == "until" for found in draft.heard.moments)
    ends = ends or draft.heard.has("until_income")
    return ends or (bool(draft.heard.moments) and draft.heard.has("pause"))


def _promises(draft: Draft) -> bool:
    return bool(draft.heard.moments) or draft.heard.has("pay_now", "pay_bare", "promise", "already_paid")


def read_pause(draft: Draft) -> None:
    """A pause with its last day, or sending again."""
    heard = draft.heard
    if Intent.OPT_OUT in draft.intents:
        return
    if heard.has("resume"):
        draft.add(Intent.RESUME, "resume")
        return
    ends = any(found.when.edge == "until" for found in heard.moments)
    claimed = Intent.ALREADY_PAID in draft.intents and not ends
    if claimed or heard.has("no_opt_out", "stops_else", "joke"):
        return
    if heard.has("away", "pause") and heard.has("then_pays") and heard.moments and not heard.has("opt_out"):
        _pays_after(draft)
        return
    if not heard.has("pause", "away") and not (heard.has("opt_out") and _means_pause(draft)):
        return
    draft.add(Intent.PAUSE, "pause", *(() if heard.has("pause", "away") else ("opt_out",)), "away")
    ends = [at for at, role in roles(heard).items() if role != MENTIONED and at not in draft.used]
    if not ends:
        if draft.context is not Context.PAUSED:
            draft.doubt(Ask.UNTIL_WHEN)
        return
    end = next((at for at in ends if heard.moments[at].when.edge == "until"), ends[-1])
    moment = settle(heard.moments[end].when, draft.now)
    draft.mark(end, "until")
    draft.used.update(ends)
    ends_before = heard.moments[end].when.edge in ("until", "before")
    day = moment.first_day() if ends_before else moment.last_day()
    if moment.doubt is not None or day is None:
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

"""Pausing, being away for a while, and starting again."""

from datetime import timedelta

from bot.understanding.dates.base import GRAMMAR, Scope
from bot.understanding.dates.lengths import from_now
from bot.understanding.dates.settle import settle
from bot.understanding.dates.when import When
from bot.understanding.draft import Draft
from bot.understanding.grammar import Parse
from bot.understanding.intents.stopping import means_pause
from bot.understanding.reading import Ask, Context, Intent
from bot.understanding.roles import MENTIONED, roles


def read_pause(draft: Draft) -> None:
    """A pause with its last day, or sending again."""
    heard = draft.heard
    if Intent.OPT_OUT in draft.intents:
        return
    if heard.has("resume"):
        draft.add(Intent.RESUME, "resume")
    elif _means_no_pause(draft):
        return
    elif heard.has("away", "pause") and heard.has("then_pays") and _names_an_end(draft):
        _pays_after(draft)
    elif heard.has("pause", "away"):
        draft.add(Intent.PAUSE, "pause", "away")
        _put_end(draft)
    elif heard.has("opt_out") and means_pause(draft):
        draft.add(Intent.PAUSE, "opt_out")
        _put_end(draft)


def _means_no_pause(draft: Draft) -> bool:
    """ "Stop by", "stop met roken", or stop because it was paid."""
    until = any(found.when.edge == "until" for found in draft.heard.moments)
    claimed = Intent.ALREADY_PAID in draft.intents and not until
    return claimed or draft.heard.has("no_opt_out", "stops_else", "joke", "annoyed", "pay_now")


def _names_an_end(draft: Draft) -> bool:
    return bool(draft.heard.moments) and not draft.heard.has("opt_out")


def _put_end(draft: Draft) -> None:
    heard = draft.heard
    ends = [at for at, role in roles(heard).items() if role != MENTIONED and at not in draft.used]
    if not ends:
        if _for_a_while(draft):
            return
        if draft.context is not Context.PAUSED:
            draft.doubt(Ask.UNTIL_WHEN)
        return
    end = next((at for at in ends if heard.moments[at].when.edge == "until"), ends[-1])
    moment = settle(heard.moments[end].when, draft.now)
    draft.mark(end, "until")
    draft.used.update(ends)
    ends_before = heard.moments[end].when.edge in ("until", "before")
    day = moment.first_day() if ends_before else moment.last_day()
    begins = heard.moments[end].when.edge in ("from", "after")
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


def _for_a_while(draft: Draft) -> bool:
    """ "On hold for 3 weeks": until three weeks from now."""
    tokens, scope = draft.heard.tokens, Scope(draft.now)
    for at, token in enumerate(tokens):
        found = Parse(GRAMMAR, tokens, scope).longest("length", at + 1) if token.word in _FOR else None
        when = from_now(scope, found[1]) if found else None
        day = settle(when, draft.now).first_day() if isinstance(when, When) and not when.doubt else None
        if day is not None:
            draft.slots["until"] = day.isoformat()
            return True
    return False


_FOR = frozenset(("for", "voor", "gedurende"))

"""A day to pay on: "ik betaal vrijdag", "kan het volgende week?", or a wish to wait without a day."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from bot.understanding.dates.settle import Moment, settle
from bot.understanding.dates.when import When, merge
from bot.understanding.draft import Draft
from bot.understanding.gate import partly_read, says_more_than, speaks_of_else
from bot.understanding.intents.pay_day import put_anchor
from bot.understanding.phrases import Match
from bot.understanding.reading import Ask, Context, Intent
from bot.understanding.roles import AGREED, REFUSED, roles

_ENOUGH = {
    Intent.OPT_OUT,
    Intent.WRONG_PERSON,
    Intent.ALREADY_PAID,
    Intent.PAUSE,
    Intent.RESUME,
    Intent.SET_PAY_DAY,
    Intent.INSTALMENTS,
    Intent.CANT_PAY,
    Intent.DISPUTE,
}


# What makes a day one to pay on; a day in a text about something else is only mentioned.
_CUES = ("promise_day", "promise", "wait", "income", "pay_cue")


def _put_if_payable(draft: Draft, agreed: list[int]) -> None:
    """A day counts when the reply is about paying, or when it says little else."""
    heard = draft.heard
    if draft.intents == [Intent.QUESTION] and not heard.has("promise_day") and _all_over(draft, agreed):
        return
    about_paying = draft.intents or heard.has(*_CUES)
    elsewhere = speaks_of_else(heard)
    if about_paying or not (elsewhere or says_more_than(heard, 2)):
        _put(draft, agreed)
    elif not says_more_than(heard, 1 if elsewhere else 4) or _doubtful(draft, agreed):
        _put(draft, agreed)
        draft.doubt(Ask.WHEN)


def _all_over(draft: Draft, agreed: list[int]) -> bool:
    settled = [settle(draft.heard.moments[at].when, draft.now) for at in agreed]
    return all(moment.doubt is Ask.PAST_DATE for moment in settled)


def read_dates(draft: Draft) -> None:
    """Fills the day slots and adds ``reschedule`` when the day is one to pay on."""
    heard = draft.heard
    found = roles(heard)
    agreed = [at for at, role in found.items() if role == AGREED and at not in draft.used]
    if agreed and not {Intent.OPT_OUT, Intent.WRONG_PERSON} & set(draft.intents):
        _put_if_payable(draft, agreed)
        return
    if _ENOUGH & set(draft.intents):
        return
    if any(role == REFUSED and at not in draft.used for at, role in found.items()):
        draft.add(Intent.RESCHEDULE)
        draft.doubt(Ask.WHEN)
    elif heard.has("income") and not heard.has("asks_paid"):
        draft.add(Intent.RESCHEDULE, "income")
        put_anchor(draft)
        draft.doubt(Ask.PAY_DAY)
    elif heard.has("unpaid") and not draft.intents and not heard.has("pay_now", "pay_bare", "wait"):
        draft.add(Intent.OTHER, "unpaid")
        draft.doubt(Ask.WHEN)
    elif not _number_answers(draft) and _waits(draft):
        draft.add(Intent.RESCHEDULE, "wait", "promise")
        draft.doubt(Ask.WHEN)


def _doubtful(draft: Draft, agreed: list[int]) -> bool:
    return any(draft.heard.moments[at].when.doubt is not None for at in agreed)


def _waits(draft: Draft) -> bool:
    heard = draft.heard
    asked = draft.context in (Context.PROPOSE, Context.PLAN, Context.CONFIRM_OPTOUT)
    turns = {"maar", "but"} & set(heard.line.words)
    answers = asked and heard.has("deny", "affirm") and not turns
    promises = heard.has("promise") and not heard.has("pay_now", "pay_bare")
    return not (draft.intents or answers) and (heard.has("wait") or promises)


def _put(draft: Draft, agreed: list[int]) -> None:
    draft.put_moment(_one_moment(draft, agreed))
    for at in agreed:
        draft.mark(at, "date")
    if partly_read(draft.heard):
        draft.doubt(Ask.WHICH_DAY)
    if draft.ask in (Ask.WHICH_DAY, Ask.WHEN):
        for slot in ("date", "datetime"):
            draft.slots.pop(slot, None)
    if Intent.HUMAN not in draft.intents:
        draft.add(Intent.RESCHEDULE)
    if draft.heard.has("income"):
        put_anchor(draft)


def _one_moment(draft: Draft, agreed: list[int]) -> Moment:
    agreed = _promised(draft, _ahead(draft, agreed))
    whens = [_in_context(draft, draft.heard.moments[at].when) for at in agreed]
    together: When | None = whens[0]
    for when in whens[1:]:
        if together is not None and when != together:
            together = None if when.has_day() and together.has_day() else merge(together, when)
    if together is not None:
        moment = settle(together, draft.now)
        only_part = not together.has_day() and together.doubt is None and together.hour is None
        if only_part and draft.context is not Context.ASK_TIME:
            draft.doubt(Ask.WHEN)
        return moment
    settled = [settle(when, draft.now) for when in whens]
    days = {moment.first_day() for moment in settled}
    if len(days) == 1 and settled[0].doubt is None:
        return settled[0]
    choices = tuple(sorted(day for day in days if day))
    return Moment(doubt=Ask.WHICH_DAY, choices=choices)


def _ahead(draft: Draft, agreed: list[int]) -> list[int]:
    """ "Deze week is krap, volgende week vrijdag": the week that runs is not the one meant."""
    later = []
    for at in agreed:
        moment = settle(draft.heard.moments[at].when, draft.now)
        over = moment.doubt is Ask.PAST_DATE and draft.heard.moments[at].when.hour is None
        if not over and (moment.span is None or moment.span[0] > draft.now.date()):
            later.append(at)
    return later or agreed


def _promised(draft: Draft, agreed: list[int]) -> list[int]:
    """ "Vrijdag naar de tandarts, dus zaterdag betaal ik": the day that is said to pay on."""
    words = draft.heard.line.words[1:-1]
    places = [n for n, word in enumerate(words) if word in ("@d", "@day")]
    said = [words[places[one] + 1 : places[other]] for one, other in pairwise(agreed)]
    if any(not _PARTING & set(between) or _CHOICE & set(between) for between in said):
        return agreed
    matches = draft.heard.signals.get("promise_day", ())
    told = [match for match in matches if len(_days_in(words, match)) == 1]
    promised = [at for at in agreed if any(match.first <= places[at] < match.last for match in told)]
    return promised if len(promised) == 1 else _exact(draft, agreed)


def _exact(draft: Draft, agreed: list[int]) -> list[int]:
    """ "After xmas, the 27th": the day itself, and not the edge before it."""
    plain = [at for at in agreed if draft.heard.moments[at].when.edge is None]
    return plain if len(agreed) == 2 and plain == agreed[1:] else agreed


_PARTING = frozenset((",", "|", "dus", "so", "dan", "then", "daarna", "maar", "but"))
_CHOICE = frozenset(("of", "or", "tot", "to"))


def _days_in(words: Sequence[str], match: Match) -> list[str]:
    return [word for word in words[match.first : match.last] if word in ("@d", "@day")]


def _in_context(draft: Draft, when: When) -> When:
    """After "hoe laat?" the day is known, so "half 9" is simply half past eight in the morning."""
    if draft.context is not Context.ASK_TIME or when.hour is None or when.sure or when.has_day():
        return when
    afternoon = when.part is None and 1 <= when.hour < 7 and when.hour + (when.minute or 0) / 60 < 6.5
    return replace(when, hour=when.hour + 12 if afternoon else when.hour, sure=when.part is None or None)


def _written_time(draft: Draft) -> bool:
    """ "14.30" after "hoe laat?"."""
    clocks = [token.tags["dotclock"] for token in draft.heard.tokens if "dotclock" in token.tags]
    if len(clocks) != 1 or draft.intents or not isinstance(clocks[0], tuple):
        return False
    hour, minute, sure = clocks[0]
    draft.add(Intent.RESCHEDULE)
    when = _in_context(draft, When(hour=hour, minute=minute, sure=sure or None))
    draft.put_moment(settle(when, draft.now))
    return True


def _number_answers(draft: Draft) -> bool:
    """ "25" after "welke dag?" is a day of the month; "9" after "hoe laat?" an hour."""
    if draft.context is Context.ASK_TIME and _written_time(draft):
        return True
    kinds = {"int", "ord"} if draft.context is Context.ASK_WHEN else {"int"}
    numbers = [token for token in draft.heard.tokens if kinds & token.tags.keys()]
    if len(numbers) != 1 or draft.intents:
        return False
    number = int(str(numbers[0].tags.get("int", numbers[0].tags.get("ord"))))
    if draft.context is Context.ASK_TIME and number <= 24:
        when = When(hour=number, minute=0, sure=number > 12 or None)
    elif draft.context in (Context.ASK_WHEN, Context.PROPOSE) and 1 <= number <= 31:
        when = When(day=number)
    else:
        return False
    draft.add(Intent.RESCHEDULE)
    draft.put_moment(settle(_in_context(draft, when), draft.now))
    return True

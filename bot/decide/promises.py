"""A day to pay on: granted within the rules, else the nearest days that are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from bot.decide import fitting
from bot.decide.asking import ask_back
from bot.decide.days import (
    as_options,
    choices,
    day_of,
    day_within,
    nearest,
    noted,
    suggestions,
    to_offer,
)
from bot.decide.granted import is_ours, may_promise, may_promise_on, used_up
from bot.decide.standing import hand_over, settled
from bot.decision import Act, Decision, Known
from bot.understanding import Ask, Intent, Reading
from messages.options import Option
from payments.lifecycle import Status, Verb, after

_ABOUT_A_DAY = frozenset({Ask.WHICH_DAY, Ask.THAT_DAY, Ask.IMPOSSIBLE_DATE, Ask.CONTRADICTION})


def reschedule(reading: Reading, known: Known) -> Decision:
    """Answer "I'll pay later", with or without a day."""
    if done := settled(known):
        return done
    day = day_of(reading, "date", "datetime", "date_range", "until", "start_date")
    if day is not None and not reading.clarify:
        return _part_of_it(reading, known) or promise_for(day, known)
    if cannot := _not_any_day(known):
        return cannot
    return _unclear(reading, known) if reading.clarify else ask_when(known)


def _unclear(reading: Reading, known: Known) -> Decision:
    """Ask which day is meant; the one that was chosen before is kept until then, and who asks knows it."""
    asked = _which(reading, known)
    chosen = known.quiet_until if known.status is Status.PROMISED else None
    if chosen is None or chosen <= known.today or asked.act is not Act.NOTHING:
        return asked
    return replace(asked, beside=(Decision(Act.NOTHING, "day-stands", facts={"date": chosen}),))


def _which(reading: Reading, known: Known) -> Decision:
    if reading.ask_code is Ask.PAST_DATE:
        return _past(known)
    if reading.ask_code in _ABOUT_A_DAY:
        return _which_day(reading, known)
    if reading.ask_code in {Ask.WHEN, None}:
        return ask_when(known)
    return ask_back(reading, known)


def _which_day(reading: Reading, known: Known) -> Decision:
    meant = choices(reading, known.today)
    days = _nearest_days(known, *(day for day in meant if day > known.today))
    if days:
        today = (Option("now"),) if known.today in meant else ()
        return Decision(Act.NOTHING, "ask-which-day", options=(*today, *days))
    return ask_back(reading, known, options=days_that_suit(known))


def ask_when(known: Known) -> Decision:
    """Ask for a day, or say why there is none to choose."""
    return _not_any_day(known) or Decision(Act.NOTHING, "ask-when", options=days_that_suit(known))


def _not_any_day(known: Known) -> Decision | None:
    """Return why another day cannot be had, whichever it is; None when some can."""
    if after(known.status, Verb.PROMISE) is None or not is_ours(Intent.RESCHEDULE, known):
        return hand_over("asks_more_time")
    if used_up(known):
        options = (*fitting.fewest(known), Option("question"))
        return Decision(Act.NOTHING, "promise-too-often", attention="asks_more_time", options=options)
    tomorrow = known.today + timedelta(days=1)
    return None if may_promise_on(tomorrow, known) else hand_over("asks_more_time")


def days_that_suit(known: Known) -> tuple[Option, ...]:
    """Return a few days that would be granted and suit many people."""
    if not may_promise(known):
        return ()
    latest = known.latest(known.policy.postpone_days)
    days = suggestions(known.today, latest) or [to_offer(latest, known.today, latest)]
    return as_options(day for day in days if may_promise_on(day, known))


def _nearest_days(known: Known, *wanted: date) -> tuple[Option, ...]:
    return nearest(known, wanted, known.policy.postpone_days) if may_promise(known) else ()


def promise_for(day: date, known: Known) -> Decision:
    """Return what becomes of "I pay on `day`" under the merchant's rules: the chat and the page alike."""
    if done := settled(known):
        return done
    if known.plan:
        return hand_over("asks_more_time")
    if known.status is Status.PROMISED and day == known.quiet_until:
        return promised(day)
    if day == known.today:
        return Decision(Act.LINK, "pay-link")
    if cannot := _not_any_day(known):
        return cannot
    if day < known.today:
        return _past(known)
    return promised(day) if may_promise_on(day, known) else _too_far(known)


def promised(day: date) -> Decision:
    """Return the promise to pay on `day`, and the answer that says it back."""
    return noted(Act.PROMISE, "promise-noted", "date", day)


def _too_far(known: Known) -> Decision:
    allowed = known.latest(known.policy.postpone_days)
    latest = to_offer(allowed, known.today, allowed)
    options = (*as_options([latest]), *fitting.fewest(known))
    return Decision(Act.NOTHING, "promise-too-far", facts={"latest": latest}, options=options)


def _part_of_it(reading: Reading, known: Known) -> Decision | None:
    """ "Volgende maand", of which the first weeks are near enough: ask which of those days it will be."""
    span = reading.slots.get("date_range")
    if not isinstance(span, list | tuple) or not may_promise(known) or known.plan:
        return None
    first, last = (date.fromisoformat(str(end)[:10]) for end in span)
    first, latest = max(first, known.today + timedelta(days=1)), known.latest(known.policy.postpone_days)
    if not first < latest < day_within(*map(str, span)) <= last:
        return None
    wanted = (first, min(first + timedelta(days=14), latest), latest)
    days = {to_offer(day, known.today, latest) for day in wanted}
    return Decision(Act.NOTHING, "ask-day-until", facts={"latest": latest}, options=as_options(days))


def _past(known: Known) -> Decision:
    latest = known.latest(known.policy.postpone_days)
    soon = (known.today + timedelta(days=days) for days in (1, 7))
    days = (to_offer(day, known.today, latest) for day in soon)
    return Decision(Act.NOTHING, "date-past", options=_nearest_days(known, *days))

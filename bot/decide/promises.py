"""A day to pay on, and rest until a day: granted within the rules, else the nearest days that are."""

from __future__ import annotations

from datetime import date, timedelta

from bot.decide.asking import NOBODY_GETS_IT, PATIENCE, ask_back
from bot.decide.days import as_options, choices, day_of, nearest, suggestions
from bot.decide.standing import settled
from bot.decision import Act, Decision, Known
from bot.understanding import Ask, Reading
from core.calendar import is_rest_day, next_writing_day
from messages.options import Option
from payments.parts import FEWEST, most_parts

_ABOUT_A_DAY = frozenset({Ask.WHICH_DAY, Ask.THAT_DAY, Ask.IMPOSSIBLE_DATE, Ask.CONTRADICTION})
_SHORT_REST = timedelta(days=14)


def reschedule(reading: Reading, known: Known) -> Decision:
    """Answer "I'll pay later", with or without a day."""
    if done := settled(known):
        return done
    if not reading.clarify:
        return _spoken_day(reading, known)
    return _too_often(known) if _used_up(known) else _unclear(reading, known)


def _spoken_day(reading: Reading, known: Known) -> Decision:
    day = day_of(reading, "date", "datetime", "date_range", "until", "start_date")
    if day is not None:
        return promise_for(day, known)
    return _too_often(known) if _used_up(known) else ask_when(known)


def _unclear(reading: Reading, known: Known) -> Decision:
    if reading.ask_code is Ask.PAST_DATE:
        return _past(known)
    if reading.ask_code in _ABOUT_A_DAY:
        return _which_day(reading, known)
    return ask_when(known) if reading.ask_code in {Ask.WHEN, None} else ask_back(reading, known)


def _which_day(reading: Reading, known: Known) -> Decision:
    days = nearest(known, choices(reading), known.policy.postpone_days)
    if days:
        return Decision(Act.NOTHING, "ask-which-day", options=days)
    return ask_back(reading, known, options=days_that_suit(known))


def ask_when(known: Known) -> Decision:
    """Ask for a day; after asking in vain twice, a person does."""
    if known.asked_back >= PATIENCE:
        return NOBODY_GETS_IT
    return Decision(Act.NOTHING, "ask-when", options=days_that_suit(known))


def days_that_suit(known: Known) -> tuple[Option, ...]:
    """Return a few days within the rules that suit many people."""
    latest = known.latest(known.policy.postpone_days)
    return as_options(suggestions(known.today, latest))


def promise_for(day: date, known: Known) -> Decision:
    """Return what becomes of "I pay on `day`" under the merchant's rules: the chat and the page alike."""
    latest = known.latest(known.policy.postpone_days)
    if done := settled(known):
        return done
    if day < known.today:
        return _past(known)
    if day == known.today:
        return Decision(Act.LINK, "pay-link")
    if day > latest:
        return _too_far(latest, known)
    if _used_up(known):
        return _too_often(known)
    return promised(day)


def promised(day: date) -> Decision:
    """Return the promise to pay on `day`, and the answer that says it back."""
    return _on_a_day(Act.PROMISE, "promise-noted", "date", day)


def _on_a_day(act: Act, template: str, fact: str, day: date) -> Decision:
    """Say the day back; on a rest day nothing is sent, so that the answer names the day on which we write."""
    if is_rest_day(day):
        return Decision(act, f"{template}-rest", day, {fact: day, "nudge": next_writing_day(day)})
    return Decision(act, template, day, {fact: day})


def _too_far(latest: date, known: Known) -> Decision:
    last = as_options([latest] if latest > known.today else [])
    options = (*last, *_in_parts(known))
    return Decision(Act.NOTHING, "promise-too-far", facts={"latest": latest}, options=options)


def _used_up(known: Known) -> bool:
    return known.times_promised >= known.policy.postpone_times


def _too_often(known: Known) -> Decision:
    options = (*_in_parts(known), Option("question"))
    return Decision(Act.NOTHING, "promise-too-often", attention="asks_more_time", options=options)


def _past(known: Known) -> Decision:
    latest = known.latest(known.policy.postpone_days)
    tomorrow, week = known.today + timedelta(days=1), known.today + timedelta(days=7)
    options = nearest(known, [tomorrow, week], known.policy.postpone_days)
    return Decision(Act.NOTHING, "date-past", facts={"latest": latest}, options=options)


def _in_parts(known: Known) -> tuple[Option, ...]:
    """The other way out: the fewest parts, where the rules allow any."""
    if most_parts(known.remaining, known.policy) < FEWEST:
        return ()
    return (parts_option(known, FEWEST),)


def parts_option(known: Known, count: int) -> Option:
    """Return the choice to pay in `count` parts, with what the first of them would be."""
    return Option("parts", {"count": count, "part": known.remaining.parts(count)[0]})


def pause(reading: Reading, known: Known) -> Decision:
    """Answer a wish for rest: until the day that was named, or for a short while."""
    if done := settled(known):
        return done
    day = day_of(reading, "until", "date", "datetime", "date_range")
    latest = known.latest(known.policy.pause_days)
    if known.times_paused >= known.policy.pause_times:
        options = (Option("later"), Option("question"))
        return Decision(Act.NOTHING, "pause-used", attention="asks_more_rest", options=options)
    if reading.clarify and day is None:
        return _ask_until(reading, known)
    day = day or min(next_writing_day(known.today + _SHORT_REST), latest)
    if day <= known.today:
        return _past(known)
    if day > latest:
        until = as_options([latest], "until")
        return Decision(Act.NOTHING, "pause-too-long", facts={"latest": latest}, options=until)
    return _on_a_day(Act.PAUSE, "pause-noted", "until", day)


def _ask_until(reading: Reading, known: Known) -> Decision:
    wanted = choices(reading) or [known.today + timedelta(days=7), known.today + _SHORT_REST]
    latest = known.latest(known.policy.pause_days)
    days = sorted({min(day, latest) for day in wanted if day > known.today and latest > known.today})
    return Decision(Act.NOTHING, "ask-until", options=as_options(days, "until"))

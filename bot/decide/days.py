"""Days in a reading, and the days that we offer instead of one that cannot be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from bot.decision import Act, Decision, Known
from bot.understanding import Reading
from core.calendar import is_rest_day, last_writing_day, next_writing_day
from messages.options import Option

_FRIDAY: Final = 4
# A range this short is a day with some room, such as a weekend: its first day is meant.
_A_DAY_OR_SO: Final = timedelta(days=3)
_MOST: Final = 3


def day_of(reading: Reading, *slots: str) -> date | None:
    """Return the day that the first filled one of `slots` names."""
    for slot in slots:
        value = reading.slots.get(slot)
        if isinstance(value, list | tuple):
            return day_within(*(str(day) for day in value))
        if isinstance(value, str):
            return datetime.fromisoformat(value).date()
    return None


def day_within(first: str, last: str) -> date:
    """Return the day that is meant by the days from `first` to `last`, which are ISO text."""
    begin, end = (date.fromisoformat(day[:10]) for day in (first, last))
    return begin if end - begin < _A_DAY_OR_SO else end


def said_back(template: str, day: date, fact: str = "date") -> tuple[str, dict[str, object]]:
    """Return the template and facts that say `day` back; for a rest day, also when we write."""
    if is_rest_day(day):
        return f"{template}-rest", {fact: day, "nudge": next_writing_day(day)}
    return template, {fact: day}


def choices(reading: Reading, today: date) -> list[date]:
    """Return the days that a doubtful phrase leaves open, earliest first.

    The weekday of `today` among others may be this very day, or a week from now.
    """
    days = {date.fromisoformat(choice[:10]) for choice in reading.choices}
    named = today.weekday() in reading.told.weekdays
    if days and named and today.weekday() not in {day.weekday() for day in days}:
        days |= {today, today + timedelta(days=7)}
    return sorted(days)


def suggestions(today: date, latest: date) -> Sequence[date]:
    """Return a few days that suit many people, soonest first: a Friday, next week, the first of a month.

    None of them is a Sunday or a holiday, unless nothing else is left.
    """
    friday = today + timedelta(days=(_FRIDAY - today.weekday()) % 7 or 7)
    week, fortnight = today + timedelta(days=7), today + timedelta(days=14)
    first = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    days = (day for day in (friday, week, fortnight, first) if today < day <= latest)
    return sorted({to_offer(day, today, latest) for day in days})


def to_offer(day: date, today: date, latest: date) -> date:
    """Return the day nearest to `day` that can be proposed: we write on it, after `today`, not past `latest`.

    Who names a holiday gets it; we do not propose one, unless there is no other day.
    """
    later, earlier = next_writing_day(day), last_writing_day(day)
    if later <= latest:
        return later
    return earlier if earlier > today else day


def as_options(days: Iterable[date], kind: str = "day") -> tuple[Option, ...]:
    """Return `days` to choose from, at most three, each once."""
    return tuple(Option(kind, {"day": day}) for day in sorted(set(days))[:_MOST])


def nearest(known: Known, wanted: Iterable[date], most_days: int) -> tuple[Option, ...]:
    """Return the days `wanted`, or the nearest after today and within the rules where they are not."""
    latest = known.latest(most_days)
    first = known.today + timedelta(days=1)
    if latest < first:
        return ()
    return as_options(
        day if first <= day <= latest else to_offer(min(max(day, first), latest), known.today, latest)
        for day in wanted
    )


def noted(act: Act, template: str, fact: str, day: date) -> Decision:
    """Do `act` for `day` and say the day back."""
    answer, facts = said_back(template, day, fact)
    return Decision(act, answer, day, facts)

"""The moments that the clock page offers: from now to a next morning, a Friday, the 25th, a month on."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Final

from sandbox.pages.dutch import AMSTERDAM

MORNING: Final = time(9, 0)
FRIDAY: Final = 4
PAYDAY: Final = 25

# What the buttons are called, in the order they stand.
BUTTONS: Final = (
    ("tomorrow", "Morgen, 09:00"),
    ("day", "Een dag verder"),
    ("friday", "Vrijdag, 09:00"),
    ("25th", "De 25e, 09:00"),
    ("month", "Een maand verder"),
)


def moment_after(now: datetime, step: str) -> datetime:
    """Return the moment a button means, always later than `now`. Raises ValueError for another step."""
    local = now.astimezone(AMSTERDAM)
    match step:
        case "tomorrow":
            return _morning(local + timedelta(days=1))
        case "day":
            return _at_local(local + timedelta(days=1))
        case "friday":
            return _first_morning(local, lambda day: day.weekday() == FRIDAY)
        case "25th":
            return _first_morning(local, lambda day: day.day == PAYDAY)
        case "month":
            return _at_local(_month_on(local))
        case _:
            names = ", ".join(name for name, _ in BUTTONS)
            raise ValueError(f"no such step: {step}; there are {names}")


def read_local(text: str) -> datetime:
    """Read "2026-11-27T09:00" as a time in Amsterdam (or as it says, when it names an offset).

    Raises ValueError when it is no such thing.
    """
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=AMSTERDAM)


def _first_morning(local: datetime, wanted: Callable[[datetime], bool]) -> datetime:
    day = local if local.time() < MORNING else local + timedelta(days=1)
    while not wanted(day):
        day += timedelta(days=1)
    return _morning(day)


def _morning(day: datetime) -> datetime:
    return datetime.combine(day.date(), MORNING, AMSTERDAM)


def _at_local(local: datetime) -> datetime:
    """The same wall time, with the offset of its own day."""
    return datetime.combine(local.date(), local.time(), AMSTERDAM)


def _month_on(local: datetime) -> datetime:
    year, month = (local.year + 1, 1) if local.month == 12 else (local.year, local.month + 1)
    last = calendar.monthrange(year, month)[1]
    return local.replace(year=year, month=month, day=min(local.day, last))

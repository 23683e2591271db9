"""The day on which a payer's money comes in: messages go with it, as far as that is reasonable."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Final

# A first message waits at most this long for the payer's own day, and a reminder this long.
FIRST_WAITS: Final = timedelta(days=14)
REMINDER_WAITS: Final = timedelta(days=7)


def on_or_after(day: date, pay_day: int) -> date:
    """Return the first day from `day` on with this number; a month that is too short gives its last day."""
    here = _in_month(day.year, day.month, pay_day)
    if here >= day:
        return here
    return _in_month(day.year + day.month // 12, day.month % 12 + 1, pay_day)


def _in_month(year: int, month: int, number: int) -> date:
    return date(year, month, min(number, monthrange(year, month)[1]))


def moved(day: date, pay_day: int | None, most: timedelta, last: date | None = None) -> date:
    """Return the payer's day that is at most `most` after `day`, and not after `last`; else `day` itself."""
    if pay_day is None:
        return day
    wanted = on_or_after(day, pay_day)
    too_late = wanted - day > most or (last is not None and wanted > last)
    return day if too_late else wanted

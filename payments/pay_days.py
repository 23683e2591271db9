"""The day on which a payer's money comes in: first messages wait for it, and reminders when it is near."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Final

from core.calendar import next_writing_day

# A reminder waits at most this long for the payer's own day.
REMINDER_WAITS: Final = timedelta(days=7)


def on_or_after(day: date, pay_day: int) -> date:
    """Return the first day from `day` on with this number; a month that is too short gives its last day."""
    here = _in_month(day.year, day.month, pay_day)
    if here >= day:
        return here
    return _in_month(day.year + day.month // 12, day.month % 12 + 1, pay_day)


def _in_month(year: int, month: int, number: int) -> date:
    return date(year, month, min(number, monthrange(year, month)[1]))


def of_first(day: date, pay_day: int | None, last: date | None) -> date:
    """Return the day of a first message that could go on `day`: the first pay day, unless `last` is sooner.

    On a rest day we write the day after, which must not lie beyond `last` either.
    """
    if pay_day is None:
        return day
    wanted = next_writing_day(on_or_after(day, pay_day))
    return day if last is not None and wanted > last else wanted


def of_reminder(day: date, pay_day: int | None) -> date:
    """Return the day of a reminder that could go on `day`: the first pay day when that is near."""
    if pay_day is None:
        return day
    wanted = on_or_after(day, pay_day)
    return wanted if wanted - day <= REMINDER_WAITS else day

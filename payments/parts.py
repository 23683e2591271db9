"""The arithmetic of paying in parts: how a sum is divided, when each part falls due, what is left of each."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from core.calendar import last_writing_day
from core.money import Money
from payments.policy import Policy

FEWEST: Final = 2
# However many the rules allow, nobody can choose from more, or keep to them.
MOST: Final = 60
_FAR: Final = 3650
# In cents: nobody is asked for less by itself because an amount went down.
_TRIFLE: Final = 5_00
MONTH: Final = "month"
WEEK: Final = "week"


@dataclass(frozen=True)
class Part:
    """One part of a plan: its number from 1, its day, and what is due then (or what is left of it)."""

    number: int
    due_on: date
    amount: Money


def divide(
    owed: Money, count: int, first: date, interval: str = MONTH, day: int | None = None
) -> tuple[Part, ...]:
    """Divide `owed` into `count` equal parts; a cent that does not divide goes to the earliest.

    `day` is the day of the month on which the later ones fall due, if not that of `first`.
    """
    return _dated(owed.parts(count), first, interval, day)


def divide_by(
    owed: Money, each: Money, first: date, interval: str = MONTH, day: int | None = None
) -> tuple[Part, ...]:
    """Divide `owed` into parts of `each`; what is left over is the last part. `day` is as in `divide`."""
    whole, rest = divmod(owed.cents, each.cents)
    amounts = [each] * whole + ([Money(rest, owed.currency)] if rest else [])
    return _dated(amounts, first, interval, day)


def _dated(amounts: Iterable[Money], first: date, interval: str, day: int | None) -> tuple[Part, ...]:
    return tuple(Part(n + 1, day_after(first, n, interval, day), amount) for n, amount in enumerate(amounts))


def day_from(today: date, days: int) -> date:
    """Return the day `days` after `today`, within ten years, however far the rules go."""
    return today + timedelta(days=max(min(days, _FAR), 0))


def day_after(first: date, times: int, interval: str, day: int | None = None) -> date:
    """Return the day `times` weeks or months after `first`; a month without that day gives its last.

    `day` is the day of the month that is meant, when `first` stands in a month that does not have it.
    """
    if interval == WEEK:
        return first + timedelta(weeks=times)
    year, month = divmod(first.year * 12 + first.month - 1 + times, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day or first.day, last))


def most_parts(owed: Money, policy: Policy) -> int:
    """Return in how many parts `owed` may be paid at most; below FEWEST: not at all."""
    return min(policy.parts_most, MOST, owed.cents // max(policy.part_least_cents, 1))


def within(parts: Sequence[Part], today: date, policy: Policy, last_day: date | None = None) -> bool:
    """Whether `parts` keep to the rules: their number, the least of each, the first day and the last."""
    if not FEWEST <= len(parts) <= min(policy.parts_most, MOST):
        return False
    least = min(part.amount.cents for part in parts)
    first, last = parts[0].due_on, parts[-1].due_on
    in_time = today <= first <= day_from(today, policy.part_first_days)
    return (
        least >= policy.part_least_cents
        and in_time
        and (last_day is None or last <= last_writing_day(last_day))
    )


def left(parts: Sequence[Part], remaining: Money) -> tuple[Part, ...]:
    """Return each part with what is left of it: money goes to the oldest part first.

    What is left adds up to `remaining`. More than the plan was about, after money that went back, is due
    with the first part.
    """
    rest, open_parts = remaining.cents, []
    for part in reversed(parts):
        mine = min(rest, part.amount.cents) if part is not parts[0] else rest
        rest -= mine
        open_parts.append(Part(part.number, part.due_on, Money(mine, remaining.currency)))
    return tuple(reversed(open_parts))


def shortened(parts: Sequence[Part], remaining: Money) -> tuple[Part, ...]:
    """Return what is left of each of `parts` when it comes to `remaining`, less than they do together.

    Less goes off the last part first, so that the payer goes on with the amounts and days that were agreed,
    and is done earlier. A last part that becomes too small to ask for goes along with the one before it.
    """
    rest, found = remaining.cents, []
    for part in parts:
        mine = min(rest, part.amount.cents)
        rest -= mine
        found.append(replace(part, amount=Money(mine, remaining.currency)))
    unpaid = [at for at, part in enumerate(found) if part.amount]
    if len(unpaid) < FEWEST:
        return tuple(found)
    before, last = unpaid[-2:]
    if found[last].amount.cents < min(_TRIFLE, parts[last].amount.cents):
        found[before] = replace(found[before], amount=found[before].amount + found[last].amount)
        found[last] = replace(found[last], amount=Money(0, remaining.currency))
    return tuple(found)


def due(parts: Sequence[Part], remaining: Money, today: date) -> Money:
    """Return what should be paid by now: all of it without parts; zero when the next day is still to come."""
    if not parts:
        return remaining
    cents = sum(part.amount.cents for part in left(parts, remaining) if part.due_on <= today)
    return Money(cents, remaining.currency)


def charge(parts: Sequence[Part], remaining: Money, today: date) -> Money:
    """Return what paying now takes: what is due by now, or else the next part, ahead of its day."""
    now = due(parts, remaining, today)
    following = upcoming(parts, remaining)
    return now if now or following is None else following.amount


def upcoming(parts: Sequence[Part], remaining: Money) -> Part | None:
    """Return the oldest part of which something is left, or None."""
    return next((part for part in left(parts, remaining) if part.amount), None)

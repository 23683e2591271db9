"""Plans to pay in parts that the rules allow, and the nearest one to a wish that they do not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from bot.decide.granted import may_divide
from bot.decision import Known
from core.money import Money
from messages.facts import Item
from messages.options import Option
from payments import parts
from payments.lifecycle import Status
from payments.parts import FEWEST, MONTH, WEEK, Part
from payments.pay_days import on_or_after

# A choice in words, by whether it is weekly, and whether its first day was named.
_KINDS: Final = {
    (MONTH, False): "parts",
    (MONTH, True): "parts_from",
    (WEEK, False): "parts_weekly",
    (WEEK, True): "parts_weekly_from",
}
KINDS: Final = frozenset(_KINDS.values())
STARTS: Final = frozenset({"parts_from", "parts_weekly_from"})
_A_MONTH: Final = timedelta(days=28)


@dataclass(frozen=True)
class Wish:
    """How somebody wants to pay in parts, as far as it was said."""

    count: int | None = None
    each: Money | None = None
    interval: str | None = None
    first: date | None = None


def count_of(wish: Wish, known: Known) -> int | None:
    """Return how many parts `wish` comes to; None when it does not say."""
    if wish.count is not None:
        return wish.count
    if wish.each is None or not 0 < wish.each.cents < known.remaining.cents:
        return None
    return -(-known.remaining.cents // wish.each.cents)


def usual(known: Known) -> str:
    """Return the interval of whoever names none: a month where that is allowed."""
    allowed = known.policy.part_intervals
    return MONTH if MONTH in allowed or not allowed else allowed[0]


def rhythm_of(plan: Sequence[Part]) -> str:
    """Return the interval of a plan that runs; a part that was moved leaves the others as far apart."""
    gaps = [later.due_on - part.due_on for part, later in pairwise(plan)]
    return WEEK if gaps and max(gaps) < _A_MONTH else MONTH


def plan_for(wish: Wish, known: Known) -> tuple[Part, ...] | None:
    """Return the plan that `wish` asks for when the rules allow it; None when they do not."""
    interval = wish.interval or usual(known)
    count = count_of(wish, known)
    if not may_divide(known) or interval not in known.policy.part_intervals:
        return None
    if count is None or not FEWEST <= count <= parts.most_parts(known.remaining, known.policy):
        return None
    plans = (_plan(wish, count, first, interval, known) for first in _starts(wish, interval, known))
    return next((p for p in plans if parts.within(p, known.today, known.policy, known.last_day)), None)


def _starts(wish: Wish, interval: str, known: Known) -> Iterator[date]:
    """The day that was named, or promised; else the payer's pay day when there is one, and else today."""
    if wish.first is not None:
        yield wish.first
        return
    if known.status is Status.PROMISED and known.quiet_until is not None and known.quiet_until > known.today:
        yield known.quiet_until
    if known.pay_day is not None and interval == MONTH:
        yield on_or_after(known.today, known.pay_day)
    yield known.today


def _plan(wish: Wish, count: int, first: date, interval: str, known: Known) -> tuple[Part, ...]:
    by_pay_day = known.pay_day is not None and first == on_or_after(first, known.pay_day)
    day = known.pay_day if by_pay_day else None
    if wish.each is not None and wish.count is None:
        return parts.divide_by(known.remaining, wish.each, first, interval, day)
    return parts.divide(known.remaining, count, first, interval, day)


def counts(wish: Wish, known: Known) -> list[int]:
    """Return in how many parts it can be paid from the start and at the interval of `wish`."""
    wanted = replace(wish, each=None)
    every = range(FEWEST, parts.most_parts(known.remaining, known.policy) + 1)
    return [count for count in every if plan_for(replace(wanted, count=count), known) is not None]


def nearest(wish: Wish, known: Known) -> tuple[Wish, list[int]]:
    """Return the wish nearest to `wish` of which there are plans, and their numbers of parts, if any.

    The start is kept before the interval is, and the start goes last.
    """
    own = wish.interval or usual(known)
    intervals = [own, *(other for other in known.policy.part_intervals if other != own)]
    firsts = [wish.first, None] if wish.first is not None else [None]
    for first in firsts:
        for interval in intervals:
            tried = Wish(interval=interval, first=first)
            if found := counts(tried, known):
                return tried, found
    return wish, []


def option(count: int, wish: Wish, known: Known) -> Option:
    """Return the choice to pay in `count` parts as `wish` would have them, with what the first would be."""
    interval = wish.interval or usual(known)
    each = known.remaining.parts(count)
    facts: dict[str, object] = {"count": count, "part": each[0], "amounts": (_amounts(each),)}
    if wish.first is not None:
        facts["day"] = wish.first
    return Option(_KINDS[interval, wish.first is not None], facts)


def _amounts(each: Sequence[Money]) -> Item:
    """Each amount with how often it comes: "3 keer € 29,67" would promise a cent more than € 89,00."""
    larger = sum(amount != each[-1] for amount in each)
    if not larger:
        return Item("parts_alike", {"count": len(each), "part": each[0]})
    facts = {
        "count": len(each),
        "larger": larger,
        "part": each[0],
        "others": len(each) - larger,
        "last": each[-1],
    }
    return Item("parts_apart", facts)


def options(known: Known, wanted: int, most: int, wish: Wish | None = None) -> tuple[Option, ...]:
    """Return up to `most` choices that are granted, the number of parts nearest to `wanted` first."""
    near, found = nearest(wish or Wish(), known)
    best: Sequence[int] = sorted(found, key=lambda count: (abs(count - wanted), count))[:most]
    return tuple(option(count, near, known) for count in best)


def fewest(known: Known) -> tuple[Option, ...]:
    """Return the choice of the fewest parts, where the rules allow any."""
    return options(known, FEWEST, 1)


def wished(chosen: Option) -> Wish:
    """Return the wish that a choice of parts stands for, without its start."""
    count = chosen.facts.get("count")
    weekly = chosen.kind in {_KINDS[WEEK, False], _KINDS[WEEK, True]}
    return Wish(count if isinstance(count, int) else None, None, WEEK if weekly else MONTH, None)

"""Paying in parts: granted at once within the rules, else the nearest plan that is; and moving a part."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.decide.asking import ask_back
from bot.decide.days import as_options, day_of, said_back
from bot.decide.promises import days_that_suit, parts_option
from bot.decide.standing import hand_over, settled
from bot.decision import Act, Decision, Known
from bot.understanding import Ask, Reading
from core.calendar import is_rest_day, last_writing_day
from core.money import MOST_CENTS, Money
from messages.options import Option
from payments import parts
from payments.lifecycle import Status
from payments.parts import FEWEST, MONTH, Part

_LETTERS = 40
_WITH_A_PERSON = frozenset({Status.DISPUTED, Status.CHECKING, Status.CHARGED_BACK})


@dataclass(frozen=True)
class Wish:
    """How somebody wants to pay in parts, as far as it was said."""

    count: int | None
    each: Money | None
    interval: str
    first: date | None


def in_parts(reading: Reading, known: Known) -> Decision:
    """Answer a wish to pay in parts."""
    if done := settled(known):
        return done
    wish = _wish(reading, known)
    if known.status is Status.HARDSHIP:
        # Everything automatic has stopped, and stays stopped: the person who looks gets the wish along.
        return Decision(Act.HAND_OVER, "wish-noted", attention="hardship", detail=_detail(wish))
    if known.status in _WITH_A_PERSON or (known.plan and not known.plan_is_fresh):
        return Decision(Act.HAND_OVER, "handed-over", attention="asks_parts", detail=_detail(wish))
    if parts.most_parts(known.remaining, known.policy) < FEWEST:
        return Decision(Act.NOTHING, "parts-too-small", options=days_that_suit(known))
    if wish.count is None and wish.each is None:
        return ask_how_many(known)
    if reading.clarify and reading.ask_code is not Ask.HOW_MANY:
        return ask_back(reading, known, options=days_that_suit(known))
    return plan_for(wish, known)


def parts_for(count: int, known: Known) -> Decision:
    """Return what becomes of a wish to pay in `count` parts: the chat and the page alike."""
    if done := settled(known):
        return done
    if known.status in _WITH_A_PERSON | {Status.HARDSHIP} or (known.plan and not known.plan_is_fresh):
        return hand_over("asks_parts")
    return plan_for(Wish(count, None, MONTH, None), known)


def _wish(reading: Reading, known: Known) -> Wish:
    slots = reading.slots
    count, each = slots.get("instalments"), slots.get("instalment_amount")
    return Wish(
        count=count if isinstance(count, int) else None,
        each=_amount(str(each), known.remaining.currency) if each else None,
        interval=str(slots.get("interval", MONTH)),
        first=day_of(reading, "start_date", "date", "datetime"),
    )


def _amount(said: str, currency: str) -> Money | None:
    """Return an amount that a payer named, however large; None when it is none."""
    try:
        return Money.exact(said[:_LETTERS], currency)
    except ValueError:
        return Money(MOST_CENTS, currency) if said[:_LETTERS].isdecimal() else None


def _detail(wish: Wish) -> dict[str, object]:
    if wish.count is not None:
        return {"count": wish.count}
    return {"cents": wish.each.cents, "reason": "each"} if wish.each else {}


def ask_how_many(known: Known) -> Decision:
    """Ask in how many parts, with the numbers that the rules allow."""
    most = parts.most_parts(known.remaining, known.policy)
    # Whoever answers "3" wants three parts, so that this is what the number in the list must mean too.
    options = (replace(parts_option(known, count), number=count) for count in range(FEWEST, most + 1))
    return Decision(Act.NOTHING, "ask-how-many", options=tuple(options))


def plan_for(wish: Wish, known: Known) -> Decision:
    """Return the plan that `wish` asks for, or what comes nearest to it."""
    if parts.most_parts(known.remaining, known.policy) < FEWEST:
        return Decision(Act.NOTHING, "parts-too-small", options=days_that_suit(known))
    count = _count(wish, known)
    if count is None:
        return ask_how_many(known)
    first = wish.first or known.today
    # What lies beyond the rules is never laid out: somebody may ask for a million parts.
    if count <= parts.MOST and known.today <= first <= known.latest(known.policy.part_first_days):
        plan = _laid_out(wish, count, first, known)
        if parts.within(plan, known.today, known.policy, known.last_day):
            return agreed_on(plan, known)
    return _nearest(count, first, wish, known)


def _count(wish: Wish, known: Known) -> int | None:
    """In how many parts it would be paid, or None when that does not divide it."""
    if wish.count is not None:
        return max(wish.count, 1)
    if wish.each is not None and 0 < wish.each.cents < known.remaining.cents:
        return -(-known.remaining.cents // wish.each.cents)
    return None


def _laid_out(wish: Wish, count: int, first: date, known: Known) -> tuple[Part, ...]:
    if wish.count is None and wish.each is not None:
        return parts.divide_by(known.remaining, wish.each, first, wish.interval)
    return parts.divide(known.remaining, count, first, wish.interval)


def _nearest(wanted: int, first: date, wish: Wish, known: Known) -> Decision:
    most = parts.most_parts(known.remaining, known.policy)
    latest = known.latest(known.policy.part_first_days)
    count = min(max(wanted, FEWEST), most)
    if first > latest:
        start = Option("parts_from", {"count": count, "day": latest})
        return Decision(Act.NOTHING, "parts-start", facts={"latest": latest}, options=(start,))
    counts = [n for n in (count, count - 1) if n >= FEWEST and _fits(n, first, wish, known)]
    if not counts:
        return hand_over("asks_parts")
    best = parts_option(known, counts[0])
    options = tuple(parts_option(known, n) for n in counts)
    return Decision(Act.NOTHING, "parts-other", facts=best.facts, options=options)


def _fits(count: int, first: date, wish: Wish, known: Known) -> bool:
    plan = parts.divide(known.remaining, count, first, wish.interval)
    return parts.within(plan, known.today, known.policy, known.last_day)


def agreed_on(plan: Sequence[Part], known: Known) -> Decision:
    """Say the plan back with its days and amounts; what is due today can be paid at once."""
    first = plan[0]
    facts: dict[str, object] = {
        "count": len(plan),
        "part": first.amount,
        "date": first.due_on,
        "schedule": tuple((part.due_on, part.amount) for part in plan),
    }
    later = "plan-noted-later-rest" if any(is_rest_day(part.due_on) for part in plan) else "plan-noted-later"
    answer = "plan-noted" if first.due_on <= known.today else later
    return Decision(Act.DIVIDE, answer, facts=facts, parts=tuple(plan))


def move_part(reading: Reading, known: Known) -> Decision:
    """Answer "later" when it is about a part: the oldest one that is open moves, within the rules.

    A day that was offered for one part is that part's, also when the button is tapped long after.
    """
    day = day_of(reading, "date", "datetime", "date_range", "until", "start_date")
    part = _offered_for(day, known) or next((part for part in known.plan if part.amount), None)
    if part is None:
        return hand_over("asks_more_time")
    facts = {"number": part.number, "count": len(known.plan), "part": part.amount}
    if not part.amount:
        return Decision(Act.NOTHING, "part-is-paid", facts=facts)
    if day is not None and day == part.due_on > known.today:  # a second tap changes nothing
        answer, dated = said_back("part-moved", day)
        return Decision(Act.NOTHING, answer, facts={**facts, **dated})
    latest = _latest_for(part, known)
    if known.times_promised >= known.policy.postpone_times or latest <= known.today:
        return hand_over("asks_more_time")
    return _moved(part, None if reading.clarify else day, latest, known)


def _moved(part: Part, day: date | None, latest: date, known: Known) -> Decision:
    facts = {"number": part.number, "count": len(known.plan), "part": part.amount}
    if day is None or day < known.today:
        return Decision(Act.NOTHING, "ask-part-day", facts=facts, options=_later_days(part, latest, known))
    if day == known.today:
        return Decision(Act.LINK, "pay-link")
    if day > latest:
        options = (*_for_part(part, [latest]), Option("question"))
        return Decision(Act.NOTHING, "part-too-far", facts={**facts, "latest": latest}, options=options)
    answer, dated = said_back("part-moved", day)
    return Decision(Act.MOVE_PART, answer, day, {**facts, **dated}, parts=(part,))


def _offered_for(day: date | None, known: Known) -> Part | None:
    """Return the part for which `day` was offered in the message that is answered."""
    offered = [o.facts for o in known.offered if "number" in o.facts and o.facts.get("day") == day]
    numbers = {facts["number"] for facts in offered}
    return next((part for part in known.plan if part.number in numbers), None)


def _for_part(part: Part, days: Iterable[date]) -> tuple[Option, ...]:
    """Return `days` to choose from for one part."""
    return tuple(replace(o, facts={**o.facts, "number": part.number}) for o in as_options(days))


def _later_days(part: Part, latest: date, known: Known) -> tuple[Option, ...]:
    begin = max(part.due_on, known.today)
    return _for_part(part, (min(begin + timedelta(weeks=weeks), latest) for weeks in (1, 2)))


def _latest_for(part: Part, known: Known) -> date:
    """A part moves as far as a promise may, and never past the one after it."""
    allowed = parts.day_from(max(part.due_on, known.today), known.policy.postpone_days)
    following = next((other.due_on for other in known.plan if other.number == part.number + 1), None)
    limits = [allowed, *([following - timedelta(days=1)] if following else [])]
    return min([*limits, *([last_writing_day(known.last_day)] if known.last_day else [])])

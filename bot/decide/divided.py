"""Paying in parts: granted at once within the rules, else the nearest plan that is; and moving a part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.decide import fitting
from bot.decide.asking import ask_back
from bot.decide.days import as_options, choices, day_of, said_back, suggestions
from bot.decide.fitting import Wish
from bot.decide.granted import WITH_A_PERSON, latest_for, oldest, part_to_move
from bot.decide.promises import days_that_suit
from bot.decide.questions import about_plan
from bot.decide.standing import hand_over, settled
from bot.decision import Act, Decision, Known
from bot.understanding import Ask, Reading
from core.calendar import is_rest_day
from core.money import MOST_CENTS, Money
from messages.options import Option
from payments.lifecycle import CARED_FOR, Status
from payments.parts import FEWEST, Part

_LETTERS = 40


def in_parts(reading: Reading, known: Known) -> Decision:
    """Answer a wish to pay in parts."""
    if done := settled(known):
        return done
    wish = _wish(reading, known)
    if known.status in CARED_FOR:
        # Everything automatic has stopped, and stays stopped: the person who looks gets the wish along.
        why = "hardship" if known.status is Status.HARDSHIP else "asks_parts"
        return Decision(Act.HAND_OVER, "wish-noted", attention=why, detail=_detail(wish))
    if _is_as_agreed(wish, known):
        return about_plan(known) or hand_over("asks_parts")
    if known.status in WITH_A_PERSON or (known.plan and not known.plan_is_fresh):
        return replace(hand_over(attention="asks_parts"), detail=_detail(wish))
    if not fitting.fewest(known):
        return _not_at_all(known)
    if reading.clarify and reading.ask_code is not Ask.HOW_MANY:
        return ask_back(reading, known, options=_starts(reading, wish, known))
    return plan_for(wish, known)


def _wish(reading: Reading, known: Known) -> Wish:
    slots = reading.slots
    count, each, interval = (slots.get(name) for name in ("instalments", "instalment_amount", "interval"))
    return Wish(
        count=count if isinstance(count, int) else None,
        each=amount_said(str(each), known.remaining.currency) if each else None,
        interval=str(interval) if interval else None,
        first=day_of(reading, "start_date", "date", "datetime", "date_range"),
    )


def amount_said(said: str, currency: str) -> Money | None:
    """Return an amount that a payer named, however large; None when it is none."""
    try:
        return Money.exact(said[:_LETTERS], currency)
    except ValueError:
        return Money(MOST_CENTS, currency) if said[:_LETTERS].isdecimal() else None


def _detail(wish: Wish) -> dict[str, object]:
    if wish.count is not None:
        return {"count": wish.count}
    return {"cents": wish.each.cents, "reason": "each"} if wish.each else {}


def _is_as_agreed(wish: Wish, known: Known) -> bool:
    """The button that was tapped before asks for what there is already."""
    if known.status is not Status.INSTALMENTS or known.plan_is_fresh or not known.plan:
        return False
    return wish.count == len(known.plan) and wish.first in {None, known.plan[0].due_on}


def _starts(reading: Reading, wish: Wish, known: Known) -> tuple[Option, ...]:
    """The same wish from each of the days that were meant, or else from some that suit many people."""
    latest = known.latest(known.policy.part_first_days)
    days = choices(reading, known.today) or suggestions(known.today, latest)
    counts = {day: _count_from(day, wish, known) for day in days}
    found = [(day, count) for day, count in counts.items() if count is not None]
    return tuple(fitting.option(count, replace(wish, first=day), known) for day, count in found[:3])


def _count_from(day: date, wish: Wish, known: Known) -> int | None:
    """The number of parts that was wished, or else the nearest that can start on `day`."""
    wanted = fitting.count_of(wish, known) or FEWEST
    found = fitting.counts(replace(wish, first=day), known)
    return min(found, key=lambda count: abs(count - wanted), default=None)


def _not_at_all(known: Known) -> Decision:
    days = days_that_suit(known)
    return Decision(Act.NOTHING, "no-parts", options=days) if days else hand_over("asks_parts")


def ask_how_many(wish: Wish, known: Known) -> Decision:
    """Ask in how many parts, with the numbers that the rules allow."""
    near, counts = fitting.nearest(wish, known)
    # Whoever answers "3" wants three parts, so that this is what the number in the list must mean too.
    options = tuple(replace(fitting.option(count, near, known), number=count) for count in counts)
    return Decision(Act.NOTHING, "ask-how-many", options=options) if options else _not_at_all(known)


def plan_for(wish: Wish, known: Known) -> Decision:
    """Return the plan that `wish` asks for, or what comes nearest to it."""
    count = fitting.count_of(wish, known)
    if count is None:
        return ask_how_many(wish, known)
    plan = fitting.plan_for(wish, known)
    return agreed_on(plan, known) if plan is not None else _nearest(max(count, FEWEST), wish, known)


def _nearest(count: int, wish: Wish, known: Known) -> Decision:
    latest = known.latest(known.policy.part_first_days)
    if wish.first is not None and wish.first > latest:
        from_latest = replace(wish, first=latest)
        if fitting.counts(from_latest, known):
            start = fitting.options(known, count, 1, from_latest)
            return Decision(Act.NOTHING, "parts-start", facts={"latest": latest}, options=start)
    options = fitting.options(known, min(count, known.policy.parts_most), 2, wish)
    if not options:
        return _not_at_all(known)
    weekly = "-weekly" if options[0].kind.startswith("parts_weekly") else ""
    return Decision(Act.NOTHING, f"parts-other{weekly}", facts=_of_option(options[0]), options=options)


def _of_option(option: Option) -> dict[str, object]:
    return {name: option.facts[name] for name in ("count", "part")}


def agreed_on(plan: Sequence[Part], known: Known) -> Decision:
    """Say the plan back with its days and amounts; what is due today can be paid at once."""
    first = plan[0]
    facts: dict[str, object] = {
        "count": len(plan),
        "part": first.amount,
        "date": first.due_on,
        "schedule": tuple((part.due_on, part.amount) for part in plan),
    }
    now = first.due_on <= known.today
    later = "plan-noted-later-rest" if any(is_rest_day(part.due_on) for part in plan) else "plan-noted-later"
    agreed = Decision(Act.DIVIDE, "plan-noted" if now else later, facts=facts, parts=tuple(plan))
    running = replace(known, status=Status.INSTALMENTS, plan=agreed.parts)
    if now and part_to_move(running) is not None:
        return replace(agreed, beside=(Decision(Act.NOTHING, "start-later"),))
    return agreed


def move_part(reading: Reading, known: Known) -> Decision:
    """Answer "later" when it is about a part: the oldest one that is open moves, within the rules.

    A day that was offered for one part is that part's, also when the button is tapped long after.
    """
    day = day_of(reading, "date", "datetime", "date_range", "until", "start_date")
    part = _offered_for(day, known) or oldest(known)
    if part is None:
        return hand_over("asks_more_time")
    if not part.amount:
        facts = {"number": part.number, "count": len(known.plan), "part": part.amount}
        return Decision(Act.NOTHING, "part-is-paid", facts=facts)
    if not reading.clarify and day is not None and day == part.due_on > known.today:
        return replace(_moved(part, day, known), act=Act.NOTHING)  # a second tap changes nothing
    if part_to_move(known) is None:
        return hand_over("asks_more_time")
    return _ask_or_move(part, None if reading.clarify else day, known)


def _ask_or_move(part: Part, day: date | None, known: Known) -> Decision:
    latest = latest_for(part, known)
    facts = {"number": part.number, "count": len(known.plan), "part": part.amount}
    if day is None or day < known.today:
        return Decision(Act.NOTHING, "ask-part-day", facts=facts, options=_later_days(part, latest, known))
    if day == known.today:
        return Decision(Act.LINK, "pay-link")
    if day > latest:
        options = (*_days_for(part, [latest]), Option("question"))
        return Decision(Act.NOTHING, "part-too-far", facts={**facts, "latest": latest}, options=options)
    return _moved(part, day, known)


def _moved(part: Part, day: date, known: Known) -> Decision:
    answer, dated = said_back("part-moved", day)
    facts = {"number": part.number, "count": len(known.plan), "part": part.amount, **dated}
    return Decision(Act.MOVE_PART, answer, day, facts, parts=(part,))


def _offered_for(day: date | None, known: Known) -> Part | None:
    """Return the part for which `day` was offered in the message that is answered."""
    offered = [o.facts for o in known.offered if "number" in o.facts and o.facts.get("day") == day]
    numbers = {facts["number"] for facts in offered}
    return next((part for part in known.plan if part.number in numbers), None)


def _later_days(part: Part, latest: date, known: Known) -> tuple[Option, ...]:
    begin = max(part.due_on, known.today)
    return _days_for(part, [min(begin + timedelta(weeks=weeks), latest) for weeks in (1, 2)])


def _days_for(part: Part, days: Sequence[date]) -> tuple[Option, ...]:
    """Days to choose from that say which part they are for: by the time of the tap it may be another."""
    numbered = (replace(o, facts={**o.facts, "number": part.number}) for o in as_options(days))
    return tuple(numbered)

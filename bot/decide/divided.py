"""Paying in parts: granted at once within the rules, else the nearest plan that is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.decide import fitting
from bot.decide.agreed import agreed_on
from bot.decide.asking import ask_back
from bot.decide.days import choices, day_of, suggestions, to_offer
from bot.decide.fitting import Wish
from bot.decide.granted import WITH_A_PERSON
from bot.decide.moving import move_part
from bot.decide.promises import days_that_suit
from bot.decide.questions import about_plan
from bot.decide.standing import hand_over, settled
from bot.decision import Act, Decision, Known
from bot.understanding import Ask, Reading
from core.money import MOST_CENTS, Money
from messages.options import Option
from payments.lifecycle import CARED_FOR, Status
from payments.parts import FEWEST

_LETTERS = 40


def in_parts(reading: Reading, known: Known) -> Decision:
    """Answer a wish to pay in parts."""
    if done := settled(known):
        return done
    wish = _wish(reading, known)
    if known.status in CARED_FOR:
        # Everything automatic has stopped, and stays stopped: the person who looks gets the wish along.
        why = "hardship" if known.status is Status.HARDSHIP else "has_wish"
        return Decision(Act.HAND_OVER, "wish-noted", attention=why, detail=_detail(wish))
    if _is_as_agreed(wish, known):
        return about_plan(known) or hand_over("asks_parts")
    if _only_begins(wish, known) and not known.plan_is_fresh:
        return move_part(
            replace(reading, clarify=reading.clarify and reading.ask_code is not Ask.HOW_MANY), known
        )
    wish = _as_it_stands(wish, known)
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
    as_often = wish.interval in {None, fitting.rhythm_of(known.plan)}
    as_many = wish.count == len(known.plan) or (_leaves_count(wish) and wish.interval is not None)
    return as_many and as_often and wish.first in {None, known.plan[0].due_on}


def _leaves_count(wish: Wish) -> bool:
    return wish.count is None and wish.each is None


def _only_begins(wish: Wish, known: Known) -> bool:
    """ "De eerste termijn op 20 december", of a plan that runs."""
    runs = known.status is Status.INSTALMENTS and bool(known.plan)
    return runs and _leaves_count(wish) and wish.interval is None and wish.first is not None


def _as_it_stands(wish: Wish, known: Known) -> Wish:
    """ "Elke week" and "vanaf 1 december", said of a plan of a moment ago, keep what else was agreed."""
    changes = wish.interval is not None or wish.first is not None
    untouched = bool(known.plan) and all(part.amount for part in known.plan)
    if known.status is not Status.INSTALMENTS or not (_leaves_count(wish) and changes and untouched):
        return wish
    first = max(known.plan[0].due_on, known.today)
    return replace(
        wish,
        count=len(known.plan),
        interval=wish.interval or fitting.rhythm_of(known.plan),
        first=wish.first or first,
    )


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
    allowed = known.latest(known.policy.part_first_days)
    latest = to_offer(allowed, known.today, allowed)
    if wish.first is not None and wish.first > allowed:
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
    return {name: option.facts[name] for name in ("count", "part", "amounts")}

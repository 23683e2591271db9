"""Moving a part of a plan that runs: the one that is due next, or all of them when the first begins later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.decide.agreed import agreed_on
from bot.decide.days import as_options, day_of, said_back, to_offer
from bot.decide.granted import latest_for, oldest, part_to_move, shifted
from bot.decide.standing import hand_over
from bot.decision import Act, Decision, Known
from bot.understanding import Reading
from messages.options import Option
from payments.parts import Part, within


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
    latest = max(latest_for(part, known), _latest_start(part, known))
    facts = {"number": part.number, "count": len(known.plan), "part": part.amount}
    if day is None or day < known.today:
        options = _later_days(part, latest, known)
        asked = Decision(Act.NOTHING, "ask-part-day", facts=facts, options=options)
        return asked if options else hand_over("asks_more_time")
    if day == known.today:
        return Decision(Act.LINK, "pay-link")
    if day > latest:
        latest = to_offer(latest, max(part.due_on, known.today), latest)
        others = (*_days_for(part, [latest]), Option("question"))
        return Decision(Act.NOTHING, "part-too-far", facts={**facts, "latest": latest}, options=others)
    return _moved(part, day, known) if day <= latest_for(part, known) else _begun_later(day, known)


def _latest_start(part: Part, known: Known) -> date:
    """The last day for the first part of a plan of which nothing is paid: those behind it move along."""
    start = known.latest(known.policy.part_first_days)
    later = shifted(start, known)
    whole = part is known.plan[0] and len(later) == len(known.plan)
    return start if whole and within(later, known.today, known.policy, known.last_day) else date.min


def _begun_later(day: date, known: Known) -> Decision:
    begun = agreed_on(shifted(day, known), known)
    return replace(begun, act=Act.MOVE_PART, day=day)


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
    soon = (min(begin + timedelta(weeks=weeks), latest) for weeks in (1, 2))
    days = (to_offer(day, begin, latest) for day in soon)
    return _days_for(part, [day for day in days if day > begin])


def _days_for(part: Part, days: Sequence[date]) -> tuple[Option, ...]:
    """Days to choose from that say which part they are for: by the time of the tap it may be another."""
    numbered = (replace(o, facts={**o.facts, "number": part.number}) for o in as_options(days))
    return tuple(numbered)

"""What would be granted right now, so that nothing else is offered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from bot.decision import Known
from bot.understanding import Intent
from core.calendar import last_writing_day
from payments.lifecycle import WITH_A_PERSON as LOOKED_INTO
from payments.lifecycle import Status, Verb, after
from payments.parts import Part, day_from

# Where a person is looking at it, a wish to pay in parts is for that person too.
WITH_A_PERSON: Final = LOOKED_INTO | {Status.CHARGED_BACK}


def is_ours(intent: Intent, known: Known) -> bool:
    """Whether the merchant lets us answer `intent`, so that it is not for a person."""
    return str(intent) not in known.policy.needs_person


def used_up(known: Known) -> bool:
    """Whether the payer has chosen another day as often as may be."""
    return known.times_promised >= known.policy.postpone_times


def may_promise(known: Known) -> bool:
    """Whether a promise can be made at all, whatever the day."""
    possible = after(known.status, Verb.PROMISE) is not None
    return possible and not used_up(known) and is_ours(Intent.RESCHEDULE, known)


def may_promise_on(day: date, known: Known) -> bool:
    """Whether a promise to pay on `day` would be granted."""
    in_time = known.today < day <= known.latest(known.policy.postpone_days)
    return in_time and may_promise(known)


def may_pause(known: Known) -> bool:
    """Whether rest can be given at all, whatever the day."""
    possible = known.status is Status.INSTALMENTS or after(known.status, Verb.PAUSE) is not None
    left = known.times_paused < known.policy.pause_times
    return possible and left and is_ours(Intent.PAUSE, known)


def may_pause_until(day: date, known: Known) -> bool:
    """Whether rest until `day` would be granted."""
    in_time = known.today < day <= known.latest(known.policy.pause_days)
    moves = known.status is not Status.INSTALMENTS or bool(shifted(day, known))
    return in_time and moves and may_pause(known)


def shifted(day: date, known: Known) -> tuple[Part, ...]:
    """Return the open parts of the plan that move when there is rest until `day`, on their new days.

    The first falls on `day`, and those behind it keep their distance. Empty when none has to move, or when
    the last one would come too late.
    """
    open_parts = [part for part in known.plan if part.amount]
    by = day - open_parts[0].due_on if open_parts else timedelta()
    if by <= timedelta() or (known.last_day is not None and open_parts[-1].due_on + by > known.last_day):
        return ()
    return tuple(replace(part, due_on=part.due_on + by) for part in open_parts)


def may_divide(known: Known) -> bool:
    """Whether paying in parts can be agreed on, whatever the parts."""
    if after(known.status, Verb.DIVIDE) is None or known.status in WITH_A_PERSON:
        return False
    return not (known.plan and not known.plan_is_fresh) and is_ours(Intent.INSTALMENTS, known)


def part_to_move(known: Known) -> Part | None:
    """Return the part that "later" is about, the oldest that is open, when it can still move; else None."""
    part = oldest(known)
    if part is None or known.status is not Status.INSTALMENTS:
        return None
    free = not used_up(known) and is_ours(Intent.RESCHEDULE, known)
    return part if free and latest_for(part, known) > known.today else None


def oldest(known: Known) -> Part | None:
    """Return the oldest part of which something is left, or None."""
    return next((part for part in known.plan if part.amount), None)


def latest_for(part: Part, known: Known) -> date:
    """A part moves as far as a promise may, and never past the one after it."""
    allowed = day_from(max(part.due_on, known.today), known.policy.postpone_days)
    following = next((other.due_on for other in known.plan if other.number == part.number + 1), None)
    limits = [allowed, *([following - timedelta(days=1)] if following else [])]
    return min([*limits, *([last_writing_day(known.last_day)] if known.last_day else [])])


def may_be_later(known: Known) -> bool:
    """Whether "later" leads to a day that can be had: for all of it, or for the next part."""
    tomorrow = known.today + timedelta(days=1)
    part = part_to_move(known)
    return may_promise_on(tomorrow, known) or (part is not None and latest_for(part, known) > part.due_on)

"""A plan that is agreed on, said back with every day and amount."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.decide.granted import part_to_move
from bot.decision import Act, Decision, Known
from core.calendar import is_rest_day
from payments.lifecycle import Status
from payments.parts import Part


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

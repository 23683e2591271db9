"""The day of a part has come: what is said about it, or why nothing is; and a person when it stays away."""

from __future__ import annotations

from core.db import Tx
from payments import instalments
from payments.attention import raise_attention
from payments.ledger import balance
from payments.lifecycle import Status
from payments.parts import left
from payments.plans import Step
from payments.requests import PaymentRequest
from payments.timeline import note


def why_not(tx: Tx, request: PaymentRequest, step: Step) -> str | None:
    """Return why the part of `step` is not asked for any more, or None when it is."""
    if request.status != Status.INSTALMENTS:
        return "no_plan"
    number = instalments.number_of(step)
    open_parts = left(instalments.agreed(tx, request.id), balance(tx, request).remaining)
    if not any(part.number == number and part.amount for part in open_parts):
        return "part_paid"
    if step.template == instalments.MISSED and instalments.is_about_to_ask(tx, request):
        # After downtime both would go: the one about the next part says what is open in all.
        instalments.follow_up(tx, request, step)
        return "with_next_part"
    return None


def facts_of_part(tx: Tx, request: PaymentRequest, step: Step) -> dict[str, object]:
    """Return what a message says of the part of `step`, and plan what follows if no money comes."""
    instalments.follow_up(tx, request, step)
    plan = instalments.agreed(tx, request.id)
    number = instalments.number_of(step)
    amount = next(part.amount for part in left(plan, balance(tx, request).remaining) if part.number == number)
    return {"number": number, "count": len(plan), "part": amount}


def template_of_part(tx: Tx, request: PaymentRequest, step: Step, amount: object) -> str:
    """Return the message of `step`; when other parts are due too, it says what that is together."""
    together = instalments.due_now(tx, request, balance(tx, request))
    return step.template if amount == together else instalments.WITH_MORE[step.template]


def stays_away(tx: Tx, request: PaymentRequest, step: Step) -> None:
    """A part that was asked for twice and did not come is for a person."""
    if why_not(tx, request, step) is None:
        raise_attention(request, "missed_part")
        note(tx, request, "part_missed", number=instalments.number_of(step))

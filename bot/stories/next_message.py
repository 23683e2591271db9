"""The message that a payer gets next, if nothing happens before: what the overview may promise."""

from __future__ import annotations

from core.db import Tx
from payments import instalments, plans
from payments.ledger import balance
from payments.lifecycle import Status
from payments.parts import left
from payments.plans import Step
from payments.requests import PaymentRequest


def next_message(tx: Tx, request: PaymentRequest) -> Step | None:
    """Return the first planned step that will say something as things stand now; None without any.

    A step about a part that is paid by now, or about a plan that is over, says nothing any more; nor does the
    one with which a person is asked to look.
    """
    open_parts = left(instalments.agreed(tx, request.id), balance(tx, request).remaining)
    unpaid = {part.number for part in open_parts if part.amount}
    for step in plans.planned(tx, request.id):
        if step.template not in instalments.TEMPLATES:
            return step
        speaks = step.template != instalments.LATE and request.status == Status.INSTALMENTS
        if speaks and instalments.number_of(step) in unpaid:
            return step
    return None

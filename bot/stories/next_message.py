"""The message that a payer gets next if nothing happens before, or why none comes: what pages may promise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from bot.stories.say import best_address
from core.db import Tx
from messages.outbox import Outgoing, Sending
from payments import instalments, plans
from payments.answers import OWED, held
from payments.ledger import balance
from payments.lifecycle import OWING, WITH_A_PERSON, Status
from payments.parts import left
from payments.plans import Step
from payments.requests import PaymentRequest


@dataclass(frozen=True)
class Coming:
    """What comes next: `template` at `at`; or nothing, and then `why` says why, where that is not plain.

    `why` is answer_owed, opted_out, wrong_person, no_address, no_more or a status.
    """

    template: str = ""
    at: datetime | None = None
    why: str = ""


def coming(tx: Tx, request: PaymentRequest) -> Coming:
    """Return what the payer of `request` gets next, as things stand now."""
    if request.status not in OWING:
        return Coming()
    if why := _silence(request):
        return Coming(why=why)
    step = next_message(tx, request)
    if step is None:
        return Coming() if _is_under_way(tx, request) else Coming(why="no_more")
    hold = held(tx, request, step.template)
    if hold is not None and hold.reason == OWED:
        return Coming(why=OWED)
    return Coming(step.template, max(step.due_at, hold.until) if hold else step.due_at)


def out_of_reach(request: PaymentRequest) -> str:
    """Why no message of any kind reaches this payer: wrong_person, opted_out or no_address; else nothing."""
    payer = request.payer
    if payer.is_closed:
        return "wrong_person"
    if best_address(request) is not None:
        return ""
    return "opted_out" if any(address.opted_out_at for address in payer.addresses) else "no_address"


def _silence(request: PaymentRequest) -> str:
    """Why nothing goes to this payer at all, or about this request until a person has looked."""
    if why := out_of_reach(request):
        return why
    looked_into = request.status in WITH_A_PERSON or request.status == Status.CHARGED_BACK
    return str(request.status) if looked_into else ""


def _is_under_way(tx: Tx, request: PaymentRequest) -> bool:
    query = select(Outgoing.id).where(
        Outgoing.request_id == request.id, Outgoing.status.in_((Sending.QUEUED, Sending.CLAIMED))
    )
    return tx.session.scalar(query.limit(1)) is not None


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

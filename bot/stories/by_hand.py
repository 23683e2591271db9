"""The shop's own hand on a request: hold it, let it go on, or note that somebody looked."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import select

from bot.stories.carry_out import resume
from core.calendar import local
from core.db import Tx
from core.errors import Invalid, Problem, Refused
from payments import plans
from payments.lifecycle import Status, Verb
from payments.plans import PromiseToPay
from payments.requests import PaymentRequest, locked, of_merchant
from payments.timeline import note

LONGEST_PAUSE: Final = timedelta(days=365)
CAN_PAUSE: Final = frozenset({Status.PLANNED, Status.OPEN, Status.PROMISED, Status.PAUSED})
CAN_RESUME: Final = frozenset(
    {Status.PROMISED, Status.PAUSED, Status.DISPUTED, Status.CHECKING, Status.HARDSHIP}
)


def hold(tx: Tx, merchant_id: str, request_id: str, until: date | None, by: str) -> None:
    """Keep silent until the day `until`, on which the payer is asked again.

    It does not use up the rest that the payer may ask for. Raises Invalid for a day that cannot be, and
    Refused when nothing is being asked now.
    """
    request = _own(tx, merchant_id, request_id)
    today = local(tx.now).date()
    if until is None or not today < until <= today + LONGEST_PAUSE:
        raise Invalid([Problem("until", "is not a day in the coming year.", "Choose a later day.")])
    if Status(request.status) not in CAN_PAUSE or not request.move(Verb.PAUSE):
        raise Refused(f"a request that is {request.status} cannot be paused")
    set_promises_aside(tx, request, "replaced")
    plans.drop_steps(tx, request)
    request.quiet_until = until
    template = "reminder-1" if request.asked_at else "request"
    plans.plan_step(
        tx, request, template, template, datetime.combine(until, request.merchant.policy.ask_time)
    )
    note(tx, request, "paused", by, date=until.isoformat())


def let_go_on(tx: Tx, merchant_id: str, request_id: str, by: str) -> None:
    """Go on with the plan after a pause, a promise, or when a person has looked. Raises Refused otherwise."""
    request = _own(tx, merchant_id, request_id)
    if Status(request.status) not in CAN_RESUME:
        raise Refused(f"a request that is {request.status} does not wait for anybody")
    resume(tx, request, by)
    request.attention = None
    if request.asked_at is None:
        first = local(request.merchant.hours.next(tx.now)).replace(tzinfo=None)
        plans.plan_step(tx, request, plans.FIRST, "request", first)


def looked_at(tx: Tx, merchant_id: str, request_id: str, by: str) -> None:
    """Note that somebody did what had to be done; doing it twice notes it once."""
    request = _own(tx, merchant_id, request_id)
    if request.attention is not None:
        note(tx, request, "attention_done", by, subject=request.attention)
        request.attention = None


def set_promises_aside(tx: Tx, request: PaymentRequest, outcome: str) -> None:
    """Close an open promise that was neither kept nor broken."""
    query = select(PromiseToPay).where(PromiseToPay.request_id == request.id, PromiseToPay.outcome == "open")
    for promise in tx.session.scalars(query):
        promise.outcome = outcome


def _own(tx: Tx, merchant_id: str, request_id: str) -> PaymentRequest:
    return locked(tx, of_merchant(tx, merchant_id, request_id).id)

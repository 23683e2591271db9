"""A payer's own day of the month: kept, and followed by what is planned already."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from zoneinfo import ZoneInfo

from sqlalchemy import select

from core.calendar import moment
from core.db import Tx
from payments import pay_days, plans
from payments.lifecycle import Status
from payments.parties import Payer
from payments.plans import Step
from payments.requests import PaymentRequest
from payments.timeline import note


def keep(tx: Tx, request: PaymentRequest, number: int) -> None:
    """Remember day `number` of the month; first messages of the payer's that still have to go wait for it."""
    payer = request.payer
    payer.pay_day = number
    note(tx, request, "pay_day", "payer", number=number)
    for waiting in _planned_by(tx, payer):
        _follow(tx, waiting, number)


def _planned_by(tx: Tx, payer: Payer) -> Sequence[PaymentRequest]:
    """What nobody else has in hand: a message that is on its way this very moment does not wait any more."""
    query = select(PaymentRequest).where(
        PaymentRequest.payer_id == payer.id, PaymentRequest.status == Status.PLANNED
    )
    return tx.session.scalars(query.order_by(PaymentRequest.id).with_for_update(skip_locked=True)).all()


def _follow(tx: Tx, request: PaymentRequest, number: int) -> None:
    """Never earlier than the merchant planned it, and never after the day on which it must be paid."""
    last = min(filter(None, (request.due_date, request.expires_on)), default=None)
    for step in plans.planned(tx, request.id):
        day = pay_days.of_first(step.local_date, number, last)
        if step.template == plans.FIRST and day != step.local_date:
            _move(tx, step, request, day)


def _move(tx: Tx, step: Step, request: PaymentRequest, day: date) -> None:
    at = time.fromisoformat(step.local_time)
    step.local_date, step.due_at = day, moment(day, at, ZoneInfo(step.zone))
    note(tx, request, "moved", "payer", date=day.isoformat())

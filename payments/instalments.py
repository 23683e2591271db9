"""Paying in parts, for real: what was agreed, what is due by now, and when it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import Date, ForeignKey, Index, String, select
from sqlalchemy.orm import Mapped, mapped_column

from core.calendar import local, next_writing_day
from core.db import Base, Tx, UtcDateTime
from core.money import Money
from payments import parts, plans
from payments.ledger import Balance
from payments.parts import Part
from payments.plans import Step
from payments.requests import PaymentRequest

DUE: Final = "instalment-due"
MORE: Final = "instalment-due-more"
MISSED: Final = "instalment-missed"
LATE: Final = "instalment-late"
TEMPLATES: Final = (DUE, MISSED, LATE)
# A missed part is asked for once more, and after as long again a person looks.
_PATIENCE: Final = timedelta(days=3)


class Instalment(Base):
    """One part of an agreed plan. What is left of it follows from the ledger, see payments/parts.py.

    `dropped_at` is when the plan ended or made way for another.
    """

    __tablename__ = "instalment"
    __table_args__ = (Index(None, "request_id"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    merchant_id: Mapped[str] = mapped_column(ForeignKey("merchant.id"))
    request_id: Mapped[str] = mapped_column(ForeignKey("payment_request.id"))
    number: Mapped[int]
    due_on: Mapped[date] = mapped_column(Date)
    amount_cents: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    agreed_at: Mapped[datetime] = mapped_column(UtcDateTime())
    dropped_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


def _rows(tx: Tx, request_id: str) -> Sequence[Instalment]:
    query = select(Instalment).where(Instalment.request_id == request_id, Instalment.dropped_at.is_(None))
    return tx.session.scalars(query.order_by(Instalment.number)).all()


def agreed(tx: Tx, request_id: str) -> tuple[Part, ...]:
    """Return the parts as agreed, oldest first; none when the request is not paid in parts."""
    rows = _rows(tx, request_id)
    return tuple(Part(row.number, row.due_on, Money(row.amount_cents, row.currency)) for row in rows)


def agreed_at(tx: Tx, request_id: str) -> datetime | None:
    """Return when the plan was agreed."""
    return next((row.agreed_at for row in _rows(tx, request_id)), None)


def due_now(tx: Tx, request: PaymentRequest, money: Balance) -> Money:
    """Return what should be paid by today: all that is left when there are no parts."""
    return parts.due(agreed(tx, request.id), money.remaining, local(tx.now).date())


def charge(tx: Tx, request: PaymentRequest, money: Balance) -> Money:
    """Return what the pay button takes: what is due by now, else the next part."""
    return parts.charge(agreed(tx, request.id), money.remaining, local(tx.now).date())


def start(tx: Tx, request: PaymentRequest, plan: Sequence[Part]) -> None:
    """Agree on `plan`, in place of an earlier one, and plan its messages."""
    end(tx, request)
    for part in plan:
        tx.session.add(
            Instalment(
                id=tx.new_id("ins"),
                merchant_id=request.merchant_id,
                request_id=request.id,
                number=part.number,
                due_on=part.due_on,
                amount_cents=part.amount.cents,
                currency=part.amount.currency,
                agreed_at=tx.now,
            )
        )
    tx.session.flush()
    plan_messages(tx, request)


def end(tx: Tx, request: PaymentRequest) -> None:
    """The plan is over: it was paid, or something else came in its place."""
    for row in _rows(tx, request.id):
        row.dropped_at = tx.now
    tx.session.flush()


def move(tx: Tx, request: PaymentRequest, number: int, day: date) -> None:
    """Let part `number` fall due on `day`; the others stay as they are."""
    for row in _rows(tx, request.id):
        if row.number == number:
            row.due_on = day
    tx.session.flush()
    plan_messages(tx, request)


def plan_messages(tx: Tx, request: PaymentRequest) -> None:
    """Plan a message on the day of every part to come, and a look after the one that is due already."""
    plans.drop_steps(tx, request)
    today = local(tx.now).date()
    for part in agreed(tx, request.id):
        if part.due_on > today:
            _plan(tx, request, part.number, DUE, part.due_on)
        elif part.due_on + _PATIENCE > today:
            _plan(tx, request, part.number, MISSED, part.due_on + _PATIENCE)


def follow_up(tx: Tx, request: PaymentRequest, step: Step) -> None:
    """Plan what follows when the message of `step` is not answered with money."""
    template = {DUE: MISSED, MISSED: LATE}.get(step.template)
    if template is not None:
        _plan(tx, request, number_of(step), template, local(tx.now).date() + _PATIENCE)


def number_of(step: Step) -> int:
    """Return the number of the part that `step` is about."""
    return int(step.name.split("-")[1])


def _plan(tx: Tx, request: PaymentRequest, number: int, template: str, day: date) -> None:
    at = datetime.combine(next_writing_day(day), request.merchant.policy.ask_time)
    plans.plan_step(tx, request, f"part-{number}-{template}", template, at)

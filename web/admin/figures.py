"""The four figures of the overview: what is owed, what came in today, what is late, who needs a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy import ColumnElement, func, select

from core.calendar import local, moment
from core.db import Tx
from core.money import Money
from payments.ledger import LedgerEntry
from payments.lifecycle import OWING
from payments.requests import PaymentRequest


@dataclass(frozen=True)
class Figures:
    """Amounts of money, and numbers of requests."""

    outstanding: Money
    outstanding_count: int
    paid_today: Money
    paid_today_count: int
    late: Money
    late_count: int
    attention_count: int


def figures(tx: Tx, merchant_id: str) -> Figures:
    """Add up the merchant's requests as they are now."""
    ours = PaymentRequest.merchant_id == merchant_id
    owed, owed_count = _owed(tx, merchant_id)
    late, late_count = _owed(tx, merchant_id, PaymentRequest.due_date < local(tx.now).date())
    paid, paid_count = _paid_since(tx, merchant_id, midnight(tx))
    attention = select(func.count()).where(ours, PaymentRequest.attention.is_not(None))
    return Figures(
        Money(owed),
        owed_count,
        Money(paid),
        paid_count,
        Money(late),
        late_count,
        int(tx.session.scalar(attention) or 0),
    )


def midnight(tx: Tx) -> datetime:
    """The instant at which today began in Amsterdam."""
    return moment(local(tx.now).date(), time())


def _owed(tx: Tx, merchant_id: str, *more: ColumnElement[bool]) -> tuple[int, int]:
    """What is still owed in cents, and by how many requests."""
    owing = (PaymentRequest.merchant_id == merchant_id, PaymentRequest.status.in_(OWING), *more)
    asked = select(func.sum(PaymentRequest.amount_cents), func.count()).where(*owing)
    total, count = tx.session.execute(asked).one()
    ours = select(PaymentRequest.id).where(*owing)
    received = select(func.sum(LedgerEntry.amount_cents)).where(LedgerEntry.request_id.in_(ours))
    return int(total or 0) - int(tx.session.scalar(received) or 0), count


def _paid_since(tx: Tx, merchant_id: str, since: datetime) -> tuple[int, int]:
    query = select(func.sum(LedgerEntry.amount_cents), func.count()).where(
        LedgerEntry.merchant_id == merchant_id,
        LedgerEntry.kind == "payment",
        LedgerEntry.recorded_at >= since,
    )
    cents, count = tx.session.execute(query).one()
    return int(cents or 0), count

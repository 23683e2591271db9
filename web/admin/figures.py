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
from web.admin.late import late_cents, open_cents


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
    owed, owed_count = _added_up(tx, merchant_id, open_cents())
    late, late_count = _added_up(tx, merchant_id, late_cents(local(tx.now).date()))
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


def _added_up(tx: Tx, merchant_id: str, cents: ColumnElement[int]) -> tuple[int, int]:
    """Add up `cents` over what is still owed; return with how many requests have any."""
    owing = (PaymentRequest.merchant_id == merchant_id, PaymentRequest.status.in_(OWING))
    each = select(cents.label("cents")).where(*owing).subquery()
    some = select(func.sum(each.c.cents), func.count()).where(each.c.cents > 0)
    total, count = tx.session.execute(some).one()
    return int(total or 0), int(count)


def _paid_since(tx: Tx, merchant_id: str, since: datetime) -> tuple[int, int]:
    """What came in, and for how many requests: one may be paid in parts on one day."""
    requests = func.count(LedgerEntry.request_id.distinct())
    query = select(func.sum(LedgerEntry.amount_cents), requests).where(
        LedgerEntry.merchant_id == merchant_id,
        LedgerEntry.kind == "payment",
        LedgerEntry.recorded_at >= since,
    )
    cents, count = tx.session.execute(query).one()
    return int(cents or 0), count

"""Promises to pay: the day that a payer named, and whether the money came."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, String, select
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Tx, UtcDateTime
from payments.requests import PaymentRequest


class PromiseToPay(Base):
    """ "Ik betaal vrijdag": the day, when it was said, and how it ended.

    `outcome` is open, kept, broken, replaced (by another wish), or withdrawn (with the request).
    """

    __tablename__ = "promise_to_pay"
    __table_args__ = (Index(None, "request_id"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    merchant_id: Mapped[str] = mapped_column(ForeignKey("merchant.id"))
    request_id: Mapped[str] = mapped_column(ForeignKey("payment_request.id"))
    day: Mapped[date] = mapped_column(Date)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime())
    outcome: Mapped[str] = mapped_column(String(10), default="open")


def make(tx: Tx, request: PaymentRequest, day: date) -> None:
    """Note a new promise, which takes the place of an earlier one."""
    replace(tx, request)
    tx.session.add(
        PromiseToPay(
            id=tx.new_id("ptp"),
            merchant_id=request.merchant_id,
            request_id=request.id,
            day=day,
            made_at=tx.now,
        )
    )


def days_named(tx: Tx, request_ids: Collection[str]) -> Mapping[str, date]:
    """Return the day that the payer named and that still stands, by request; others are left out."""
    query = select(PromiseToPay).where(
        PromiseToPay.request_id.in_(request_ids), PromiseToPay.outcome == "open"
    )
    return {made.request_id: made.day for made in tx.session.scalars(query)}


def end(tx: Tx, request: PaymentRequest, *, kept: bool) -> None:
    """Close the open promise: kept when the money came, broken when its day passed without."""
    _settle(tx, request, "kept" if kept else "broken")


def replace(tx: Tx, request: PaymentRequest, by: str = "replaced") -> None:
    """Close a promise that something else came in place of: it was neither kept nor broken."""
    _settle(tx, request, by)


def last_day(tx: Tx, request: PaymentRequest) -> date | None:
    """Return the day that the payer chose last, kept open or passed without the money; None for none."""
    query = select(PromiseToPay.day).where(
        PromiseToPay.request_id == request.id, PromiseToPay.outcome.in_(("open", "broken"))
    )
    return tx.session.scalar(query.order_by(PromiseToPay.id.desc()).limit(1))


def break_past(tx: Tx, request: PaymentRequest, today: date) -> None:
    """Close the promises whose day passed before `today` without the money."""
    query = select(PromiseToPay).where(PromiseToPay.request_id == request.id, PromiseToPay.outcome == "open")
    for made in tx.session.scalars(query):
        if made.day < today:
            made.outcome = "broken"


def _settle(tx: Tx, request: PaymentRequest, outcome: str) -> None:
    query = select(PromiseToPay).where(PromiseToPay.request_id == request.id, PromiseToPay.outcome == "open")
    for made in tx.session.scalars(query):
        made.outcome = outcome

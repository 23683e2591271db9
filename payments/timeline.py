"""Events: the audit trail, the agent's live view and the payer's story are the same rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, Integer, String, select
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Tx, UtcDateTime
from payments.requests import PaymentRequest


class Event(Base):
    """One line of a request's timeline. `data` holds dates, cents and ids, never message text."""

    __tablename__ = "event"
    __table_args__ = (Index(None, "request_id", "id"), Index(None, "merchant_id", "at"))

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    merchant_id: Mapped[str] = mapped_column(ForeignKey("merchant.id"))
    request_id: Mapped[str | None] = mapped_column(ForeignKey("payment_request.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime())
    kind: Mapped[str] = mapped_column(String(40))
    actor: Mapped[str] = mapped_column(String(80))
    data: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


def note(tx: Tx, request: PaymentRequest, kind: str, actor: str = "seintje", **data: object) -> None:
    """Add a line to the request's timeline; `actor` is `seintje`, `payer`, `psp`, `provider` or a user."""
    event = Event(merchant_id=request.merchant_id, request_id=request.id, at=tx.now, kind=kind, actor=actor)
    event.data = data
    tx.session.add(event)


def with_others(references: str) -> dict[str, str]:
    """Return what an event keeps of the requests that the same payment is for; nothing without any."""
    return {"together": references} if references else {}


def timeline(tx: Tx, request_id: str, after: int = 0) -> Sequence[Event]:
    """Return the request's events in order, those with an id above `after`."""
    query = select(Event).where(Event.request_id == request_id, Event.id > after).order_by(Event.id)
    return tx.session.scalars(query).all()

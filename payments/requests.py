"""The payment request: what is owed, by whom, and where it stands."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, ForeignKeyConstraint, Index, String, UniqueConstraint, func, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.crypto import Encrypted
from core.db import Base, Tx, UtcDateTime
from core.errors import Missing
from core.money import Money
from payments.lifecycle import Status, Verb, after
from payments.parties import Merchant, Payer


class PaymentRequest(Base):
    """What is owed: amount, reference, description, due date, status.

    `quiet_until` is the first day on which a promised or paused request may be asked for again.
    `checking_since` is when the payer said it was paid, until that has been looked up.
    `attention` says why a person should look, or is None; `attentions` are all such reasons, the gravest
    first. Only payments/attention.py changes them.
    """

    __tablename__ = "payment_request"
    __table_args__ = (
        ForeignKeyConstraint(["merchant_id", "payer_id"], ["payer.merchant_id", "payer.id"]),
        ForeignKeyConstraint(["merchant_id"], ["merchant.id"]),
        UniqueConstraint("merchant_id", "id"),
        Index(None, "merchant_id", "created_at"),
        Index(None, "merchant_id", "reference"),
        Index(None, "payer_id", "status"),
        Index(None, "status"),
        Index(
            "ix_payment_request_attention",
            "merchant_id",
            sqlite_where=text("attention IS NOT NULL"),
            postgresql_where=text("attention IS NOT NULL"),
        ),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    merchant_id: Mapped[str] = mapped_column(String(40))
    payer_id: Mapped[str] = mapped_column(String(40))
    reference: Mapped[str] = mapped_column(String(60))
    description: Mapped[str] = mapped_column(Encrypted("payment_request.description"))
    amount_cents: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    due_date: Mapped[date] = mapped_column(Date)
    expires_on: Mapped[date | None] = mapped_column(Date)
    status: Mapped[str] = mapped_column(String(16), default=Status.PLANNED)
    quiet_until: Mapped[date | None] = mapped_column(Date)
    checking_since: Mapped[datetime | None] = mapped_column(UtcDateTime())
    attention: Mapped[str | None] = mapped_column(String(40))
    attentions: Mapped[list[str]] = mapped_column(JSON, default=list)
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    last_asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    times_promised: Mapped[int] = mapped_column(default=0)
    times_paused: Mapped[int] = mapped_column(default=0)
    channels: Mapped[list[Any]] = mapped_column(JSON, default=list)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime())

    merchant: Mapped[Merchant] = relationship(overlaps="payer")
    payer: Mapped[Payer] = relationship(overlaps="merchant")

    @property
    def amount(self) -> Money:
        return Money(self.amount_cents, self.currency)

    def move(self, verb: Verb) -> bool:
        """Let `verb` happen; False, and nothing changed, when it cannot happen in this status."""
        following = after(Status(self.status), verb)
        if following is None:
            return False
        self.status = following
        if verb not in {Verb.PROMISE, Verb.PAUSE}:
            self.quiet_until = None
        return True


def locked(tx: Tx, request_id: str) -> PaymentRequest:
    """Return the request, locked until the transaction ends. Raises Missing when there is none.

    One order holds everywhere, or two transactions would wait for each other: requests first, of several the
    one with the lowest id first, and only then what hangs on them: checkouts, steps, messages, addresses.
    Whoever finds their work by its steps or messages locks these together with their requests, and waits for
    neither: what is not `free` comes in the next round.
    """
    request = tx.session.get(PaymentRequest, request_id, with_for_update=True)
    if request is None:
        raise Missing(f"no payment request {request_id}")
    return request


def free(tx: Tx, ids: Collection[str]) -> bool:
    """Lock the requests `ids` without waiting; say whether all of them could be had."""
    query = select(PaymentRequest.id).where(PaymentRequest.id.in_(ids)).order_by(PaymentRequest.id)
    return len(tx.session.scalars(query.with_for_update(skip_locked=True)).all()) == len(set(ids))


def of_merchant(tx: Tx, merchant_id: str, request_id: str) -> PaymentRequest:
    """Return a merchant's own request. Raises Missing when it is not there or another merchant's."""
    request = tx.session.get(PaymentRequest, request_id)
    if request is None or request.merchant_id != merchant_id:
        raise Missing(f"no payment request {request_id}")
    return request


def last_asked(tx: Tx, payer_ids: list[str]) -> PaymentRequest | None:
    """Return the request that these payers were last asked about, one that is still owed first.

    Who was not asked yet may have something to say too, such as stop.
    """
    query = (
        select(PaymentRequest)
        .where(PaymentRequest.payer_id.in_(payer_ids))
        .order_by(
            PaymentRequest.asked_at.is_(None),
            PaymentRequest.status.in_([Status.PAID, Status.REFUNDED, Status.CANCELLED, Status.EXPIRED]),
            func.coalesce(PaymentRequest.last_asked_at, PaymentRequest.created_at).desc(),
            PaymentRequest.id.desc(),
        )
        .limit(1)
    )
    return tx.session.scalars(query).first()

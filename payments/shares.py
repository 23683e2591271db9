"""What each request has in a checkout: most checkouts are for one request, some are for several at once."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ForeignKey, Index, Select, String, select, text
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Tx
from core.money import Money
from payments.requests import PaymentRequest, locked


class Share(Base):
    """One request's part of a checkout; the parts add up to what the checkout takes.

    `offered` is False once a newer attempt to pay this request took its place.
    """

    __tablename__ = "share"
    __table_args__ = (
        Index(
            "ix_share_offered",
            "request_id",
            unique=True,
            sqlite_where=text("offered"),
            postgresql_where=text("offered"),
        ),
        Index(None, "request_id"),
    )

    checkout_id: Mapped[str] = mapped_column(ForeignKey("checkout.id"), primary_key=True)
    request_id: Mapped[str] = mapped_column(ForeignKey("payment_request.id"), primary_key=True)
    merchant_id: Mapped[str] = mapped_column(ForeignKey("merchant.id"))
    amount_cents: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    offered: Mapped[bool] = mapped_column(default=True)

    @property
    def amount(self) -> Money:
        return Money(self.amount_cents, self.currency)


def checkouts_of(request_id: str) -> Select[str]:
    """Return the query for the ids of all checkouts that pay a request, alone or with others."""
    return select(Share.checkout_id).where(Share.request_id == request_id)


def of_checkout(tx: Tx, checkout_id: str) -> Sequence[Share]:
    """Return the shares of a checkout, that of the oldest request first."""
    query = select(Share).where(Share.checkout_id == checkout_id).order_by(Share.request_id)
    return tx.session.scalars(query).all()


def locked_requests(tx: Tx, checkout_id: str) -> list[PaymentRequest]:
    """Return the requests that a checkout pays, locked, the oldest first, as everybody locks several."""
    return [locked(tx, share.request_id) for share in of_checkout(tx, checkout_id)]


def withdraw_offers(tx: Tx, *, checkout_id: str) -> None:
    """A checkout is over: nobody is sent to it any more."""
    for share in of_checkout(tx, checkout_id):
        share.offered = False


def withdraw_offer(tx: Tx, request_id: str) -> None:
    """What was offered to pay a request is for another amount than it is about now."""
    for share in tx.session.scalars(select(Share).where(Share.request_id == request_id, Share.offered)):
        share.offered = False


def references(requests: Sequence[PaymentRequest]) -> str:
    """Return the references of `requests` on one line."""
    return ", ".join(request.reference for request in requests)

"""Money on its way back: our own record of each refund, stored before the PSP is asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ForeignKey, Index, String, func, select
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Tx, UtcDateTime
from core.errors import Refused
from core.money import Money
from payments.checkouts import Checkout
from payments.ledger import LedgerEntry, balance
from payments.psp import Report
from payments.requests import PaymentRequest

# Until it is certain that a refund failed, its amount is not given back a second time.
_MAY_HAVE_GONE = ("asking", "unknown", "queued", "pending", "processing", "refunded")
_UNSURE_FIRST: Final = ("unsure", "queued", "pending")
_STATE: Final = {"asking": "unsure", "unknown": "unsure", "queued": "queued"}


class Refund(Base):
    """One refund. `status` is asking, unknown, the PSP's own word, or refused."""

    __tablename__ = "refund"
    __table_args__ = (Index(None, "request_id"), Index(None, "checkout_id"))

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    merchant_id: Mapped[str] = mapped_column(ForeignKey("merchant.id"))
    request_id: Mapped[str] = mapped_column(ForeignKey("payment_request.id"))
    checkout_id: Mapped[str] = mapped_column(ForeignKey("checkout.id"))
    psp_ref: Mapped[str | None] = mapped_column(String(60))
    amount_cents: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    status: Mapped[str] = mapped_column(String(12), default="asking")
    by: Mapped[str] = mapped_column(String(80))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime())

    @property
    def amount(self) -> Money:
        return Money(self.amount_cents, self.currency)

    def advance(self, status: str) -> None:
        """Take `status` when it comes later in a refund's life than the present one: reports overtake."""
        if _LATER[status] > _LATER[self.status]:
            self.status = status


_LATER: Final = {"asking": 0, "unknown": 1, "refused": 1, "queued": 2, "pending": 3, "processing": 4} | {
    "refunded": 5,
    "failed": 6,
    "canceled": 6,
}
# A key is good for an hour at the PSP, and a call for seconds: what it does not know by then, it never did.
_NEVER_ASKED: Final = timedelta(hours=1)


@dataclass(frozen=True)
class OnItsWay:
    """What is on its way back and not yet in the ledger. `state` tells the least certain of it.

    It is unsure while nobody knows whether the PSP got it, queued while the PSP waits for money to give back
    with, and pending once it is with the bank; empty when nothing is on its way.
    """

    amount: Money
    state: str = ""


def on_its_way(tx: Tx, request: PaymentRequest) -> OnItsWay:
    """Return what of `request` is on its way back."""
    settled = select(LedgerEntry.psp_ref).where(
        LedgerEntry.request_id == request.id, LedgerEntry.kind == "refund"
    )
    query = select(Refund).where(
        Refund.request_id == request.id,
        Refund.status.in_(_MAY_HAVE_GONE),
        Refund.psp_ref.is_(None) | Refund.psp_ref.not_in(settled),
    )
    found = tx.session.scalars(query).all()
    states = {_STATE.get(refund.status, "pending") for refund in found}
    amount = Money(sum(refund.amount_cents for refund in found), request.currency)
    return OnItsWay(amount, next((state for state in _UNSURE_FIRST if state in states), ""))


def returnable(tx: Tx, request: PaymentRequest) -> Money:
    """Return what can be offered back now: the surplus, less what is on its way already."""
    surplus = balance(tx, request).surplus - on_its_way(tx, request).amount
    return Money(max(surplus.cents, 0), request.currency)


def new_refund(tx: Tx, request: PaymentRequest, amount: Money, by: str) -> Refund:
    """Store a refund of `amount` on the newest payment that still holds that much.

    Raises Refused when no single payment does.
    """
    for checkout_id, held in _held(tx, request):
        if held >= amount.cents:
            refund = Refund(
                id=tx.new_id("rfd"),
                merchant_id=request.merchant_id,
                request_id=request.id,
                checkout_id=checkout_id,
                amount_cents=amount.cents,
                currency=amount.currency,
                by=by,
                created_at=tx.now,
            )
            tx.session.add(refund)
            tx.session.flush()
            return refund
    raise Refused(f"no single payment holds {amount.value}; give back a smaller amount")


def _held(tx: Tx, request: PaymentRequest) -> list[tuple[str, int]]:
    """What every payment still holds for `request` in cents, newest first, less what may be on its way."""
    query = (
        select(LedgerEntry.checkout_id, func.sum(LedgerEntry.amount_cents), func.max(LedgerEntry.id))
        .where(LedgerEntry.request_id == request.id)
        .group_by(LedgerEntry.checkout_id)
        .order_by(func.max(LedgerEntry.id).desc())
    )
    return [
        (checkout_id, int(cents) - _leaving(tx, request, checkout_id))
        for checkout_id, cents, _ in tx.session.execute(query)
    ]


def _leaving(tx: Tx, request: PaymentRequest, checkout_id: str) -> int:
    """What of a request's share in a payment is on its way back: the other shares are not its money."""
    settled = select(LedgerEntry.psp_ref).where(
        LedgerEntry.checkout_id == checkout_id, LedgerEntry.kind == "refund"
    )
    query = select(func.sum(Refund.amount_cents)).where(
        Refund.checkout_id == checkout_id,
        Refund.request_id == request.id,
        Refund.status.in_(_MAY_HAVE_GONE),
        Refund.psp_ref.is_(None) | Refund.psp_ref.not_in(settled),
    )
    return int(tx.session.scalar(query) or 0)


def take_statuses(tx: Tx, report: Report) -> list[Refund]:
    """Bring our refunds of a checkout up to date with what the PSP reports.

    Returns those that turn out never to have reached the PSP: their money can be given back again.
    """
    ours = {refund.id: refund for refund in _of_checkout(tx, report.checkout_id)}
    for psp_ref, (status, refund_id) in (report.refunds or {}).items():
        refund = ours.pop(refund_id, None)
        if refund is not None:
            refund.psp_ref = psp_ref
            refund.advance(status)
    lost = [refund for refund in ours.values() if _was_never_made(refund, tx.now)]
    for refund in lost:
        refund.status = "refused"
    return lost


def _was_never_made(refund: Refund, now: datetime) -> bool:
    return refund.status in {"asking", "unknown"} and now - refund.created_at > _NEVER_ASKED


def _of_checkout(tx: Tx, checkout_id: str) -> list[Refund]:
    query = select(Refund).where(Refund.checkout_id == checkout_id).with_for_update()
    return list(tx.session.scalars(query))


def owners(tx: Tx, checkout_id: str) -> dict[str, str]:
    """Return which request each refund of ours is about, by its reference at the PSP."""
    query = select(Refund.psp_ref, Refund.request_id).where(
        Refund.checkout_id == checkout_id, Refund.psp_ref.is_not(None)
    )
    return {ref: request_id for ref, request_id in tx.session.execute(query) if ref is not None}


def order_of(tx: Tx, refund: Refund) -> tuple[str, str]:
    """Return the PSP's id of the payment and the description that goes with a refund."""
    checkout = tx.session.get_one(Checkout, refund.checkout_id)
    request = tx.session.get_one(PaymentRequest, refund.request_id)
    return checkout.psp_id or "", f"Terug: {request.reference}"

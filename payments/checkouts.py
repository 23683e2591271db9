"""Attempts to pay: one row per checkout at the PSP, stored before the PSP is called."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, select, text
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Tx, UtcDateTime
from core.money import Money
from payments.requests import PaymentRequest
from payments.shares import Share, checkouts_of, of_checkout

LIVE = ("opening", "open", "pending", "authorized")
# A payer needs a moment at the bank: a checkout with less time left than this is not offered again.
_LAST_CALL = timedelta(minutes=2)
# What the PSP opened without our hearing of it lives fifteen minutes like any other, and the key leads to
# that one. After an hour, when the key is forgotten, it would open a second.
_KEY_IS_FRESH = timedelta(minutes=13)


# Requests of one payer, the oldest first, and what each is to be paid: never none.
Wanted = Sequence[tuple[PaymentRequest, Money]]


class Checkout(Base):
    """One attempt to pay at the PSP, for one request or for several: see payments/shares.py.

    A request may have several, at most one of them offered; the others can still be paid, and are credited.
    `status` is `opening` until the PSP confirmed it, then the PSP's own word, or `refused`.
    `next_check_at` is when the PSP is asked about it again; None: never. `answered_at` is when it last told.
    """

    __tablename__ = "checkout"
    __table_args__ = (
        UniqueConstraint("psp", "psp_id"),
        Index(
            "ix_checkout_check",
            "next_check_at",
            sqlite_where=text("next_check_at IS NOT NULL"),
            postgresql_where=text("next_check_at IS NOT NULL"),
        ),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    merchant_id: Mapped[str] = mapped_column(ForeignKey("merchant.id"))
    psp: Mapped[str] = mapped_column(String(20))
    psp_id: Mapped[str | None] = mapped_column(String(60))
    hinted_id: Mapped[str | None] = mapped_column(String(60))
    key: Mapped[str] = mapped_column(String(60))
    amount_cents: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    status: Mapped[str] = mapped_column(String(12), default="opening")
    reason: Mapped[str] = mapped_column(String(120), default="")
    url: Mapped[str | None] = mapped_column(String(500))
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    created_at: Mapped[datetime] = mapped_column(UtcDateTime())
    next_check_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    checks: Mapped[int] = mapped_column(default=0)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime())

    @property
    def amount(self) -> Money:
        return Money(self.amount_cents, self.currency)

    def advance(self, status: str) -> bool:
        """Take `status` when it comes later in a checkout's life than the present one; say whether it did.

        Reports can overtake each other, so that an older one is heard last.
        """
        if _LATER[status] <= _LATER[self.status]:
            return False
        self.status = status
        return True


# `refused` is our own conclusion, so whatever the PSP says comes after it; `paid` may follow any end,
# since a bank can be late.
_LATER: Final = {"opening": 0, "refused": 0, "open": 1, "pending": 2, "authorized": 3} | {
    "canceled": 4,
    "expired": 4,
    "failed": 4,
    "paid": 5,
}


# Seconds after the opening of a checkout at which the PSP is asked about it; then daily until day 60,
# since a debit or a chargeback can still come until then (Mollie help, article 115002540294).
_SCHEDULE = (10, 20, 40, 80, 160, 320, 640, 960, 1800, 3600, 7200, 4 * 3600, 12 * 3600, 24 * 3600)
_DAILY_UNTIL = timedelta(days=60)


def next_check(checkout: Checkout, now: datetime) -> datetime | None:
    """Return when to ask about `checkout` again: soon after the tap, then ever later; None: never again."""
    age = now - checkout.created_at
    for seconds in _SCHEDULE:
        if age < timedelta(seconds=seconds):
            return checkout.created_at + timedelta(seconds=seconds)
    return now + timedelta(days=1) if age < _DAILY_UNTIL else None


def offered(tx: Tx, wanted: Wanted) -> Checkout | None:
    """Return the attempt that a payer can go on with, when it still fits `wanted` and has time left."""
    request, _ = wanted[0]
    query = select(Checkout).join(Share, Share.checkout_id == Checkout.id)
    checkout = tx.session.scalars(query.where(Share.request_id == request.id, Share.offered)).first()
    if checkout is None or checkout.status not in LIVE or not _fits(tx, checkout, wanted):
        return None
    if checkout.expires_at is None:
        return checkout if tx.now - checkout.created_at < _KEY_IS_FRESH else None
    return checkout if checkout.expires_at - tx.now >= _LAST_CALL else None


def _fits(tx: Tx, checkout: Checkout, wanted: Wanted) -> bool:
    """Whether a checkout is for these requests and amounts, and none was offered another since."""
    shares = of_checkout(tx, checkout.id)
    same = {s.request_id: s.amount for s in shares} == {request.id: amount for request, amount in wanted}
    return same and all(share.offered for share in shares)


def new_checkout(tx: Tx, wanted: Wanted, psp: str) -> Checkout:
    """Store a new attempt for all of `wanted`; what was offered before makes way, and is still watched."""
    requests = [request.id for request, _ in wanted]
    query = select(Share).where(Share.request_id.in_(requests), Share.offered)
    for before in tx.session.scalars(query):
        before.offered = False
    tx.session.flush()
    total = sum((amount for _, amount in wanted[1:]), wanted[0][1])
    checkout = Checkout(
        id=tx.new_id("chk"),
        merchant_id=wanted[0][0].merchant_id,
        psp=psp,
        key=tx.ids.token(18),
        amount_cents=total.cents,
        currency=total.currency,
        created_at=tx.now,
    )
    checkout.next_check_at = next_check(checkout, tx.now)
    tx.session.add(checkout)
    tx.session.flush()
    tx.session.add_all(_share(checkout, request, amount) for request, amount in wanted)
    tx.session.flush()
    return checkout


def _share(checkout: Checkout, request: PaymentRequest, amount: Money) -> Share:
    return Share(
        checkout_id=checkout.id,
        request_id=request.id,
        merchant_id=request.merchant_id,
        amount_cents=amount.cents,
        currency=amount.currency,
        offered=True,
    )


def to_check(tx: Tx, limit: int, leave: Collection[str] = ()) -> Sequence[Checkout]:
    """Return the checkouts that the PSP should be asked about now, the longest waiting first.

    Those with an id in `leave` are left alone.
    """
    query = select(Checkout).where(Checkout.next_check_at <= tx.now, Checkout.id.not_in(leave))
    return tx.session.scalars(query.order_by(Checkout.next_check_at).limit(limit)).all()


def hint(tx: Tx, psp: str, psp_id: str, checkout_id: str | None) -> bool:
    """Remember that the PSP said something about a checkout; False when we do not know it.

    The id in our own webhook address finds a checkout whose opening was never confirmed.
    """
    query = select(Checkout).where(Checkout.psp == psp, Checkout.psp_id == psp_id).with_for_update()
    checkout = tx.session.scalars(query).first()
    if checkout is None and checkout_id is not None:
        checkout = tx.session.get(Checkout, checkout_id, with_for_update=True)
    if checkout is None or checkout.psp_id not in {None, psp_id}:
        return False
    if checkout.psp_id is None:
        checkout.hinted_id = psp_id
    checkout.next_check_at = tx.now
    tx.ring()
    return True


def awaited(tx: Tx, request_id: str, since: datetime) -> bool:
    """Whether the PSP still has to tell, since `since`, about any checkout of a request."""
    query = select(Checkout.id).where(
        Checkout.id.in_(checkouts_of(request_id)),
        Checkout.status != "refused",
        Checkout.answered_at.is_(None) | (Checkout.answered_at < since),
    )
    return tx.session.scalar(query.limit(1)) is not None


def is_live(tx: Tx, request_id: str) -> bool:
    """Whether a payment for a request was begun of which the PSP has not told the end."""
    query = select(Checkout.id).where(Checkout.id.in_(checkouts_of(request_id)), Checkout.status.in_(LIVE))
    return tx.session.scalar(query.limit(1)) is not None


def check_now(tx: Tx, request_id: str) -> None:
    """Ask the PSP about every checkout of a request again, at once."""
    for checkout in tx.session.scalars(select(Checkout).where(Checkout.id.in_(checkouts_of(request_id)))):
        if checkout.status != "refused":
            checkout.next_check_at = tx.now
    tx.ring()

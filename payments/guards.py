"""Why a payer may not be asked for money now: looked at in the transaction that claims the message."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import select

from core.db import Tx
from payments.checkouts import LIVE, Checkout
from payments.ledger import Balance
from payments.lifecycle import Status
from payments.requests import PaymentRequest

_SILENT = frozenset(
    {
        Status.PAID,
        Status.REFUNDED,
        Status.CHARGED_BACK,
        Status.CANCELLED,
        Status.EXPIRED,
        Status.DISPUTED,
        Status.CHECKING,
        Status.HARDSHIP,
    }
)
# While a payer may be at the bank we do not ask: iDEAL leaves fifteen minutes.
_AT_THE_BANK = timedelta(minutes=15)


def why_silent(request: PaymentRequest, money: Balance, today: date) -> str | None:
    """Return the reason for which `request` is not asked for on `today`, or None when it is owed."""
    status = Status(request.status)
    if status in _SILENT:
        return str(status)
    if not money.remaining:
        return str(Status.PAID)
    if request.expires_on is not None and today > request.expires_on:
        return str(Status.EXPIRED)
    resting = status in {Status.PROMISED, Status.PAUSED}
    if resting and request.quiet_until is not None and today < request.quiet_until:
        return str(status)
    return None


def paying_until(tx: Tx, request: PaymentRequest) -> datetime | None:
    """Return until when the payer may be at the bank right now, or None."""
    query = select(Checkout).where(Checkout.request_id == request.id, Checkout.status.in_(LIVE))
    ends = [checkout.created_at + _AT_THE_BANK for checkout in tx.session.scalars(query)]
    return max((end for end in ends if end > tx.now), default=None)

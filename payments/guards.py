"""Why a payer may not be asked for money now: looked at in the transaction that claims the message."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import select

from core.db import Tx
from core.money import Money
from payments.checkouts import LIVE, Checkout
from payments.ledger import Balance
from payments.lifecycle import Status
from payments.requests import PaymentRequest
from payments.shares import checkouts_of

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
        Status.BEREAVED,
    }
)
# While a payer may be at the bank we do not ask: iDEAL leaves fifteen minutes.
_AT_THE_BANK = timedelta(minutes=15)
# Afterwards, as long as the PSP has not told how it ended, the payer may have paid. It is asked about often.
_NO_WORD_YET = timedelta(days=1)
_BEING_ASKED = timedelta(seconds=30)
_LOOK_AGAIN = timedelta(minutes=1)


def nothing_to_pay(request: PaymentRequest, money: Balance) -> str | None:
    """Return why there is nothing to pay for `request`, or None when there is."""
    if money.remaining:
        return None
    return str(Status.CANCELLED if request.cancelled_at else Status.PAID)


def why_silent(request: PaymentRequest, money: Balance, today: date, due: Money | None = None) -> str | None:
    """Return the reason for which `request` is not asked for on `today`, or None when it is owed.

    `due` is what should be paid by today, where that can be less than what is left.
    """
    status = Status(request.status)
    if status in _SILENT:
        return str(status)
    if not money.remaining:
        return str(Status.PAID)
    if request.expires_on is not None and today > request.expires_on:
        return str(Status.EXPIRED)
    if due is not None and not due:
        return str(Status.INSTALMENTS)
    resting = status in {Status.PROMISED, Status.PAUSED}
    if resting and request.quiet_until is not None and today < request.quiet_until:
        return str(status)
    return None


def paying_until(tx: Tx, request: PaymentRequest) -> datetime | None:
    """Return until when the payer may be paying, or have paid without our knowing it yet; or None."""
    query = select(Checkout).where(Checkout.id.in_(checkouts_of(request.id)), Checkout.status.in_(LIVE))
    ends = [_ends(checkout, tx.now) for checkout in tx.session.scalars(query)]
    return max((end for end in ends if end is not None), default=None)


def _ends(checkout: Checkout, now: datetime) -> datetime | None:
    if now - checkout.created_at < _AT_THE_BANK:
        return checkout.created_at + _AT_THE_BANK
    asking = checkout.next_check_at is not None and checkout.next_check_at <= now + _BEING_ASKED
    return now + _LOOK_AGAIN if asking or now - checkout.created_at < _NO_WORD_YET else None

"""Where a request stands for somebody who wants to pay it: it can be paid, or what it is instead."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from payments.ledger import Balance
from payments.lifecycle import Status
from payments.requests import PaymentRequest


class Standing(StrEnum):
    """What the pay page is about: `payable` has a button, the others say what they are instead."""

    PAYABLE = "payable"
    PAID = "paid"
    REFUNDED = "refunded"
    CHARGED_BACK = "charged_back"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


def standing(request: PaymentRequest, money: Balance, today: date) -> Standing:
    """Return where `request` stands. One past its last day is expired before the clock says so."""
    if request.cancelled_at is not None:
        return Standing.CANCELLED
    status = Status(request.status)
    if status in {Status.PAID, Status.REFUNDED, Status.CHARGED_BACK, Status.CANCELLED, Status.EXPIRED}:
        return Standing(str(status))
    if not money.remaining:
        return Standing.PAID
    if request.expires_on is not None and today > request.expires_on:
        return Standing.EXPIRED
    return Standing.PAYABLE

"""What of a request is late: all that is open past its day, or in parts what should have come by now."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, ScalarSelect, case, func, select

from payments.instalments import Instalment
from payments.ledger import LedgerEntry
from payments.lifecycle import OWING
from payments.promises import PromiseToPay
from payments.requests import PaymentRequest


def open_cents() -> ColumnElement[int]:
    """Return what is still owed of a request in cents; never below zero."""
    received = select(func.coalesce(func.sum(LedgerEntry.amount_cents), 0))
    mine = received.where(LedgerEntry.request_id == PaymentRequest.id).scalar_subquery()
    rest = PaymentRequest.amount_cents - mine
    return case((rest > 0, rest), else_=0)


def late_cents(today: date) -> ColumnElement[int]:
    """Return what of a request should have been paid before `today`, in cents.

    Where parts were agreed on, money goes to the oldest part first, as in payments/parts.py: what is late is
    what the passed parts come to, less what came in for them. The day of the whole says nothing then, nor
    where the payer moved it.
    """
    rest, planned, passed = open_cents(), _in_parts(), _in_parts(today)
    behind = passed - planned + rest
    in_parts = case((passed == 0, 0), (behind > 0, behind), else_=0)
    moved = select(PromiseToPay.id).where(
        PromiseToPay.request_id == PaymentRequest.id,
        PromiseToPay.outcome == "open",
        PromiseToPay.day >= today,
    )
    whole = case((moved.exists(), 0), (PaymentRequest.due_date < today, rest), else_=0)
    return case((~PaymentRequest.status.in_(OWING), 0), (planned > 0, in_parts), else_=whole)


def _in_parts(before: date | None = None) -> ScalarSelect[int]:
    """What was agreed in parts, or those of which the day was `before`; zero without any."""
    query = select(func.coalesce(func.sum(Instalment.amount_cents), 0)).where(
        Instalment.request_id == PaymentRequest.id, Instalment.dropped_at.is_(None)
    )
    return (query if before is None else query.where(Instalment.due_on < before)).scalar_subquery()

"""The one list of the overview: searched by reference, name or number, narrowed by where a request stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload

from core.calendar import local
from core.db import Tx
from payments.directory import payers_with_phone
from payments.ledger import LedgerEntry
from payments.lifecycle import OWING, Status
from payments.requests import PaymentRequest
from web.admin.figures import midnight
from web.finding import as_phone, payers_with_name

PAGE: Final = 25
# What the list can be narrowed to, besides a status.
SHOWS: Final = ("owing", "paid_today", "late", "attention")


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for; `after` is the id of the last request of the page before."""

    text: str = ""
    show: str = ""
    after: str = ""


def wanted(text: str, show: str, after: str) -> Wanted:
    """Return what to look for; a filter that does not exist is none."""
    return Wanted(" ".join(text.split())[:80], show if show in {*SHOWS, *Status} else "", after)


def page_of(tx: Tx, merchant_id: str, looked_for: Wanted) -> tuple[Sequence[PaymentRequest], str | None]:
    """Return one page, the newest first, and the id after which the next page begins."""
    query = select(PaymentRequest).where(PaymentRequest.merchant_id == merchant_id)
    if looked_for.text:
        query = query.where(_matches(tx, merchant_id, looked_for.text))
    if looked_for.show:
        query = query.where(_stands(tx, merchant_id, looked_for.show))
    if looked_for.after:
        query = query.where(PaymentRequest.id < looked_for.after)
    query = query.options(joinedload(PaymentRequest.payer)).order_by(PaymentRequest.id.desc())
    found = tx.session.scalars(query.limit(PAGE + 1)).all()
    return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None


def _matches(tx: Tx, merchant_id: str, text: str) -> ColumnElement[bool]:
    """A reference by its beginning; a name or a number as a whole, since those are kept unreadable."""
    try:
        phone = as_phone(text)
    except ValueError:
        phone = None
    payers = [*payers_with_name(tx, merchant_id, text)]
    payers += payers_with_phone(tx, merchant_id, phone) if phone else []
    matches: ColumnElement[bool] = PaymentRequest.reference.startswith(text, autoescape=True)
    return matches | PaymentRequest.payer_id.in_([payer.id for payer in payers])


def _stands(tx: Tx, merchant_id: str, show: str) -> Any:  # noqa: ANN401 - a condition on the request
    owing = PaymentRequest.status.in_(OWING)
    match show:
        case "owing":
            return owing
        case "late":
            return owing & (PaymentRequest.due_date < local(tx.now).date())
        case "attention":
            return PaymentRequest.attention.is_not(None)
        case "paid_today":
            today = select(LedgerEntry.request_id).where(
                LedgerEntry.merchant_id == merchant_id,
                LedgerEntry.kind == "payment",
                LedgerEntry.recorded_at >= midnight(tx),
            )
            return PaymentRequest.id.in_(today)
        case status:
            return PaymentRequest.status == status

"""The one list of the overview: searched by reference, name or number, narrowed by where a request stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, Final

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from core.calendar import local
from core.db import Tx
from core.money import Money
from payments.instalments import agreed
from payments.ledger import LedgerEntry, balance
from payments.lifecycle import OWING, Status
from payments.parts import Part, upcoming
from payments.promises import days_named
from payments.refunds import on_its_way, returnable
from payments.requests import PaymentRequest
from web.admin.figures import midnight
from web.admin.late import late_cents, open_cents
from web.finding import is_meant, may_be_meant

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
    """Return one page, the newest first, and the id after which the next page begins.

    What the database found is looked at again, since it knows names and numbers by their fingerprints alone.
    """
    query = select(PaymentRequest).where(PaymentRequest.merchant_id == merchant_id)
    if looked_for.text:
        query = query.where(may_be_meant(tx, merchant_id, looked_for.text))
    if looked_for.show:
        query = query.where(_stands(tx, merchant_id, looked_for.show))
    query = query.options(joinedload(PaymentRequest.payer)).order_by(PaymentRequest.id.desc())
    found = list(islice(_found(tx, query, looked_for), PAGE + 1))
    return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None


def _found(tx: Tx, query: Select[PaymentRequest], looked_for: Wanted) -> Iterator[PaymentRequest]:
    """Every request of `query` that is really meant, a page at a time."""
    after = looked_for.after
    while True:
        further = query.where(PaymentRequest.id < after) if after else query
        rows = tx.session.scalars(further.limit(PAGE + 1)).all()
        yield from (row for row in rows if not looked_for.text or is_meant(row, looked_for.text))
        if len(rows) <= PAGE:
            return
        after = rows[-1].id


def _stands(tx: Tx, merchant_id: str, show: str) -> Any:  # noqa: ANN401 - a condition on the request
    match show:
        case "owing":
            return PaymentRequest.status.in_(OWING) & (open_cents() > 0)
        case "late":
            return late_cents(local(tx.now).date()) > 0
        case "attention":
            return PaymentRequest.attention.is_not(None)
        case Status.CANCELLED:  # also when it was paid all the same
            return PaymentRequest.cancelled_at.is_not(None)
        case "paid_today":
            today = select(LedgerEntry.request_id).where(
                LedgerEntry.merchant_id == merchant_id,
                LedgerEntry.kind == "payment",
                LedgerEntry.recorded_at >= midnight(tx),
            )
            return PaymentRequest.id.in_(today)
        case status:
            return PaymentRequest.status == status


@dataclass(frozen=True)
class Stand:
    """How the money of one request in the list stands.

    `surplus` is what came in too much and is still to be given back, `returning` what is on its way back.
    `paid` and `open` say nothing where nothing came in and no parts were agreed on. `next` is the part that
    comes next: of several, the oldest that is not paid. `named` is the day to which the payer moved it all.
    `late`: something should have been paid by now.
    """

    paid: Money | None = None
    open: Money | None = None
    next: Part | None = None
    late: bool = False
    named: date | None = None
    surplus: Money | None = None
    returning: Money | None = None


def stands(tx: Tx, found: Sequence[PaymentRequest]) -> Mapping[str, Stand]:
    """Return how the money of each request of a page stands, by its id."""
    ids = [one.id for one in found]
    today = local(tx.now).date()
    late = select(PaymentRequest.id).where(PaymentRequest.id.in_(ids), late_cents(today) > 0)
    are_late, named = set(tx.session.scalars(late)), days_named(tx, ids)
    return {one.id: _stand(tx, one, one.id in are_late, named.get(one.id)) for one in found}


def _stand(tx: Tx, one: PaymentRequest, late: bool, named: date | None) -> Stand:  # noqa: FBT001 - as found
    money, plan = balance(tx, one), agreed(tx, one.id)
    back = (returnable(tx, one), on_its_way(tx, one).amount) if money.surplus else (None, None)
    if one.status not in OWING or not (plan or money.received):
        return Stand(None, None, None, late, named, *back)
    paid = Money(max(money.received, 0), money.currency)
    return Stand(paid, money.remaining, upcoming(plan, money.remaining), late, named, *back)

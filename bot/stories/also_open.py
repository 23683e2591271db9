"""What else the payer owes at the same shop, as much of it as the page of one request may tell."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from bot.stories.standing import Standing, standing
from core.calendar import local
from core.db import Tx
from core.money import Money
from payments.ledger import balance
from payments.lifecycle import OWING, WITH_A_PERSON, Status
from payments.requests import PaymentRequest


@dataclass(frozen=True)
class Others:
    """How many other requests can be paid, and what they come to. Not what for: a link may be passed on."""

    count: int
    total: Money


def also_open(tx: Tx, request: PaymentRequest) -> Others | None:
    """Return what else was asked of the payer and can be paid; None without any, or when quiet is kinder.

    What was not asked for yet is not told, nor anything while a person looks at what is owed.
    """
    if request.status not in OWING:
        return None
    query = select(PaymentRequest).where(
        PaymentRequest.payer_id == request.payer_id,
        PaymentRequest.status.in_(OWING),
        PaymentRequest.currency == request.currency,
        PaymentRequest.id != request.id,
    )
    others = tx.session.scalars(query).all()
    if any(Status(one.status) in WITH_A_PERSON for one in (request, *others)):
        return None
    today = local(tx.now).date()
    asked = [(one, balance(tx, one)) for one in others if one.asked_at is not None]
    owed = [m.remaining for one, m in asked if standing(one, m, today) is Standing.PAYABLE]
    return Others(len(owed), sum(owed, Money(0, request.currency))) if owed else None

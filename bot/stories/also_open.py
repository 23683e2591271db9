"""What else the payer owes at the same shop, as much of it as the page of one request may tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Select, select

from bot.stories.standing import Standing, standing
from core.calendar import local
from core.db import Tx
from core.money import Money
from payments.ledger import balance
from payments.lifecycle import OWING, WITH_A_PERSON
from payments.requests import PaymentRequest

# How the name begins of a message that goes because the page of one request asked for a link to all.
BY_PAGE: Final = "all-by-page:"


@dataclass(frozen=True)
class Others:
    """How many other requests can be paid, and what they come to. Not what for: a link may be passed on."""

    count: int
    total: Money


def also_open(tx: Tx, request: PaymentRequest) -> Others | None:
    """Return what else was asked of the payer and can be paid; None without any, or when quiet is kinder.

    What was not asked for yet is not told, nor anything while a person looks at what is owed.
    """
    owed = [balance(tx, one).remaining for one in payable_others(tx, request)]
    return Others(len(owed), sum(owed, Money(0, request.currency))) if owed else None


def payable_others(tx: Tx, request: PaymentRequest) -> Sequence[PaymentRequest]:
    """Return what else was asked of the payer and can be paid; nothing while quiet is kinder."""
    if request.status not in OWING or why_quiet(tx, request) is not None:
        return []
    query = _owing(request).where(PaymentRequest.id != request.id)
    # As they are by now: who asks again has waited for their locks meanwhile.
    others = tx.session.scalars(query.execution_options(populate_existing=True)).all()
    today = local(tx.now).date()
    asked = [one for one in others if one.asked_at is not None]
    return [one for one in asked if standing(one, balance(tx, one), today) is Standing.PAYABLE]


def why_quiet(tx: Tx, request: PaymentRequest) -> str | None:
    """Return the status for which a person looks at what the payer of `request` owes; None without any."""
    query = (
        _owing(request)
        .where(PaymentRequest.status.in_(WITH_A_PERSON))
        .with_only_columns(PaymentRequest.status)
    )
    return tx.session.scalar(query.limit(1))


def _owing(request: PaymentRequest) -> Select[PaymentRequest]:
    return select(PaymentRequest).where(
        PaymentRequest.payer_id == request.payer_id,
        PaymentRequest.status.in_(OWING),
        PaymentRequest.currency == request.currency,
    )

"""Somebody who stopped can be reached again: what fell silent meanwhile is planned anew."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import select

from core.db import Tx
from payments import instalments, plans
from payments.lifecycle import Status
from payments.requests import PaymentRequest, locked

# What is asked for by the plan; the rest waits for a person, or is over.
_ASKED_FOR: Final = (
    Status.PLANNED,
    Status.OPEN,
    Status.PROMISED,
    Status.PAUSED,
    Status.INSTALMENTS,
)


def pick_up(tx: Tx, payer_ids: Sequence[str], not_before: datetime) -> None:
    """Plan the next message of every request of these payers whose plan ran out while they were stopped.

    A step that is still to come stays as it is. A first message goes from `not_before` on, a reminder
    tomorrow at the earliest. A day that was agreed and passed in silence is asked for at the next turn.
    """
    query = (
        select(PaymentRequest.id)
        .where(PaymentRequest.payer_id.in_(payer_ids), PaymentRequest.status.in_(_ASKED_FOR))
        .order_by(PaymentRequest.id)
    )
    for request_id in tx.session.scalars(query).all():
        request = locked(tx, request_id)
        if request.status == Status.INSTALMENTS:
            instalments.plan_messages(tx, request)
        elif plans.plan_passed_day(tx, request) is None:
            plans.plan_next(tx, request, not_before)

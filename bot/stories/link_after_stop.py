"""The one thing that still goes after a stop, to whoever asks how to pay: once, and not after another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import select

from core.db import Tx
from messages.outbox import Outgoing, Sending
from payments.requests import PaymentRequest
from payments.timeline import note

ONE: Final = "link-after-stop"
ALL: Final = "link-after-stop-all"
LINKS: Final = frozenset({ONE, ALL})
_NOT_TOLD: Final = (Sending.WITHHELD, Sending.FAILED)


def told_how(tx: Tx, request: PaymentRequest) -> bool:
    """Whether the payer of `request` was told how to pay since the stop, or is about to be.

    What was withheld or refused told nobody anything.
    """
    stops = [address.opted_out_at for address in request.payer.addresses if address.opted_out_at is not None]
    if not stops:
        return False
    query = select(Outgoing.id).where(
        Outgoing.payer_id == request.payer_id,
        Outgoing.template.in_(LINKS),
        Outgoing.status.not_in(_NOT_TOLD),
        Outgoing.created_at >= max(stops),
    )
    return tx.session.scalar(query.limit(1)) is not None


def keep_back(tx: Tx, requests: Sequence[PaymentRequest]) -> None:
    """Withhold every such link to the payers of `requests` that did not go yet: they stopped again.

    What a worker has in hand is on its way, and stays.
    """
    query = (
        select(Outgoing)
        .where(
            Outgoing.payer_id.in_({request.payer_id for request in requests}),
            Outgoing.status == Sending.QUEUED,
            Outgoing.template.in_(LINKS),
        )
        .with_for_update(skip_locked=True)
    )
    for row in tx.session.scalars(query).all():
        row.status, row.error = Sending.WITHHELD, "opted_out"
        about = tx.session.get_one(PaymentRequest, row.request_id)
        note(tx, about, "withheld", template=row.template, channel=row.channel, reason="opted_out")

"""What the provider tells about a message that we sent: statuses that only go forward."""

from __future__ import annotations

from sqlalchemy import select

from bot.stories import outcome
from bot.stories.in_order import in_hand
from core.db import Tx
from messages.channels import Channel, Failure, NotSent, Receipt
from messages.outbox import Outgoing, Sending
from payments.timeline import note

_NEWS = {"delivered": Sending.DELIVERED, "read": Sending.READ}


def apply(tx: Tx, channel: Channel, receipt: Receipt) -> None:
    """Take a receipt for what it says; repeated, late or reordered ones change nothing."""
    row = _row(tx, channel, receipt)
    if row is None:
        return
    request = in_hand(tx, row)
    row.provider_id = row.provider_id or receipt.provider_id
    if receipt.status == "failed":
        failure = receipt.failure or Failure.OTHER_CHANNEL
        outcome.failed(tx, request, row, NotSent(failure, receipt.code, unusable=receipt.unusable))
        return
    outcome.sent(tx, request, row)
    news = _NEWS.get(receipt.status)
    if news is not None and row.advance(news):
        note(tx, request, str(news), "provider", template=row.template, channel=row.channel, outgoing=row.id)


def _row(tx: Tx, channel: Channel, receipt: Receipt) -> Outgoing | None:
    """Find the message by our own id in the callback's address, else by the provider's."""
    if receipt.outgoing_id:
        row = tx.session.get(Outgoing, receipt.outgoing_id)
        return row if row is not None and row.channel == channel.name else None
    query = select(Outgoing).where(
        Outgoing.channel == channel.name,
        Outgoing.provider_id == receipt.provider_id,
        Outgoing.action == "send",
    )
    return tx.session.scalars(query).first()

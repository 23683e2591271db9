"""A message of unknown outcome is looked up at its provider; what cannot be found goes to a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.stories import receipts
from bot.stories.in_order import in_hand
from bot.stories.world import World
from core.db import Tx
from messages import outbox
from messages.channels import Parcel, Receipt
from messages.outbox import Outgoing, Sending
from payments.attention import raise_attention
from payments.timeline import note

_BATCH = 20
_AGAIN = (60, 300, 900)  # seconds after each look-up without a trace; then a person decides


@dataclass(frozen=True)
class Lost:
    """A message that may or may not have gone, and since when."""

    channel: str
    parcel: Parcel
    since: datetime


def lost_messages(world: World) -> list[Lost]:
    """Take the messages that should be looked up now."""
    return world.db.run(_take)


def _take(tx: Tx) -> list[Lost]:
    rows = outbox.to_look_up(tx, _BATCH)
    for row in rows:
        row.look_up_at = tx.now + timedelta(seconds=30)
    return [Lost(row.channel, _parcel(row), row.claimed_at or row.created_at) for row in rows]


def _parcel(row: Outgoing) -> Parcel:
    return Parcel(
        outgoing_id=row.id,
        attempt=row.attempt,
        to=row.to,
        body=row.body or "",
        template=row.template,
        language="",
        formality="",
        token=row.token or "",
    )


async def look_up(world: World, lost: Lost) -> Receipt | None:
    """Ask the provider what became of a message; None when it has no trace of it.

    Raises NotSent when nothing was learned: then the message is looked up again after half a minute.
    """
    channel = world.channels.get(lost.channel)
    return await channel.find(lost.parcel, lost.since) if channel is not None else None


def looked_up(tx: Tx, world: World, lost: Lost, found: Receipt | None) -> None:
    """Take the answer; without a trace, look again a few times and then show it to a person."""
    row = tx.session.get_one(Outgoing, lost.parcel.outgoing_id)
    request = in_hand(tx, row)
    if row.status != Sending.UNKNOWN or row.attempt != lost.parcel.attempt:
        row.look_up_at = None
        return
    if found is not None:
        row.provider_id = found.provider_id
        receipts.apply(tx, world.channels[lost.channel], found)
        return
    row.look_ups += 1
    if row.look_ups <= len(_AGAIN):
        row.look_up_at = tx.now + timedelta(seconds=_AGAIN[row.look_ups - 1])
        return
    row.look_up_at = None
    raise_attention(request, "unknown_send")
    note(tx, request, "not_found", template=row.template, channel=row.channel, outgoing=row.id)

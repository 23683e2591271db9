"""Story 2: a payer's word comes in, is understood, decided upon, carried out and answered, once."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from bot.stories.answer import answer, read
from bot.stories.join import join
from bot.stories.pick_up import pick_up
from bot.stories.receipts import apply
from bot.stories.thread import thread_with
from bot.stories.world import World
from core.db import Tx
from core.errors import Unavailable
from core.log import logger
from messages import inbox
from messages.channels import Channel, Inbound, Receipt
from messages.inbox import Incoming
from messages.outbox import Outgoing
from payments.parties import Address, at_address, opt_in, opt_out
from payments.requests import PaymentRequest, last_asked, locked
from payments.timeline import note

_log = logger(__name__)
_BATCH = 50


def hear(world: World) -> list[tuple[Channel, Inbound]]:
    """Work off what came in; return the taps that their provider wants acknowledged."""
    taps = []
    for incoming_id in world.db.read(inbox.due, _BATCH):
        try:
            taps += world.db.run(_work_off, world, incoming_id)
        except Unavailable:
            raise  # the database's trouble, not the row's: it comes again and no try is counted
        except Exception as error:  # noqa: BLE001 - a poisoned row must not hold up the others
            _log.exception("incoming row failed", incoming=incoming_id)
            world.db.run(inbox.failed, incoming_id, type(error).__name__)
    return taps


def _work_off(tx: Tx, world: World, incoming_id: str) -> list[tuple[Channel, Inbound]]:
    row = tx.session.get(Incoming, incoming_id, with_for_update={"skip_locked": True})
    if row is None or row.state != "new":
        return []
    row.state = "done"
    for channel in world.channels.values():
        if channel.provider != row.door:
            continue
        match channel.read(row.payload):
            case Receipt() as receipt:
                apply(tx, channel, receipt)
                return []
            case Inbound() as inbound:
                _listen(tx, world, channel, inbound, row)
                return [(channel, inbound)] if inbound.answer_id else []
            case None:
                continue
    return []


def _listen(tx: Tx, world: World, channel: Channel, inbound: Inbound, row: Incoming) -> None:
    row.channel, row.sender_index, row.body = channel.name, inbound.sender, inbound.text
    if inbound.kind == "start":
        join(tx, channel, inbound, row)
        return
    addresses = at_address(tx, channel.name, inbound.sender)
    payer_ids = [address.payer_id for address in addresses]
    answered = _answered(tx, channel, inbound, payer_ids)
    meant = _meant(tx, answered, payer_ids)
    # The request first and then the addresses: whoever claims a message locks in this order too.
    request = locked(tx, meant.id) if meant is not None else None
    for address in addresses:
        address.last_inbound_at = tx.now
    if inbound.kind in {"blocked", "unblocked"}:
        _blocked(tx, addresses, inbound)
    elif request is not None:
        _take(tx, world, request, row, answered)
    else:
        _log.info("nobody we know", channel=channel.name)


def _blocked(tx: Tx, addresses: Sequence[Address], inbound: Inbound) -> None:
    """To block us is to say stop, and to unblock us is to come back."""
    for address in addresses:
        if inbound.kind == "blocked":
            opt_out(tx, address.payer)
        else:
            address.unusable_at = address.unusable_why = None
            pick_up(tx, opt_in(tx, address.payer, "unblocked by the payer"), tx.now)


def _answered(tx: Tx, channel: Channel, inbound: Inbound, payer_ids: Sequence[str]) -> Outgoing | None:
    """Return the message of ours that the payer points at by answering it or tapping its button."""
    if not inbound.reply_to:
        return None
    query = select(Outgoing).where(
        Outgoing.channel == channel.name,
        Outgoing.provider_id == inbound.reply_to,
        Outgoing.payer_id.in_(payer_ids),
        Outgoing.action == "send",
    )
    return tx.session.scalars(query).first()


def _meant(tx: Tx, answered: Outgoing | None, payer_ids: Sequence[str]) -> PaymentRequest | None:
    """Return the request of the message that was answered, else the one last asked about."""
    if answered is not None:
        return tx.session.get(PaymentRequest, answered.request_id)
    return last_asked(tx, list(payer_ids))


def _take(tx: Tx, world: World, request: PaymentRequest, row: Incoming, answered: Outgoing | None) -> None:
    row.merchant_id, row.payer_id, row.request_id = request.merchant_id, request.payer_id, request.id
    note(tx, request, "heard", "payer", channel=row.channel, incoming=row.id)
    thread = thread_with(tx, request.payer, row.channel or "", answered)
    heard = read(tx, row.body or "", thread, request.payer.language)
    answer(tx, world, request, row, heard, thread)

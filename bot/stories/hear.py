"""Story 2: a payer's word comes in, is understood, decided upon, carried out and answered, once."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from bot.stories.answer import Turn, answer
from bot.stories.ask_which import ask_which
from bot.stories.join import join
from bot.stories.pick_up import pick_up
from bot.stories.receipts import apply
from bot.stories.said import Place, said_at
from bot.stories.several import answer_several
from bot.stories.thread import thread_of
from bot.stories.which import Meant, which
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
    if inbound.kind in {"blocked", "unblocked"}:
        _lock_last(tx, tuple(address.payer_id for address in addresses), ())
        _blocked(tx, addresses, inbound)
    elif addresses:
        _take(tx, world, inbound, row, addresses)
    else:
        _log.info("nobody we know", channel=channel.name)


def _blocked(tx: Tx, addresses: Sequence[Address], inbound: Inbound) -> None:
    """To block us is to say stop, and to unblock us is to come back."""
    for address in addresses:
        address.last_inbound_at = tx.now
        if inbound.kind == "blocked":
            opt_out(tx, address.payer)
        else:
            address.unusable_at = address.unusable_why = None
            pick_up(tx, opt_in(tx, address.payer, "unblocked by the payer"), tx.now)


def _take(tx: Tx, world: World, inbound: Inbound, row: Incoming, addresses: Sequence[Address]) -> None:
    """Find out what the words are about, and have them answered."""
    place = Place(row.channel or "", inbound.sender, tuple(address.payer_id for address in addresses))
    answered = _answered(tx, place, inbound)
    said = said_at(tx, place)
    thread = thread_of(said, answered, inbound.text)
    meant = which(tx, said, thread, answered, inbound.text)
    requests, elsewhere = _lock_last(tx, place.payer_ids, meant.ids if meant else ())
    for address in addresses:
        address.last_inbound_at = tx.now
    if meant is None:
        _log.info("nothing was asked of them yet", channel=place.channel)
        return
    turn = Turn(row, meant.heard, thread, meant.others, elsewhere)
    _note_heard(tx, requests, meant, row)
    if meant.doubt:
        ask_which(tx, requests, turn)
    elif len(requests) > 1:
        answer_several(tx, world, requests, turn)
    else:
        answer(tx, world, requests[0], turn)


def _lock_last(
    tx: Tx, payer_ids: Sequence[str], meant: Sequence[str]
) -> tuple[Sequence[PaymentRequest], Sequence[PaymentRequest]]:
    """The requests that are `meant`, and one for each other shop at the same place: locked, by their ids.

    All of them before the addresses: whoever claims a message locks in this order too.
    """
    last = [request.id for payer_id in payer_ids if (request := last_asked(tx, [payer_id]))]
    locks = {ident: locked(tx, ident) for ident in sorted({*meant, *last})}
    requests = [locks[ident] for ident in meant]
    shops = {request.merchant_id for request in requests[:1]}
    return requests, [locks[ident] for ident in last if locks[ident].merchant_id not in shops]


def _note_heard(tx: Tx, requests: Sequence[PaymentRequest], meant: Meant, row: Incoming) -> None:
    """Give the words to the request that they are about; no shop reads what may be meant for another."""
    if len({request.merchant_id for request in requests}) > 1:
        for request in [] if meant.doubt else requests:
            note(tx, request, "heard", "payer", channel=row.channel)
        return
    first = requests[0]
    waited = tx.session.get(Incoming, meant.waited) if meant.waited else None
    heard = [waited, row] if waited is not None and waited.request_id != first.id else [row]
    for one in heard:
        one.merchant_id, one.payer_id, one.request_id = first.merchant_id, first.payer_id, first.id
        for request in requests:
            note(tx, request, "heard", "payer", channel=one.channel, incoming=one.id)


def _answered(tx: Tx, place: Place, inbound: Inbound) -> Outgoing | None:
    """Return the message of ours that the payer points at by answering it or tapping its button."""
    if not inbound.reply_to:
        return None
    query = select(Outgoing).where(
        Outgoing.channel == place.channel,
        Outgoing.provider_id == inbound.reply_to,
        Outgoing.payer_id.in_(place.payer_ids),
        Outgoing.action == "send",
    )
    return tx.session.scalars(query).first()

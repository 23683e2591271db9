"""Story 2: a payer's word comes in, is understood, decided upon, carried out and answered, once."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from bot.decide import Act, Decision, decide
from bot.stories.carry_out import carry_out
from bot.stories.join import join
from bot.stories.known import known
from bot.stories.pick_up import pick_up
from bot.stories.receipts import apply
from bot.stories.say import NOW, Words, say
from bot.stories.world import World
from bot.understanding import Context, Reading, understand
from core.db import Tx
from core.errors import Unavailable
from core.log import logger
from messages import inbox
from messages.channels import Channel, Inbound, Receipt
from messages.inbox import Incoming
from messages.outbox import WENT_OUT, Outgoing
from payments.parties import Address, Payer, at_address, opt_in, opt_out
from payments.requests import PaymentRequest, last_asked, locked
from payments.timeline import note

_log = logger(__name__)
_BATCH = 50

# The bot's last move, by the last template that the payer got: it gives a bare "vrijdag" its meaning.
_MOVE: dict[str, Context] = {
    "ask-when": Context.ASK_WHEN,
    "ask-date-again": Context.ASK_WHEN,
    "ask-back": Context.REMINDER,
    "date-past": Context.ASK_WHEN,
    "promise-too-far": Context.PROPOSE,
    "pause-too-long": Context.PROPOSE,
    "promise-noted": Context.DONE,
    "promise-noted-rest": Context.DONE,
    "pause-noted": Context.PAUSED,
    "pause-noted-rest": Context.PAUSED,
    "opted-out": Context.OPTED_OUT,
    "thanks": Context.DONE,
    "welcome": Context.DONE,
}
_NOT_UNDERSTOOD = ("menu", "menu-again", "other-language", "unsupported-media")


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
                _listen(tx, channel, inbound, row)
                return [(channel, inbound)] if inbound.answer_id else []
            case None:
                continue
    return []


def _listen(tx: Tx, channel: Channel, inbound: Inbound, row: Incoming) -> None:
    row.channel, row.sender_index, row.body = channel.name, inbound.sender, inbound.text
    if inbound.kind == "start":
        join(tx, channel, inbound, row)
        return
    addresses = at_address(tx, channel.name, inbound.sender)
    meant = _meant(tx, channel, inbound, addresses)
    # The request first and then the addresses: whoever claims a message locks in this order too.
    request = locked(tx, meant.id) if meant is not None else None
    for address in addresses:
        address.last_inbound_at = tx.now
    if inbound.kind in {"blocked", "unblocked"}:
        _blocked(tx, addresses, inbound)
    elif request is not None:
        _answer(tx, request, inbound, row)
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


def _meant(tx: Tx, channel: Channel, inbound: Inbound, addresses: Sequence[Address]) -> PaymentRequest | None:
    """Return the request of the message that was answered, else the one last asked about."""
    payer_ids = [address.payer_id for address in addresses]
    if inbound.reply_to:
        query = select(Outgoing).where(
            Outgoing.channel == channel.name,
            Outgoing.provider_id == inbound.reply_to,
            Outgoing.payer_id.in_(payer_ids),
        )
        answered = tx.session.scalars(query).first()
        if answered is not None:
            return tx.session.get(PaymentRequest, answered.request_id)
    return last_asked(tx, payer_ids)


def _answer(tx: Tx, request: PaymentRequest, inbound: Inbound, row: Incoming) -> None:
    payer = request.payer
    row.merchant_id, row.payer_id, row.request_id = request.merchant_id, payer.id, request.id
    note(tx, request, "heard", "payer", channel=row.channel, incoming=row.id)
    last = _last_said(tx, payer)
    reading = understand(inbound.text, _context(last), now=tx.now, language=payer.language)
    row.reading = reading.as_json()
    decision = decide(reading, known(tx, request, puzzled=int(bool(last) and last[0] in _NOT_UNDERSTOOD)))
    if not inbound.text.strip():
        decision = Decision(Act.NOTHING, "unsupported-media")
    _log.info("understood", incoming=row.id, intents=[str(i) for i in reading.intents], act=str(decision.act))
    carry_out(tx, request, decision)
    _reply(tx, request, decision, reading, row)


def _reply(tx: Tx, request: PaymentRequest, decision: Decision, reading: Reading, row: Incoming) -> None:
    note(tx, request, "understood", intents=[str(i) for i in reading.intents], act=str(decision.act))
    if decision.answer is None:
        return
    came_from = [
        a for a in request.payer.addresses if (a.channel, a.value) == (row.channel, row.sender_index)
    ]
    name = f"answer:{row.id}"
    say(
        tx,
        request,
        Words(decision.answer, name, decision.facts, asked=True, urgency=NOW, address=came_from[0]),
    )


def _last_said(tx: Tx, payer: Payer) -> list[str]:
    """What the payer got from us, or may have got; nobody answers a message that was held back."""
    query = select(Outgoing.template).where(
        Outgoing.payer_id == payer.id, Outgoing.action == "send", Outgoing.status.in_(WENT_OUT)
    )
    return list(tx.session.scalars(query.order_by(Outgoing.id.desc()).limit(3)))


def _context(last: list[str]) -> Context | None:
    return _MOVE.get(last[0], Context.REMINDER) if last else None

"""What became of a message, and what follows from it: the next step, another channel, a look-up, a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from bot.stories.in_order import in_hand
from bot.stories.link_after_stop import LINKS
from bot.stories.said import requests_of
from bot.stories.say import ASKS, Words, best_address, say
from bot.stories.world import World
from core.calendar import local
from core.db import Tx
from messages.channels import Failure, NotSent
from messages.facts import unpack
from messages.outbox import Outgoing, Sending
from payments import plans
from payments.attention import raise_attention, settle_attention
from payments.lifecycle import Status, Verb
from payments.parties import Address, opt_out
from payments.requests import PaymentRequest, locked
from payments.timeline import note

LOOK_UP_AFTER = timedelta(seconds=45)
_BACKOFF = (2, 10, 30, 120, 600, 1800, 3600, 7200)  # seconds; after the last one a person looks
_FALLBACK = "@"


@dataclass(frozen=True)
class Outcome:
    """One attempt's end: the provider's id, or the error. `attempt` fences out an older attempt's news."""

    outgoing_id: str
    attempt: int
    provider_id: str = ""
    error: NotSent | None = None


def record(tx: Tx, world: World, outcome: Outcome) -> None:
    """Write down what became of one attempt; news about an attempt that is over changes nothing."""
    row = tx.session.get(Outgoing, outcome.outgoing_id)
    if row is None:
        return
    request = in_hand(tx, row)
    if row.attempt != outcome.attempt:
        return
    row.lease_until = None
    if outcome.error is None:
        row.provider_id = outcome.provider_id
        sent(tx, request, row)
    elif row.status == Sending.CLAIMED:
        _not_sent(tx, world, request, row, outcome.error)


def sent(tx: Tx, request: PaymentRequest, row: Outgoing) -> None:
    """The provider has it: note it once, and plan what follows."""
    was = Sending(row.status)
    row.look_up_at = None
    if not row.advance(Sending.SENT):
        return
    row.sent_at = tx.now
    if was == Sending.UNKNOWN:
        _turned_up(tx, request, row)
    if row.action == "send":
        for told in _about(tx, request, row):
            note(tx, told, "sent", template=row.template, channel=row.channel, outgoing=row.id)
    if row.action == "send" and was != Sending.UNKNOWN:  # or the plan counts from then already
        asked(tx, request, row)


def _turned_up(tx: Tx, request: PaymentRequest, row: Outgoing) -> None:
    """Nobody has to decide any more about a message that was lost, unless there is another."""
    query = select(Outgoing.id).where(
        Outgoing.request_id == request.id, Outgoing.status == Sending.UNKNOWN, Outgoing.id != row.id
    )
    if tx.session.scalar(query) is None:
        settle_attention(request, {"unknown_send"})


def asked(tx: Tx, request: PaymentRequest, row: Outgoing) -> None:
    """A message that asks for money went out, or may have: the rhythm of each plan counts from now."""
    if row.template in ASKS:
        for told in _about(tx, request, row):
            _asked(tx, told)


def _asked(tx: Tx, request: PaymentRequest) -> None:
    # The payer may have named a day since: between our claim and this news, or with the message in hand.
    if request.quiet_until is None or request.quiet_until <= local(tx.now).date():
        request.move(Verb.ASK)
    request.asked_at = request.asked_at or tx.now
    request.last_asked_at = tx.now
    if request.status == Status.OPEN:
        plans.plan_reminder(tx, request)


def _about(tx: Tx, request: PaymentRequest, row: Outgoing) -> list[PaymentRequest]:
    """The requests that an unasked message was about, each with a life of its own; else the message's own."""
    ids = requests_of(row) if row.template in ASKS else (request.id,)
    return [locked(tx, ident) for ident in sorted(ids)]


def _not_sent(tx: Tx, world: World, request: PaymentRequest, row: Outgoing, error: NotSent) -> None:
    row.error = error.code[:160]
    match error.failure:
        case Failure.UNKNOWN:
            _unknown(tx, world, request, row)
        case Failure.LATER if row.attempt <= len(_BACKOFF):
            # The provider did nothing, so this is the one road back to the queue.
            row.status = Sending.QUEUED
            seconds = max(_BACKOFF[row.attempt - 1], error.retry_after or 0)
            row.due_at = tx.now + timedelta(seconds=seconds)
        case _:
            failed(tx, request, row, error)


def _unknown(tx: Tx, world: World, request: PaymentRequest, row: Outgoing) -> None:
    row.advance(Sending.UNKNOWN)
    channel = world.channels.get(row.channel)
    note(tx, request, "unknown", template=row.template, channel=row.channel, code=row.error)
    if channel is not None and channel.can_find:
        row.look_up_at = tx.now + LOOK_UP_AFTER
    elif row.action == "send":
        raise_attention(request, "unknown_send")
    asked(tx, request, row)


def failed(tx: Tx, request: PaymentRequest, row: Outgoing, error: NotSent) -> None:
    """The provider said no: mark the address if it is of no use, and try the payer's next channel.

    When it is the payer who says no (NEVER, and the address is of no use), that counts on every channel.
    """
    if not row.advance(Sending.FAILED):
        return
    row.error, row.look_up_at = error.code[:160], None
    note(tx, request, "failed", template=row.template, channel=row.channel, code=error.code)
    if row.template in LINKS:  # asked for by somebody who gets nothing else, so that a person has to know
        raise_attention(request, "wrote_after_stop")
    address = tx.session.get(Address, row.address_id)
    if error.failure is Failure.NEVER and error.unusable:
        if opt_out(tx, request.payer):
            note(tx, request, "opted_out", "provider")
        return
    if error.unusable and address is not None and not address.is_a_strangers:
        address.unusable_at, address.unusable_why = tx.now, f"{row.channel} {error.code}"[:80]
    if row.action == "send":
        _other_channel(tx, request, row, elsewhere=error.failure is not Failure.NEVER)


def _other_channel(tx: Tx, request: PaymentRequest, row: Outgoing, *, elsewhere: bool) -> None:
    base, *_ = row.name.split(_FALLBACK)
    tried = tx.session.query(Outgoing.channel).filter(
        Outgoing.request_id == request.id,
        (Outgoing.name == base) | Outgoing.name.startswith(f"{base}{_FALLBACK}", autoescape=True),
    )
    address = best_address(request, tried=[channel for (channel,) in tried]) if elsewhere else None
    if address is None:
        raise_attention(request, "unreachable")
        note(tx, request, "unreachable", template=row.template)
        return
    words = Words(
        row.template,
        f"{base}{_FALLBACK}{address.channel}",
        facts=unpack(row.facts),
        asked=row.asked,
        urgency=row.urgency,
        address=address,
        not_before=_not_before(tx, row),
    )
    say(tx, request, words)


def _not_before(tx: Tx, row: Outgoing) -> datetime:
    return max(row.planned_at, tx.now)

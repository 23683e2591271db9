"""Putting words in the outbox: the right address, a name that keeps the same reason from queueing twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from sqlalchemy import select

from core.db import Tx
from messages.facts import pack
from messages.options import Option, pack_options
from messages.outbox import Outgoing
from payments.attention import raise_attention
from payments.parties import Address
from payments.requests import PaymentRequest
from payments.timeline import note

# Templates that ask for money unasked: held back by all that makes us silent, and counted in the rhythm.
_ASKS: Final = frozenset(
    {"request", "reminder-1", "reminder-2", "reminder-3", "promise-due", "pause-over", "hold-over"}
    | {"promise-due-all", "pause-over-all", "reminder-all"}
    | {"instalment-due", "instalment-due-more", "instalment-missed", "instalment-missed-more"}
)
# Put behind the name of a message that invites to name a day, where only a person could grant one.
NO_DAY: Final = "-no-day"
INVITES: Final = frozenset(
    {"reminder-1", "reminder-2", "reminder-3", "reminder-all", "promise-due", "promise-due-all", "pause-over"}
    | {"pause-over-all", "hold-over", "instalment-due", "instalment-missed"}
)
ASKS: Final = _ASKS | {f"{name}{NO_DAY}" for name in INVITES}
# Whose other requests may be open still, so that these are not changed into "paid".
_OF_SEVERAL: Final = frozenset(name for name in ASKS if "-all" in name)
NOW, SOON, BULK = 0, 3, 5


@dataclass(frozen=True)
class Words:
    """What to say: the template, the name that makes it unique within its request, and its facts.

    `asked`: the payer asked for it, so that it may go at any hour. `address`: where; None: the best one.
    `also` are templates to say below it, `options` what the payer can choose from.
    """

    template: str
    name: str
    facts: Mapping[str, object] = field(default_factory=dict)
    asked: bool = False
    urgency: int = BULK
    address: Address | None = None
    also: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    not_before: datetime | None = None


def say(tx: Tx, request: PaymentRequest, words: Words) -> Outgoing | None:
    """Queue `words` for the payer of `request`; None when that was done before or nobody can be reached."""
    query = select(Outgoing.id).where(Outgoing.request_id == request.id, Outgoing.name == words.name)
    if tx.session.scalar(query) is not None:
        return None
    address = words.address or best_address(request)
    if address is None:
        reason = "opted_out" if _opted_out(request) else "no_address"
        note(tx, request, "withheld", template=words.template, reason=reason)
        if reason == "no_address" and words.template in ASKS:
            raise_attention(request, "unreachable")
        return None
    return _queue(tx, request, words, address)


def _queue(tx: Tx, request: PaymentRequest, words: Words, address: Address) -> Outgoing:
    due = words.not_before or tx.now
    row = Outgoing(
        id=tx.new_id("out"),
        merchant_id=request.merchant_id,
        request_id=request.id,
        payer_id=request.payer_id,
        address_id=address.id,
        channel=address.channel,
        to=address.value,
        chat_index=address.value,
        name=words.name,
        template=words.template,
        facts=pack(words.facts),
        also=list(words.also) or None,
        options=pack_options(words.options) or None,
        asked=words.asked,
        urgency=words.urgency,
        planned_at=due,
        due_at=due,
        created_at=tx.now,
    )
    tx.session.add(row)
    tx.session.flush()
    tx.ring()
    return row


def best_address(request: PaymentRequest, tried: Sequence[str] = ()) -> Address | None:
    """Return the usable address that comes first in the request's order of channels, or None."""
    order = list(request.channels) or list(request.merchant.policy.channels)
    usable = [
        address
        for address in request.payer.addresses
        if address.usable and address.channel in order and address.channel not in tried
    ]
    return min(usable, key=lambda address: (order.index(address.channel), address.position), default=None)


def _opted_out(request: PaymentRequest) -> bool:
    return any(address.opted_out_at for address in request.payer.addresses)


def edit_earlier(tx: Tx, request: PaymentRequest, template: str, can_edit: Sequence[str]) -> None:
    """Change the messages that still ask for money, on channels where a sent message can be changed."""
    query = select(Outgoing).where(
        Outgoing.request_id == request.id,
        Outgoing.template.in_(ASKS - _OF_SEVERAL),
        Outgoing.channel.in_(can_edit),
        Outgoing.provider_id.is_not(None),
        Outgoing.action == "send",
    )
    for sent in tx.session.scalars(query).all():
        address = tx.session.get(Address, sent.address_id)
        words = Words(template, f"{template}:{sent.name}", asked=True, urgency=SOON, address=address)
        row = say(tx, request, words)
        if row is not None:
            row.action, row.target_id = "edit", sent.provider_id

"""A person of the shop answers a payer, or agrees on parts: over the payer's own channel, once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from sqlalchemy import func, select

from bot.decide import Act, decide
from bot.stories.answered_before import from_form, insist_on_told, other_than
from bot.stories.carry_out import carry_out
from bot.stories.pay_page_choices import Division, granted, in_parts, on_page
from bot.stories.say import NOW, Words, best_address, say
from bot.stories.standing import Standing, standing
from bot.stories.typed import PAY_BELOW, signed, tidied
from bot.stories.world import World
from core.calendar import local
from core.db import Tx
from core.errors import Invalid, Problem, Refused
from messages.facts import has_address
from messages.inbox import Incoming
from payments import instalments
from payments.attention import settle_attention
from payments.ledger import balance
from payments.lifecycle import OWING, Status, Verb, after
from payments.parties import Address
from payments.requests import PaymentRequest, locked, of_merchant
from payments.timeline import note

MOST_LETTERS: Final = 300
# The last word of a payer this long ago is still being answered, at whatever hour.
_A_TALK: Final = timedelta(hours=24)
_FORM: Final = re.compile(r"[A-Za-z0-9_-]{16,40}", re.ASCII)
_DONE_BY_A_PLAN: Final = frozenset({"hardship", "asks_parts", "missed_part", "asks_more_time"})


@dataclass(frozen=True)
class Way:
    """How an answer would go: at `address`, or nowhere, and then `why` says which rule or lack is in the way.

    `why` is stopped, window or nobody.
    """

    address: Address | None
    why: str = ""


@dataclass(frozen=True)
class Typed:
    """What a person typed, in which showing of the page, and who it was.

    `with_link`: the pay link goes below it. `told` are the ids of earlier answers that the page told of;
    None when it came from no page, so that nothing is asked.
    """

    form: str
    text: str
    by: str
    with_link: bool = False
    told: frozenset[str] | None = None


def way_to(tx: Tx, world: World, request: PaymentRequest) -> Way:
    """Return where the payer can be written to in free words: where they wrote last, if that can be."""
    addresses = request.payer.addresses
    if addresses and all(address.opted_out_at is not None for address in addresses):
        return Way(None, "stopped")
    open_now, closed = [], False
    for address in _in_order(request):
        channel = world.channels.get(address.channel)
        if channel is None:
            continue
        heard = address.last_inbound_at
        if channel.window is None or (heard is not None and tx.now - heard < channel.window):
            open_now.append(address)
        else:
            closed = True
    if open_now:
        return Way(open_now[0])
    return Way(None, "window" if closed else "nobody")


def _in_order(request: PaymentRequest) -> Sequence[Address]:
    """The usable addresses: where the payer wrote last, then as the request prefers them."""
    best = best_address(request)
    usable = [address for address in request.payer.addresses if address.usable]
    usable.sort(key=lambda address: address is not best)
    return sorted(usable, key=lambda a: -(a.last_inbound_at.timestamp() if a.last_inbound_at else 0))


def answer(tx: Tx, world: World, conversation: Sequence[PaymentRequest], sent: Typed) -> bool:
    """Send what a person typed, of 1 to MOST_LETTERS characters; False when this form sent it before.

    The first of `conversation`, which are locked, is the one in whose thread it goes, and to which the pay
    link leads. Raises Invalid when it is no use, or cannot be sent now, and when it holds a link: payers
    trust no other than ours. Raises AnsweredBefore when the payer was sent something else, by whomever, of
    which the page did not tell.
    """
    (request, *others), name = conversation, f"by-hand:{sent.form}"
    typed = _fit_to_send(sent)
    template, said = signed(typed, request.merchant.name)
    with_link = sent.with_link and payable(tx, request)
    if before := from_form(tx, request, name):
        if other := other_than(tx, before, said, with_link=with_link):
            raise other
        return False
    way = way_to(tx, world, request)
    if way.address is None:
        raise Invalid([Problem("typed", way.why)])
    if sent.told is not None:
        insist_on_told(tx, request.payer_id, sent.told)
    also = (PAY_BELOW,) if with_link else ()
    words = Words(template, name, {"typed": said}, talking(tx, request), NOW, way.address, also)
    message = say(tx, request, words)
    for about in (request, *others):
        note(tx, about, "answered", sent.by, channel=way.address.channel, outgoing=message and message.id)
    return True


def _fit_to_send(sent: Typed) -> str:
    typed = tidied(sent.text)
    if not typed or len(typed) > MOST_LETTERS:
        raise Invalid([Problem("typed", "long" if typed else "empty")])
    if has_address(typed):
        raise Invalid([Problem("typed", "link")])
    if not _FORM.fullmatch(sent.form):
        raise Invalid([Problem("typed", "stale")])
    return typed


def payable(tx: Tx, request: PaymentRequest) -> bool:
    """Whether there is something to pay, so that a pay link can go along."""
    return standing(request, balance(tx, request), local(tx.now).date()) is Standing.PAYABLE


def talking(tx: Tx, request: PaymentRequest) -> bool:
    """Whether the payer said something lately, so that an answer may go at any hour."""
    last = select(func.max(Incoming.received_at)).where(Incoming.request_id == request.id)
    heard = tx.session.scalar(last)
    return heard is not None and tx.now - heard < _A_TALK


def choices(tx: Tx, request: PaymentRequest) -> tuple[Division, ...]:
    """Return the plans that the rules grant, for a person to agree on with the payer."""
    if request.status not in OWING or after(Status(request.status), Verb.DIVIDE) is None:
        return ()
    remaining, today = balance(tx, request).remaining, local(tx.now).date()
    return granted(request.merchant.policy, remaining, today, request.expires_on) if remaining else ()


def agree_on_parts(tx: Tx, world: World, request: PaymentRequest, wanted: tuple[int, str], by: str) -> bool:
    """Agree on a count of parts and their interval; return whether the payer can be told by a message.

    `request` is locked. The same plan twice is one. Raises Refused when the rules do not grant it.
    """
    count, interval = wanted
    if not any((choice.count, choice.interval) == wanted for choice in choices(tx, request)):
        raise Refused("no such plan")
    facts = replace(on_page(tx, request), status=Status.OPEN, plan=(), move=None)
    decision = decide(in_parts(count, interval), facts)
    if decision.act is not Act.DIVIDE:
        raise Refused("no such plan")
    way = way_to(tx, world, request)
    if instalments.agreed(tx, request.id) != decision.parts or request.status != Status.INSTALMENTS:
        carry_out(tx, request, decision, by)
        settle_attention(request, _DONE_BY_A_PLAN)
        if way.address is not None:
            name = f"plan:{count}-{interval}-{tx.new_id('say')}"
            asked = talking(tx, request)
            words = Words(
                decision.answer or "", name, decision.facts, asked=asked, urgency=NOW, address=way.address
            )
            say(tx, request, words)
    return way.address is not None


def own(tx: Tx, merchant_id: str, request_id: str) -> PaymentRequest:
    """Return a merchant's own request, locked. Raises Missing."""
    return locked(tx, of_merchant(tx, merchant_id, request_id).id)

"""What the holder of a pay link wants besides paying: decided as in chat, done once, answered on the page."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import select

from bot.decide import Act, Decision, Known, decide
from bot.stories.carry_out import carry_out
from bot.stories.corrected import FRESH
from bot.stories.facts import facts_of
from bot.stories.pay_page_choices import on_page
from bot.stories.say import best_address
from bot.stories.wishes import carry_out_wish, reachable_by
from bot.stories.world import World
from bot.understanding import Reading
from core.calendar import local
from core.db import Tx
from messages import inbox
from messages.inbox import Incoming
from payments.answers import promise_answer
from payments.attention import raise_attention
from payments.lifecycle import Status
from payments.links import opened, opened_all
from payments.requests import PaymentRequest, locked
from payments.timeline import Event, note

DOOR: Final = "page"
# What no machine of ours does: whoever would like that is called, or written to, by a person.
_BY_A_PERSON: Final = ("phone", "post")
_STANDS: Final = {
    Act.CHECK: Status.CHECKING,
    Act.DISPUTE: Status.DISPUTED,
    Act.HARDSHIP: Status.HARDSHIP,
    Act.BEREAVE: Status.BEREAVED,
}


@dataclass(frozen=True)
class Answered:
    """What was decided, and the facts that the answer may mention."""

    decision: Decision
    facts: Mapping[str, object]


def wish(
    tx: Tx, world: World, token: str, reading: Reading, text: str = "", *, comes_back: bool = False
) -> Answered:
    """Do what the payer chose, as if `reading` was said in chat, for all that the link leads to.

    `text` are words of the payer's own that go along, for a person. `comes_back`: it is the way back after a
    stop. Tapping twice does it once. Raises Missing for an unknown link.
    """
    requests = [locked(tx, request.id) for request in opened_all(tx, token)[1]]
    answers = [_for_one(tx, world, request, reading, comes_back) for request in requests]
    decision, brought, is_new = answers[0]
    if text:
        why = decision.attention or "asks_question"
        promised = is_new and decision.attention is not None
        if _keep(tx, world, requests[0], reading, text) and not promised:
            promise_answer(tx, requests[0], why)
        raise_attention(requests[0], why)
    facts = facts_of(tx, requests[0], world.links.url(token))
    return Answered(decision, {**facts, **decision.facts, **brought})


def channels(tx: Tx, world: World, token: str) -> Sequence[str]:
    """Return how else the payer could hear from us: where a yes can be asked for, or by a person."""
    request = opened(tx, token)[1]
    address = best_address(request)
    now = address.channel if address else ""
    return [*sorted(reachable_by(tx, world, request.payer) - {now}), *_BY_A_PERSON]


def _for_one(
    tx: Tx,
    world: World,
    request: PaymentRequest,
    reading: Reading,
    comes_back: bool,  # noqa: FBT001 - passed on
) -> tuple[Decision, Mapping[str, object], bool]:
    """Decide, and do it unless it stands already; return the facts that it brought, and whether it is new."""
    facts = replace(_facts(tx, world, request), opted_out=comes_back)
    decision = decide(reading, facts)
    chosen = json.dumps([*map(str, reading.intents), *map(str, reading.slots.values())])
    if _was_done(tx, request, decision, chosen):
        return decision, {}, False
    note(tx, request, "tapped", "payer", intents=[str(intent) for intent in reading.intents], wish=chosen)
    carry_out(tx, request, decision)
    row = _row(tx, world, request, chosen)
    return decision, carry_out_wish(tx, world, request, decision, row), True


def _facts(tx: Tx, world: World, request: PaymentRequest) -> Known:
    address = best_address(request)
    return replace(
        on_page(tx, request),
        channel=address.channel if address else "",
        channels=reachable_by(tx, world, request.payer),
    )


def stopped(request: PaymentRequest) -> bool:
    """Whether this payer wants no messages."""
    addresses = request.payer.addresses
    return bool(addresses) and all(address.opted_out_at is not None for address in addresses)


def _was_done(tx: Tx, request: PaymentRequest, decision: Decision, chosen: str) -> bool:
    """Whether it stands already, or the same was tapped a moment ago and nothing was chosen since."""
    if _stands(request, decision.act):
        return True
    query = select(Event).where(
        Event.request_id == request.id, Event.actor == "payer", Event.kind.in_(("tapped", "promised"))
    )
    last = tx.session.scalars(query.order_by(Event.id.desc()).limit(1)).first()
    same = last is not None and last.data.get("wish") == chosen
    # An invitation is shown once, so that it is made anew.
    return same and last is not None and tx.now - last.at < FRESH and decision.act is not Act.CHANNEL


def _stands(request: PaymentRequest, act: Act) -> bool:
    """Whether what was decided is so already."""
    match act:
        case Act.OPT_OUT:
            # After "wrong person" a stop is a word of its own, which outlasts the closing.
            return stopped(request) and not request.payer.is_closed
        case Act.OPT_IN:
            return not stopped(request)
        case Act.RESUME:
            return request.status in {Status.PLANNED, Status.OPEN}
        case _:
            return _STANDS.get(act) == request.status


def _row(tx: Tx, world: World, request: PaymentRequest, chosen: str) -> Incoming:
    """Keep what was tapped like a word of the payer's; the same on the same day is one."""
    return _stored(tx, world, request, f"{request.id}/{local(tx.now).date()}/tapped/{chosen}", chosen)


def _keep(tx: Tx, world: World, request: PaymentRequest, reading: Reading, text: str) -> bool:
    """Keep the payer's own words for the person who looks; return whether they are new."""
    said = f"{request.id}/{local(tx.now).date()}/{text}"
    row = _stored(tx, world, request, said, text)
    if row.body is not None:
        return False
    row.body, row.reading = text, reading.as_json()
    note(tx, request, "question", "payer", incoming=row.id)
    return True


def _stored(tx: Tx, world: World, request: PaymentRequest, said: str, text: str) -> Incoming:
    event_id = world.links.keyring.digest("page-question", said, 24).hex()
    inbox.store(tx, DOOR, event_id, json.dumps({"text": text}))
    query = select(Incoming).where(Incoming.door == DOOR, Incoming.event_id == event_id)
    row = tx.session.scalars(query).one()
    row.state, row.channel = "done", DOOR
    row.merchant_id, row.payer_id, row.request_id = request.merchant_id, request.payer_id, request.id
    return row

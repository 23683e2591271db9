"""Questions about all that somebody owes or paid: which requests they mean, and one answer for all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.decide import Act, Decision
from bot.stories import together
from bot.stories.answer import Turn, decided, note_understood, reply
from bot.stories.carry_out import carry_out
from bot.stories.paid_before import paid_lately
from bot.stories.said import TOGETHER
from bot.stories.world import World
from bot.understanding import About, Intent, Reading
from core.db import Tx
from messages.facts import Item
from payments.ledger import Balance, balance
from payments.lifecycle import WITH_A_PERSON, Status
from payments.requests import PaymentRequest

_BESIDE: Final = frozenset({Intent.QUESTION, Intent.THANKS, Intent.AFFIRM, Intent.DENY})


def asked_of_all(tx: Tx, reading: Reading, found: Sequence[PaymentRequest], payer_id: str) -> tuple[str, ...]:
    """Return the ids of the requests that a question is about by its own words; none where they do not tell.

    `found` are the open requests that it can be about, and `payer_id` is whose paid ones it can be about.
    """
    open_ones = tuple(request.id for request in found)
    if reading.told.greets:
        return open_ones[:1]
    if reading.told.twice and {Intent.ALREADY_PAID, Intent.DISPUTE} & set(reading.intents):
        return _paid_too_often(tx, payer_id)
    only_asks = set(reading.intents) <= _BESIDE and not reading.clarify
    match reading.told.about if only_asks else None:
        case About.TOTAL | About.AGREED:
            return open_ones
        case About.NEXT_WORD | About.UNPAID | About.IN_THE_SHOP:  # as true of one as of another
            return open_ones[:1]
        case About.RECEIPT:
            return tuple(request.id for request in paid_lately(tx, payer_id))[:1]
        case About.IS_PAID:
            return open_ones + tuple(request.id for request in paid_lately(tx, payer_id))
        case About.PARTS:
            return tuple(request.id for request in found if request.status == Status.INSTALMENTS)[:1]
        case _:
            return ()


def _paid_too_often(tx: Tx, payer_id: str) -> tuple[str, ...]:
    """The request of which too much came in, or else the one that was paid last."""
    lately = paid_lately(tx, payer_id)
    surplus = [request for request in lately if balance(tx, request).surplus]
    return tuple(request.id for request in (surplus or lately)[:1])


def tell_what_is_in(tx: Tx, world: World, requests: Sequence[PaymentRequest], turn: Turn) -> bool:
    """Answer one payer who asks whether it is paid, about all of `requests`; False where that is not ours."""
    if turn.heard.reading.told.about is not About.IS_PAID or len(requests) < 2:
        return False
    every = [(request, decided(tx, world, request, turn)) for request in requests]
    if any(decision.act is Act.HAND_OVER or not decision.answer for _, decision in every):
        return False
    for request, decision in every:
        carry_out(tx, request, decision)
        note_understood(tx, request, turn, decision)
    payable = [r for r, _ in together.owing(tx, requests) if r.status not in WITH_A_PERSON]
    facts: dict[str, object] = {
        "each_in": tuple(_line(request, balance(tx, request)) for request in requests),
        TOGETHER: " ".join(request.id for request in requests),
    }
    told = Decision(Act.LOOK, "tell-books", facts=facts)
    if len(payable) > 1:
        pays = together.named(together.one_payers(payable))
        told = replace(told, answer="tell-books-open", facts={**facts, **pays})
    also = ("pay-here",) if len(payable) == 1 else ()
    reply(tx, (payable or list(requests))[0], [told], turn.row, {}, also)
    return True


def _line(request: PaymentRequest, money: Balance) -> Item:
    facts: dict[str, object] = {
        "reference": request.reference,
        "description": request.description,
        "received": replace(money.remaining, cents=max(money.received, 0)),
        "remaining": money.remaining,
    }
    if not money.remaining:
        return Item("in_full", facts)
    return Item("in_part" if money.received > 0 else "not_in", facts)

"""Who asks what they owe in all: the total of what can be paid now, and what a person still looks at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.decide import Act, Decision
from bot.decide.granted import WITH_A_PERSON
from bot.stories import together
from bot.stories.answer import Turn, decided, note_understood, overtakes, reply
from bot.stories.carry_out import carry_out
from bot.stories.corrected import withdraw_unsent
from bot.stories.said import TOGETHER
from bot.stories.world import World
from bot.understanding import About
from core.db import Tx
from messages.facts import Item
from payments.lifecycle import OWING, Status
from payments.requests import PaymentRequest

_PAYS: Final = frozenset({Act.LINK, Act.RESUME})
_OVER: Final = Decision(Act.HAND_OVER, "expired-passed-on", attention="has_wish")
_Every = list[tuple[PaymentRequest, Decision]]


def tell_the_total(tx: Tx, world: World, requests: Sequence[PaymentRequest], turn: Turn) -> bool:
    """Answer one payer who asks for the total of `requests`, which are locked; False where that is not ours.

    What a person looks at is not asked for: it is told apart, and no link pays it.
    """
    if turn.heard.reading.told.about is not About.TOTAL:
        return False
    owed = [request for request in requests if request.status in OWING]
    held = [request for request in owed if request.status in WITH_A_PERSON]
    every = [(request, decided(tx, world, request, turn)) for request in owed]
    if len(owed) < 2 or any(decision.act not in _PAYS for _, decision in every):
        return False
    payable = {request.id for request, _ in together.owing(tx, owed)} - {request.id for request in held}
    if not payable and not held:
        _pass_on(tx, owed, turn)
        return True
    _carry_out(tx, every, held, turn)
    _reply(tx, [pair for pair in every if pair[0].id in payable], held, turn)
    return True


def _pass_on(tx: Tx, requests: Sequence[PaymentRequest], turn: Turn) -> None:
    """The last day of each is over, and the clock has yet to say so: only a person knows if it is owed."""
    for request in requests:
        carry_out(tx, request, _OVER)
        note_understood(tx, request, turn, _OVER)
    reply(tx, requests[0], [_OVER], turn.row, {TOGETHER: " ".join(request.id for request in requests)})


def _carry_out(tx: Tx, every: _Every, held: Sequence[PaymentRequest], turn: Turn) -> None:
    for request, decision in every:
        done = Decision(Act.NOTHING, None) if request in held else decision
        carry_out(tx, request, done)
        note_understood(tx, request, turn, done)
    overtaken = [request for request, decision in every if request not in held and overtakes(decision, turn)]
    withdraw_unsent(tx, overtaken, turn.row.id)


def _reply(tx: Tx, payable: _Every, held: Sequence[PaymentRequest], turn: Turn) -> None:
    about = [request for request, _ in payable] or list(held)
    facts: dict[str, object] = {
        TOGETHER: " ".join(request.id for request in about),
        "held": tuple(_line(request) for request in held),
        "count": len(held),
    }
    also = ("total-held",) if held else ()
    if not payable:
        reply(tx, about[0], [Decision(Act.NOTHING, "total-held", facts=facts)], turn.row, {})
    elif len(payable) == 1:
        reply(tx, about[0], payable[0][1].all, turn.row, facts, also)
    else:
        stays = ("plans-stay",) if any(r.status == Status.INSTALMENTS for r in about) else ()
        facts |= together.named(together.one_payers(about))
        reply(tx, about[0], [Decision(Act.LINK, "tell-total", facts=facts)], turn.row, {}, (*stays, *also))


def _line(request: PaymentRequest) -> Item:
    return Item("held", {"reference": request.reference, "description": request.description})

"""A question about one message for several requests: who sent it, whether it is real, and what it is for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from bot.decide import Act, Decision
from bot.decide.granted import WITH_A_PERSON
from bot.stories import together
from bot.stories.answer import Turn, decided, note_understood, reply
from bot.stories.carry_out import carry_out
from bot.stories.said import TOGETHER
from bot.stories.world import World
from bot.understanding import Intent
from core.db import Tx
from payments.requests import PaymentRequest

_WHAT_FOR: Final = "tell-what-for-all"
# What is told of one request, and what of several: a code to check is as good for one as for another.
_OF_SEVERAL: Final[Mapping[str, str]] = {
    "tell-real": "tell-real",
    "tell-who": "tell-who-all",
    "tell-costs": "tell-costs-all",
    "tell-what-for": _WHAT_FOR,
}
_ASKS: Final = frozenset({Intent.QUESTION, Intent.THANKS, Intent.AFFIRM, Intent.DENY})


def answer_as_one(tx: Tx, world: World, requests: Sequence[PaymentRequest], turn: Turn) -> bool:
    """Answer a question about `requests`, which are one payer's and locked, as one; False where none is."""
    reading = turn.heard.reading
    if reading.clarify or not set(reading.intents) <= _ASKS or len(requests) < 2:
        return False
    every = [decided(tx, world, request, turn) for request in requests]
    told = {_OF_SEVERAL.get(decision.answer or "") for decision in every}
    template = told.pop() if len(told) == 1 else None
    if template is None or (template == _WHAT_FOR and not _all_payable(tx, requests)):
        return False
    for request, decision in zip(requests, every, strict=True):
        carry_out(tx, request, decision)
        note_understood(tx, request, turn, decision)
    facts: dict[str, object] = {TOGETHER: " ".join(request.id for request in requests)}
    if template == _WHAT_FOR:
        facts |= together.named(together.one_payers(requests))
    reply(tx, requests[0], [Decision(Act.LINK, template, facts=facts)], turn.row, {})
    return True


def _all_payable(tx: Tx, requests: Sequence[PaymentRequest]) -> bool:
    asked = [request for request, _ in together.owing(tx, requests) if request.status not in WITH_A_PERSON]
    return len(asked) == len(requests)

"""Whoever stopped the messages and has several requests open: one link for all of them, or a person."""

from __future__ import annotations

from collections.abc import Sequence

from bot.decide import Act, Decision
from bot.stories import together
from bot.stories.answer import Turn, answer, decided, note_understood, reply
from bot.stories.link_after_stop import ALL, ONE
from bot.stories.said import TOGETHER
from bot.stories.world import World
from core.db import Tx
from payments.requests import PaymentRequest


def answer_after_a_stop(tx: Tx, world: World, requests: Sequence[PaymentRequest], turn: Turn) -> None:
    """Answer one payer, who stopped, about `requests`, which are locked."""
    every = [(request, decided(tx, world, request, turn)) for request in requests]
    asked = [request for request, decision in every if decision.answer == ONE]
    payable = [request for request, _ in together.owing(tx, asked)]
    if len(payable) < 2:
        answer(tx, world, (payable or requests)[0], turn)
        return
    facts = {
        **together.named(together.one_payers(payable)),
        TOGETHER: " ".join(request.id for request in payable),
    }
    link = Decision(Act.LINK, ALL, facts=facts)
    for request in payable:
        note_understood(tx, request, turn, link)
    reply(tx, payable[0], [link], turn.row, {})

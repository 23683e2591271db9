"""A payer's words about one request: understood, decided upon, carried out and answered, once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.decide import Act, Decision, decide
from bot.stories.carry_out import carry_out
from bot.stories.known import known
from bot.stories.say import NOW, Words, say
from bot.stories.thread import Thread
from bot.stories.wishes import carry_out_wish, mirror, reachable_by
from bot.stories.world import World
from bot.understanding import Intent, Reading, understand
from core.db import Tx
from core.log import logger
from messages.inbox import Incoming
from messages.options import Offer
from payments.requests import PaymentRequest
from payments.timeline import note

_log = logger(__name__)
_IN_THE_SHOP: Final = re.compile(
    r"\b(contant|cash|gepind|aan de kassa|in de winkel|in the shop)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Heard:
    """What a payer said: the words, after what they chose from, and what they mean."""

    text: str
    reading: Reading
    picked: Offer | None = None


def read(tx: Tx, text: str, thread: Thread, language: str) -> Heard:
    """Understand `text` in its thread: a number or a tap says what was offered, a yes what was proposed."""
    picked = thread.choice(text)
    if picked is None:
        reading = understand(text, thread.move, now=tx.now, language=language)
        picked = thread.only_choice() if _agrees(reading) else None
        if picked is None:
            return Heard(text, reading)
    words = picked.says or picked.answer
    return Heard(words, understand(words, None, now=tx.now, language=language), picked)


def _agrees(reading: Reading) -> bool:
    return reading.intents == (Intent.AFFIRM,) and not reading.clarify


def answer(
    tx: Tx, world: World, request: PaymentRequest, row: Incoming, heard: Heard, thread: Thread
) -> None:
    """Do what the payer's words ask of `request`, which is locked, and queue one answer."""
    reading = heard.reading
    row.reading = reading.as_json()
    mirror(request.payer, heard.text, reading.language)
    facts = known(tx, request, thread, reachable_by(tx, world, request.payer))
    decision = _with_cash(decide(reading, facts), heard.text)
    if not heard.text.strip():
        decision = Decision(Act.NOTHING, "unsupported-media")
    _log.info("understood", incoming=row.id, intents=[str(i) for i in reading.intents], act=str(decision.act))
    brought: dict[str, object] = {}
    for part in decision.all:
        carry_out(tx, request, part)
        brought |= carry_out_wish(tx, world, request, part, row)
    note(tx, request, "understood", intents=[str(i) for i in reading.intents], act=str(decision.act))
    reply(tx, request, decision.all, row, brought)


def _with_cash(decision: Decision, text: str) -> Decision:
    """Cash and a card in the shop leave no trace at the PSP, so the colleague who looks should know."""
    if decision.act is Act.CHECK and _IN_THE_SHOP.search(text):
        return replace(decision, detail={"reason": "in_the_shop"})
    return decision


def reply(
    tx: Tx,
    request: PaymentRequest,
    decisions: Sequence[Decision],
    row: Incoming,
    brought: Mapping[str, object],
) -> None:
    """Queue one message that says what was decided; nothing when nothing is to be said."""
    said = [decision for decision in decisions if decision.answer]
    if not said:
        return
    facts = {name: value for decision in reversed(said) for name, value in decision.facts.items()}
    came_from = [
        a for a in request.payer.addresses if (a.channel, a.value) == (row.channel, row.sender_index)
    ]
    words = Words(
        said[0].answer or "",
        f"answer:{row.id}",
        {**facts, **brought},
        asked=True,
        urgency=NOW,
        address=came_from[0],
        also=tuple(decision.answer for decision in said[1:] if decision.answer),
        options=said[0].options,
    )
    say(tx, request, words)

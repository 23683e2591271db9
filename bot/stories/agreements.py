"""Whoever asks what was agreed on hears it of each request, in a line, where there are several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from bot.decide import Act, Decision
from bot.decide.agreement import asks_what_stands
from bot.stories.answer import Turn, decided, note_understood, reply
from bot.stories.own_lines import line
from bot.stories.said import AGREED, TOGETHER
from bot.stories.world import World
from core.db import Tx
from payments.requests import PaymentRequest

# What is said of one request, and the line that says it of one among several.
_LINES: Final[Mapping[str, str]] = {
    "tell-chosen-day": "own_day",
    "tell-chosen-day-rest": "own_day_rest",
    "tell-pause": "own_pause",
    "tell-pause-rest": "own_pause_rest",
    "tell-parts": "own_parts",
    "tell-agreed": "own_agreed",
    "tell-nothing-agreed": "own_nothing",
    "tell-looked-into-still": "own_held",
    "settled": "own_paid",
}


def tell_what_stands(tx: Tx, world: World, requests: Sequence[PaymentRequest], turn: Turn) -> bool:
    """Answer one payer who asks what was agreed about `requests`, which are locked; False for others."""
    if not asks_what_stands(turn.heard.reading) or len(requests) < 2:
        return False
    every = [(request, decided(tx, world, request, turn)) for request in requests]
    if any(decision.answer not in _LINES for _, decision in every):
        return False
    for request, decision in every:
        note_understood(tx, request, turn, decision)
    facts: dict[str, object] = {
        "own": tuple(
            line(tx, request, _LINES[decision.answer or ""], _days(decision)) for request, decision in every
        ),
        TOGETHER: " ".join(request.id for request in requests),
    }
    reply(tx, requests[0], [Decision(Act.NOTHING, AGREED, facts=facts)], turn.row, {})
    return True


def _days(decision: Decision) -> Mapping[str, object]:
    return {name: value for name, value in decision.facts.items() if name in {"date", "until", "nudge"}}

"""A payer's words that say one thing of one request and another of another: each done, one answer for all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.decide import Act, Decision
from bot.decide.details import NOTED
from bot.decide.standing import PASSED_ON
from bot.stories.answer import Turn, decided, note_understood, reply
from bot.stories.carry_out import carry_out
from bot.stories.corrected import withdraw_unsent
from bot.stories.own_lines import NOW, PAY_THOSE, facts_of_lines, line
from bot.stories.said import EACH
from bot.stories.understood import Heard, as_written
from bot.stories.world import World
from core.db import Tx
from messages.voices import asking_to_pay
from payments.lifecycle import Status
from payments.requests import PaymentRequest

# What is said of one in one line of the answer; whatever is not here is said below it, in full.
_LINES: Final[Mapping[str, str]] = {
    "promise-noted": "own_day",
    "promise-noted-rest": "own_day_rest",
    "pause-noted": "own_pause",
    "pause-noted-rest": "own_pause_rest",
    "checking": "own_checking",
    "still-open": "own_not_found",
    "still-open-part": "own_not_found",
    "dispute-noted": "own_dispute",
    "pay-link": NOW,
    **dict.fromkeys(sorted(NOTED), "own_noted"),
    **dict.fromkeys(sorted(PASSED_ON), "own_passed_on"),
}


@dataclass(frozen=True)
class _Half:
    """What was said of one request, and what is to be done about it."""

    request: PaymentRequest
    turn: Turn
    decision: Decision

    @property
    def line(self) -> str:
        """The kind of line that says it all; empty when it takes more than that."""
        whole = not any(part.answer for part in self.decision.beside) and not self.decision.options
        kind = _LINES.get(self.decision.answer or "claim-noted", "") if whole else ""
        return "" if kind == NOW and self.request.status == Status.INSTALMENTS else kind


@dataclass(frozen=True)
class Halves:
    """What is to be done about each request, in the order in which they were named.

    `open`: the one that is asked about, or that takes more than a line to answer, if any.
    """

    halves: Sequence[_Half]

    @property
    def requests(self) -> Sequence[PaymentRequest]:
        return [half.request for half in self.halves]

    @property
    def open(self) -> _Half | None:
        return next((half for half in self.halves if not half.line), None)

    @property
    def told(self) -> Sequence[_Half]:
        return [half for half in self.halves if half.line]

    @property
    def can_be_said(self) -> bool:
        """One message holds one question, and one link."""
        asks = self.open is not None and self.open.decision.answer in asking_to_pay()
        alone = len(self.halves) - len(self.told) <= 1 and bool(self.told)
        return alone and not (asks and any(half.line == NOW for half in self.told))


def halves(tx: Tx, world: World, apart: Sequence[tuple[PaymentRequest, Heard]], turn: Turn) -> Halves | None:
    """Return what is to be done about each request; None when one message cannot say all of it."""
    if len({request.payer_id for request, _ in apart}) != 1:
        return None
    found = []
    for request, heard in apart:
        own = replace(turn, heard=heard, others=True)
        found.append(_Half(request, own, decided(tx, world, request, own)))
    turn.row.reading = _as_one(apart, turn.heard)
    both = Halves(found)
    return both if both.can_be_said else None


def _as_one(apart: Sequence[tuple[PaymentRequest, Heard]], whole: Heard) -> dict[str, object]:
    """The reading of the whole, as those of its clauses together."""
    own = [as_written(heard) for _, heard in apart]
    intents = dict.fromkeys(intent for reading in own for intent in reading.intents)
    spans = tuple(span for reading in own for span in reading.spans)
    return replace(
        whole.reading,
        intents=tuple(intents),
        slots={},
        spans=spans,
        clarify=any(reading.clarify for reading in own),
        ask=next((reading.ask for reading in own if reading.clarify), None),
    ).as_json()


def answer_apart(tx: Tx, both: Halves, turn: Turn) -> None:
    """Do what was said of each, and answer in one message."""
    for half in both.halves:
        for part in half.decision.all:
            carry_out(tx, half.request, part)
        note_understood(tx, half.request, half.turn, half.decision)
    if any(half.decision.act is not Act.NOTHING for half in both.halves):
        withdraw_unsent(tx, both.requests, turn.row.id)
    _reply(tx, both, turn)


def _reply(tx: Tx, both: Halves, turn: Turn) -> None:
    lines = [line(tx, half.request, half.line, half.decision.facts) for half in both.told]
    facts = facts_of_lines(tx, lines, template=both.open is None)
    also = [PAY_THOSE] if any(item.kind == NOW for item in lines) else []
    if both.open is None:
        first = both.told[0]
        reply(tx, first.request, [Decision(Act.NOTHING, EACH, facts=facts)], turn.row, {}, also)
        return
    decision = both.open.decision
    reply(tx, both.open.request, decision.all, turn.row, facts, [EACH, *also, "about-one"])

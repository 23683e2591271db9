"""Asking which request is meant, by number; what the payer said waits for the choice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.decide import Act, Decision
from bot.decide.asking import NOBODY_GETS_IT, PATIENCE
from bot.stories.answer import Turn, note_understood, reply
from bot.stories.carry_out import carry_out
from bot.stories.corrected import withdraw_unsent
from bot.stories.understood import as_written
from bot.understanding import Intent
from core.db import Tx
from messages.options import Option
from payments.ledger import balance
from payments.requests import PaymentRequest

# As many as a list in WhatsApp holds, with one for all of them.
MOST: Final = 9
_FOR_ALL: Final = frozenset(
    {Intent.PAY_NOW, Intent.RESCHEDULE, Intent.PAUSE, Intent.RESUME, Intent.ALREADY_PAID, Intent.DISPUTE}
)


def ask_which(tx: Tx, requests: Sequence[PaymentRequest], turn: Turn, *, again: bool = False) -> None:
    """Ask which of `requests`, the one last asked about first; after two questions in vain a person does.

    `again`: the answer to this question was no choice, so that it is said how to answer.
    """
    asking = requests[0]
    turn.row.reading = as_written(turn.heard).as_json()
    if turn.thread.asked_back >= PATIENCE:
        carry_out(tx, asking, NOBODY_GETS_IT)
        decision = NOBODY_GETS_IT
    else:
        withdraw_unsent(tx, requests, turn.row.id)
        decision = _question(tx, requests, turn)
    if len({request.merchant_id for request in requests}) == 1:
        note_understood(tx, asking, turn, decision)
    how = ("by-number",) if again and decision.options else ()
    reply(tx, asking, [decision], turn.row, {}, how)


def _question(tx: Tx, requests: Sequence[PaymentRequest], turn: Turn) -> Decision:
    words = turn.heard.text
    shops = len({request.merchant_id for request in requests}) > 1
    kind = "request_of" if shops else "request"
    options = [Option(kind, _facts(tx, r), says=words, about=r.id) for r in requests[:MOST]]
    if not shops and _FOR_ALL & set(turn.heard.reading.intents):
        options.append(Option("all", says=words, about=" ".join(r.id for r in requests)))
    return Decision(Act.NOTHING, "which-merchant" if shops else "which-request", options=tuple(options))


def _facts(tx: Tx, request: PaymentRequest) -> dict[str, object]:
    return {
        "merchant": request.merchant.name,
        "reference": request.reference,
        "description": request.description,
        "remaining": balance(tx, request).remaining,
    }

"""What a payer's words say of each of several requests by itself, when each has a clause of its own."""

from __future__ import annotations

from collections.abc import Sequence

from bot.stories.open_requests import candidates
from bot.stories.understood import Heard
from bot.understanding import Context, Reading, understand
from bot.understanding.each_its_own import each_its_own
from core.db import Tx
from messages.outbox import Outgoing
from payments.requests import PaymentRequest


def said_apart(
    tx: Tx,
    heard: Heard,
    found: Sequence[PaymentRequest],
    question: Outgoing | None,
    days: Sequence[tuple[int, int]],
) -> tuple[tuple[str, Heard], ...]:
    """Return what is said of each of `found` that is named; nothing where the words do not fall apart so.

    `question` is the one of ours with a list, if that is answered. Each clause is read as the answer to a
    first message, whatever was asked about another request.
    """
    language = heard.reading.language

    def read(words: str) -> Reading:
        return understand(words, Context.REMINDER, now=tx.now, language=language)

    about = [str(option["about"]) for option in (question.options if question else None) or ()]
    listed = [ids for ids in about if ids and " " not in ids]
    owns = each_its_own(heard.text, candidates(tx, found), read, listed=listed, days=days) or ()
    return tuple((own.id, Heard(own.text, own.reading)) for own in owns)

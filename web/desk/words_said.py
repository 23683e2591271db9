"""The payer's own words with which a wait began, so that the queue tells what is asked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from core.db import Tx
from messages.inbox import Incoming
from payments.timeline import Event

# Why a person looks where the words themselves are the matter.
_IN_WORDS: Final = frozenset({"asks_question", "not_understood", "replied", "has_wish"})
_MOST: Final = 120
_WITH_WORDS: Final = frozenset({"heard", "question"})


def said(tx: Tx, events: Iterable[Event], reasons: Iterable[str]) -> str:
    """Return the last words, shortened, for which a person should look for one of `reasons`; else nothing.

    `events` are those of one request, in order.
    """
    wanted, words, found = _IN_WORDS & set(reasons), "", ""
    for event in events:
        if event.kind in _WITH_WORDS:
            words = str(event.data.get("incoming", ""))
        elif event.kind == "answer_promised" and event.data.get("subject") in wanted:
            found = words
    row = tx.session.get(Incoming, found) if found else None
    return _shortened(" ".join((row.body or "").split())) if row is not None else ""


def _shortened(text: str) -> str:
    return text if len(text) <= _MOST else f"{text[: _MOST - 1].rstrip()}…"

"""Who waits for a person: each request with why, and since when, the longest wait first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from babel.dates import format_timedelta
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload

from core.db import Tx
from messages.wording import LOCALES
from payments.requests import PaymentRequest
from payments.timeline import Event
from web.numbers import spoken
from web.telling import word
from web.wording import Words

# The kinds of events with which a wait begins, by its reason; where `understood` stands, only what was
# handed over or could not be granted counts.
_BEGINS: Final[Mapping[str, frozenset[str]]] = {
    "charged_back": frozenset({"chargeback"}),
    "surplus": frozenset({"surplus"}),
    "hardship": frozenset({"hardship"}),
    "disputed": frozenset({"dispute"}),
    "wrong_person": frozenset({"wrong_person"}),
    "asks_a_person": frozenset({"question", "understood", "tapped"}),
    "claims_paid": frozenset({"check"}),
    "not_understood": frozenset({"understood"}),
    "missed_part": frozenset({"part_missed"}),
    "asks_parts": frozenset({"understood", "tapped"}),
    "asks_more_time": frozenset({"understood", "tapped"}),
    "asks_more_rest": frozenset({"understood", "tapped"}),
    "wrote_after_stop": frozenset({"understood"}),
    "unknown_send": frozenset({"unknown", "not_found"}),
    "unreachable": frozenset({"unreachable", "withheld"}),
    "message_failed": frozenset({"failed"}),
}
_KINDS: Final = frozenset[str]().union(*_BEGINS.values())
_NOT_GRANTED: Final = frozenset({"hand_over", "nothing"})
_SEEN, _ALL_SEEN = "attention_done", "resumed"
# Says itself which wait begins with it, also where more was done in the same breath.
_PROMISED: Final = "answer_promised"


@dataclass(frozen=True)
class Waiting:
    """One line of the list: who, why in words, since when, and for how long in words."""

    request: PaymentRequest
    name: str
    why: str
    since: datetime
    waits: str


def waiting(tx: Tx, merchant_id: str, w: Words) -> Sequence[Waiting]:
    """Return every request of the merchant at which a person should look, the longest wait first."""
    query = select(PaymentRequest).where(*_theirs(merchant_id)).options(joinedload(PaymentRequest.payer))
    requests = tx.session.scalars(query).all()
    events = _events(tx, merchant_id)
    lines = [_line(tx, request, events.get(request.id, []), w) for request in requests]
    return sorted(lines, key=lambda line: (line.since, line.request.id))


def how_many(tx: Tx, merchant_id: str) -> int:
    """Return how many requests wait for a person."""
    query = select(func.count()).where(*_theirs(merchant_id))
    return int(tx.session.scalar(query) or 0)


def _theirs(merchant_id: str) -> tuple[ColumnElement[bool], ...]:
    return PaymentRequest.merchant_id == merchant_id, PaymentRequest.attention.is_not(None)


def _events(tx: Tx, merchant_id: str) -> Mapping[str, list[Event]]:
    kinds = {*_KINDS, _SEEN, _ALL_SEEN, _PROMISED}
    waiting_now = select(PaymentRequest.id).where(*_theirs(merchant_id))
    query = select(Event).where(Event.request_id.in_(waiting_now), Event.kind.in_(kinds)).order_by(Event.id)
    found: dict[str, list[Event]] = {}
    for event in tx.session.scalars(query):
        found.setdefault(str(event.request_id), []).append(event)
    return found


def _line(tx: Tx, request: PaymentRequest, events: Iterable[Event], w: Words) -> Waiting:
    reasons = {str(request.attention), *request.attentions}
    since = began(reasons, events) or request.created_at
    waits = format_timedelta(tx.now - since, granularity="minute", threshold=1, locale=LOCALES[w.language])
    why = word(w, "attention", str(request.attention))
    return Waiting(request, spoken(request.payer.name), why, since, waits)


def began(reasons: Iterable[str], events: Iterable[Event]) -> datetime | None:
    """Return when the oldest of the `reasons` that are open came up; None when no event tells."""
    open_since: dict[str, datetime] = {}
    for event in events:
        if event.kind == _ALL_SEEN:
            open_since.clear()
        elif event.kind == _SEEN:
            open_since.pop(str(event.data.get("subject")), None)
        elif event.kind == _PROMISED:
            open_since.setdefault(str(event.data.get("subject")), event.at)
        else:
            _open(open_since, event)
    return min((open_since[reason] for reason in reasons if reason in open_since), default=None)


def _open(open_since: dict[str, datetime], event: Event) -> None:
    for reason, kinds in _BEGINS.items():
        if event.kind not in kinds:
            continue
        if event.kind != "understood" or event.data.get("act") == "hand_over":
            open_since.setdefault(reason, event.at)
        elif event.data.get("act") in _NOT_GRANTED:
            open_since[reason] = event.at  # a word before it may have been about something else

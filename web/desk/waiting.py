"""Who waits for a person: each payer with why, and since when, the longest wait first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from babel.dates import format_timedelta
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload

from core.db import Tx
from core.money import Money
from messages.wording import LOCALES
from payments.attention import REASONS
from payments.ledger import LedgerEntry
from payments.lifecycle import OWING
from payments.requests import PaymentRequest
from payments.timeline import Event
from web.desk.words_said import said
from web.numbers import spoken
from web.telling import word
from web.wording import Words

# The kinds of events with which a wait begins, by its reason; where `understood` stands, only what was
# handed over or could not be granted counts.
_BEGINS: Final[Mapping[str, frozenset[str]]] = {
    "charged_back": frozenset({"chargeback"}),
    "surplus": frozenset({"surplus"}),
    "bereaved": frozenset({"bereaved", "understood"}),
    "hardship": frozenset({"hardship"}),
    "illness": frozenset({"understood"}),
    "disputed": frozenset({"dispute"}),
    "wrong_person": frozenset({"wrong_person"}),
    "asks_a_person": frozenset({"question", "understood", "tapped"}),
    "asks_question": frozenset({"question", "understood", "tapped"}),
    "replied": frozenset({"understood"}),
    "has_wish": frozenset({"understood", "tapped"}),
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
_SEEN, _ALL_SEEN, _HEARD = "attention_done", "resumed", "heard"
# Says itself which wait begins with it, also where more was done in the same breath.
_PROMISED: Final = "answer_promised"


@dataclass(frozen=True)
class Waiting:
    """One line of the list, for one payer: what about, why in words, since when, and for how long in words.

    `said` are the payer's words, where they are the matter. `request` is where the conversation is read;
    `open` is what is still owed of all that it is about.
    """

    request: PaymentRequest
    name: str
    what: str
    open: Money
    whys: Sequence[str]
    said: str
    since: datetime
    waits: str


def waiting(tx: Tx, merchant_id: str, w: Words) -> Sequence[Waiting]:
    """Return every payer of the merchant for whom a person should look, the longest wait first."""
    query = select(PaymentRequest).where(*_theirs(merchant_id)).options(joinedload(PaymentRequest.payer))
    by_payer: dict[str, list[PaymentRequest]] = {}
    for request in tx.session.scalars(query.order_by(PaymentRequest.id)):
        by_payer.setdefault(request.payer_id, []).append(request)
    events, received = _events(tx, merchant_id), _received(tx, merchant_id)
    lines = [_line(tx, theirs, events, received, w) for theirs in by_payer.values()]
    return sorted(lines, key=lambda line: (line.since, line.request.id))


def how_many(tx: Tx, merchant_id: str) -> int:
    """Return how many payers wait for a person."""
    query = select(func.count(PaymentRequest.payer_id.distinct())).where(*_theirs(merchant_id))
    return int(tx.session.scalar(query) or 0)


def _theirs(merchant_id: str) -> tuple[ColumnElement[bool], ...]:
    return PaymentRequest.merchant_id == merchant_id, PaymentRequest.attention.is_not(None)


def _events(tx: Tx, merchant_id: str) -> Mapping[str, list[Event]]:
    kinds = {*_KINDS, _SEEN, _ALL_SEEN, _HEARD, _PROMISED}
    waiting_now = select(PaymentRequest.id).where(*_theirs(merchant_id))
    query = select(Event).where(Event.request_id.in_(waiting_now), Event.kind.in_(kinds)).order_by(Event.id)
    found: dict[str, list[Event]] = {}
    for event in tx.session.scalars(query):
        found.setdefault(str(event.request_id), []).append(event)
    return found


def _received(tx: Tx, merchant_id: str) -> Mapping[str, int]:
    """Return what came in for each request that waits, in cents."""
    waiting_now = select(PaymentRequest.id).where(*_theirs(merchant_id))
    query = select(LedgerEntry.request_id, func.sum(LedgerEntry.amount_cents))
    found = tx.session.execute(
        query.where(LedgerEntry.request_id.in_(waiting_now)).group_by(LedgerEntry.request_id)
    )
    return {request_id: int(cents) for request_id, cents in found}


def _line(
    tx: Tx,
    requests: Sequence[PaymentRequest],
    events: Mapping[str, list[Event]],
    received: Mapping[str, int],
    w: Words,
) -> Waiting:
    """Put one payer's requests on one line, read where the payer was heard last."""
    first = max(requests, key=lambda one: _last_heard(events.get(one.id, [])))
    since = min(_since(request, events.get(request.id, [])) for request in requests)
    owed = sum(max(r.amount_cents - received.get(r.id, 0), 0) for r in requests if r.status in OWING)
    return Waiting(
        first,
        spoken(first.payer.name),
        ", ".join(dict.fromkeys(request.description for request in requests)),
        Money(owed, first.currency),
        [word(w, "attention", reason) for reason in reasons_of(requests)],
        said(tx, events.get(first.id, []), first.attentions),
        since,
        format_timedelta(tx.now - since, granularity="minute", threshold=1, locale=LOCALES[w.language]),
    )


def reasons_of(requests: Iterable[PaymentRequest]) -> Sequence[str]:
    """Return why a person should look at any of `requests`: each reason once, the gravest first."""
    found = {reason for one in requests for reason in (str(one.attention), *one.attentions)}
    return sorted(found, key=lambda reason: REASONS.index(reason) if reason in REASONS else len(REASONS))


def _since(request: PaymentRequest, events: Iterable[Event]) -> datetime:
    return began({str(request.attention), *request.attentions}, events) or request.created_at


def _last_heard(events: Sequence[Event]) -> int:
    return max((event.id for event in events if event.data.get("incoming")), default=0)


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
        elif event.kind != _HEARD:
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

"""Who waits for a person: each payer with why, since when and by when, what is late first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from babel.dates import format_timedelta
from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload

from core.calendar import local
from core.db import Tx
from core.money import Money
from messages.wording import LOCALES
from payments.attention import REASONS
from payments.ledger import LedgerEntry
from payments.lifecycle import OWING
from payments.requests import PaymentRequest
from payments.timeline import Event
from web.desk.since import KINDS, Since, of_all, since
from web.desk.words_said import said
from web.numbers import spoken
from web.telling import word
from web.wording import Words

_HEARD: Final = "heard"


@dataclass(frozen=True)
class Waiting:
    """One line of the list, for one payer: what about, why in words, since when, and for how long in words.

    `said` are the payer's words, where they are the matter. `request` is where the conversation is read;
    `open` is what is still owed of all that it is about. `promised` says in words by when the payer hears
    from us, as we promised, and `late` that this is over; both are empty for who was promised nothing, or
    was answered.
    """

    request: PaymentRequest
    name: str
    what: str
    open: Money
    whys: Sequence[str]
    said: str
    since: datetime
    waits: str
    promised: str
    late: bool
    answered: bool

    @property
    def urgency(self) -> tuple[int, datetime, str]:
        """What is late stands first, then who was not answered yet; of each, the longest wait."""
        rank = 0 if self.late else 2 if self.answered else 1
        return rank, self.since, self.request.id


def waiting(tx: Tx, merchant_id: str, w: Words) -> Sequence[Waiting]:
    """Return every payer for whom a person should look: what is late first, then the longest wait."""
    query = select(PaymentRequest).where(*_theirs(merchant_id)).options(joinedload(PaymentRequest.payer))
    by_payer: dict[str, list[PaymentRequest]] = {}
    for request in tx.session.scalars(query.order_by(PaymentRequest.id)):
        by_payer.setdefault(request.payer_id, []).append(request)
    events, received = _events(tx, merchant_id), _received(tx, merchant_id)
    lines = [_line(tx, theirs, events, received, w) for theirs in by_payer.values()]
    return sorted(lines, key=lambda line: line.urgency)


def how_many(tx: Tx, merchant_id: str) -> tuple[int, int]:
    """Return how many payers wait for a person, and how many of them longer than we promised."""
    query = select(PaymentRequest).where(*_theirs(merchant_id))
    found = list(tx.session.scalars(query))
    events, today = _events(tx, merchant_id), local(tx.now).date()
    late = {one.payer_id for one in found if _is_late(_since(one, events), today)}
    return len({one.payer_id for one in found}), len(late)


def _theirs(merchant_id: str) -> tuple[ColumnElement[bool], ...]:
    return PaymentRequest.merchant_id == merchant_id, PaymentRequest.attention.is_not(None)


def _events(tx: Tx, merchant_id: str) -> Mapping[str, list[Event]]:
    return _events_of(tx, select(PaymentRequest.id).where(*_theirs(merchant_id)))


def _events_of(tx: Tx, ids: Sequence[str] | Select[str]) -> Mapping[str, list[Event]]:
    query = select(Event).where(Event.request_id.in_(ids), Event.kind.in_({*KINDS, _HEARD}))
    found: dict[str, list[Event]] = {}
    for event in tx.session.scalars(query.order_by(Event.id)):
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
    wait, today = of_all(_since(request, events) for request in requests), local(tx.now).date()
    answered = wait.open_at is None and wait.answered_at is not None
    began = wait.open_at or wait.answered_at or min(request.created_at for request in requests)
    owed = sum(max(r.amount_cents - received.get(r.id, 0), 0) for r in requests if r.status in OWING)
    return Waiting(
        first,
        spoken(first.payer.name),
        ", ".join(dict.fromkeys(request.description for request in requests)),
        Money(owed, first.currency),
        [word(w, "attention", reason) for reason in reasons_of(requests)],
        said(tx, events.get(first.id, []), first.attentions),
        began,
        w("queue.answered" if answered else "queue.waits", time=_how_long(tx.now - began, w)),
        promised_in_words(wait, today, w),
        _is_late(wait, today),
        answered,
    )


def answer_due(tx: Tx, requests: Sequence[PaymentRequest], w: Words) -> tuple[str, bool]:
    """Return by when the payer of `requests` hears from us, in words, and whether that is over."""
    events = _events_of(tx, [request.id for request in requests])
    wait, today = of_all(_since(request, events) for request in requests), local(tx.now).date()
    return promised_in_words(wait, today, w), _is_late(wait, today)


def promised_in_words(wait: Since, today: date, w: Words) -> str:
    """Return what was promised about `wait`, and that it is late when it is; empty without a promise."""
    if wait.by is None:
        return ""
    return w("queue.late" if _is_late(wait, today) else "queue.by", day=w.day(wait.by, today))


def _is_late(wait: Since, today: date) -> bool:
    return wait.by is not None and wait.by < today


def _since(request: PaymentRequest, events: Mapping[str, Sequence[Event]]) -> Since:
    return since({str(request.attention), *request.attentions}, events.get(request.id, []))


def _how_long(time: timedelta, w: Words) -> str:
    return format_timedelta(time, granularity="minute", threshold=1, locale=LOCALES[w.language])


def reasons_of(requests: Iterable[PaymentRequest]) -> Sequence[str]:
    """Return why a person should look at any of `requests`: each reason once, the gravest first."""
    found = {reason for one in requests for reason in (str(one.attention), *one.attentions)}
    return sorted(found, key=lambda reason: REASONS.index(reason) if reason in REASONS else len(REASONS))


def _last_heard(events: Sequence[Event]) -> int:
    return max((event.id for event in events if event.data.get("incoming")), default=0)

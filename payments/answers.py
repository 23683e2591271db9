"""The answer that a person owes a payer: whoever waits for it is not reminded until it was given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from sqlalchemy import select

from core.calendar import local, moment, next_working_day
from core.db import Tx
from payments import plans
from payments.attention import BY_MONEY
from payments.mourning import REASON as MOURNED
from payments.requests import PaymentRequest
from payments.timeline import Event, note

# Why a reminder waits: an answer is owed, or was given a moment ago.
OWED: Final = "answer_owed"
GIVEN: Final = "answered_lately"
# What a person of the shop does that answers a payer, or lets the asking go on.
_ANSWERS: Final = frozenset({"answered", "attention_done", "resumed", "paused", "divided", "amount_lowered"})
# After these the payer knows where they stand, and has time to do something with it.
_TELLS_SOMETHING: Final = frozenset({"answered", "amount_lowered"})
# Who does these without being a person of the shop.
_MACHINES: Final = frozenset({"seintje", "payer", "psp", "provider"})
_PROMISED: Final = "answer_promised"
_ALL_PAID: Final = "paid"
# The kinds of events that tell what is owed.
TELLS: Final = frozenset({_PROMISED, *_ANSWERS})
# A day or a plan that the payer chose.
_CHOSEN: Final = ("promised", "paused", "divided", "part_moved")
_AS_CHOSEN: Final = frozenset(
    {"promise-due", "promise-due-all", "pause-over", "pause-over-all"}
    | {"instalment-due", "instalment-due-more"}
)
# Until these are answered nobody knows what is owed for one bill, or whether any can be paid.
_CONTESTS_IT: Final = frozenset({"disputed", "claims_paid"})
_CONTESTS_ALL: Final = frozenset({"hardship", "bereaved"})
_A_BILL: Final = "request"
_NO_DAY: Final = "-no-day"
# As long as between a first request and its first reminder: time to do something with the answer.
_BREATH: Final = timedelta(days=3)


@dataclass(frozen=True)
class Held:
    """A reminder may not go before `until`, for `reason`; then it is looked at again."""

    until: datetime
    reason: str


@dataclass(frozen=True)
class Owed:
    """Answers that a payer waits for: promised first `since` and first `by` which day, about `subjects`."""

    since: datetime
    by: date
    subjects: frozenset[str]


@dataclass(frozen=True)
class _Promise:
    """An answer was promised, last `at`; the first promise not kept yet was made `since`, `by` which day."""

    at: datetime
    by: date
    since: datetime


@dataclass
class _Wait:
    """Which answers about one request are owed, by their subject, and when a person last gave one."""

    owed: dict[str, _Promise]
    given: datetime | None = None


def answer_by(today: date) -> date:
    """Return the day on which a payer who wrote `today` hears from a person at the latest."""
    return next_working_day(today + timedelta(days=1))


def promise_answer(tx: Tx, request: PaymentRequest, subject: str) -> None:
    """Note that the payer was promised an answer about `subject`, a reason of payments/attention.py.

    When that day has passed it is looked at whether the answer came.
    """
    by = answer_by(local(tx.now).date())
    note(tx, request, "answer_promised", subject=subject, date=by.isoformat())
    plans.plan_overdue(tx, request, by)


def owed_by(events: Iterable[Event]) -> Mapping[str, date]:
    """Return by which day each answer that `events` of one request promise is owed, by its subject.

    Whoever writes again is not put off: the first promise since the last answer counts. What the money
    settled is owed no longer.
    """
    wait = _Wait({})
    for event in events:
        if event.kind == _ALL_PAID:
            wait.owed = {subject: one for subject, one in wait.owed.items() if subject not in BY_MONEY}
        elif event.kind in TELLS:
            _take(wait, event)
    return {subject: promise.by for subject, promise in wait.owed.items()}


def by_a_person(event: Event) -> bool:
    """Whether a person of the shop did this, which answers the payer or lets the asking go on."""
    return event.kind in _ANSWERS and event.actor not in _MACHINES


def held(tx: Tx, request: PaymentRequest, template: str) -> Held | None:
    """Return why the reminder `template` waits; None when the payer of `request` waits for nobody.

    An answer about one request counts for all of the payer's: whoever waits for us is left in peace. A new
    bill is none the less told, except where a person has to look first since somebody died, and so is a day
    that the payer chose: that message was asked for. Where the money of that bill is contested, or all of it,
    only a day chosen since is kept.
    """
    template = template.removesuffix(_NO_DAY)
    if template == _A_BILL:
        return Held(_tomorrow(tx, request), OWED) if MOURNED in request.attentions else None
    waits = _waits(tx, request.payer_id)
    if any(wait.owed for wait in waits.values()):
        contested = _contested(waits, request.id)
        kept = not contested or _chosen_since(tx, request.id, max(contested))
        return None if template in _AS_CHOSEN and kept else Held(_tomorrow(tx, request), OWED)
    given = max((wait.given for wait in waits.values() if wait.given is not None), default=None)
    if given is None or template in _AS_CHOSEN or tx.now - given >= _BREATH:
        return None
    return Held(request.merchant.next_turn(given + _BREATH), GIVEN)


def answer_owed(tx: Tx, payer_id: str) -> date | None:
    """Return by which day a payer was promised the first answer that is still owed; None without any."""
    waits = _waits(tx, payer_id).values()
    return min((promise.by for wait in waits for promise in wait.owed.values()), default=None)


def owed_to(tx: Tx, payer_id: str) -> Owed | None:
    """Return what a payer waits for, over all of their requests; None when every answer was given."""
    owed = [pair for wait in _waits(tx, payer_id).values() for pair in wait.owed.items()]
    if not owed:
        return None
    subjects = frozenset(subject for subject, _ in owed)
    return Owed(min(one.since for _, one in owed), min(one.by for _, one in owed), subjects)


def _contested(waits: Mapping[str, _Wait], request_id: str) -> list[datetime]:
    """When the money of this request was contested, by words about it or about all that is open."""
    return [
        promise.at
        for about, wait in waits.items()
        for subject, promise in wait.owed.items()
        if subject in _CONTESTS_ALL or (about == request_id and subject in _CONTESTS_IT)
    ]


def _waits(tx: Tx, payer_id: str) -> Mapping[str, _Wait]:
    """What is owed about each request, by its id; what nobody has to look at any more is owed no longer.

    So whatever is owed stands in the list of the desk, with how long it has waited.
    """
    query = select(Event, PaymentRequest.attentions).join(
        PaymentRequest, PaymentRequest.id == Event.request_id
    )
    theirs = query.where(PaymentRequest.payer_id == payer_id, Event.kind.in_(TELLS))
    waits: dict[str, _Wait] = {}
    looks: dict[str, Sequence[str]] = {}
    for event, attentions in tx.session.execute(theirs.order_by(Event.id)):
        _take(waits.setdefault(str(event.request_id), _Wait({})), event)
        looks[str(event.request_id)] = attentions
    for request_id, wait in waits.items():
        wait.owed = {
            subject: promise for subject, promise in wait.owed.items() if subject in looks[request_id]
        }
    return waits


def _take(wait: _Wait, event: Event) -> None:
    subject = str(event.data.get("subject"))
    if event.kind == _PROMISED:
        by = date.fromisoformat(str(event.data["date"]))
        first = wait.owed.get(subject)
        wait.owed[subject] = _Promise(event.at, first.by if first else by, first.since if first else event.at)
    elif not by_a_person(event):
        return
    elif event.kind != "attention_done":  # whatever a person does besides answers all that was asked
        wait.owed.clear()
        wait.given = event.at if event.kind in _TELLS_SOMETHING else wait.given
    elif wait.owed.pop(subject, None) is not None:
        wait.given = event.at


def _chosen_since(tx: Tx, request_id: str, since: datetime) -> bool:
    query = select(Event.id).where(
        Event.request_id == request_id,
        Event.actor == "payer",
        Event.kind.in_(_CHOSEN),
        Event.at >= since,
    )
    return tx.session.scalar(query.limit(1)) is not None


def _tomorrow(tx: Tx, request: PaymentRequest) -> datetime:
    day = local(tx.now).date() + timedelta(days=1)
    return request.merchant.next_turn(moment(day, time(), request.merchant.hours.zone))

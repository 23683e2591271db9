"""Several requests of one payer, paid at once: the link that leads to all of them, and what it asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from bot.stories.said import TOGETHER
from bot.stories.say import ASKS
from bot.stories.standing import Standing, standing
from core.calendar import local
from core.db import Tx
from core.money import Money
from messages.facts import pack
from messages.outbox import Outgoing
from payments.checkouts import Wanted
from payments.guards import why_silent
from payments.ledger import balance
from payments.lifecycle import WITH_A_PERSON
from payments.requests import PaymentRequest

# The fact under which a message keeps the ids of the requests that its link pays.
_PAYS: Final = "pays"
# And where those stood that a person looked at already: their payer wants to pay them all the same.
_STOOD: Final = "pays_held"
# Tell what is owed in all, of which nothing is that a person looks at.
_TOTALS: Final = frozenset({"tell-total", "link-after-stop-all"})
_LINK: Final = "pay-link-all"
# What is said when one of several is left.
_ALONE: Final[Mapping[str, str]] = {
    _LINK: "pay-link",
    "tell-total": "tell-amount",
    "link-after-stop-all": "link-after-stop",
    "tell-what-for-all": "tell-what-for",
    "promise-due-all": "promise-due",
    "promise-due-all-no-day": "promise-due-no-day",
    "pause-over-all": "pause-over",
    "reminder-all": "reminder-2",
    "reminder-all-no-day": "reminder-2-no-day",
    "pause-over-all-no-day": "pause-over-no-day",
}
# What is said below that, which tells which one it is, or how to pay it.
_BELOW: Final[Mapping[str, str]] = {
    "pay-link": "about-request",
    "link-after-stop": "about-request",
    "tell-amount": "pay-here",
    "tell-what-for": "pay-here",
}
# So many letters of what it is for fit in an SMS that names several.
_BRIEF: Final = 20


def one_payers(requests: Sequence[PaymentRequest]) -> list[PaymentRequest]:
    """Return `requests`, each once, the oldest first.

    Raises ValueError for none, and for requests that are not all of one payer, one merchant and one currency.
    """
    by_id = {request.id: request for request in requests}
    if len({(r.merchant_id, r.payer_id, r.currency) for r in requests}) != 1:
        raise ValueError("only requests of one payer at one merchant can be paid together")
    return [by_id[request_id] for request_id in sorted(by_id)]


def named(requests: Sequence[PaymentRequest]) -> dict[str, object]:
    """Return what a message has to keep so that its link pays all of `requests`, and it can say so."""
    held = [f"{request.id}={request.status}" for request in requests if request.status in WITH_A_PERSON]
    return {_PAYS: " ".join(request.id for request in requests), _STOOD: " ".join(held)}


def owing(tx: Tx, requests: Sequence[PaymentRequest]) -> Wanted:
    """Return those of `requests` that can be paid now, each with all that is left of it."""
    today = local(tx.now).date()
    found = [(request, balance(tx, request)) for request in requests]
    return [
        (request, money.remaining)
        for request, money in found
        if standing(request, money, today) is Standing.PAYABLE
    ]


def total(wanted: Wanted) -> Money:
    """Return what `wanted` adds up to; at least one request is needed."""
    return sum((amount for _, amount in wanted[1:]), wanted[0][1])


def ids_of(row: Outgoing) -> list[str]:
    """Return the ids of the requests that the link of a message pays; none when it is its own alone."""
    return str((row.facts or {}).get(_PAYS, "")).split()


def requests_of(tx: Tx, row: Outgoing) -> list[PaymentRequest]:
    """Return the requests that the link of a message pays; none when that is the message's own alone."""
    return [tx.session.get_one(PaymentRequest, request_id) for request_id in ids_of(row)]


def still_about(tx: Tx, row: Outgoing, requests: Sequence[PaymentRequest]) -> list[PaymentRequest]:
    """Return those of `requests` that can be paid now, and asked for where the message asks."""
    payable = [request for request, _ in owing(tx, requests)]
    if row.template in _TOTALS:
        return [request for request in payable if request.status not in WITH_A_PERSON]
    if row.template == _LINK:
        return [request for request in payable if not _taken_over(row, request)]
    return [request for request in payable if row.template not in ASKS or _may_be_asked(tx, request)]


def _taken_over(row: Outgoing, request: PaymentRequest) -> bool:
    """Whether a person looks at `request` since the link was asked for."""
    stood = str(row.facts.get(_STOOD, "")).split()
    return request.status in WITH_A_PERSON and f"{request.id}={request.status}" not in stood


def _may_be_asked(tx: Tx, request: PaymentRequest) -> bool:
    return why_silent(request, balance(tx, request), local(tx.now).date()) is None


def narrowed(tx: Tx, row: Outgoing, request: PaymentRequest) -> PaymentRequest:
    """Let `row` be about what it can be about now; return the request that stands for it.

    Where one is left of several, it becomes the message about that one: nothing is "together" any more.
    """
    several = requests_of(tx, row)
    left = still_about(tx, row, several)
    if not left or len(left) == len(several) or row.template not in _ALONE:
        return request
    row.facts = {**row.facts, **pack(named(left)), TOGETHER: " ".join(one.id for one in left)}
    if len(left) == 1:
        row.facts = {name: value for name, value in row.facts.items() if name not in {_PAYS, _STOOD}}
        row.template = _ALONE[row.template]
        below = _BELOW.get(row.template)
        row.also = [below, *(row.also or ())] if below else row.also
    return left[0]


def facts_of_all(tx: Tx, requests: Sequence[PaymentRequest], *, plain: bool) -> Mapping[str, object]:
    """Return what a message may say about `requests` together; `plain`, where letters are dear, in brief."""
    wanted = owing(tx, requests)
    if not wanted:
        return {}
    lines = tuple((_label(request, plain=plain), amount) for request, amount in wanted)
    return {"lines": lines, "total": total(wanted)}


def _label(request: PaymentRequest, *, plain: bool) -> str:
    """What it is for, and its number; where letters are dear, the first words of it."""
    if not request.description:
        return request.reference
    if plain:
        return f"{_shortened(request.description)} {request.reference}".strip()
    return f"{request.description} ({request.reference})" if request.reference else request.description


def _shortened(text: str) -> str:
    return text if len(text) <= _BRIEF else f"{text[: _BRIEF - 3].rstrip()}..."

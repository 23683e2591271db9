"""The lines in which one answer tells of each of several requests: kept with it, and true when it goes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Final

from bot.stories import together
from bot.stories.said import AGREED, APART, EACH, TOGETHER, requests_of
from core.calendar import local
from core.db import Tx
from core.money import Money
from messages.facts import Item, pack, unpack
from messages.outbox import Outgoing, Sending
from payments.answers import answer_by
from payments.ledger import balance
from payments.lifecycle import OWING, WITH_A_PERSON, Status
from payments.requests import PaymentRequest

NOW: Final = "own_now"
_PAID: Final = "own_paid"
# The messages that are such lines.
OF_LINES: Final = frozenset({EACH, AGREED})
# The fact of a message that holds its lines, and that of a line which names its request.
_LINES: Final = "own"
_ABOUT: Final = "about"
# Where a request stood whose payer wants to pay it, also while a person looks at it.
_STOOD: Final = "stood"
_NO_DAY_TO_COME: Final = OWING - WITH_A_PERSON - {Status.INSTALMENTS}
# Where a request has to stand for what a line says of it; in a plan, rest moves the parts.
_HOLDS: Final[Mapping[str, Collection[Status]]] = {
    "own_day": (Status.PROMISED,),
    "own_day_rest": (Status.PROMISED,),
    "own_pause": (Status.PAUSED, Status.INSTALMENTS),
    "own_pause_rest": (Status.PAUSED, Status.INSTALMENTS),
    "own_checking": (Status.CHECKING,),
    "own_not_found": (Status.CHECKING,),
    "own_dispute": (Status.DISPUTED,),
    "own_parts": (Status.INSTALMENTS,),
    "own_agreed": _NO_DAY_TO_COME,
    "own_nothing": _NO_DAY_TO_COME,
    "own_held": WITH_A_PERSON,
    "own_noted": (Status.CHECKING, Status.DISPUTED),
}
_WITHOUT_A_DAY: Final = frozenset({"own_agreed", "own_nothing"})
_DAYS: Final = ("date", "until")
# Says where all that is to be paid now can be paid, below the lines.
PAY_THOSE: Final = "pay-those"
# What tells which request is meant, below the lines and without them.
_ALONE: Final[Mapping[str, str]] = {"about-one": "about-request"}
# Every fact that the lines bring along.
_OF_LINES: Final = frozenset({_LINES, APART, "now", *together.named([])})


def line(tx: Tx, request: PaymentRequest, kind: str, facts: Mapping[str, object]) -> Item:
    """Return the line of `kind` about `request`, with the `facts` that were decided on."""
    said = {"check_by": answer_by(local(tx.now).date()), **_seen(tx, request), **facts, _ABOUT: request.id}
    return Item(kind, said | {_STOOD: str(request.status)} if kind == NOW else said)


def facts_of_lines(tx: Tx, lines: Sequence[Item], *, template: bool) -> dict[str, object]:
    """Return what a message keeps of `lines`: whose they are, and what its link pays.

    `template`: the lines are the message, and do not only stand above what else is asked.
    """
    about = " ".join(str(item.facts[_ABOUT]) for item in lines)
    pays = [tx.session.get_one(PaymentRequest, str(i.facts[_ABOUT])) for i in lines if i.kind == NOW]
    facts: dict[str, object] = {_LINES: tuple(lines), TOGETHER if template else APART: about}
    if pays:
        facts |= {**together.named(together.one_payers(pays)), "now": _total(tx, pays)}
    return facts


def has_lines(row: Outgoing) -> bool:
    """Whether a message tells of each of several requests in a line of its own."""
    return row.template in OF_LINES or EACH in (row.also or ())


def still_true(tx: Tx, row: Outgoing) -> list[Item]:
    """Return the lines of a message as they hold now; what was paid meanwhile is said to be."""
    return [item for item in (_now(tx, item) for item in _lines(row)) if item is not None]


def made_true(tx: Tx, row: Outgoing) -> None:
    """Let `row` say of each request what holds now; what holds no more is taken out."""
    if has_lines(row):
        _keep(tx, row, still_true(tx, row))


def take_out(tx: Tx, row: Outgoing, ids: Collection[str]) -> list[str]:
    """Take what `row` says of the requests `ids` out of its lines; return those that had one.

    A message of which nothing is left is withheld.
    """
    lines = _lines(row)
    gone = [str(item.facts[_ABOUT]) for item in lines if item.facts[_ABOUT] in ids]
    if gone:
        _keep(tx, row, [item for item in lines if item.facts[_ABOUT] not in ids])
    if len(gone) == len(lines) and gone and row.template in OF_LINES:
        row.status, row.error = Sending.WITHHELD, "corrected"
    return gone


def stand_alone(tx: Tx, row: Outgoing) -> None:
    """The lines are all the message now, where what was asked below them is not asked any more."""
    if row.template == EACH:
        _keep(tx, row, _lines(row))


def _lines(row: Outgoing) -> list[Item]:
    stored = {name: value for name, value in row.facts.items() if name == _LINES and has_lines(row)}
    lines = unpack(stored).get(_LINES, ())
    return [item for item in lines if isinstance(item, Item)] if isinstance(lines, tuple) else []


def _now(tx: Tx, item: Item) -> Item | None:
    request = tx.session.get_one(PaymentRequest, item.facts[_ABOUT])
    fresh = replace(item, facts={**item.facts, **_seen(tx, request)})
    if request.status == Status.PAID:
        return replace(fresh, kind=_PAID)
    if item.kind == NOW:
        taken_over = request.status in WITH_A_PERSON and request.status != item.facts.get(_STOOD)
        return fresh if together.owing(tx, [request]) and not taken_over else None
    holds = request.status in _HOLDS.get(item.kind, OWING) and not _moved(tx, request, item)
    return fresh if holds else None


def _moved(tx: Tx, request: PaymentRequest, item: Item) -> bool:
    """Whether another day stands now than the one that a line names, or one where it says that none does."""
    until = request.quiet_until if request.status in {Status.PROMISED, Status.PAUSED} else None
    if item.kind in _WITHOUT_A_DAY:
        return until is not None and until > local(tx.now).date()
    day = next((item.facts[name] for name in _DAYS if name in item.facts), None)
    return day is not None and until is not None and until != day


def _seen(tx: Tx, request: PaymentRequest) -> dict[str, object]:
    return {
        "reference": request.reference,
        "description": request.description,
        "remaining": balance(tx, request).remaining,
    }


def _keep(tx: Tx, row: Outgoing, lines: Sequence[Item]) -> None:
    """Let `row` have these lines; without one, only what else it says."""
    other = {name: value for name, value in row.facts.items() if name not in _OF_LINES}
    kept = facts_of_lines(tx, lines, template=row.template in OF_LINES) if lines else {}
    row.facts = {**other, **pack(kept)}
    gone = {*(() if lines else (EACH,)), *(() if together.ids_of(row) else (PAY_THOSE,))}
    also = [name for name in row.also or () if name not in gone]
    row.also = (also if lines else [_ALONE.get(name, name) for name in also]) or None
    about = requests_of(row)
    if row.template in OF_LINES and row.request_id not in about:
        row.request_id = about[0]


def _total(tx: Tx, requests: Sequence[PaymentRequest]) -> Money:
    first, *others = [balance(tx, request).remaining for request in requests]
    return sum(others, first)

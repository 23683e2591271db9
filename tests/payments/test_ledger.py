"""The ledger is a function of the set of facts: order, repetition and delay change nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from core.db import Database, Tx
from payments.checkouts import Checkout
from payments.ledger import Balance, LedgerEntry, balance, money_status, record
from payments.lifecycle import Status
from payments.psp import Fact
from payments.requests import PaymentRequest, locked
from payments.shares import checkouts_of
from tests.making import Owed, Shop, make_checkout

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
OWED = 4250
# Which of two checkouts a fact is of, and the fact.
News = tuple[int, Fact]


@st.composite
def histories(draw: st.DrawFn) -> list[News]:
    """All that two checkouts of one request may have seen in the end."""
    news: list[News] = []
    for checkout in (0, 1):
        paid = draw(st.sampled_from([0, 1000, 2125, 4250, 5000]))
        if paid:
            news.append((checkout, Fact("payment", f"tr_{checkout}", paid, "EUR", AT)))
            news += [(checkout, fact) for fact in draw(_going_back(checkout, paid))]
    return news


@st.composite
def _going_back(draw: st.DrawFn, checkout: int, paid: int) -> list[Fact]:
    facts = []
    for number in range(draw(st.integers(0, 3))):
        kind = draw(st.sampled_from(["refund", "chargeback"]))
        cents = draw(st.integers(1, paid))
        facts.append(Fact(kind, f"{kind}_{checkout}_{number}", cents, "EUR", AT))
        if draw(st.booleans()):
            facts.append(Fact(f"{kind}_reversal", f"{kind}_{checkout}_{number}", cents, "EUR", AT))
    return facts


@st.composite
def tellings(draw: st.DrawFn) -> tuple[list[News], list[News]]:
    """A history, and one way in which it may come to our ears: shuffled, with repetitions."""
    history = draw(histories())
    again = draw(st.lists(st.sampled_from(history), max_size=6)) if history else []
    return history, draw(st.permutations(history + again))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=tellings(), cancelled=st.booleans())
def test_however_the_facts_come_in_the_balance_and_the_status_are_the_same(
    database: Database, told: tuple[list[News], list[News]], cancelled: bool
) -> None:
    history, heard = told
    straight, crooked = _request(database, cancelled), _request(database, cancelled)
    _tell(database, straight, history)
    for news in heard:
        _tell(database, crooked, [news])
    assert _state(database, crooked) == _state(database, straight)
    assert _state(database, crooked)[0] == _by_hand(history, cancelled)


def _request(database: Database, cancelled: bool) -> Owed:
    owed = Shop(database)(amount="42.50", asked_days_ago=1)

    def prepare(tx: Tx) -> None:
        for number in (0, 1):
            make_checkout(tx, owed.request_id, f"tr_{number}_{owed.request_id}"[:60])
        if cancelled:
            request = locked(tx, owed.request_id)
            request.status, request.cancelled_at = Status.CANCELLED, tx.now

    database.run(prepare)
    return owed


def _tell(database: Database, owed: Owed, news: Sequence[News]) -> None:
    def step(tx: Tx) -> None:
        request = locked(tx, owed.request_id)
        query = select(Checkout).where(Checkout.id.in_(checkouts_of(request.id))).order_by(Checkout.psp_id)
        checkouts = tx.session.scalars(query).all()
        for number, fact in news:
            # References are unique at the PSP, so they are here, for every example.
            unique = Fact(fact.kind, f"{fact.ref}_{request.id}", fact.cents, fact.currency, fact.at)
            record(tx, checkouts[number], [unique])
        request.status = money_status(request, balance(tx, request))

    database.run(step)


def _state(database: Database, owed: Owed) -> tuple[Balance, str]:
    def step(tx: Tx) -> tuple[Balance, str]:
        request = tx.session.get_one(PaymentRequest, owed.request_id)
        return balance(tx, request), request.status

    return database.read(step)


def _by_hand(history: Sequence[News], cancelled: bool) -> Balance:
    total = Counter[str]()
    for _, fact in history:
        total[fact.kind] += fact.cents
    return Balance(
        "EUR",
        owed=0 if cancelled else OWED,
        paid=total["payment"],
        refunded=total["refund"] - total["refund_reversal"],
        charged_back=total["chargeback"] - total["chargeback_reversal"],
    )


def fact(kind: str, cents: int, ref: str = "x") -> Fact:
    return Fact(kind, ref, cents, "EUR", AT)


@pytest.mark.parametrize(
    ("facts", "status", "remaining", "surplus"),
    [
        ([], Status.OPEN, 4250, 0),
        ([fact("payment", 4250)], Status.PAID, 0, 0),
        ([fact("payment", 1000)], Status.OPEN, 3250, 0),
        ([fact("payment", 1000, "a"), fact("payment", 3250, "b")], Status.PAID, 0, 0),
        ([fact("payment", 4250, "a"), fact("payment", 4250, "b")], Status.PAID, 0, 4250),
        ([fact("payment", 4250, "a"), fact("payment", 4250, "b"), fact("refund", 4250)], Status.PAID, 0, 0),
        ([fact("payment", 4250), fact("refund", 4250)], Status.REFUNDED, 4250, 0),
        ([fact("payment", 4250), fact("refund", 50)], Status.REFUNDED, 50, 0),
        ([fact("payment", 4250), fact("refund", 50), fact("refund_reversal", 50)], Status.PAID, 0, 0),
        ([fact("payment", 4250), fact("chargeback", 4250)], Status.CHARGED_BACK, 4250, 0),
        (
            [fact("payment", 4250), fact("chargeback", 4250), fact("chargeback_reversal", 4250)],
            Status.PAID,
            0,
            0,
        ),
    ],
)
def test_what_a_request_is_worth(
    sqlite_database: Database, facts: list[Fact], status: Status, remaining: int, surplus: int
) -> None:
    owed = _request(sqlite_database, cancelled=False)
    _tell(sqlite_database, owed, [(0, one) for one in facts])
    money, found = _state(sqlite_database, owed)
    assert (found, money.remaining.cents, money.surplus.cents) == (status, remaining, surplus)


def test_who_pays_after_cancelling_gets_it_all_back(sqlite_database: Database) -> None:
    owed = _request(sqlite_database, cancelled=True)
    _tell(sqlite_database, owed, [(0, fact("payment", 4250))])
    money, _ = _state(sqlite_database, owed)
    assert (money.remaining.cents, money.surplus.cents) == (0, 4250)


def test_a_payment_in_part_that_bounced_does_not_revive_a_cancelled_request(
    sqlite_database: Database,
) -> None:
    owed = _request(sqlite_database, cancelled=True)
    for one in (fact("payment", 100), fact("chargeback", 100), fact("chargeback_reversal", 100)):
        _tell(sqlite_database, owed, [(0, one)])
    assert _state(sqlite_database, owed)[1] == Status.CANCELLED


@pytest.mark.parametrize("status", ["promised", "paused", "disputed", "checking", "hardship", "expired"])
def test_a_payment_in_part_leaves_alone_what_was_agreed(sqlite_database: Database, status: str) -> None:
    owed = _request(sqlite_database, cancelled=False)
    sqlite_database.run(lambda tx: setattr(locked(tx, owed.request_id), "status", status))
    _tell(sqlite_database, owed, [(0, fact("payment", 100))])
    assert _state(sqlite_database, owed)[1] == status


def test_what_is_new_is_told_once(database: Database) -> None:
    owed = _request(database, cancelled=False)

    def step(tx: Tx, facts: list[Fact]) -> list[str]:
        checkout = tx.session.scalars(
            select(Checkout).where(Checkout.id.in_(checkouts_of(owed.request_id)))
        ).first()
        assert checkout is not None
        return [new.kind for new in record(tx, checkout, facts)]

    paid, back = fact("payment", 4250), fact("refund", 50)
    assert database.run(step, [paid, paid]) == ["payment"]
    assert database.run(step, [paid, back]) == ["refund"]
    assert database.run(step, [back, paid]) == []
    assert database.read(lambda tx: tx.session.scalar(select(func.count()).select_from(LedgerEntry))) == 2

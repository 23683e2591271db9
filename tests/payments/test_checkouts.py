"""Attempts to pay: at most one is offered, none is forgotten, and the PSP is asked ever less often."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from core.clock import ManualClock
from core.db import Database, Tx
from core.money import Money
from payments.checkouts import Checkout, check_now, hint, new_checkout, next_check, offered, to_check
from payments.requests import PaymentRequest
from payments.shares import of_checkout
from tests.making import Owed, Shop, make_checkout

AMOUNT = Money(4250)


@pytest.fixture
def owed(shop: Shop) -> Owed:
    return shop()


def open_one(database: Database, owed: Owed, psp_id: str = "tr_1") -> str:
    return database.run(lambda tx: make_checkout(tx, owed.request_id, psp_id).id)


def still_offered(database: Database, owed: Owed, amount: Money = AMOUNT) -> str | None:
    def step(tx: Tx) -> str | None:
        found = offered(tx, [(tx.session.get_one(PaymentRequest, owed.request_id), amount)])
        return found.id if found else None

    return database.read(step)


def change(database: Database, checkout_id: str, **values: object) -> None:
    def step(tx: Tx) -> None:
        checkout = tx.session.get_one(Checkout, checkout_id)
        for name, value in values.items():
            setattr(checkout, name, value)

    database.run(step)


def test_a_second_tap_goes_on_with_the_same_attempt(database: Database, owed: Owed) -> None:
    assert still_offered(database, owed) is None
    checkout = open_one(database, owed)
    assert still_offered(database, owed) == checkout


def test_an_attempt_with_too_little_time_left_is_not_offered(
    database: Database, owed: Owed, clock: ManualClock
) -> None:
    checkout = open_one(database, owed)
    clock.advance(timedelta(minutes=13))
    assert still_offered(database, owed) == checkout
    clock.advance(timedelta(seconds=1))
    assert still_offered(database, owed) is None


@pytest.mark.parametrize("status", ["paid", "failed", "canceled", "expired", "refused"])
def test_an_attempt_that_is_over_is_not_offered(database: Database, owed: Owed, status: str) -> None:
    change(database, open_one(database, owed), status=status)
    assert still_offered(database, owed) is None


def test_an_attempt_for_another_amount_is_not_offered(database: Database, owed: Owed) -> None:
    open_one(database, owed)
    assert still_offered(database, owed, Money(4249)) is None
    assert still_offered(database, owed, Money(4250, "USD")) is None


def test_an_opening_without_an_answer_is_tried_again_only_while_it_could_be_paid(
    database: Database, owed: Owed, clock: ManualClock
) -> None:
    checkout = open_one(database, owed)
    change(database, checkout, psp_id=None, status="opening", url=None, expires_at=None)
    clock.advance(timedelta(minutes=12))
    assert still_offered(database, owed) == checkout
    clock.advance(timedelta(minutes=1))
    assert still_offered(database, owed) is None


def test_a_new_attempt_takes_the_place_of_the_old_one_which_is_still_watched(
    database: Database, owed: Owed, clock: ManualClock
) -> None:
    first = open_one(database, owed, "tr_1")
    second = open_one(database, owed, "tr_2")
    assert still_offered(database, owed) == second
    clock.advance(timedelta(minutes=1))
    assert {checkout.id for checkout in database.read(to_check, 10)} == {first, second}


def test_two_attempts_are_never_offered_at_once(database: Database, owed: Owed) -> None:
    first = open_one(database, owed, "tr_1")
    open_one(database, owed, "tr_2")
    with pytest.raises(IntegrityError):
        database.run(lambda tx: setattr(of_checkout(tx, first)[0], "offered", True))


def test_every_attempt_has_a_key_of_its_own(database: Database, owed: Owed) -> None:
    def step(tx: Tx) -> set[str]:
        request = tx.session.get_one(PaymentRequest, owed.request_id)
        return {new_checkout(tx, [(request, AMOUNT)], "mollie").key for _ in range(50)}

    assert len(database.run(step)) == 50


def test_the_psp_is_asked_soon_then_ever_less_often_and_in_the_end_never(clock: ManualClock) -> None:
    checkout = Checkout(created_at=clock.now())
    moments = [clock.now()]
    while (following := next_check(checkout, moments[-1])) is not None:
        assert following > moments[-1]
        moments.append(following)
    gaps = [b - a for a, b in pairwise(moments)]
    assert gaps == sorted(gaps)
    assert gaps[0] == timedelta(seconds=10)
    assert gaps[-1] == timedelta(days=1)
    asked = [moment - clock.now() for moment in moments]
    assert sum(gap <= timedelta(minutes=16) for gap in asked) >= 8, "while the payer is at the bank"
    assert timedelta(days=60) <= asked[-1] <= timedelta(days=62), "a debit can bounce until then"
    assert len(moments) < 100


def test_after_downtime_the_next_question_lies_ahead(clock: ManualClock) -> None:
    checkout = Checkout(created_at=clock.now())
    late = clock.now() + timedelta(hours=5)
    following = next_check(checkout, late)
    assert following is not None
    assert following > late


def test_those_who_waited_longest_are_asked_about_first(
    database: Database, shop: Shop, clock: ManualClock
) -> None:
    ids = []
    for number in range(3):
        ids.append(open_one(database, shop(), f"tr_{number}"))
        clock.advance(timedelta(seconds=1))
    clock.advance(timedelta(minutes=1))
    assert [checkout.id for checkout in database.read(to_check, 2)] == ids[:2]


def test_a_hint_makes_the_psp_be_asked_at_once(database: Database, owed: Owed) -> None:
    checkout = open_one(database, owed)
    assert not database.read(to_check, 10)
    assert database.run(hint, "mollie", "tr_1", None)
    assert [found.id for found in database.read(to_check, 10)] == [checkout]


def test_a_hint_finds_an_attempt_whose_opening_was_never_confirmed(database: Database, owed: Owed) -> None:
    checkout = open_one(database, owed)
    change(database, checkout, psp_id=None, status="opening")
    assert database.run(hint, "mollie", "tr_9", checkout)
    found = database.read(lambda tx: tx.session.get_one(Checkout, checkout))
    assert (found.hinted_id, found.psp_id) == ("tr_9", None), "a hint is not the truth"


@pytest.mark.parametrize(
    ("psp_id", "named"), [("tr_forged", None), ("tr_forged", "chk_forged"), ("tr_2", "own")]
)
def test_a_forged_hint_changes_nothing(
    database: Database, owed: Owed, psp_id: str, named: str | None
) -> None:
    checkout = open_one(database, owed)
    before = database.read(lambda tx: tx.session.get_one(Checkout, checkout).next_check_at)
    assert not database.run(hint, "mollie", psp_id, checkout if named == "own" else named)
    found = database.read(lambda tx: tx.session.get_one(Checkout, checkout))
    assert (found.psp_id, found.hinted_id, found.next_check_at) == ("tr_1", None, before)


def test_a_payer_who_comes_back_makes_every_attempt_be_asked_about(
    database: Database, owed: Owed, clock: ManualClock
) -> None:
    first, second = open_one(database, owed, "tr_1"), open_one(database, owed, "tr_2")
    refused = open_one(database, owed, "tr_3")
    change(database, refused, status="refused", next_check_at=None)
    clock.advance(timedelta(seconds=1))
    database.run(check_now, owed.request_id)
    assert {checkout.id for checkout in database.read(to_check, 10)} == {first, second}


def test_one_payment_at_the_psp_belongs_to_one_attempt(database: Database, owed: Owed) -> None:
    open_one(database, owed, "tr_1")
    with pytest.raises(IntegrityError):
        open_one(database, owed, "tr_1")
    count = database.read(lambda tx: len(tx.session.scalars(select(Checkout)).all()))
    assert count == 1

"""Giving money back: never more than a payment holds, and never twice because of a doubt."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.clock import ManualClock
from core.db import Database, Tx
from core.errors import Refused
from core.money import Money
from payments.checkouts import Checkout
from payments.ledger import record
from payments.psp import Fact, Report
from payments.refunds import Refund, new_refund, on_its_way, order_of, take_statuses
from payments.requests import PaymentRequest, locked
from tests.making import Owed, Shop, make_checkout


@pytest.fixture
def paid_twice(database: Database, shop: Shop, clock: ManualClock) -> Owed:
    """42.50 was paid, and then 42.50 again."""
    owed = shop()
    for psp_id in ("tr_1", "tr_2"):
        database.run(_pay, owed, psp_id)
        clock.advance(timedelta(minutes=1))
    return owed


def _pay(tx: Tx, owed: Owed, psp_id: str) -> None:
    record(tx, make_checkout(tx, owed.request_id, psp_id), [Fact("payment", psp_id, 4250, "EUR", tx.now)])


def give(database: Database, owed: Owed, cents: int) -> Refund:
    return database.run(lambda tx: new_refund(tx, locked(tx, owed.request_id), Money(cents), "usr_1"))


def under_way(database: Database, owed: Owed) -> int:
    def find(tx: Tx) -> int:
        return on_its_way(tx, tx.session.get_one(PaymentRequest, owed.request_id)).amount.cents

    return database.read(find)


def told(database: Database, refund: Refund, status: str, *, settled: bool = False) -> None:
    """The PSP reports the refund."""

    def step(tx: Tx) -> None:
        checkout = tx.session.get_one(Checkout, refund.checkout_id)
        report = Report("tr", checkout.id, "paid", checkout.amount, refunds={"re_1": (status, refund.id)})
        take_statuses(tx, report)
        if settled:
            record(tx, checkout, [Fact("refund", "re_1", refund.amount_cents, "EUR", tx.now)])

    database.run(step)


def test_money_goes_back_from_the_newest_payment_that_holds_it(database: Database, paid_twice: Owed) -> None:
    first, second = give(database, paid_twice, 4250), give(database, paid_twice, 4250)
    assert database.read(order_of, first) == ("tr_2", "Terug: 1042")
    assert database.read(order_of, second) == ("tr_1", "Terug: 1042")
    assert under_way(database, paid_twice) == 8500


def test_no_more_goes_back_than_one_payment_holds(database: Database, paid_twice: Owed) -> None:
    with pytest.raises(Refused, match=r"no single payment holds 42\.51"):
        give(database, paid_twice, 4251)
    give(database, paid_twice, 4000)
    give(database, paid_twice, 4000)
    with pytest.raises(Refused):
        give(database, paid_twice, 251)


@pytest.mark.parametrize("status", ["asking", "unknown", "queued", "pending", "processing", "refunded"])
def test_what_may_have_gone_is_not_given_a_second_time(
    database: Database, paid_twice: Owed, status: str
) -> None:
    told(database, give(database, paid_twice, 4250), status)
    give(database, paid_twice, 4250)
    with pytest.raises(Refused):
        give(database, paid_twice, 1)


@pytest.mark.parametrize("status", ["refused", "failed", "canceled"])
def test_what_certainly_did_not_go_may_be_given_again(
    database: Database, paid_twice: Owed, status: str
) -> None:
    told(database, give(database, paid_twice, 4250), status)
    assert under_way(database, paid_twice) == 0
    give(database, paid_twice, 4250)
    give(database, paid_twice, 4250)


def test_what_arrived_is_no_longer_on_its_way_and_is_counted_once(
    database: Database, paid_twice: Owed
) -> None:
    refund = give(database, paid_twice, 4250)
    told(database, refund, "processing")
    assert under_way(database, paid_twice) == 4250
    told(database, refund, "refunded", settled=True)
    assert under_way(database, paid_twice) == 0
    give(database, paid_twice, 4250)
    with pytest.raises(Refused):
        give(database, paid_twice, 1)


def test_a_refund_that_is_not_ours_changes_none_of_ours(database: Database, paid_twice: Owed) -> None:
    mine = give(database, paid_twice, 100)
    stranger = Refund(id="", checkout_id=mine.checkout_id, amount_cents=1)
    told(database, stranger, "refunded")
    assert database.read(lambda tx: tx.session.get_one(Refund, mine.id).status) == "asking"

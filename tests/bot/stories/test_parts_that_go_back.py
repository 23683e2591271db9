"""Money of a part that goes back: the plan stays what it is, and only all of it ends it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from payments import instalments
from payments.ledger import balance, most_at_once
from payments.requests import of_merchant
from sandbox.mollie.facts import Amount
from tests.bot.stories.watching import goes_wrong, mended, payments
from tests.house import House


@pytest.fixture
def bike(house: House) -> str:
    """€ 100,00 that Anna pays in two parts: today, and on 23 December."""
    request = house.ask(amount={"value": "100.00", "currency": "EUR"})
    house.settle()
    house.says("in 2 keer")
    return request


def taken_back(house: House, payment: str, how: str) -> None:
    """Let the bank take a payment back, or the shop give it back."""
    if how == "chargeback":
        house.at_the_bank(payment, "chargeback")
        return
    mollie = house.sandbox.world.mollie
    refund = mollie.refund(payment, Amount(50_00), "terug")
    for status in ("processing", "refunded"):
        mollie.move_refund(payment, refund.id, status)
    house.sandbox.world.postman.wait_until_idle()
    house.move(timedelta(days=1))


def plan(house: House, request: str) -> list[int]:
    return house.world.db.read(lambda tx: [part.number for part in instalments.agreed(tx, request)])


@pytest.mark.parametrize("how", ["chargeback", "refund"])
def test_a_part_that_went_back_and_is_paid_again_leaves_the_plan_as_it_was(
    house: House, bike: str, how: str
) -> None:
    house.pays(bike)
    [payment] = payments(house)
    taken_back(house, payment, how)
    before = house.request(bike).attentions
    assert house.request(bike).status == "instalments"
    house.pays(bike)
    assert house.request(bike).status == "instalments"
    assert house.request(bike).attentions == before
    assert plan(house, bike) == [1, 2]
    assert house.heard(bike)[-1] == ("instalment-paid", "delivered")
    house.move_to(date(2026, 12, 23))
    assert house.heard(bike)[-1] == ("instalment-due", "delivered")
    house.pays(bike)
    assert house.request(bike).status == "paid"
    assert house.request(bike).attention is None


def test_what_was_paid_in_full_and_went_back_is_for_a_person(house: House, bike: str) -> None:
    house.pays(bike)
    house.move_to(date(2026, 12, 23))
    house.pays(bike)
    taken_back(house, payments(house)[0], "chargeback")
    assert (house.request(bike).status, house.request(bike).attention) == ("charged_back", "charged_back")
    said = house.heard(bike)
    house.move(timedelta(days=30))
    assert house.heard(bike) == said


def test_a_charge_back_that_is_heard_late_gives_the_same_as_one_that_is_heard_at_once(
    house: House, bike: str
) -> None:
    """The first part was gone before the second came, so that never all was in."""
    house.pays(bike)
    [payment] = payments(house)
    house.move_to(date(2026, 12, 1))
    goes_wrong(house, "mollie", "drop", "payment", times=9)
    goes_wrong(house, "mollie", "error_500", "get-payment", times=99)
    taken_back(house, payment, "chargeback")
    mended(house)
    house.clock.advance(timedelta(minutes=1))
    second = house.tap(bike)
    house.at_the_bank(second)
    house.move(timedelta(days=2))
    assert house.request(bike).status == "instalments"
    assert house.request(bike).attention == "charged_back"
    assert plan(house, bike) == [1, 2]
    most = house.world.db.read(lambda tx: most_at_once(tx, of_merchant(tx, house.merchant_id, bike)))
    money = house.world.db.read(lambda tx: balance(tx, of_merchant(tx, house.merchant_id, bike)))
    assert (most, money.remaining.cents) == (50_00, 50_00)


def test_without_a_plan_a_charge_back_stays_for_a_person_when_another_payment_comes(house: House) -> None:
    request = house.ask(amount={"value": "100.00", "currency": "EUR"})
    house.settle()
    house.pays(request)
    house.at_the_bank(payments(house)[0], "chargeback")
    assert house.request(request).attention == "charged_back"

"""Money that goes back: refunds by the merchant, chargebacks by the bank, and what nobody answered."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.stories.give_back import give_back, returnable
from core.errors import OutcomeUnknown, Refused, Unavailable
from core.money import Money
from tests.bot.stories.watching import checkouts, goes_wrong, payments, refunds
from tests.house import House

ALL = Money(42_50)
_DAY = timedelta(days=1, minutes=5)


def paid_twice(house: House) -> str:
    """A request with a surplus of the whole amount."""
    request = house.ask()
    house.settle()
    first = house.tap(request)
    house.move(timedelta(minutes=13, seconds=30))
    second = house.tap(request)
    house.at_the_bank(first)
    house.at_the_bank(second)
    return request


def can_return(house: House, request: str) -> int:
    return house.world.db.read(returnable, house.merchant_id, request).cents


def gives_back(house: House, request: str, amount: Money = ALL) -> str:
    return give_back(house.world, house.merchant_id, request, amount, "merchant")


def at_mollie(house: House) -> int:
    mollie = house.sandbox.world.mollie
    return sum(len(mollie.get(payment).refunds) for payment in payments(house))


def test_surplus_goes_back_once_and_the_payer_hears_it(house: House) -> None:
    request = paid_twice(house)
    assert gives_back(house, request) == "pending"
    assert can_return(house, request) == 0
    house.move(_DAY)
    assert house.ledger(request) == [("payment", 4250), ("payment", 4250), ("refund", -4250)]
    assert house.heard(request)[-1] == ("refunded", "delivered")
    assert house.request(request).status == "paid"
    assert house.request(request).attention is None
    assert refunds(house, request)[0].status == "refunded"


def test_a_refund_whose_answer_was_lost_is_found_and_never_doubled(house: House) -> None:
    """Trap 3: a refund is not repeated; Mollie's list of refunds tells what became of it."""
    request = paid_twice(house)
    goes_wrong(house, "mollie", "reset_after", "create-refund")
    with pytest.raises(OutcomeUnknown):
        gives_back(house, request)
    assert can_return(house, request) == 0
    house.settle()
    assert refunds(house, request)[0].status == "queued"
    with pytest.raises(Refused):
        gives_back(house, request, Money(85_00))
    house.move(_DAY)
    assert at_mollie(house) == 1
    assert house.ledger(request)[2:] == [("refund", -4250)]
    assert can_return(house, request) == 0


def test_a_refund_that_never_reached_the_psp_can_be_given_again(house: House) -> None:
    """Trap 3: long after its key has lapsed Mollie still knows no such refund, so it never was."""
    request = paid_twice(house)
    goes_wrong(house, "mollie", "reset_before", "create-refund")
    with pytest.raises(OutcomeUnknown):
        gives_back(house, request)
    house.move(timedelta(minutes=30))
    assert can_return(house, request) == 0
    house.move(timedelta(hours=30))
    assert can_return(house, request) == 4250
    assert "refund_not_found" in house.kinds(request)
    gives_back(house, request)
    house.move(_DAY)
    assert at_mollie(house) == 1


def test_while_the_psp_is_down_nothing_is_given_back_and_all_can_be_later(house: House) -> None:
    request = paid_twice(house)
    goes_wrong(house, "mollie", "error_429", "create-refund")
    with pytest.raises(Unavailable):
        gives_back(house, request)
    assert can_return(house, request) == 4250
    assert gives_back(house, request) == "pending"


def test_a_refund_that_fails_at_the_bank_is_surplus_again(house: House) -> None:
    """Trap 7: `refunded` is not the end either."""
    request = paid_twice(house)
    gives_back(house, request)
    house.move(timedelta(minutes=5))
    refund = refunds(house, request)[0]
    [payment] = [c.psp_id for c in checkouts(house, request) if c.id == refund.checkout_id]
    assert payment is not None
    assert refund.psp_ref is not None
    house.sandbox.world.mollie.move_refund(payment, refund.psp_ref, "failed")
    house.sandbox.world.postman.wait_until_idle()
    house.settle()
    assert refunds(house, request)[0].status == "failed"
    assert sum(cents for _, cents in house.ledger(request)) == 8500
    assert can_return(house, request) == 4250
    assert house.request(request).attention == "surplus"


def test_two_clerks_cannot_give_the_same_surplus_back_twice(house: House) -> None:
    request = paid_twice(house)
    gives_back(house, request, Money(40_00))
    gives_back(house, request, Money(40_00))
    with pytest.raises(Refused):
        gives_back(house, request, Money(3_00))
    assert at_mollie(house) == 2


def test_a_chargeback_takes_paid_away_and_its_reversal_brings_it_back(house: House) -> None:
    """Trap 7: Mollie's status stays `paid`; the money is gone all the same."""
    request = house.ask()
    house.settle()
    house.pays(request)
    [payment] = payments(house)
    house.move(timedelta(days=3))
    house.at_the_bank(payment, "chargeback")
    assert house.request(request).status == "charged_back"
    assert house.request(request).attention == "charged_back"
    thanked = house.heard(request)
    house.move(timedelta(days=20))
    assert house.heard(request) == thanked
    mollie = house.sandbox.world.mollie
    mollie.reverse_chargeback(payment, mollie.get(payment).chargebacks[0].id)
    house.sandbox.world.postman.wait_until_idle()
    house.settle()
    assert house.request(request).status == "paid"
    assert house.request(request).attention is None
    assert [kind for kind, _ in house.ledger(request)] == ["payment", "chargeback", "chargeback_reversal"]
    assert house.heard(request) == thanked


def test_a_chargeback_whose_webhook_is_lost_is_found_within_a_day(house: House) -> None:
    """Traps 7 and 16."""
    request = house.ask()
    house.settle()
    house.pays(request)
    house.move(timedelta(days=20))
    goes_wrong(house, "mollie", "drop", "payment", times=9)
    house.at_the_bank(payments(house)[0], "chargeback")
    assert house.request(request).status == "paid"
    house.move(_DAY)
    assert house.request(request).status == "charged_back"


def test_money_that_came_and_went_before_we_asked_is_booked_without_thanks(house: House) -> None:
    """Trap 7: paid and charged back while no webhook came through; there is nothing to thank for."""
    request = house.ask()
    house.settle()
    payment = house.tap(request)
    goes_wrong(house, "mollie", "drop", "payment", times=9)
    goes_wrong(house, "mollie", "error_500", "get-payment", times=99)
    house.at_the_bank(payment)
    house.at_the_bank(payment, "chargeback")
    house.sandbox.world.plan.clear()
    house.move(timedelta(hours=2))
    assert sorted(house.ledger(request)) == [("chargeback", -4250), ("payment", 4250)]
    assert [template for template, _ in house.heard(request)] == ["request"]
    assert house.request(request).attention == "charged_back"

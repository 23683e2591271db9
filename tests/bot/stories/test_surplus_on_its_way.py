"""What was paid too much asks for a person until it is on its way back, and again when it fails."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.stories.give_back import give_back
from bot.stories.withdraw import withdraw
from core.errors import OutcomeUnknown, Unavailable
from core.money import Money
from tests.bot.stories.watching import checkouts, goes_wrong, refunds
from tests.house import House

ALL = Money(42_50)


@pytest.fixture
def surplus(house: House) -> str:
    """A request that was withdrawn while the payer was at the bank, who paid it all the same."""
    request = house.ask()
    house.settle()
    payment = house.tap(request)
    house.world.db.run(withdraw, house.world, house.merchant_id, request, "merchant")
    house.at_the_bank(payment)
    return request


def gives_back(house: House, request: str, amount: Money = ALL) -> str:
    return give_back(house.world, house.merchant_id, request, amount, "merchant")


def refund_becomes(house: House, request: str, status: str) -> None:
    refund = refunds(house, request)[0]
    [payment] = [c.psp_id for c in checkouts(house, request) if c.id == refund.checkout_id]
    house.sandbox.world.mollie.move_refund(str(payment), str(refund.psp_ref), status)
    house.sandbox.world.postman.wait_until_idle()
    house.settle()


def test_a_withdrawn_request_that_is_paid_asks_for_a_person_until_the_money_is_on_its_way(
    house: House, surplus: str
) -> None:
    assert house.request(surplus).attention == "surplus"
    gives_back(house, surplus)
    assert house.request(surplus).attention is None
    house.move(timedelta(days=1, minutes=5))
    assert house.request(surplus).attention is None
    assert house.ledger(surplus) == [("payment", 4250), ("refund", -4250)]


def test_giving_back_a_part_leaves_the_rest_to_a_person(house: House, surplus: str) -> None:
    gives_back(house, surplus, Money(20_00))
    assert house.request(surplus).attention == "surplus"
    gives_back(house, surplus, Money(22_50))
    assert house.request(surplus).attention is None


def test_a_refund_that_fails_asks_for_a_person_again(house: House, surplus: str) -> None:
    gives_back(house, surplus)
    house.move(timedelta(minutes=5))
    refund_becomes(house, surplus, "failed")
    assert house.request(surplus).attention == "surplus"


def test_a_refund_that_is_taken_back_at_the_psp_asks_for_a_person_again(house: House, surplus: str) -> None:
    gives_back(house, surplus)
    [checkout] = checkouts(house, surplus)
    house.sandbox.world.mollie.cancel_refund(str(checkout.psp_id), str(refunds(house, surplus)[0].psp_ref))
    house.move(timedelta(days=1, minutes=5))
    assert refunds(house, surplus)[0].status == "canceled"
    assert house.request(surplus).attention == "surplus"


def test_a_refund_that_never_left_stays_with_a_person(house: House, surplus: str) -> None:
    goes_wrong(house, "mollie", "error_429", "create-refund")
    with pytest.raises(Unavailable):
        gives_back(house, surplus)
    assert house.request(surplus).attention == "surplus"


def test_a_refund_of_which_nobody_knows_is_left_alone_until_it_turns_out_lost(
    house: House, surplus: str
) -> None:
    goes_wrong(house, "mollie", "reset_before", "create-refund")
    with pytest.raises(OutcomeUnknown):
        gives_back(house, surplus)
    assert house.request(surplus).attention is None
    house.move(timedelta(hours=30))
    assert refunds(house, surplus)[0].status == "refused"
    assert house.request(surplus).attention == "surplus"

"""The shop asks for less while money comes in: charged is what is shown, and what is too much comes back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from bot.stories.give_back import give_back, returnable
from bot.stories.lower_amount import TooMuchPaid
from bot.stories.pay import Changed, pay
from core.errors import Invalid
from core.money import Money
from payments import plans
from tests.bot.stories.lowering import WAS, lowers, one_part_paid, quietly_lowers
from tests.bot.stories.watching import asked, phone, tap_all, templates
from tests.house import House


def test_who_is_at_the_bank_for_the_old_amount_gets_the_rest_back(house: House) -> None:
    request = asked(house, "klopt niet")
    payment = house.tap(request)
    lowers(house, request, 30_00)
    house.at_the_bank(payment)
    now = house.request(request)
    assert house.ledger(request) == [("payment", WAS)]
    assert (now.status, now.attentions) == ("paid", ["surplus"])
    assert house.world.db.read(returnable, house.merchant_id, request) == Money(12_50)
    assert templates(house, request)[-1] == "surplus"
    assert "€ 12,50" in phone(house)[-1]
    give_back(house.world, house.merchant_id, request, Money(12_50), "Jan")
    house.move(timedelta(days=1, minutes=5))
    assert house.ledger(request) == [("payment", WAS), ("refund", -12_50)]
    assert (house.request(request).status, house.request(request).attention) == ("paid", None)


def test_a_page_that_showed_the_old_amount_cannot_charge_it_and_a_new_tap_charges_the_new_one(
    house: House,
) -> None:
    request = asked(house)
    token = house.token(request)
    first = house.tap(request)
    lowers(house, request, 30_00)
    with pytest.raises(Changed):
        pay(house.world, token, WAS)
    second = house.tap(request)
    assert second != first
    house.at_the_bank(second)
    assert house.ledger(request) == [("payment", 30_00)]
    house.at_the_bank(first)  # the old tab was still open
    assert house.ledger(request) == [("payment", 30_00), ("payment", WAS)]
    assert house.world.db.read(returnable, house.merchant_id, request) == Money(WAS)


def test_two_requests_paid_together_at_the_old_amount_leave_the_surplus_where_it_belongs(
    two: tuple[str, str], house: House
) -> None:
    payment = tap_all(house, *two, cents=72_50)
    lowers(house, two[0], 30_00)
    house.at_the_bank(payment)
    assert [house.request(one).status for one in two] == ["paid", "paid"]
    assert [house.world.db.read(returnable, house.merchant_id, one).cents for one in two] == [12_50, 0]


def test_less_than_was_paid_is_told_before_it_is_done_and_shown_and_offered_back(house: House) -> None:
    request = one_part_paid(house)
    with pytest.raises(TooMuchPaid) as refused:
        lowers(house, request, 10_00, was=90_00)
    assert refused.value.surplus == Money(20_00)
    assert house.request(request).amount_cents == 90_00
    with pytest.raises(TooMuchPaid):
        lowers(house, request, 10_00, was=90_00, surplus=1)
    lowers(house, request, 10_00, was=90_00, surplus=20_00)
    now = house.request(request)
    assert (now.status, now.attentions) == ("paid", ["surplus"])
    assert templates(house, request)[-1] == "amount-lowered-surplus"
    assert house.world.db.read(returnable, house.merchant_id, request).cents == 20_00
    assert house.world.db.read(plans.planned, request) == []


def test_an_amount_that_is_in_already_ends_it_without_a_surplus(house: House) -> None:
    request = one_part_paid(house)
    lowers(house, request, 30_00, was=90_00)
    assert (house.request(request).status, house.request(request).attention) == ("paid", None)
    assert templates(house, request)[-1] == "amount-lowered-paid"


def test_an_amount_between_what_came_and_what_stayed_is_refused(house: House) -> None:
    request = one_part_paid(house)
    give_back(house.world, house.merchant_id, request, Money(25_00), "Jan")
    house.move(timedelta(days=1, minutes=5))
    with pytest.raises(Invalid) as refused:
        lowers(house, request, 29_99, was=90_00)
    assert refused.value.problems[0].what == "went_back"


def test_of_several_who_lower_it_at_once_one_does(house: House) -> None:
    request = asked(house)
    start = Barrier(4)

    def at_once(cents: int) -> bool:
        start.wait(timeout=10)
        try:
            quietly_lowers(house, request, cents)
        except Invalid:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(at_once, (40_00, 38_00, 36_00, 34_00)))
    assert sorted(done) == [False, False, False, True]
    assert house.request(request).amount_cents == (40_00, 38_00, 36_00, 34_00)[done.index(True)]

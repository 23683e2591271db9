"""Whoever names a bill that was paid not long ago is answered from its books, not those of the open one."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.bot.stories.test_asked_of_all import TIRE
from tests.bot.stories.test_each_its_own import two
from tests.bot.stories.watching import phone, templates, worth
from tests.house import House


def one_paid(house: House) -> tuple[str, str]:
    """A chain of 42.50 (1042), open, and brakes of 60.00 (1043), paid yesterday."""
    chain, brakes = two(house)
    house.pays(brakes)
    house.move(timedelta(days=1))
    return chain, brakes


def answer(house: House, words: str) -> str:
    before = len(phone(house))
    house.says(words)
    [said] = phone(house)[before:]
    return said


@pytest.mark.parametrize(
    "words", ["ik heb de remblokken dubbel betaald", "heb de remblokken twee keer betaald"]
)
def test_who_paid_it_once_is_told_so_and_a_person_looks_at_that_bill(house: House, words: str) -> None:
    chain, brakes = one_paid(house)
    said = answer(house, words)
    assert "Voor nota 1043 zien we € 60,00 binnen" in said
    assert house.request(brakes).attention == "claims_paid"
    assert (house.request(chain).status, house.request(chain).attention) == ("open", None)


def test_who_paid_it_twice_gets_the_second_payment_back(house: House) -> None:
    chain, brakes = two(house)
    payment = house.tap(brakes)
    worth(house, payment, 12000)
    house.at_the_bank(payment)
    other = house.ask(**TIRE)
    house.settle()
    house.pays(other)
    said = answer(house, "ik heb de remblokken dubbel betaald")
    assert "nota 1043" in said
    assert "€ 60,00 te veel" in said
    assert house.request(chain).status == "open"


def test_the_bill_that_is_named_counts_and_not_the_one_that_was_paid_last(house: House) -> None:
    _, brakes = one_paid(house)
    tire = house.ask(**TIRE)
    house.settle()
    house.pays(tire)
    assert "nota 1043" in answer(house, "ik heb de remblokken dubbel betaald")
    assert house.request(brakes).attention == "claims_paid"
    assert house.request(tire).attention is None


@pytest.mark.parametrize(
    "words",
    [
        "heb ik de remblokken betaald?",
        "heb ik nota 1043 betaald?",
        "de remblokken heb ik al betaald",
        "zijn de remblokken al betaald?",
        "hoeveel kostten de remblokken ook alweer?",
    ],
)
def test_who_asks_or_says_that_it_is_paid_hears_that_it_is(small_house: House, words: str) -> None:
    chain, brakes = one_paid(small_house)
    said = answer(small_house, words)
    assert "€ 60,00" in said
    assert "nota 1043" in said
    assert "1042" not in said
    assert small_house.request(chain).status == "open"
    assert templates(small_house, brakes)[-1] == "settled"


def test_who_asks_what_a_paid_bill_was_for_is_told_what_that_one_was_for(small_house: House) -> None:
    one_paid(small_house)
    said = answer(small_house, "waar was nota 1043 voor?")
    assert "Nieuwe remblokken (nota 1043" in said
    assert "/p/" not in said


def test_a_claim_about_the_open_bill_is_still_about_that_one(small_house: House) -> None:
    chain, _ = one_paid(small_house)
    small_house.says("de ketting heb ik ook al betaald")
    assert small_house.request(chain).status == "checking"


def test_who_names_the_open_bill_hears_of_that_one_alone(small_house: House) -> None:
    one_paid(small_house)
    said = answer(small_house, "heb ik de ketting betaald?")
    assert "1043" not in said


def test_a_paid_bill_that_does_not_fit_is_for_a_person_and_the_open_one_is_left(small_house: House) -> None:
    chain, brakes = one_paid(small_house)
    small_house.says("de remblokken kloppen niet")
    assert small_house.request(chain).status == "open"
    assert small_house.request(brakes).attention == "disputed"


def test_with_two_open_a_paid_bill_is_found_by_its_name_as_well(small_house: House) -> None:
    chain, brakes = one_paid(small_house)
    tire = small_house.ask(**TIRE)
    small_house.settle()
    said = answer(small_house, "de remblokken heb ik al betaald")
    assert "nota 1043" in said
    assert [small_house.request(one).status for one in (chain, brakes, tire)] == ["open", "paid", "open"]


def test_with_nothing_open_the_bill_that_is_named_is_looked_at(small_house: House) -> None:
    chain, _ = one_paid(small_house)
    small_house.pays(chain)
    assert "€ 60,00" in answer(small_house, "heb ik de remblokken betaald?")


def test_a_wish_about_a_name_that_both_bear_is_about_the_open_bill(small_house: House) -> None:
    first = small_house.ask(description="Abonnement november")
    second = small_house.ask(description="Abonnement december")
    small_house.settle()
    small_house.pays(first)
    small_house.says("het abonnement betaal ik vrijdag")
    assert small_house.request(second).status == "promised"

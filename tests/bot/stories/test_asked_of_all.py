"""Who has several requests and asks what is open, or whether it is paid, hears of all of them at once."""

from __future__ import annotations

import re

import pytest

from bot.stories.pay import pay
from tests.bot.stories.watching import payments, phone, worth
from tests.house import House

TIRE = {"description": "Nieuwe band", "amount": {"value": "30.00", "currency": "EUR"}}


def answer(house: House, words: str) -> str:
    """What the phone shows after `words`: one message."""
    before = len(phone(house))
    house.says(words)
    new = phone(house)[before:]
    assert len(new) == 1, new
    return new[0]


@pytest.fixture
def both(small_house: House) -> tuple[str, str]:
    found = small_house.ask(), small_house.ask(**TIRE)
    small_house.settle()
    return found


@pytest.mark.parametrize(
    "words",
    [
        "wat staat er nog open?",
        "wat staat er allemaal nog open?",
        "hoeveel moet ik in totaal betalen?",
        "how much do I owe in total?",
        "what do I still owe?",
    ],
)
def test_who_asks_what_is_open_gets_the_total_and_a_line_for_each(
    small_house: House, both: tuple[str, str], words: str
) -> None:
    said = answer(small_house, words)
    assert all(
        amount in said.replace(",", ".").replace("€ ", "€") for amount in ("€72.50", "€42.50", "€30.00")
    )
    assert all(nota in said for nota in ("1042", "1043"))
    assert said.count("/p/") == 1


def test_the_one_link_below_the_total_pays_all_of_them(house: House, two: tuple[str, str]) -> None:
    said = answer(house, "wat staat er nog open?")
    token = re.findall(r"/p/([\w-]+)", said)[0]
    house.at_the_bank(pay(house.world, token).rpartition("/")[2])
    assert [house.request(request).status for request in two] == ["paid", "paid"]
    assert [house.ledger(request) for request in two] == [[("payment", 4250)], [("payment", 3000)]]
    assert len(payments(house)) == 1


def test_who_names_one_of_them_hears_of_that_one(small_house: House, both: tuple[str, str]) -> None:
    said = answer(small_house, "wat staat er nog open voor nota 1043?")
    assert "€ 30,00" in said
    assert "€ 72,50" not in said


def test_a_plan_among_them_is_told_to_stay(small_house: House) -> None:
    small_house.ask(amount={"value": "100.00", "currency": "EUR"})
    small_house.settle()
    small_house.says("in 2 keer")
    small_house.ask(**TIRE)
    small_house.settle()
    said = answer(small_house, "wat staat er in totaal nog open?")
    assert "€ 130,00" in said
    assert "mag ook gewoon in termijnen blijven" in said


def test_who_paid_everything_hears_that_nothing_is_open(small_house: House, both: tuple[str, str]) -> None:
    for request in both:
        small_house.pays(request)
    assert "niets meer voor u open" in answer(small_house, "wat staat er nog open?")


@pytest.mark.parametrize(
    "words", ["is mijn betaling binnen?", "did you get my money?", "heb ik nu alles betaald?"]
)
def test_who_paid_one_of_two_hears_which_is_in_and_which_is_open(
    small_house: House, both: tuple[str, str], words: str
) -> None:
    small_house.pays(both[0])
    said = answer(small_house, words).replace(",", ".").replace("€ ", "€")
    assert re.search(r"1042\): €42.50 (binnen|received)", said)
    assert re.search(r"1043\): (nog )?€30.00 (still )?open", said)
    assert said.count("/p/") == 1
    assert "72.50" not in said


def test_who_paid_none_of_two_is_shown_both_and_told_of_no_payment(
    small_house: House, both: tuple[str, str]
) -> None:
    said = answer(small_house, "heb ik nu alles betaald?")
    assert "binnen" not in said
    assert "Samen staat er nog € 72,50 open." in said


def test_who_paid_too_much_for_one_hears_of_that_one_though_another_is_open(
    house: House, two: tuple[str, str]
) -> None:
    payment = house.tap(two[0])
    worth(house, payment, 8500)
    house.at_the_bank(payment)
    said = answer(house, "ik heb dubbel betaald")
    assert "nota 1042" in said
    assert "€ 42,50 te veel" in said
    assert house.request(two[1]).status == "open"


def test_who_asks_for_a_receipt_means_what_was_paid(small_house: House, both: tuple[str, str]) -> None:
    small_house.pays(both[0])
    assert "€ 42,50 binnen voor nota 1042" in answer(small_house, "mag ik een betalingsbewijs?")


def test_what_holds_for_any_of_them_is_answered_once_and_by_nobody_else(
    small_house: House, both: tuple[str, str]
) -> None:
    answer(small_house, "wat staat er nog open?")
    for words in (
        "hallo?",
        "kan ik ook pinnen?",
        "wat gebeurt er als ik niet betaal?",
        "wanneer hoor ik weer iets?",
    ):
        answer(small_house, words)
    assert [small_house.request(request).attention for request in both] == [None, None]


def test_two_shops_on_one_number_each_tell_their_own_total(small_house: House) -> None:
    small_house.ask()
    small_house.ask(**TIRE)
    small_house.ask(shop="Bakkerij Bos", **TIRE)
    small_house.settle()
    before = len(phone(small_house))
    small_house.says("how much do I owe in total?")
    told = phone(small_house)[before:]
    assert not any("Bakkerij" in said and "Fietshuis" in said for said in told)
    assert not any("102.50" in said for said in told)

"""What somebody asks about one request is answered from its own plan, its ledger and what was promised."""

from __future__ import annotations

import pytest

from tests.bot.stories.test_asked_of_all import answer
from tests.bot.stories.watching import asked, worth
from tests.house import House

HUNDRED = {"amount": {"value": "100.00", "currency": "EUR"}}


@pytest.mark.parametrize(
    ("words", "paid", "open_"),
    [
        (
            "wat zijn mijn termijnen nu?",
            "Termijn 1: € 50,00, betaald",
            "Termijn 2: € 50,00, woensdag 23 december",
        ),
        ("when is my next part?", "Part 1: €50.00, paid", "Part 2: €50.00, Wednesday 23 December"),
    ],
)
def test_who_asks_about_the_parts_hears_each_with_its_day_and_what_is_paid(
    small_house: House, words: str, paid: str, open_: str
) -> None:
    request = asked(small_house, **HUNDRED)
    small_house.says("in 2 keer")
    small_house.pays(request)
    said = answer(small_house, words)
    assert paid in said
    assert open_ in said
    assert small_house.request(request).attention is None


def test_a_part_that_is_half_paid_says_what_is_left_of_it(small_house: House) -> None:
    request = asked(small_house, **HUNDRED)
    small_house.says("in 2 keer")
    payment = small_house.tap(request)
    worth(small_house, payment, 2000)
    small_house.at_the_bank(payment)
    assert "Termijn 1: nog € 30,00 van € 50,00" in answer(small_house, "welke termijnen heb ik nog?")


def test_who_has_no_plan_hears_that_there_are_no_parts(small_house: House) -> None:
    request = asked(small_house)
    assert "geen termijnen afgesproken" in answer(small_house, "wat zijn mijn termijnen nu?")
    assert small_house.request(request).attention is None


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("is mijn betaling binnen?", "We zien nog geen betaling voor nota 1042"),
        ("heb ik nu alles betaald?", "We zien nog geen betaling voor nota 1042"),
        ("did you get my money?", "We have not seen a payment for invoice 1042"),
    ],
)
def test_who_did_not_pay_is_told_that_nothing_is_in_and_claims_nothing(
    small_house: House, words: str, told: str
) -> None:
    request = asked(small_house)
    assert told in answer(small_house, words)
    assert (small_house.request(request).status, small_house.request(request).attention) == ("open", None)


def test_a_statement_that_all_is_paid_is_still_looked_into(small_house: House) -> None:
    request = asked(small_house)
    small_house.says("ik heb alles betaald")
    assert small_house.request(request).status == "checking"


def test_who_paid_is_told_that_it_is_in(house: House) -> None:
    request = asked(house)
    house.pays(request)
    assert "is binnen (nota 1042)" in answer(house, "is mijn betaling binnen?")


def test_who_paid_a_part_of_it_is_told_how_much_and_what_is_left(house: House) -> None:
    request = asked(house)
    payment = house.tap(request)
    worth(house, payment, 2000)
    house.at_the_bank(payment)
    said = answer(house, "heb ik nu alles betaald?")
    assert "Er is € 20,00 binnen" in said
    assert "nog € 22,50 open" in said


def test_who_is_still_at_the_bank_is_told_that_it_is_not_finished(small_house: House) -> None:
    request = asked(small_house)
    payment = small_house.tap(request)
    said = answer(small_house, "is mijn betaling binnen?")
    assert "nog niet klaar" in said
    assert "/p/" not in said
    small_house.at_the_bank(payment)
    assert "is binnen" in answer(small_house, "is mijn betaling binnen?")


def test_who_asks_while_a_claim_is_checked_hears_what_is_seen_and_by_when(small_house: House) -> None:
    asked(small_house)
    small_house.says("al betaald")
    said = answer(small_house, "is mijn betaling binnen?")
    assert "We zien nog geen betaling" in said
    assert "uiterlijk dinsdag 24 november" in said
    assert "/p/" not in said


@pytest.mark.parametrize("words", ["ik heb dubbel betaald", "I paid twice", "er is dubbel afgeschreven"])
def test_who_paid_twice_hears_how_much_comes_back(house: House, words: str) -> None:
    request = asked(house)
    payment = house.tap(request)
    worth(house, payment, 8500)
    house.at_the_bank(payment)
    said = answer(house, words).replace("€ ", "€").replace(",", ".")
    assert "€85.00" in said
    assert "€42.50" in said
    assert house.request(request).attentions == ["surplus"]


@pytest.mark.parametrize("words", ["ik heb dubbel betaald", "I paid twice"])
def test_who_says_so_where_one_payment_is_in_hears_what_we_see_and_gets_a_person(
    house: House, words: str
) -> None:
    request = asked(house)
    house.pays(request)
    said = answer(house, words).replace("€ ", "€").replace(",", ".")
    assert "€42.50" in said
    assert "24" in said
    assert (house.request(request).status, house.request(request).attention) == ("paid", "claims_paid")


def test_who_wants_it_back_hears_what_we_see_too(house: House) -> None:
    request = asked(house)
    house.pays(request)
    assert "€ 42,50 binnen, en niet meer" in answer(house, "ik heb dubbel betaald, geld terug")
    assert (house.request(request).status, house.request(request).attention) == ("paid", "disputed")

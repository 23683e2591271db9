"""What somebody asks about one request is answered from its own plan, its ledger and what was promised."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from tests.bot.stories.test_asked_of_all import answer
from tests.bot.stories.watching import phone, worth
from tests.house import House

HUNDRED = {"amount": {"value": "100.00", "currency": "EUR"}}


def asked(house: House, **changes: object) -> str:
    request = house.ask(**changes)
    house.settle()
    return request


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


@pytest.mark.parametrize("words", ["contant in de winkel betalen?", "kan ik ook pinnen?", "can I pay cash?"])
def test_who_would_pay_in_the_shop_is_sent_to_the_shop_and_promised_nothing(
    small_house: House, words: str
) -> None:
    request = asked(small_house)
    said = answer(small_house, words)
    assert "iDEAL | Wero" in said
    assert "020 123 45 67" in said
    assert small_house.request(request).attention is None


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("wanneer hoor ik weer iets?", "uiterlijk dinsdag 24 november"),
        ("when will I hear back?", "by Tuesday 24 November"),
    ],
)
def test_who_waits_for_a_person_hears_the_day_that_was_promised(
    small_house: House, words: str, told: str
) -> None:
    asked(small_house)
    small_house.says("ik wil iemand spreken")
    assert told in answer(small_house, words)


def test_a_person_who_is_late_is_not_promised_in_the_past(small_house: House) -> None:
    request = asked(small_house)
    small_house.says("ik wil iemand spreken")
    small_house.move_to(date(2026, 11, 26), time(10))
    said = answer(small_house, "wanneer hoor ik weer iets?")
    assert "Dat spijt ons" in said
    assert small_house.request(request).attention == "asks_a_person"


def test_who_waits_for_nobody_hears_when_our_next_message_comes(small_house: House) -> None:
    request = asked(small_house)
    said = answer(small_house, "wanneer hoor ik weer iets?")
    assert "Ons volgende bericht komt op donderdag 26 november" in said
    small_house.move_to(date(2026, 11, 26), time(12))
    assert small_house.heard(request)[-1][0] == "reminder-1"


def test_who_has_nothing_to_come_is_told_so(small_house: House) -> None:
    small_house.pays(asked(small_house))
    assert "geen nieuw bericht" in answer(small_house, "wanneer hoor ik weer iets?")


@pytest.mark.parametrize("due", ["2026-12-07", "2026-11-24"])
@pytest.mark.parametrize("words", ["wat gebeurt er als ik niet betaal?", "what happens if I don't pay?"])
def test_who_asks_what_happens_without_paying_hears_no_threat_on_either_side_of_the_due_date(
    small_house: House, words: str, due: str
) -> None:
    request = asked(small_house, due_date=due)
    small_house.move(timedelta(days=2))
    said = answer(small_house, words)
    assert "geen kosten" in said or "no costs" in said
    assert "/p/" not in said
    assert small_house.request(request).attention is None


def test_while_a_person_looks_no_reminder_is_announced(small_house: House) -> None:
    asked(small_house)
    small_house.says("al betaald")
    assert "sturen we geen herinneringen" in answer(small_house, "wat gebeurt er als ik niet betaal?")


@pytest.mark.parametrize("words", ["mag ik een betalingsbewijs?", "can I get a receipt?"])
def test_who_paid_gets_the_page_that_shows_it(house: House, words: str) -> None:
    request = asked(house)
    house.pays(request)
    said = answer(house, words)
    assert "/p/" in said
    assert house.heard(request)[-1] == ("tell-receipt", "delivered")


@pytest.mark.parametrize("words", ["mag ik een betalingsbewijs?", "can I get a receipt?"])
def test_a_wish_for_a_receipt_is_never_evidence_while_a_claim_is_checked(
    small_house: House, words: str
) -> None:
    request = asked(small_house)
    small_house.says("al betaald")
    answer(small_house, words)
    assert small_house.heard(request)[-1][0] == "tell-receipt-later"
    assert "claim_detail" not in small_house.kinds(request)


@pytest.mark.parametrize("words", ["hallo?", "hello?", "hallo", "hello"])
def test_a_greeting_gets_the_same_friendly_answer_in_both_languages(small_house: House, words: str) -> None:
    request = asked(small_house)
    small_house.says(words)
    assert small_house.heard(request)[-1] == ("hello", "delivered")
    assert small_house.request(request).attention is None


def test_who_greets_a_third_time_gets_a_person(small_house: House) -> None:
    request = asked(small_house)
    for _ in range(3):
        small_house.says("hallo?")
    assert [name for name, _ in small_house.heard(request)][-3:] == ["hello", "hello", "menu-again"]


def test_a_greeting_adds_nothing_to_a_claim(small_house: House) -> None:
    request = asked(small_house)
    small_house.says("al betaald")
    small_house.says("hallo?")
    assert small_house.heard(request)[-1][0] == "hello"
    assert "Nu betalen" not in phone(small_house)[-1]


def test_a_question_what_is_left_takes_no_claim_back(small_house: House) -> None:
    request = asked(small_house)
    small_house.says("al betaald")
    small_house.says("hoeveel moet ik nog betalen?")
    assert small_house.request(request).status == "checking"


def test_after_a_stop_none_of_these_is_answered(small_house: House) -> None:
    asked(small_house)
    small_house.says("stop")
    before = len(phone(small_house))
    for words in (
        "is mijn betaling binnen?",
        "hallo?",
        "wat staat er nog open?",
        "mag ik een betalingsbewijs?",
    ):
        small_house.says(words)
    assert len(phone(small_house)) == before

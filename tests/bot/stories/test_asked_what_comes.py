"""What comes next, a receipt, the till of the shop, or a mere hello: answered truly, and without a threat."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from tests.bot.stories.test_asked_of_all import answer
from tests.bot.stories.watching import asked, phone
from tests.house import House

HUNDRED = {"amount": {"value": "100.00", "currency": "EUR"}}


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

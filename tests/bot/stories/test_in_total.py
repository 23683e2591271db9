"""Who asks what they owe in all is asked for what can be paid, and told what a person still looks at."""

from __future__ import annotations

import re
from datetime import date, time, timedelta

import pytest

from bot.stories.pay import pay
from core.calendar import moment
from tests.bot.stories.test_asked_of_all import TIRE, answer
from tests.bot.stories.test_each_its_own import two
from tests.bot.stories.test_each_its_own_in_time import DAYS, about_both, heard
from tests.bot.stories.test_two_words_in_a_row import brings
from tests.bot.stories.watching import incoming, phone
from tests.house import House

LAMP = {"description": "Achterlicht", "amount": {"value": "15.00", "currency": "EUR"}}
ASKS = "wat moet ik in totaal betalen?"


def three(house: House) -> tuple[str, str, str]:
    found = house.ask(), house.ask(**TIRE), house.ask(**LAMP)
    house.settle()
    return found


@pytest.mark.parametrize("says", ["nota 1043 klopt niet", "nota 1043 heb ik al betaald"])
def test_what_a_person_looks_at_is_not_in_the_total_nor_paid_by_its_link(house: House, says: str) -> None:
    repair, tire, lamp = three(house)
    house.says(says)
    house.move(timedelta(minutes=20))
    said = answer(house, ASKS)
    assert "€ 57,50" in said
    assert "€ 87,50" not in said
    assert "1 van uw nota's" in said
    assert said.index("1044") < said.index("1 van uw nota's") < said.index("Nieuwe band (nota 1043)")
    house.at_the_bank(pay(house.world, re.findall(r"/p/([\w-]+)", said)[0]).rpartition("/")[2])
    assert [house.request(one).status for one in (repair, lamp)] == ["paid", "paid"]
    assert house.ledger(tire) == []


def test_when_one_can_be_paid_its_amount_is_told_and_not_a_total(small_house: House) -> None:
    repair, tire = small_house.ask(), small_house.ask(**TIRE)
    small_house.settle()
    small_house.says("nota 1042 klopt niet")
    small_house.move(timedelta(minutes=20))
    said = answer(small_house, "how much do I owe in total?")
    assert "30.00" in said
    assert "72.50" not in said
    assert "42.50" not in said
    assert "1 of your invoices" in said
    assert said.count("/p/") == 1
    assert small_house.request(repair).status == "disputed"
    assert small_house.request(tire).status == "open"


def test_when_a_person_looks_at_all_of_it_nothing_is_asked_for(small_house: House) -> None:
    small_house.ask()
    small_house.ask(**TIRE)
    small_house.settle()
    for number in (1042, 1043):
        small_house.says(f"nota {number} klopt niet")
        small_house.move(timedelta(minutes=20))
    said = answer(small_house, ASKS)
    assert "2 van uw nota's" in said
    assert "€" not in said
    assert "/p/" not in said


def test_what_is_disputed_before_the_total_goes_is_not_in_it(small_house: House) -> None:
    three(small_house)
    heard(small_house, ASKS)
    brings(small_house, "nota 1043 klopt niet")
    [said] = [body for body in phone(small_house) if "totaal" in body]
    assert "€ 57,50" in said
    assert "1043" not in said


def test_on_the_day_after_the_last_one_the_total_is_for_a_person_and_the_payer_hears_so(
    small_house: House,
) -> None:
    both = [small_house.ask(expires_on="2026-11-29", **changes) for changes in ({}, TIRE)]
    small_house.settle()
    small_house.clock.set(moment(date(2026, 11, 30), time(0, 1)))
    heard(small_house, ASKS)
    [row] = [one for one in incoming(small_house) if one.body == ASKS]
    assert (row.state, row.error) == ("done", None)
    before = len(phone(small_house))
    small_house.settle()
    [said] = phone(small_house)[before:]
    assert "niet meer geldig" in said
    assert "/p/" not in said
    assert [small_house.request(one).attentions for one in both] == [["has_wish"], ["has_wish"]]


@pytest.mark.parametrize("question", [ASKS, "hoeveel moet ik in totaal betalen?"])
def test_the_days_just_noted_are_still_said_back_when_the_total_is_asked(
    small_house: House, question: str
) -> None:
    chain, brakes = two(small_house)
    heard(small_house, DAYS)
    brings(small_house, question)
    [noted] = about_both(small_house)
    assert "vrijdag 27 november" in noted
    assert "dinsdag 1 december" in noted
    assert any("totaal" in body for body in phone(small_house))
    assert [small_house.request(one).status for one in (chain, brakes)] == ["promised", "promised"]


def test_a_promise_just_noted_is_still_said_back_when_the_total_is_asked(small_house: House) -> None:
    two(small_house)
    heard(small_house, "de ketting vrijdag")
    brings(small_house, ASKS)
    assert any("vrijdag 27 november" in body for body in phone(small_house))
    assert any("totaal" in body for body in phone(small_house))


@pytest.mark.parametrize("question", ["hoeveel moet ik betalen?", "wat is het bedrag?", "waar is dit voor?"])
def test_a_promise_just_noted_is_still_said_back_when_a_question_follows(
    small_house: House, question: str
) -> None:
    request = small_house.ask()
    small_house.settle()
    heard(small_house, "vrijdag")
    brings(small_house, question)
    assert small_house.heard(request)[1] == ("promise-noted", "delivered")
    assert len(small_house.heard(request)) == 3

"""Whoever asks what was agreed hears the day, the rest or the parts that stand, not what the bill is for."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.bot.stories.test_asked_of_all import TIRE
from tests.bot.stories.watching import asked, phone, templates
from tests.house import House

ASKS = ("wat heb ik afgesproken?", "what did we agree?", "wat hadden we ook alweer afgesproken")


def answer(house: House, words: str) -> str:
    before = len(phone(house))
    house.move(timedelta(minutes=20))
    house.says(words)
    [said] = phone(house)[before:]
    return said


MORE = ("wat was de afspraak?", "wat heb ik beloofd", "hoe staat mijn afspraak", "what was the arrangement")


@pytest.mark.parametrize("words", [*ASKS, *MORE, "what was our agreement again?"])
def test_the_day_that_stands_is_said(small_house: House, words: str) -> None:
    request = asked(small_house, "vrijdag")
    said = answer(small_house, words)
    assert "vrijdag 27 november" in said
    assert "Reparatie" not in said
    assert small_house.request(request).status == "promised"


@pytest.mark.parametrize("words", ASKS)
def test_the_rest_that_stands_is_said(small_house: House, words: str) -> None:
    request = asked(small_house, "pauze tot 8 december")
    assert "dinsdag 8 december" in answer(small_house, words)
    assert templates(small_house, request)[-1] == "tell-pause"


@pytest.mark.parametrize("words", ASKS)
def test_the_parts_that_stand_are_said(small_house: House, words: str) -> None:
    request = asked(small_house, "in 2 keer", amount={"value": "100.00", "currency": "EUR"})
    said = answer(small_house, words)
    assert said.count("€ 50,00") == 2
    assert small_house.request(request).status == "instalments"


@pytest.mark.parametrize("words", ASKS)
def test_where_nothing_was_agreed_that_is_said(small_house: House, words: str) -> None:
    request = asked(small_house)
    said = answer(small_house, words)
    assert templates(small_house, request)[-1] == "tell-nothing-agreed"
    assert "€ 42,50" in said


def test_on_the_day_itself_it_is_still_what_was_agreed(small_house: House) -> None:
    request = asked(small_house, "vrijdag")
    small_house.move(timedelta(days=4))
    assert "vrijdag 27 november" in answer(small_house, ASKS[0])
    assert templates(small_house, request)[-1] == "tell-agreed"


def test_with_two_open_each_is_said_in_a_line(small_house: House) -> None:
    repair, tire = asked(small_house), asked(small_house, **TIRE)
    small_house.says("1042 vrijdag")
    said = answer(small_house, ASKS[0])
    assert "Reparatie fiets (nota 1042): vrijdag 27 november" in said
    assert "Nieuwe band (nota 1043): nog niets afgesproken" in said
    assert [small_house.request(one).status for one in (repair, tire)] == ["promised", "open"]
    assert [small_house.request(one).attention for one in (repair, tire)] == [None, None]


def test_with_two_open_the_one_that_is_named_is_told_of(small_house: House) -> None:
    asked(small_house)
    asked(small_house, **TIRE)
    small_house.says("1042 vrijdag")
    said = answer(small_house, "wat heb ik afgesproken voor nota 1042?")
    assert "vrijdag 27 november" in said
    assert "1043" not in said


def test_what_a_person_looks_at_is_told_to_be_looked_at(small_house: House) -> None:
    request = asked(small_house, "dit klopt niet")
    assert "nog na" in answer(small_house, ASKS[0])
    assert small_house.request(request).status == "disputed"


@pytest.mark.parametrize(
    "words", ["dat is niet wat we hadden afgesproken", "zoals afgesproken betaal ik vrijdag"]
)
def test_who_says_what_was_agreed_does_not_ask_it(small_house: House, words: str) -> None:
    request = asked(small_house)
    small_house.says(words)
    assert not {"tell-nothing-agreed", "tell-agreed"} & set(templates(small_house, request))


def test_after_a_stop_it_is_for_a_person(small_house: House) -> None:
    request = asked(small_house, "vrijdag", "ik wil geen berichten meer")
    before = len(phone(small_house))
    small_house.move(timedelta(minutes=20))
    small_house.says(ASKS[0])
    assert len(phone(small_house)) == before
    assert "wrote_after_stop" in small_house.request(request).attentions


def test_after_a_stop_with_two_open_nothing_is_said_and_a_person_sees_it(small_house: House) -> None:
    repair, tire = asked(small_house), asked(small_house, **TIRE)
    small_house.says("ik wil geen berichten meer")
    before = len(phone(small_house))
    small_house.move(timedelta(minutes=20))
    small_house.says(ASKS[0])
    assert len(phone(small_house)) == before
    seen = [small_house.request(one).attentions for one in (repair, tire)]
    assert any("wrote_after_stop" in attentions for attentions in seen)

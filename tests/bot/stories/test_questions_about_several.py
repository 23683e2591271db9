"""One message about several requests is asked about as one: is it real, and what is it for."""

from __future__ import annotations

from datetime import date

import pytest

from tests.bot.stories.test_each_its_own_in_time import heard, is_paid
from tests.bot.stories.test_on_one_day import promised
from tests.bot.stories.test_which_request import shown
from tests.bot.stories.watching import phone
from tests.house import House

_FRIDAY = date(2026, 11, 27)


@pytest.fixture
def due(small_house: House) -> tuple[str, str]:
    """Two requests that were promised for one day, on that day."""
    tire = {"description": "Nieuwe band", "amount": {"value": "30.00", "currency": "EUR"}}
    both = small_house.ask(), small_house.ask(**tire)
    small_house.settle()
    promised(small_house, both)
    small_house.move_to(_FRIDAY)
    return both


def answer(house: House, words: str) -> str:
    before = len(phone(house))
    house.says(words)
    [said] = phone(house)[before:]
    return said


@pytest.mark.parametrize("words", ["is dit echt?", "is dit nep?", "is this a scam?"])
def test_who_doubts_it_gets_a_code_and_the_page_to_check_it(
    small_house: House, due: tuple[str, str], words: str
) -> None:
    assert "/real" in answer(small_house, words)
    assert [small_house.request(one).attention for one in due] == [None, None]


@pytest.mark.parametrize("words", ["wie zijn jullie?", "kost dit extra?"])
def test_what_is_true_of_both_is_answered_once(small_house: House, due: tuple[str, str], words: str) -> None:
    assert "collega" not in answer(small_house, words)
    assert [small_house.request(one).attention for one in due] == [None, None]


@pytest.mark.parametrize("words", ["waarom stuur je dit?", "waar is dit voor?", "what is this for?"])
def test_who_asks_why_hears_what_both_are_for(small_house: House, due: tuple[str, str], words: str) -> None:
    said = answer(small_house, words)
    for part in ("Reparatie fiets", "1042", "Nieuwe band", "1043"):
        assert part in said
    assert said.startswith(("Dit gaat over", "This is about"))
    assert said.count("/p/") == 1


def test_when_one_is_paid_before_it_goes_the_other_is_told_about(house: House, two: tuple[str, str]) -> None:
    promised(house, two)
    house.move_to(_FRIDAY)
    heard(house, "waarom stuur je dit?")
    is_paid(house, two[0])
    house.settle()
    told = [said for said in phone(house) if "Nieuwe band" in said][-1]
    assert "Reparatie fiets" not in told


def test_the_answer_stands_in_the_conversation_of_both(small_house: House, due: tuple[str, str]) -> None:
    body = answer(small_house, "is dit echt?")
    for one in due:
        assert body.splitlines()[0] in shown(small_house, one)

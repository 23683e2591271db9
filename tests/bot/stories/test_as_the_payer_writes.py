"""We write as the payer does: in Dutch or English, with *je* or *u*, when it is clear which."""

from __future__ import annotations

import pytest

from core.db import Tx
from payments.requests import locked
from tests.house import House


def open_request(house: House, **changes: object) -> str:
    request = house.ask(**changes)
    house.settle()
    return request


def manner(house: House, request: str) -> tuple[str, str]:
    """The language and the form of address in which the payer of `request` is written to."""

    def look(tx: Tx) -> tuple[str, str]:
        payer = locked(tx, request).payer
        return payer.language, payer.formality

    return house.world.db.read(look)


@pytest.mark.parametrize(
    "words",
    ["kan het vrijdag om drie u?", "vrijdag om 15.00 u", "vrijdag om 3u", "vrijdag om half vier u", "om 3 u"],
)
def test_an_hour_is_not_taken_for_the_formal_you(small_house: House, words: str) -> None:
    request = open_request(small_house, formality="je")
    small_house.says(words)
    assert manner(small_house, request)[1] == "je"


@pytest.mark.parametrize("words", ["kan ik u vrijdag betalen?", "mag ik uw nummer, ik betaal om 3 u vrijdag"])
def test_who_says_u_is_written_to_with_u(small_house: House, words: str) -> None:
    request = open_request(small_house, formality="je")
    small_house.says(words)
    assert manner(small_house, request)[1] == "u"


def test_who_writes_english_is_answered_in_english_and_that_stays(small_house: House) -> None:
    request = open_request(small_house)
    small_house.says("can I pay on friday?")
    assert "Friday 27 November" in small_house.bodies(request)[-1]
    small_house.says("vrijdag")
    assert "Friday 27 November" in small_house.bodies(request)[-1]
    assert [e.data["language"] for e in small_house.events(request) if e.kind == "language"] == ["en"]


def test_who_writes_dutch_to_an_english_shop_is_answered_in_dutch(small_house: House) -> None:
    request = open_request(small_house, language="en")
    small_house.says("kan ik vrijdag betalen?")
    assert "vrijdag 27 november" in small_house.bodies(request)[-1]


@pytest.mark.parametrize(
    "words", ["friday", "ok thanks", "sorry, vrijdag betaal ik", "ja please, next week kan wel"]
)
def test_a_few_borrowed_words_change_no_language(small_house: House, words: str) -> None:
    request = open_request(small_house)
    small_house.says(words)
    assert manner(small_house, request)[0] == "nl"


def test_words_that_we_put_in_the_mouth_change_nothing(small_house: House) -> None:
    request = open_request(small_house, language="en")
    small_house.says("pay later")
    small_house.says("1")
    assert manner(small_house, request)[0] == "en"

"""A death or an illness in the family is told from a lack of money, a lost key and a dead phone."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.understanding import Plight, understand
from core.calendar import AMSTERDAM

_NOW = datetime(2026, 11, 23, 10, tzinfo=AMSTERDAM)


def plight(text: str) -> Plight | None:
    return understand(text, "reminder", now=_NOW).plight


@pytest.mark.parametrize(
    "text",
    [
        *(
            "mijn man is overleden",
            "mijn moeder is net gestorven",
            "sterfgeval in de familie",
            "i lost my husband",
        ),
        *(
            "My husband died",
            "my dad has passed away",
            "we hebben onze dochter verloren",
            "Anna is overleden",
        ),
        *("mijn man is overleden en ik kan niet betalen", "mijn vader is overleden, ik betaal vrijdag"),
        *("stop met deze berichten, mijn man is overleden", "ik heb deze week een begrafenis"),
        *("my mother died, this is her phone", "hij is overleden, dit is zijn telefoon"),
        *("dit is de telefoon van mijn vader, hij is overleden", "mijn vader leeft niet meer"),
        *("mijn man is vorige week overleden, dit was zijn nummer", "this phone belonged to my late father"),
        *("this was my husband's phone, he passed away last week", "dit is de telefoon van mijn dode vader"),
        *("dit is mijn moeders telefoon. zij is dinsdag overleden", "my wife is no longer with us"),
    ],
)
def test_a_death_is_heard_whatever_is_said_beside_it(text: str) -> None:
    assert plight(text) is Plight.DEATH


@pytest.mark.parametrize(
    "text",
    [
        *("mijn dochter ligt in het ziekenhuis", "mijn zoon is ziek", "my daughter is in hospital"),
        *("mijn vrouw ligt op de ic", "mijn moeder ligt op sterven", "mijn man heeft kanker"),
    ],
)
def test_an_illness_in_the_family_is_heard(text: str) -> None:
    assert plight(text) is Plight.ILLNESS


@pytest.mark.parametrize(
    "text",
    [
        *(
            "mijn telefoon is dood",
            "mijn hond is overleden, hij was ziek",
            "de kat van mijn moeder is overleden",
            "mijn vader zijn telefoon is dood",
            "my kid is not with us this week",
            "mijn man heeft zijn baan verloren",
            "my mum lost her phone",
            "i lost my job",
        ),
        *("mijn dochter is de sleutel kwijt", "mijn man is de fiets kwijt", "mijn vader is niet overleden"),
        *("mijn dochter ligt in het ziekenhuis en ik heb geen geld", "mijn man heeft al betaald"),
        *("mijn zoon is ziek, ik betaal vrijdag", "ik moet naar een begrafenis, ik betaal vrijdag"),
        *("i lost my job and my wife is ill", "mijn vrouw is boos", "ik heb geen geld"),
    ],
)
def test_what_is_no_death_or_is_about_money_is_not(text: str) -> None:
    assert plight(text) is None


@pytest.mark.parametrize(
    "text",
    [
        *("my mother died, this is her phone", "dit is de telefoon van mijn vader, hij is overleden"),
        *("mijn man is vorige week overleden, dit was zijn nummer", "mijn vader leeft niet meer"),
        *("this was my husband's phone, he passed away last week", "Anna was mijn moeder, ze is overleden"),
    ],
)
def test_who_tells_of_a_death_from_that_phone_is_not_asked_back(text: str) -> None:
    reading = understand(text, "reminder", now=_NOW)
    assert not reading.clarify
    assert not reading.guessed
    assert reading.told.family


def test_only_a_name_that_died_is_not_told_by_the_family() -> None:
    assert not understand("Anna is overleden", "reminder", now=_NOW).told.family
    assert not understand("mevrouw de Vries is overleden", "reminder", now=_NOW).told.family

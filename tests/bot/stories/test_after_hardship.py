"""Who cannot pay is in a person's hands, whatever they say or pay after that."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.bot.stories.test_parts_in_time import divided
from tests.house import House

_REASONS = {
    "ik betaal vrijdag": "asks_more_time",
    "kan het later?": "asks_more_time",
    "ik heb al betaald": "claims_paid",
    "het klopt ook niet": "disputed",
    "hervat": "has_wish",
    "mag ik een pauze tot 1 januari?": "asks_more_rest",
    "mijn salaris komt altijd op de 27e, dan betaal ik": "asks_more_time",
}


@pytest.mark.parametrize("words", _REASONS)
@pytest.mark.parametrize("in_parts", [True, False])
def test_other_words_after_hardship_are_for_the_person_who_calls(
    small_house: House, words: str, *, in_parts: bool
) -> None:
    if in_parts:
        request = divided(small_house)
    else:
        request = small_house.ask()
        small_house.settle()
    small_house.says("ik kan het niet betalen")
    small_house.move(timedelta(minutes=20))
    small_house.says(words)
    assert small_house.heard(request)[-1] == ("wish-noted", "delivered")
    assert small_house.request(request).status == "hardship"
    assert small_house.request(request).attention == "hardship"
    assert _REASONS[words] in small_house.request(request).attentions
    said = small_house.heard(request)
    small_house.move(timedelta(days=40))
    assert small_house.heard(request) == said


@pytest.mark.parametrize(
    ("tells", "asks", "reason"),
    [
        ("ik kan het niet betalen", "wanneer moet het uiterlijk betaald zijn?", "asks_question"),
        ("mijn man is overleden", "tot wanneer heb ik de tijd?", "asks_question"),
        ("mijn man is overleden", "wat moet ik nu doen?", "asks_question"),
        ("mijn man is overleden", "moet ik dit als erfgenaam betalen?", "asks_question"),
        ("mijn man is overleden", "ik betaal vrijdag", "has_wish"),
        ("mijn man is overleden", "kan het in 3 keer?", "has_wish"),
        ("mijn man is overleden", "nee", "has_wish"),
    ],
)
def test_who_is_cared_for_and_asks_more_is_told_by_when_and_the_desk_reads_what_it_is(
    small_house: House, tells: str, asks: str, reason: str
) -> None:
    request = small_house.ask()
    small_house.settle()
    small_house.says(tells)
    small_house.move(timedelta(minutes=20))
    small_house.says(asks)
    first, second = small_house.bodies(request)[-2:]
    by = "dinsdag 24 november"
    assert by in first
    assert by in second
    assert "Goed dat u het zegt" not in second
    assert "http" not in second
    assert small_house.request(request).attentions[1:] == [reason]
    promised = [event for event in small_house.events(request) if event.kind == "answer_promised"]
    assert {event.data["date"] for event in promised} == {"2026-11-24"}


@pytest.mark.parametrize(
    ("words", "language", "told"),
    [
        ("mijn man is overleden", "nl", ["death"]),
        ("my husband died last week", "en", ["death"]),
        ("mijn man is overleden en ik kan het niet betalen", "nl", ["death", "cant_pay"]),
    ],
)
def test_a_death_stands_in_the_story_as_a_death_and_not_as_a_lack_of_money(
    small_house: House, words: str, language: str, told: list[str]
) -> None:
    request = small_house.ask(language=language)
    small_house.settle()
    small_house.says(words)
    [understood] = [event for event in small_house.events(request) if event.kind == "understood"]
    assert understood.data["intents"] == told


def test_money_that_comes_in_hardship_is_thanked_for_without_a_promise(small_house: House) -> None:
    request = divided(small_house)
    small_house.says("ik kan het niet betalen, ik heb schulden")
    small_house.pays(request)
    assert small_house.heard(request)[-1] == ("part-received", "delivered")
    assert "seintje" not in small_house.bodies(request)[-1]
    assert small_house.request(request).status == "hardship"

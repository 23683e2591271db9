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
    "wanneer moet het uiterlijk betaald zijn?": "asks_more_time",
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


def test_money_that_comes_in_hardship_is_thanked_for_without_a_promise(small_house: House) -> None:
    request = divided(small_house)
    small_house.says("ik kan het niet betalen, ik heb schulden")
    small_house.pays(request)
    assert small_house.heard(request)[-1] == ("part-received", "delivered")
    assert "seintje" not in small_house.bodies(request)[-1]
    assert small_house.request(request).status == "hardship"

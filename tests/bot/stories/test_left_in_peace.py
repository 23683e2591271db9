"""Who wants to be left alone and pays on a day is left alone until that day."""

from __future__ import annotations

from datetime import date, time

import pytest

from tests.house import House

FRIDAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("words", "language", "told"),
    [
        ("laat me met rust, ik betaal vrijdag", "nl", ("vrijdag 27 november", "Tot die tijd hoort u niets")),
        ("leave me alone, I'll pay friday", "en", ("Friday 27 November", "until then")),
    ],
)
def test_who_wants_peace_until_the_promised_day_has_it_and_is_told_so(
    small_house: House, words: str, language: str, told: tuple[str, str]
) -> None:
    request = small_house.ask(language=language)
    small_house.settle()
    small_house.says(words)
    answer = small_house.bodies(request)[-1]
    assert all(part.lower() in answer.lower() for part in told), answer
    assert small_house.request(request).status == "promised"
    assert small_house.request(request).quiet_until == FRIDAY
    said = small_house.heard(request)
    for day in (24, 25, 26):
        small_house.move_to(date(2026, 11, day), time(19, 30))
        assert small_house.heard(request) == said
    small_house.move_to(FRIDAY)
    assert [name for name, _ in small_house.heard(request)][len(said) :] == ["promise-due"]

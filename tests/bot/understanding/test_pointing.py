"""A place in a list that is pointed at, and words that only look like it."""

from __future__ import annotations

import pytest

from bot.understanding.pointing import LAST, pointed_at


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("de eerste", 0),
        ("De tweede graag!", 1),
        ("liever de eerste optie", 0),
        ("de 2e optie", 1),
        ("doe de derde maar", 2),
        ("the first one", 0),
        ("I'd take the second", 1),
        ("the last one please", LAST),
        ("de laatste", LAST),
    ],
)
def test_a_place_in_a_list_is_heard(text: str, place: int) -> None:
    assert pointed_at(text) == place


@pytest.mark.parametrize(
    "text",
    [
        *("", "de 1e", "1 december", "de eerste of de tweede", "de eerste van de maand"),
        *("eerste keer dat ik dit zie", "de eerste herinnering", "at last", "vrijdag"),
    ],
)
def test_other_words_point_at_nothing(text: str) -> None:
    assert pointed_at(text) is None

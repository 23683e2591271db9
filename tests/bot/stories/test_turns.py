"""What one person types in a row: one sentence, or several words of which each stands on its own."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.stories.turns import one_sentence
from bot.understanding import Context
from core.calendar import AMSTERDAM

NOW = datetime(2026, 11, 23, 10, tzinfo=AMSTERDAM)


def together(*texts: str, move: Context = Context.REMINDER) -> str | None:
    return one_sentence(texts, move, NOW, "nl")


@pytest.mark.parametrize(
    "texts",
    [
        ("ik betaal", "vrijdag"),
        ("ik heb nog niet", "betaald"),
        ("hoi", "kan ik vrijdag betalen?"),
        ("nee", "zaterdag"),
        ("wat is het bedrag?", "ik betaal vrijdag"),
        ("hallo", "ik wil graag", "in 3 keer betalen"),
    ],
)
def test_halves_belong_together(texts: tuple[str, ...]) -> None:
    assert together(*texts) == " ".join(texts)


@pytest.mark.parametrize(
    "texts",
    [
        ("vrijdag", "nee zaterdag"),
        ("vrijdag", "zaterdag bedoel ik"),
        ("vrijdag", "*zaterdag"),
        ("in 3 keer", "nee 4"),
        ("pauze tot 1 december", "of nee, vrijdag betaal ik"),
        ("pauze tot 1 december", "vrijdag betaal ik"),
        ("vrijdag", "zaterdag"),
        ("stop met appen", "ik betaal vrijdag"),
        ("verkeerd nummer", "groetjes"),
    ],
)
def test_a_word_that_stands_by_itself_is_taken_by_itself(texts: tuple[str, ...]) -> None:
    assert together(*texts) is None


def test_a_yes_to_what_was_proposed_is_not_drowned_by_what_comes_behind_it() -> None:
    assert together("ja", "ik betaal vrijdag", move=Context.CONFIRM_OPTOUT) is None

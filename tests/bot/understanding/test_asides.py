"""The small words that make a reply about everything, or about what was said just before."""

from __future__ import annotations

import pytest

from bot.understanding.asides import about_all, asks_which, corrected, corrects, only_all, without_all


@pytest.mark.parametrize(
    "text",
    [
        "alles",
        "ik wil alles betalen",
        "kan ik alles in één keer betalen?",
        "can I pay everything at once?",
        "doe maar alles",
        "allebei graag",
        "liever alles tegelijk",
        "alle drie",
        "all of them",
        "both please",
    ],
)
def test_a_wish_to_pay_all_of_it_is_heard(text: str) -> None:
    assert only_all(text)


@pytest.mark.parametrize(
    "text",
    ["niet alles", "alles is kapot", "alles goed?", "in één keer", "ja", "betalen", "alles vrijdag", ""],
)
def test_what_says_more_or_less_is_no_wish_to_pay_all_of_it(text: str) -> None:
    assert not only_all(text)


def test_a_day_for_everything_is_about_everything() -> None:
    assert about_all("ik betaal alles vrijdag")
    assert without_all("allebei vrijdag") == "vrijdag"
    assert not about_all("ik kan niet alles betalen")
    assert not about_all("ik betaal vrijdag")


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("nee zaterdag", "zaterdag"),
        ("zaterdag bedoel ik", "zaterdag"),
        ("*zaterdag", "zaterdag"),
        ("zaterdag*", "zaterdag"),
        ("of nee, vrijdag betaal ik", "vrijdag betaal ik"),
        ("sorry, ik bedoel 4", "4"),
        ("no wait, saturday", "saturday"),
        ("I mean saturday", "saturday"),
    ],
)
def test_a_correction_is_heard_as_one(text: str, rest: str) -> None:
    assert corrects(text)
    assert corrected(text) == rest


@pytest.mark.parametrize("text", ["zaterdag", "nota 4 graag", "ik betaal *vrijdag* graag", "november"])
def test_other_words_correct_nothing(text: str) -> None:
    assert not corrects(text)
    assert corrected(text) == text


@pytest.mark.parametrize("text", ["welke?", "Welke zijn er dan?", "which one?", "welke nota's", "huh?"])
def test_a_question_between_what_there_is_to_choose_is_heard(text: str) -> None:
    assert asks_which(text)


@pytest.mark.parametrize("text", ["welke dag?", "die van de fiets", "wat?", "which day is best", ""])
def test_other_questions_do_not_ask_for_the_list(text: str) -> None:
    assert not asks_which(text)

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from datetime import date

import pytest
from babel.dates import format_date

from bot.understanding import Ask, Context, Intent
from core.calendar import is_rest_day, next_writing_day
from payments.policy import Policy
from tests.docs.dialogue.data import LANGUAGES, TODAY, examples
from tests.docs.dialogue.page import BLOCKS
from tests.docs.dialogue.readings import phrase_of, read
from tests.docs.dialogue.walks import CATALOGUE, answered, decided
from tests.docs.reading import ROOT
from tests.docs.tables import between

PAGE = (ROOT / "docs" / "dialogue.md").read_text(encoding="utf-8")
_WRITE_ANEW = "run `.venv/bin/python tests/docs/tables.py`"
_MONTHS = tuple(format_date(date(2026, number, 1), "MMMM", locale="nl") for number in range(1, 13))
# What was due, or happened, before today.
_ABOUT_THE_PAST = {"tell-deadline-past", "answer-late"}
_TELL = "tell what it is for in tests/docs/dialogue/examples.toml"
EVERY_EXAMPLE = [
    pytest.param(intent, language, phrase, id=f"{intent}-{language}-{phrase_of(phrase)[0][:30]}")
    for intent, told in examples("intents").items()
    for language in LANGUAGES
    for phrase in told[language]
]


@pytest.mark.parametrize("name", BLOCKS)
def test_the_page_tells_what_the_program_does_now(name: str) -> None:
    assert between(PAGE, name) == BLOCKS[name](), _WRITE_ANEW


def test_every_message_that_we_have_is_on_the_page_once() -> None:
    shown = re.findall(r"^#### `([a-z0-9-]+)`$", PAGE, re.MULTILINE)
    assert sorted(shown) == sorted(CATALOGUE.names())


@pytest.mark.parametrize("template", CATALOGUE.names())
def test_every_message_is_shown_in_three_voices(template: str) -> None:
    _, _, after = PAGE.partition(f"#### `{template}`\n")
    shown = re.split(r"^(?:#|<!--)", after, maxsplit=1, flags=re.MULTILINE)[0]
    assert set(re.findall(r"^\| (Dutch, je|Dutch, u|English) \|", shown, re.MULTILINE)) == {
        "Dutch, je",
        "Dutch, u",
        "English",
    }


def _samples() -> Iterator[tuple[str, str, list[date]]]:
    """Each message as a reader of Dutch (u) sees it: its name, its words, and the days in them in order."""
    for name, after in re.findall(
        r"^#### `([a-z0-9-]+)`\n(.*?)(?=^#)", PAGE + "\n#", re.MULTILINE | re.DOTALL
    ):
        words = "\n".join(re.findall(r"^\| Dutch, u(?:, SMS)? \| (.*) \|$", after, re.MULTILINE))
        days = [
            date(int(year or TODAY.year), _MONTHS.index(month) + 1, int(day))
            for day, month, year in re.findall(rf"\b(\d+) ({'|'.join(_MONTHS)})(?: (\d{{4}}))?", words)
        ]
        yield name, words, days


def test_no_sample_names_a_day_that_cannot_be() -> None:
    """What is asked or agreed on the day of the page lies in its future, and a rest day is one."""
    rest, dated = 0, 0
    for name, words, days in _samples():
        dated += bool(days)
        if name not in _ABOUT_THE_PAST:
            assert all(day >= TODAY for day in days), name
        if "Op zondagen en feestdagen sturen we niets" in words:
            rest += 1
            named, nudge = days[:2]
            assert is_rest_day(named), name
            assert nudge == next_writing_day(named), name
    assert rest >= 5
    assert dated >= 20


def test_what_deciding_answers_with_is_found_in_its_source_and_not_in_a_list() -> None:
    assert answered().keys() <= set(decided())
    assert {"promise-noted-rest", "pause-noted-rest", "menu-again", "hardship-noted"} <= set(decided())
    assert not {"request", "thanks", "paid-edit"} & set(decided())


@pytest.mark.parametrize(("intent", "language", "phrase"), EVERY_EXAMPLE)
def test_an_example_carries_the_intent_that_it_stands_below(
    intent: str, language: str, phrase: str | dict[str, str]
) -> None:
    text, after = phrase_of(phrase)
    assert Intent(intent) in read(text, language, after).intents


@pytest.mark.parametrize("intent", Intent)
def test_every_intent_is_told_with_four_to_eight_examples_in_each_language(intent: Intent) -> None:
    told = examples("intents")
    assert intent in told, _TELL
    assert told[intent]["for"].endswith(".")
    assert all(4 <= len(told[intent][language]) <= 8 for language in LANGUAGES)


def _raised() -> Iterator[str]:
    """The questions that understanding can ask, by its source."""
    for path in (ROOT / "bot" / "understanding").rglob("*.py"):
        if path.name not in {"reading.py", "questions.py"}:
            yield from re.findall(r"\bAsk\.([A-Z_]+)", path.read_text(encoding="utf-8"))


def test_everything_that_is_asked_back_is_told_with_phrases_that_lead_to_it() -> None:
    asks = {Ask[name] for name in _raised()}
    assert len(asks) > 10
    assert asks == {Ask(name) for name in examples("asks")}, _TELL
    for ask in asks:
        _, _, after = between(PAGE, "asked back").partition(f"### `{ask}`\n")
        shown = after.partition("\n### ")[0]
        assert all(f"| {name} | “" in shown for name in LANGUAGES.values()), ask


def test_every_move_and_every_rule_is_told() -> None:
    assert set(examples("contexts")) == set(map(str, Context)), _TELL
    assert set(examples("policy")) == {rule.name for rule in fields(Policy)}, _TELL


def test_nothing_on_the_page_is_told_of_messages_that_are_no_more() -> None:
    roads = {name for names in examples("roads").values() for name in names}
    assert {*examples("when"), *examples("facts"), *roads} <= set(CATALOGUE.names())


def test_no_phrase_of_a_payer_can_become_markup() -> None:
    assert "<script" not in PAGE
    outside_code = re.sub(r"```.*?```|`[^`\n]*`", "", PAGE, flags=re.DOTALL)
    assert not re.search(r"<(?!/?(?:b|i|kbd|br)>|!-- )", outside_code)

"""Changes to a reply that must not change its reading, and one that must."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.understanding import Reading, understand

NOW = datetime(2026, 11, 18, 10, tzinfo=ZoneInfo("Europe/Amsterdam"))
ROWS: list[dict[str, Any]] = [
    json.loads(line)
    for file in sorted((Path(__file__).parent / "replies").glob("*.jsonl"))
    for line in file.read_text("utf-8").splitlines()
]
PLAIN = [row for row in ROWS if row["intents"] != ["other"] and row["text"].isascii()]
CHANGES: dict[str, Callable[[str], str]] = {
    "capitals": str.upper,
    "small letters": str.lower,
    "a full stop": lambda text: f"{text}.",
    "spaces around": lambda text: f"  {text}\n",
    "double spaces": lambda text: text.replace(" ", "  "),
}
WITH_WORDS = [row for row in PLAIN if row["intents"][0] in ("reschedule", "opt_out", "already_paid")]


def _read(row: dict[str, Any], text: str) -> Reading:
    """The text read in the place of the row's own: same moment, same move of the bot before it."""
    now = datetime.fromisoformat(row["reference"]) if "reference" in row else NOW
    return understand(text, row.get("context"), now=now, language=row.get("language", "nl"))


def _gist(reading: Reading) -> tuple[object, ...]:
    return sorted(reading.intents), dict(reading.slots), reading.clarify


@pytest.mark.parametrize("change", CHANGES)
def test_how_it_is_typed_does_not_change_what_it_means(change: str) -> None:
    for row in PLAIN:
        if change == "a full stop" and row["text"][-1] in "?!.":
            continue
        before = _read(row, row["text"])
        after = _read(row, CHANGES[change](row["text"]))
        assert _gist(after) == _gist(before), row["text"]


@pytest.mark.parametrize("greeting", ["Hoi, ", "Goedemorgen. ", "Hi, ", "Beste mensen, "])
def test_a_greeting_in_front_changes_nothing(greeting: str) -> None:
    for row in WITH_WORDS:
        before = _read(row, row["text"])
        after = _read(row, greeting + row["text"])
        assert _gist(after) == _gist(before), row["text"]


@pytest.mark.parametrize("closing", [" 😊", " 🙂🙂", "!", " aub", ", alvast bedankt"])
def test_a_friendly_closing_changes_nothing(closing: str) -> None:
    for row in WITH_WORDS:
        if row["text"][-1] in "?!." or row.get("context"):
            continue
        before = _read(row, row["text"])
        after = _read(row, row["text"] + closing)
        assert _gist(after) == _gist(before), row["text"] + closing


@pytest.mark.parametrize(
    ("said", "denied"),
    [
        ("ik betaal vrijdag", "ik betaal vrijdag niet"),
        ("ik betaal vrijdag", "ik betaal niet vrijdag"),
        ("ik heb betaald", "ik heb niet betaald"),
        ("ik heb betaald", "ik heb nog niet betaald"),
        ("i have paid", "i have not paid"),
        ("stop met herinneren", "niet stoppen met herinneren"),
        ("ik wil me afmelden", "ik wil me niet afmelden"),
        ("ik betaal nu", "ik betaal nu niet"),
        ("friday works", "friday does not work"),
        ("i can pay on monday", "i can not pay on monday"),
        ("dit klopt", "dit klopt niet"),
        ("ik ga akkoord", "ik ga niet akkoord"),
    ],
)
def test_a_not_changes_the_reading(said: str, denied: str) -> None:
    assert _gist(understand(said, now=NOW)) != _gist(understand(denied, now=NOW))

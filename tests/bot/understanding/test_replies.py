"""Replies as people type them, one file a theme: each must be understood whole."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.understanding import Context, Intent, understand

# A Wednesday, and every row counts from it that names no moment of its own.
NOW = datetime(2026, 11, 18, 10, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))


def _now(row: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(row["reference"]) if "reference" in row else NOW


FILES = sorted((Path(__file__).parent / "replies").glob("*.jsonl"))
NAMED: dict[str, dict[str, Any]] = {
    f"{file.stem}-{number}": json.loads(line)
    for file in FILES
    for number, line in enumerate(file.read_text("utf-8").splitlines(), 1)
}
ROWS = [pytest.param(row, id=name) for name, row in NAMED.items()]


@pytest.mark.parametrize("row", ROWS)
def test_a_reply_is_understood_whole(row: dict[str, Any]) -> None:
    reading = understand(row["text"], row.get("context"), now=_now(row), language=row.get("language"))
    assert sorted(reading.intents) == sorted(row["intents"]), row["text"]
    assert reading.clarify is row["clarify"], (row["text"], reading.ask_code)
    if not reading.clarify:
        assert dict(reading.slots) == row["slots"], row["text"]


def test_the_themes_are_broad() -> None:
    themes = {intent for row in NAMED.values() for intent in row["intents"]}
    contexts = {row.get("context") for row in NAMED.values()}
    assert len(NAMED) >= 600
    assert themes == {str(intent) for intent in Intent}
    assert contexts >= {str(context) for context in Context} - {"reminder"}


@pytest.mark.parametrize("row", ROWS)
def test_every_reading_asks_exactly_when_it_is_in_doubt_and_shows_its_words(
    row: dict[str, Any],
) -> None:
    reading = understand(row["text"], row.get("context"), now=_now(row), language=row.get("language"))
    assert (reading.ask is not None) is reading.clarify
    assert (reading.ask_code is not None) is reading.clarify
    for span in reading.spans:
        assert row["text"][span.start : span.end] == span.text
        assert span.text.strip()

"""Days and moments inside a sentence, in Dutch and English, read with a payer's eyes."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.understanding import Reading, understand

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
FOLDER = Path(__file__).parent / "expressions"
SENTENCES = {
    "nl": (
        "ik betaal {}",
        "kan ik {} betalen?",
        "{} graag",
        "ik kan het {} overmaken",
        "kan het {}?",
        "betaling volgt {}",
        "Goedemorgen, ik wil {} graag betalen",
        "dan betaal ik {}.",
    ),
    "en": (
        "i will pay {}",
        "can i pay {}?",
        "{} please",
        "I can transfer it {}",
        "can it be {}?",
        "payment will follow {}",
        "how about {}?",
        "I'm paying {}.",
    ),
}


def _rows(language: str) -> Iterator[tuple[datetime, str, list[str]]]:
    """Each line: expression, tab, the readings a careful person accepts, parted by "|"."""
    now = datetime(2026, 11, 18, 10, tzinfo=AMSTERDAM)
    for line in (FOLDER / f"{language}.tsv").read_text("utf-8").splitlines():
        if line.startswith("#now="):
            now = datetime.fromisoformat(line[5:]).replace(tzinfo=AMSTERDAM)
        elif line.strip():
            expression, accepted = line.split("\t")
            yield now, expression, accepted.split("|")


def said(reading: Reading) -> str:
    """What the reading says about the moment, in the notation of the files."""
    if reading.clarify:
        return "ask"
    if "datetime" in reading.slots:
        return str(reading.slots["datetime"])[:16]
    if "date_range" in reading.slots:
        return "..".join(reading.as_json()["slots"]["date_range"])  # type: ignore[index]  # a dict
    part = f"@{reading.slots['part_of_day']}" if "part_of_day" in reading.slots else ""
    return f"{reading.slots.get('date', 'none')}{part}"


@pytest.mark.parametrize(
    ("language", "right", "wrong"), [("nl", 0.97, 0.01), ("en", 0.97, 0.01)], ids=["nl", "en"]
)
def test_days_in_a_sentence_are_right_and_hardly_ever_wrong(
    language: str, right: float, wrong: float
) -> None:
    outcomes = []
    for now, expression, accepted in _rows(language):
        for sentence in SENTENCES[language]:
            answer = said(understand(sentence.format(expression), now=now))
            outcomes.append("right" if answer in accepted else "ask" if answer in ("ask", "none") else answer)
    share = outcomes.count("right") / len(outcomes)
    missed = [outcome for outcome in outcomes if outcome not in ("right", "ask")]
    assert share >= right
    assert len(missed) / len(outcomes) <= wrong, missed


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_day_that_is_read_never_lies_in_the_past(language: str) -> None:
    for now, expression, _ in _rows(language):
        reading = understand(SENTENCES[language][0].format(expression), now=now)
        if not reading.clarify and "date" in reading.slots:
            assert str(reading.slots["date"]) >= now.date().isoformat(), expression

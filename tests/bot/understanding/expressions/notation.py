"""The notation of the date expressions here: what is written, when, and which readings are right."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.understanding import Reading

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
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


def rows(language: str) -> Iterator[tuple[datetime, str, list[str]]]:
    """Each line: expression, tab, the readings a careful person accepts, parted by "|"."""
    now = datetime(2026, 11, 18, 10, tzinfo=AMSTERDAM)
    for line in (Path(__file__).parent / f"{language}.tsv").read_text("utf-8").splitlines():
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

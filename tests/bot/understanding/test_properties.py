"""Promises that hold for every text anybody can type."""

import json
import time
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.understanding import Context, Reading, understand

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
WORDS = [
    "ik",
    "betaal",
    "niet",
    "vrijdag",
    "maandag",
    "morgen",
    "volgende",
    "week",
    "maand",
    "over",
    "2",
    "3",
    "weken",
    "de",
    "25e",
    "tot",
    "na",
    "voor",
    "stop",
    "geen",
    "berichten",
    "meer",
    "al",
    "betaald",
    "nu",
    "kan",
    "in",
    "termijnen",
    "50",
    "euro",
    "per",
    "€",
    "10,50",
    "1-3",
    "31-12-2026",
    "half",
    "9",
    "om",
    "kwart",
    "uur",
    "en",
    "of",
    "maar",
    "nee",
    "ja",
    "?",
    ".",
    ",",
    "tomorrow",
    "next",
    "friday",
    "the",
    "first",
    "of",
    "march",
    "pay",
    "not",
    "until",
    "end",
    "last",
    "kerst",
    "eind",
    "begin",
    "tussen",
    "@",
    "#",
    "👍",
    "🙏",
    "<b>",
    "'",
    '"',
    "van",
    "het",
    "een",
    "paar",
    "jaar",
    "30",
    "februari",
    "9u30",
    "99",
    "12:61",
]
SENTENCES = st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join)
CONTEXTS = st.sampled_from([None, *Context])
MOMENTS = st.integers(0, 20 * 365 * 24 * 60).map(
    lambda minutes: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _days(reading: Reading) -> list[date]:
    slots = reading.slots
    days = [str(slots[name])[:10] for name in ("date", "datetime", "until", "start_date") if name in slots]
    days += [str(day) for day in slots.get("date_range", [])]  # type: ignore[attr-defined]  # a list of two
    return [date.fromisoformat(day) for day in days]


def _holds(text: str, reading: Reading, now: datetime) -> None:
    today = now.astimezone(AMSTERDAM).date()
    assert reading.intents
    assert (reading.ask is not None) is reading.clarify
    for span in reading.spans:
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == span.text
    if not reading.clarify:
        assert all(day >= today for day in _days(reading))
    paid = reading.slots.get("paid_date")
    assert paid is None or date.fromisoformat(str(paid)) <= today
    json.dumps(reading.as_json())


@given(text=st.text(max_size=300), context=CONTEXTS, now=MOMENTS)
@CALM
def test_no_text_breaks_it(text: str, context: Context | None, now: datetime) -> None:
    _holds(text, understand(text, context, now=now), now)


@given(text=SENTENCES, context=CONTEXTS, now=MOMENTS)
@settings(CALM, max_examples=400)
def test_no_jumble_of_known_words_breaks_it(text: str, context: Context | None, now: datetime) -> None:
    _holds(text, understand(text, context, now=now), now)


@given(words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=6), times=st.integers(1, 400))
@settings(CALM, max_examples=60)
def test_no_text_takes_more_than_fifty_milliseconds(words: list[str], times: int) -> None:
    text = (" ".join(words) + " ") * times
    now = datetime(2026, 11, 18, 10, tzinfo=UTC)
    # The best of a few runs: another process on the machine must not decide this test.
    best = min(_seconds(text, now) for _ in range(4))
    assert best < 0.05


@pytest.mark.parametrize(
    "piece",
    [
        "3 ",
        "of ",
        "ik ",
        "1 2 3 maart ",
        "vrijdag of ",
        "van 1 tot 3 ",
        "1-3 ",
        "1.",
        "<a",
        "?",
        "a",
        "nl91 abna ",
    ],
)
@pytest.mark.parametrize("length", [300, 1_200, 10_000])
def test_no_cheap_attack_takes_more_than_fifty_milliseconds(piece: str, length: int) -> None:
    text = (piece * length)[:length]
    now = datetime(2026, 11, 18, 10, tzinfo=UTC)
    assert min(_seconds(text, now) for _ in range(3)) < 0.05


def _seconds(text: str, now: datetime) -> float:
    start = time.perf_counter()
    understand(text, now=now)
    return time.perf_counter() - start


@pytest.mark.parametrize("days", range(0, 400, 7))
def test_the_same_reply_at_the_same_moment_reads_the_same(days: int) -> None:
    now = datetime(2026, 11, 18, 10, tzinfo=UTC) + timedelta(days)
    first, again = (understand("eind van de maand, of de 5e?", now=now) for _ in range(2))
    assert first == again

"""The command line of understanding: one line in, one line out, in order, whatever the line."""

import json
import time
from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.understanding.command import answer

NOW = datetime(2026, 11, 18, 10, tzinfo=ZoneInfo("Europe/Amsterdam"))


def lines(source: Iterable[str]) -> list[str]:
    return [answer(line, NOW) for line in source]


KEYS = {"intents", "slots", "clarify", "ask", "language", "spans"}


def test_plain_lines_and_json_lines_give_a_reading_each_in_order() -> None:
    source = ["vrijdag\n", '{"text": "stop"}\n', '{"text": "ja", "context": "propose"}\n']
    answers = [json.loads(line) for line in lines(source)]
    assert [answer["intents"] for answer in answers] == [["reschedule"], ["opt_out"], ["affirm"]]
    assert all(set(answer) == KEYS for answer in answers)


def test_a_line_brings_its_own_moment_and_language() -> None:
    line = '{"text": "morgen", "reference": "2027-02-15T14:30:00+01:00"}'
    assert json.loads(lines([line])[0])["slots"] == {"date": "2027-02-16"}
    local = '{"text": "morgen", "reference": "2027-02-15T14:30"}'
    assert json.loads(lines([local])[0])["slots"] == {"date": "2027-02-16"}
    english = '{"text": "ok", "language": "en"}'
    assert json.loads(lines([english])[0])["language"] == "en"


@pytest.mark.parametrize(
    "line",
    [
        "{broken",
        '{"text": 3}',
        "{}",
        '{"text": "ja", "context": "nonsense"}',
        '{"text": "ja", "context": ["propose"]}',
        '{"text": "ja", "reference": "yesterday"}',
        '{"text": "ja", "reference": 5}',
        '{"text": "ja", "language": 7}',
    ],
)
def test_a_line_that_cannot_be_read_says_why_and_acts_on_nothing(line: str) -> None:
    answers = [json.loads(answer) for answer in lines([line, "vrijdag"])]
    assert answers[0]["error"]
    assert (answers[0]["intents"], answers[0]["clarify"]) == (["other"], True)
    assert answers[1]["intents"] == ["reschedule"]


def test_it_reads_well_over_a_thousand_lines_a_second() -> None:
    source = ["kan ik vrijdag betalen?", "al betaald", "stop met appen", "in 3 keer graag"] * 250
    lines(source)
    start = time.process_time()
    answers = lines(source)
    assert len(answers) == len(source)
    assert len(source) / (time.process_time() - start) > 1000

"""`python app.py understand`: one line in, one line out, for whoever pipes replies through it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.shell import Shell


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """It needs no database, and no settings."""
    return Shell(tmp_path, "")


def _understood(shell: Shell, *lines: bytes) -> list[dict[str, Any]]:
    nothing = dict.fromkeys([*shell.settings, "SEINTJE_DEMO_CLOCK"])
    done = shell.fed(b"\n".join(lines) + b"\n", "understand", **nothing)
    assert (done.status, done.err) == (0, [])
    return [json.loads(line) for line in done.out]


def test_a_plain_line_and_a_json_line_each_give_one_reading(shell: Shell) -> None:
    moment = {"text": "kan ik vrijdag betalen?", "reference": "2026-11-18T10:00:00+01:00"}
    stop, friday = _understood(shell, b"stop", json.dumps(moment).encode())
    assert stop["intents"] == ["opt_out"]
    assert (friday["intents"], friday["slots"]) == (["reschedule"], {"date": "2026-11-20"})


def test_a_line_that_cannot_be_read_gives_the_safe_reading_and_why_and_the_next_one_goes_on(
    shell: Shell,
) -> None:
    wrong = [b'{"text": ', b"{}", b'{"text": 5}', b'{"text": "x", "reference": "0001-01-01T00:00+01:00"}']
    readings = _understood(shell, *wrong, b'{"text": "x", "context": "nope"}', b"stop")
    for reading in readings[:-1]:
        assert reading["error"]
        assert (reading["intents"], reading["clarify"]) == (["other"], True)
    assert readings[-1]["intents"] == ["opt_out"]


def test_an_empty_line_and_one_that_is_not_text_are_answered_too(shell: Shell) -> None:
    readings = _understood(shell, b"", b"\xff\xfe", b"\x00", "betaal ík mórgen €".encode())
    assert len(readings) == 4


def test_an_answer_comes_before_the_next_line_is_written(shell: Shell) -> None:
    with shell.started("understand") as started:
        assert started.process.stdin is not None
        assert started.process.stdout is not None
        for reply in ("stop", "bedankt"):
            started.process.stdin.write(f"{reply}\n")
            started.process.stdin.flush()
            assert json.loads(started.process.stdout.readline())["intents"]
        started.process.stdin.close()
        assert started.ends() == 0

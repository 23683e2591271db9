"""Many lines are answered on all processors, in their order, and each as soon as it can be."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import sleep

import pytest

from core.abreast import abreast

ROOT = Path(__file__).parents[2]


def slowly(line: str) -> str:
    sleep(0.02 if line == "0" else 0)
    return f"<{line}>"


def refuse(line: str) -> str:
    raise ValueError(line)


def test_answers_keep_the_order_of_the_lines_also_when_one_takes_longer() -> None:
    lines = [str(number % 7) for number in range(500)]
    assert list(abreast(lines, slowly)) == [f"<{line}>" for line in lines]


def test_no_lines_give_no_answers() -> None:
    assert list(abreast([], slowly)) == []


def test_endless_input_is_not_read_ahead_without_end() -> None:
    taken = 0

    def endless() -> Iterator[str]:
        nonlocal taken
        while True:
            taken += 1
            yield str(taken)

    answers = abreast(endless(), slowly)
    assert [next(answers) for _ in range(3)] == ["<1>", "<2>", "<3>"]
    assert taken < 512 + 3 * 32 * (os.cpu_count() or 1) + 100
    answers.close()  # type: ignore[attr-defined]  # a generator


def test_what_goes_wrong_with_a_line_is_not_lost() -> None:
    with pytest.raises(ValueError, match="vrijdag"):
        list(abreast(["vrijdag"], refuse))


def broken() -> Iterator[str]:
    yield "vrijdag"
    raise OSError("the input broke")


def test_input_that_breaks_is_told_after_what_was_read() -> None:
    answers = abreast(broken(), slowly)
    assert next(answers) == "<vrijdag>"
    with pytest.raises(OSError, match="broke"):
        next(answers)


def test_nobody_who_reads_waits_for_a_command_that_was_killed() -> None:
    command = [sys.executable, "app.py", "understand"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as ran:
        assert ran.stdin
        assert ran.stdout
        ran.stdin.write("vrijdag\n")
        ran.stdin.flush()
        ran.stdout.readline()
        ran.kill()
        assert ran.communicate(timeout=20)[0] == ""


def test_who_types_a_line_reads_its_answer_before_typing_the_next() -> None:
    command = [sys.executable, "app.py", "understand"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as ran:
        assert ran.stdin
        assert ran.stdout
        for text, intent in (("vrijdag", "reschedule"), ("stop", "opt_out")):
            ran.stdin.write(f"{text}\n")
            ran.stdin.flush()
            assert json.loads(ran.stdout.readline())["intents"] == [intent]
        ran.stdin.close()
    assert ran.returncode == 0

"""The page about the traps tells the truth: every test that it names is there, and none is left out."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from sandbox.faults import KINDS

_TESTS = Path(__file__).resolve().parents[1]
_PAGE = _TESTS.parent / "docs" / "traps.md"
_STORIES = _TESTS / "bot" / "stories"
_ROW = re.compile(r"\| (\d+) \|")
_NUMBERS = re.compile(r"Traps? ([\d, and]+)[:.]")


@cache
def rows() -> dict[int, set[str]]:
    """The tests that the page names for each trap."""
    found = {}
    for line in _PAGE.read_text(encoding="utf-8").splitlines():
        if start := _ROW.match(line):
            found[int(start[1])] = set(re.findall(r"`(test_\w+)`", line))
    return found


def written_below(folder: Path) -> Iterator[ast.FunctionDef]:
    for path in folder.rglob("test_*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                yield node


def test_there_are_twenty_five_traps_and_each_has_a_test() -> None:
    assert sorted(rows()) == list(range(1, 26))
    assert all(rows().values())


def test_every_test_that_the_page_names_exists() -> None:
    existing = {test.name for test in written_below(_TESTS)}
    assert set().union(*rows().values()) - existing == set()


def test_every_test_that_names_a_trap_is_on_the_page() -> None:
    named = [(test, _NUMBERS.match(ast.get_docstring(test) or "")) for test in written_below(_STORIES)]
    for test, match in named:
        for number in re.findall(r"\d+", match[1] if match else ""):
            assert test.name in rows()[int(number)]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_trouble_that_the_sandbox_can_make_is_made(kind: str) -> None:
    """Trap 25: what the stories were never shown, they were never tested against."""
    sources = [path.read_text(encoding="utf-8") for path in _STORIES.glob("test_*.py")]
    assert any(f'"{kind}"' in source for source in sources)

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

from tests.docs.reading import (
    ROOT,
    anchors,
    broken_links,
    documents,
    named_files,
    named_folders,
    section,
    text_of,
)

# Where somebody worked, where packages came from, and how the work was shared out is nobody's business.
_PRIVATE = re.compile(
    r"/work/|/tmp/|/root/|/home/|/Users/|index-url|pypi\.org/simple|simple/?$|registry\.|proxy\.golang"
    r"|localhost:\d{4,}|\bsession \d|\bissue #?\d",
    re.IGNORECASE | re.MULTILINE,
)
_UNFINISHED = re.compile(r"\b(TODO|FIXME|TBD|XXX|lorem ipsum)\b")
_MOST_BYTES = 300 * 1024


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", documents(), ids=_name)
def test_every_link_within_the_documents_leads_somewhere(path: Path) -> None:
    assert broken_links(path, text_of(path)) == []


def test_a_broken_link_or_anchor_is_noticed(tmp_path: Path) -> None:
    path = ROOT / "docs" / "architecture.md"
    text = (
        "# One two\n[a](nowhere.md) [b](#one-two) [c](#three) [d](operations.md#backups) [e](operations.md#x)"
    )
    assert broken_links(path, text) == ["nowhere.md", "#three", "operations.md#x"]
    assert anchors("## Is it well?\n") == {"is-it-well"}


@pytest.mark.parametrize("path", documents(), ids=_name)
def test_every_file_that_a_document_names_is_there(path: Path) -> None:
    names = [*named_files(text_of(path)), *named_folders(text_of(path))]
    assert [name for name in names if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("path", documents(), ids=_name)
def test_no_document_tells_where_or_how_it_was_made(path: Path) -> None:
    assert _PRIVATE.findall(text_of(path)) == []


@pytest.mark.parametrize("path", documents(), ids=_name)
def test_no_document_is_left_unfinished(path: Path) -> None:
    assert _UNFINISHED.findall(text_of(path)) == []


def test_every_picture_is_shown_and_small_enough_to_load_quickly() -> None:
    pictures = sorted(ROOT.glob("docs/pictures/*.png"))
    assert {path.stem for path in pictures} >= {"phones", "pay"}
    for path in pictures:
        assert path.stat().st_size < _MOST_BYTES
        assert _name(path) in text_of(ROOT / "README.md")
        with Image.open(path) as picture:
            assert picture.format == "PNG"


def test_every_decision_is_in_the_list_and_tells_context_decision_and_consequences() -> None:
    folder = ROOT / "docs" / "decisions"
    decisions = sorted(folder.glob("[0-9]*.md"))
    listed = re.findall(r"^(\d+)\. \[(.+)\]\((.+)\)$", text_of(folder / "README.md"), re.MULTILINE)
    found = []
    for number, path in enumerate(decisions, 1):
        text = text_of(path)
        assert path.name.startswith(f"{number:04d}-")
        assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences"]
        title = text.splitlines()[0].removeprefix(f"# {number}. ")
        found.append((str(number), title, path.name))
    assert listed == found


STORIES = (
    "### 1. A request falls due",
    '### 2. "Kan ik vrijdag betalen?"',
    "### 3. Paid",
    "### 4. The agent's push",
)


@pytest.mark.parametrize("heading", STORIES)
def test_each_story_can_be_read_in_fewer_than_five_files(heading: str) -> None:
    told = section(text_of(ROOT / "docs" / "architecture.md"), heading)
    files = re.findall(r"^\d+\. `(.+?\.py)`:", told, re.MULTILINE)
    assert 2 <= len(set(files)) < 5
    assert [name for name in files if not (ROOT / name).is_file()] == []

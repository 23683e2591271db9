"""Reads the documents for the tests that keep them true: their links, headings and the files they name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
_LINK: Final = re.compile(r"(?<!`)\[[^\]]*\]\(([^)\s]+)\)|src=\"([^\"]+)\"")
_CODE: Final = re.compile(r"```.*?```", re.DOTALL)
_FILE: Final = re.compile(r"`((?:[\w.-]+/)*[\w.-]+\.(?:py|toml|md|txt|sh|json))`")
_FOLDER: Final = re.compile(r"`((?:[a-z_]+/)+)`")


def documents() -> list[Path]:
    """Every document that people read, and the example of the settings."""
    return [ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / ".env.example", *ROOT.glob("docs/**/*.md")]


@lru_cache(maxsize=64)
def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def links(text: str) -> Iterator[str]:
    """The targets of the links and pictures of a document, outside its blocks of code."""
    for target, source in _LINK.findall(_CODE.sub("", text)):
        yield target or source


def anchors(text: str) -> set[str]:
    """The names under which the headings of a document can be linked to."""
    headings = re.findall(r"^#+ (.+)$", _CODE.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def broken_links(path: Path, text: str) -> list[str]:
    """Links within the repository that lead nowhere."""
    return [link for link in links(text) if "://" not in link and not _leads_somewhere(path, text, link)]


def _leads_somewhere(path: Path, text: str, link: str) -> bool:
    name, _, anchor = link.partition("#")
    target = path.parent / name if name else path
    if not target.exists() or not target.resolve().is_relative_to(ROOT):
        return False
    there = text if target == path else text_of(target) if target.suffix == ".md" else ""
    return not anchor or anchor in anchors(there)


def named_files(text: str) -> list[str]:
    """The files of this repository that a document names in `code`, in order."""
    return [name for name in _FILE.findall(text) if "/" in name or (ROOT / name).suffix == ".py"]


def named_folders(text: str) -> list[str]:
    return _FOLDER.findall(text)


def section(text: str, heading: str) -> str:
    """What stands under a heading, up to the next one of any level."""
    _, found, after = text.partition(f"{heading}\n")
    if not found:
        raise ValueError(f"there is no heading {heading}")
    return re.split(r"^#", after, maxsplit=1, flags=re.MULTILINE)[0]

"""Cuts SMS and WhatsApp texts into runs that a page can show safely: styles, and links to tap."""

from __future__ import annotations

import re
from typing import Any, Final

Run = dict[str, Any]
_URL: Final = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,!?)]")
# WhatsApp's own marks: *bold*, _italic_, ~struck~; only around whole words.
_MARKED: Final = re.compile(r"(?<![\w*_~])([*_~])(\S|\S[^\n]*?\S)\1(?![\w*_~])")
_STYLES: Final = {"*": "bold", "_": "italic", "~": "strikethrough"}


def plain(text: str, styles: tuple[str, ...] = ()) -> list[Run]:
    """Runs of a text in which only addresses are special."""
    found: list[Run] = []
    at = 0
    for match in _URL.finditer(text):
        found += _run(text[at : match.start()], styles)
        found += [{**run, "url": match[0]} for run in _run(match[0], styles)]
        at = match.end()
    return found + _run(text[at:], styles)


def whatsapp(text: str) -> list[Run]:
    """Runs of a text with WhatsApp's marks, which are not looked for inside addresses."""
    addresses = [match.span() for match in _URL.finditer(text)]
    found: list[Run] = []
    at = 0
    for match in _MARKED.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in addresses):
            continue
        found += plain(text[at : match.start()])
        found += plain(match[2], (_STYLES[match[1]],))
        at = match.end()
    return found + plain(text[at:])


def _run(text: str, styles: tuple[str, ...]) -> list[Run]:
    if not text:
        return []
    return [{"text": text, "styles": list(styles)}] if styles else [{"text": text}]

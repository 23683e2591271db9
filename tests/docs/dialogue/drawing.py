"""Pieces of Markdown: tables, and words of payers and of ours that must not turn into markup."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from messages.wording import day as in_full
from messages.wording import short_day
from tests.docs.dialogue.data import TODAY

_MARKUP = re.compile(r"([\\`*_|\[\]~#])")
_STRONG = re.compile(r"\*([^*\n]+)\*")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---" for _ in head], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def plain(text: str) -> str:
    """`text` as it stands, whatever it looks like."""
    return _MARKUP.sub(r"\\\1", html.escape(text, quote=False)).replace("\n", "<br>")


def ours(text: str) -> str:
    """One of our messages: what a payer can copy is bold, as on the phone."""
    parts = _STRONG.split(text)
    return "".join(f"<b>{plain(part)}</b>" if at % 2 else plain(part) for at, part in enumerate(parts))


def quoted(text: str) -> str:
    return f"“{plain(text)}”"


def when(iso: str) -> str:
    """`2026-11-27` as `Fri 27 Nov`, with the year when it is another one, and the time if it has one."""
    moment = datetime.fromisoformat(iso)
    clock = f", {moment:%H:%M}" if "T" in iso else ""
    return f"{_short(moment.date())}{clock}"


def _short(day: date) -> str:
    written = short_day(day, "en")
    return written if day.year == TODAY.year else f"{written} {day.year}"


def full(day: date) -> str:
    return in_full(day, "en", date(day.year - 1, 1, 1))

"""The words of our own pages, in Dutch and English, by name."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from babel.dates import format_date, format_time

from core.calendar import local
from core.money import Money
from messages.wording import LOCALES, day, money

LANGUAGES: Final = ("nl", "en")
_COPY: Final = Path(__file__).parent / "copy"


class Words:
    """The words in one language: `words("desk.title", name="Anna")`."""

    def __init__(self, language: str, texts: Mapping[str, str]) -> None:
        self.language = language
        self.texts = texts

    def __call__(self, key: str, **facts: object) -> str:
        """Return the text called `key` with its `{places}` filled. Raises KeyError when either lacks."""
        return self.texts[key].format_map(facts)

    def money(self, amount: Money) -> str:
        """Return the amount as one word, which no line breaks in two."""
        return money(amount, self.language).replace(" ", "\u00a0")

    def euros(self, cents: int, currency: str = "EUR") -> str:
        return self.money(Money(cents, currency))

    def day(self, when: date, today: date) -> str:
        return day(when, self.language, today)

    def short_day(self, when: date) -> str:
        return format_date(when, "d MMM y", locale=LOCALES[self.language])

    def time(self, instant: datetime, pattern: str = "HH:mm") -> str:
        return format_time(local(instant), pattern, locale=LOCALES[self.language])

    def moment(self, instant: datetime, today: date) -> str:
        """Return the time, with the day before it unless that is `today`."""
        there = local(instant)
        at = format_time(there, "HH:mm", locale=LOCALES[self.language])
        if there.date() == today:
            return at
        pattern = "EEE d MMM" if there.year == today.year else "d MMM y"
        return f"{format_date(there, pattern, locale=LOCALES[self.language])}, {at}"


@lru_cache(maxsize=len(LANGUAGES))
def words(language: str) -> Words:
    """Return the words in `language`, read from web/copy."""
    pages = tomllib.loads((_COPY / f"{language}.toml").read_text(encoding="utf-8"))
    return Words(language, dict(_flat(pages, "")))


def _flat(pages: Mapping[str, Any], prefix: str) -> list[tuple[str, str]]:
    flat: list[tuple[str, str]] = []
    for key, value in pages.items():
        flat += [(f"{prefix}{key}", value)] if isinstance(value, str) else _flat(value, f"{prefix}{key}.")
    return flat

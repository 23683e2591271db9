"""Amounts and days as a reader of each language writes them."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import Final

from babel.dates import format_date
from babel.numbers import format_currency

from core.money import Money

LOCALES: Final = {"nl": "nl_NL", "en": "en_GB"}
_TEENS: Final = range(11, 14)


@lru_cache(maxsize=4096)
def money(amount: Money, language: str) -> str:
    """Return `€ 42,50` in Dutch and `€42.50` in English.

    The space is an ordinary one: people search for it, and the SMS alphabet has no other. On SMS the
    sign stays too: it counts double, and is still shorter than the three letters of EUR.
    """
    written = format_currency(amount.value, amount.currency, locale=LOCALES[language])
    return written.replace("\u00a0", " ").replace("€ -", "-€ ")


@lru_cache(maxsize=4096)
def day(when: date, language: str, today: date) -> str:
    """Return `vrijdag 27 november`; with the year only when it is another year than that of `today`."""
    pattern = "EEEE d MMMM" if when.year == today.year else "EEEE d MMMM y"
    return format_date(when, pattern, locale=LOCALES[language])


@lru_cache(maxsize=4096)
def short_day(when: date, language: str) -> str:
    """Return `vr 27 nov`, for a button."""
    return format_date(when, "EEE d MMM", locale=LOCALES[language])


def nth(number: int, language: str) -> str:
    """Return `27e` in Dutch and `27th` in English, as a day of the month is called."""
    if language == "nl":
        return f"{number}e"
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}" if number not in _TEENS else f"{number}th"


def in_words(value: object, language: str, today: date) -> str:
    """Write an amount, a day or a count as people do. Raises TypeError for another kind of value."""
    match value:
        case Money():
            return money(value, language)
        case date() if not isinstance(value, datetime):
            return day(value, language, today)
        case int() if not isinstance(value, bool):
            return str(value)
        case _:
            raise TypeError(f"a {type(value).__name__} cannot be put in words")

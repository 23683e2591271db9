"""Dates, times and money as the sandbox's pages write them: in Dutch, on Amsterdam's clock."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from babel.numbers import format_decimal

AMSTERDAM: Final = ZoneInfo("Europe/Amsterdam")


def euros(cents: int) -> str:
    """Return € 42,50 for 4250, with a space that does not break."""
    whole, rest = divmod(cents, 100)
    return f"€\u00a0{format_decimal(whole, locale='nl')},{rest:02d}"


def day(moment: datetime) -> str:
    """Return "vrijdag 27 november 2026"."""
    return format_datetime(moment.astimezone(AMSTERDAM), "EEEE d MMMM y", locale="nl")


def time_of_day(moment: datetime) -> str:
    """Return "09:00"."""
    return format_datetime(moment.astimezone(AMSTERDAM), "HH:mm", locale="nl")

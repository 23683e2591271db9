"""When it is decent to write to somebody: the Dutch quiet hours, Sundays and recognised holidays.

Source of the hours: Besluit kwaliteit incassodienstverlening, art. 4.2 (no approach between 20:00
and 07:00, on Sundays or recognised holidays). It binds collectors; Seintje keeps it for everyone.
Source of the holidays: Algemene termijnenwet, art. 3, including Good Friday, which is equated by decree,
and 5 May in every year.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
EARLIEST, LATEST = time(7), time(20)
_SUNDAY = 6


def moment(day: date, at: time, zone: ZoneInfo = AMSTERDAM) -> datetime:
    """Return the instant, in UTC, at which clocks in `zone` show `at` on `day`.

    A time that the clock skips in spring becomes the same distance after the gap (02:30 is 03:30),
    so nothing is ever early; a time that comes twice in autumn is its first occurrence.
    """
    return datetime.combine(day, at.replace(fold=0), tzinfo=zone).astimezone(UTC)


def local(instant: datetime, zone: ZoneInfo = AMSTERDAM) -> datetime:
    """Return `instant` as clocks in `zone` show it."""
    return instant.astimezone(zone)


@lru_cache(maxsize=64)
def _holidays(year: int) -> frozenset[date]:
    recognised = holidays.country_holidays("NL", years=year, categories=("public", "optional"), observed=True)
    return frozenset(recognised)


def is_rest_day(day: date) -> bool:
    """Whether `day` is a Sunday or a recognised Dutch holiday."""
    return day.weekday() == _SUNDAY or day in _holidays(day.year)


def next_writing_day(day: date) -> date:
    """Return `day` itself, or the first day after it, on which somebody may be written to unasked."""
    while is_rest_day(day):
        day += timedelta(days=1)
    return day


def last_writing_day(day: date) -> date:
    """Return `day` itself, or the last day before it, on which somebody may be written to unasked."""
    while is_rest_day(day):
        day -= timedelta(days=1)
    return day


def next_working_day(day: date) -> date:
    """Return `day` itself, or the first day after it, that is neither a weekend day nor a holiday."""
    while day.weekday() > 4 or is_rest_day(day):
        day += timedelta(days=1)
    return day


@dataclass(frozen=True)
class DecentHours:
    """The hours in which a merchant writes unasked: within the law's, never beyond them."""

    opens: time = EARLIEST
    closes: time = LATEST
    zone: ZoneInfo = AMSTERDAM

    def __post_init__(self) -> None:
        if not EARLIEST <= self.opens < self.closes <= LATEST:
            raise ValueError("decent hours lie between 07:00 and 20:00")

    def allow(self, instant: datetime) -> bool:
        """Whether an unasked message may go at `instant`."""
        there = local(instant, self.zone)
        return not is_rest_day(there.date()) and self.opens <= there.time() < self.closes

    def next(self, instant: datetime, at: time | None = None) -> datetime:
        """Return `instant` when it is decent, else the first decent instant after it, in UTC.

        With `at`, who has to wait waits for that time of the next decent day, as far as it is decent itself.
        """
        if self.allow(instant):
            return instant
        there = local(instant, self.zone)
        day = there.date() if there.time() < self.opens else there.date() + timedelta(days=1)
        chosen = at if at is not None and self.opens <= at < self.closes else self.opens
        return moment(next_writing_day(day), chosen, self.zone)

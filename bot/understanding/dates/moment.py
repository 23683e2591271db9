"""A moment found on the calendar, or the doubt about it."""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.understanding.reading import Ask

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@dataclass(frozen=True, slots=True)
class Moment:
    """A settled moment: a day or a stretch of days, maybe a time; or a doubt with its choices."""

    day: date | None = None
    span: tuple[date, date] | None = None
    clock: time | None = None
    at: datetime | None = None
    part: str | None = None
    edge: str | None = None
    doubt: Ask | None = None
    choices: tuple[date, ...] = ()

    def first_day(self) -> date | None:
        """The first day this moment can be."""
        if self.at is not None:
            return self.at.date()
        return self.span[0] if self.span else self.day

    def days(self) -> tuple[date, ...]:
        """The days among which to choose: the first day it can be, or those between which it is in doubt."""
        first = self.first_day()
        return self.choices if first is None else (first,)

    def last_day(self) -> date | None:
        """The last day this moment can be."""
        if self.at is not None:
            return self.at.date()
        return self.span[1] if self.span else self.day


class Doubtful(Exception):
    """Raised inside when a careful person would ask which day is meant."""

    def __init__(self, ask: Ask, *choices: date) -> None:
        super().__init__(ask)
        self.ask = ask
        self.choices = choices

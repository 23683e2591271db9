"""Counting with days, weeks and months the way people do."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time: calendar months, days and minutes; ``vague`` for "een paar weken"."""

    months: int = 0
    days: int = 0
    minutes: int = 0
    workdays: int = 0
    vague: bool = False

    def __add__(self, other: "Length") -> "Length":
        return Length(
            self.months + other.months,
            self.days + other.days,
            self.minutes + other.minutes,
            self.workdays + other.workdays,
            self.vague or other.vague,
        )


def length(amount: float, unit: str) -> Length:
    """``amount`` times a unit; half months are 15 days, half weeks and days are rounded up."""
    whole = int(amount)
    half = amount > whole
    if unit in ("month", "quarter", "year"):
        per = {"month": 1, "quarter": 3, "year": 12}[unit]
        months = int(amount * per)
        return Length(months=months, days=15 if amount * per > months else 0)
    if unit in ("minute", "hour"):
        return Length(minutes=round(amount * (60 if unit == "hour" else 1)))
    if unit == "workday":
        return Length(workdays=whole + half)
    per = {"day": 1, "week": 7, "fortnight": 14}[unit]
    return Length(days=-int(-amount * per // 1))


def add_months(day: date, months: int) -> date:
    """The same day ``months`` later, or the last day of that month when it is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add(day: date, by: Length) -> date:
    """``by`` after ``day``; working days skip the weekend."""
    later = add_months(day, by.months) + timedelta(by.days + by.minutes // 1440)
    step = 1 if by.workdays > 0 else -1
    for _ in range(abs(by.workdays)):
        later += timedelta(step)
        while later.weekday() > 4:
            later += timedelta(step)
    return later


def negative(by: Length) -> Length:
    """The same length, backwards."""
    return Length(-by.months, -by.days, -by.minutes, -by.workdays, by.vague)


def month_range(year: int, month: int) -> tuple[date, date]:
    """First and last day of a month."""
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def week_of(day: date) -> tuple[date, date]:
    """Monday and Sunday of the week of ``day``."""
    monday = day - timedelta(day.weekday())
    return monday, monday + timedelta(6)


def next_weekday(day: date, weekday: int) -> date:
    """The first such weekday strictly after ``day``."""
    return day + timedelta((weekday - day.weekday() - 1) % 7 + 1)


def is_date(year: int, month: int, day: int) -> bool:
    """Whether such a day exists."""
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]

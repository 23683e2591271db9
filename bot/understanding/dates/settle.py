"""Finds the day on the calendar that a payer means: the next one ahead, or a reason to ask."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.understanding.dates.arithmetic import is_date, month_range, next_weekday
from bot.understanding.dates.moment import AMSTERDAM, Doubtful, Moment
from bot.understanding.dates.time_of_day import with_time
from bot.understanding.dates.when import When
from bot.understanding.reading import Ask

__all__ = ["AMSTERDAM", "Moment", "settle"]

# Further ahead than this nobody promises; such a year is a slip of the pen.
HORIZON_YEARS = 15


def settle(when: When, now: datetime, *, past: bool = False) -> Moment:
    """The moment meant by ``when``, read forwards (or backwards for what was done: ``past``)."""
    if when.doubt is not None:
        return Moment(doubt=when.doubt, choices=when.choices, edge=when.edge, part=when.part)
    try:
        found = _days(when, now.date(), past=past)
        if past and found is not None:
            # "Vanmorgen betaald", said at night: of what is over only the day counts.
            when = replace(when, at=None, part=None, hour=None, minute=None)
        return with_time(when, found, now)
    except Doubtful as doubt:
        return Moment(doubt=doubt.ask, choices=doubt.choices, edge=when.edge, part=when.part)
    except (ValueError, OverflowError):
        return Moment(doubt=Ask.IMPOSSIBLE_DATE, edge=when.edge)


def _days(when: When, today: date, *, past: bool) -> tuple[date, date] | None:
    if when.at is not None:
        return when.at.date(), when.at.date()
    if when.on is not None:
        day = _check_day(when, when.on)
        _refuse_past(day, today, past=past)
        return day, when.last if when.grain == "feast" and when.last else day
    if when.month is not None:
        return _month_day(when, today, past=past)
    if when.day is not None:
        return _day_of_month(when, today, past=past)
    if when.weekday is not None:
        return _weekday(when, today, past=past)
    if when.first is not None and when.last is not None:
        _refuse_past(when.last, today, past=past)
        return (when.first if past else max(when.first, today)), when.last
    return None


def _refuse_past(day: date, today: date, *, past: bool) -> None:
    if not past and day < today:
        raise Doubtful(Ask.PAST_DATE)
    if past and day > today:
        raise Doubtful(Ask.CONTRADICTION)
    if abs(day.year - today.year) > HORIZON_YEARS:
        raise Doubtful(Ask.IMPOSSIBLE_DATE)


def _check_day(when: When, day: date) -> date:
    """The day itself, unless the payer also named a weekday, day or month that it is not."""
    said = ((when.weekday, day.weekday()), (when.day, day.day), (when.month, day.month))
    if any(told is not None and told != real for told, real in said):
        raise Doubtful(Ask.CONTRADICTION)
    if when.year is not None and when.year != day.year:
        raise Doubtful(Ask.CONTRADICTION)
    return day


def _month_day(when: When, today: date, *, past: bool) -> tuple[date, date]:
    assert when.month is not None  # noqa: S101 - told to the type checker; _days looked already
    year = when.year or (when.first.year if when.first and when.grain == "year" else None)
    if when.day is None:
        return _whole_month(when.month, year, today, past=past)
    if not is_date(2024 if year is None else year, when.month, when.day):
        raise Doubtful(Ask.IMPOSSIBLE_DATE)
    if year is None:
        year = _nearest_year(when.month, when.day, today, past=past)
    day = _check_day(When(weekday=when.weekday), date(year, when.month, when.day))
    if when.first and when.last and not when.first <= day <= when.last:
        raise Doubtful(Ask.CONTRADICTION)
    _refuse_past(day, today, past=past)
    return day, day


def _just_gone(today: date) -> Iterator[date]:
    """The days of the month that lies behind."""
    return (today - timedelta(days) for days in range(1, 32))


def _nearest_year(month: int, day: int, today: date, *, past: bool) -> int:
    if past:
        return today.year - ((month, day) > (today.month, today.day))
    if any((gone.month, gone.day) == (month, day) for gone in _just_gone(today)):
        # "20 november", said on the 25th, is more likely a slip than a plan for next year.
        raise Doubtful(Ask.PAST_DATE)
    year = today.year + ((month, day) < (today.month, today.day))
    if not is_date(year, month, day):
        raise Doubtful(Ask.IMPOSSIBLE_DATE)
    return year


def _whole_month(month: int, year: int | None, today: date, *, past: bool) -> tuple[date, date]:
    if year is None:
        year = today.year - (month > today.month) if past else today.year + (month < today.month)
    first, last = month_range(year, month)
    _refuse_past(first if past else last, today, past=past)
    return (first if past else max(first, today)), last


def _day_of_month(when: When, today: date, *, past: bool) -> tuple[date, date]:
    assert when.day is not None  # noqa: S101 - told to the type checker; _days looked already
    if not 1 <= when.day <= 31:
        raise Doubtful(Ask.IMPOSSIBLE_DATE)
    if when.first and when.last:
        return _within(when, today, past=past)
    if past:
        back = [today - timedelta(n) for n in range(62)]
        day = next(day for day in back if day.day == when.day)
        return day, day
    ahead = [today + timedelta(n) for n in range(93)]
    fits = [day for day in ahead if day.day == when.day]
    if when.weekday is not None:
        fits = [day for day in fits[:2] if day.weekday() == when.weekday]
        if not fits:
            raise Doubtful(Ask.CONTRADICTION)
        return fits[0], fits[0]
    if fits[0] == today and when.hour is None and not when.part:
        raise Doubtful(Ask.WHICH_DAY, *fits[:2])
    if fits[0] > today + timedelta(31):
        raise Doubtful(Ask.WHICH_DAY, fits[0])
    return fits[0], fits[0]


def _within(when: When, today: date, *, past: bool) -> tuple[date, date]:
    """The one day inside the named stretch that fits the weekday and day of the month."""
    assert when.first is not None and when.last is not None  # noqa: S101, PT018 - for the checker
    if (when.last - when.first).days > 370:
        raise Doubtful(Ask.WHICH_DAY)
    days = [when.first + timedelta(n) for n in range((when.last - when.first).days + 1)]
    fits = [day for day in days if when.weekday in (None, day.weekday()) and when.day in (None, day.day)]
    if not fits:
        impossible = when.day is not None and when.grain == "month" and when.weekday is None
        raise Doubtful(Ask.IMPOSSIBLE_DATE if impossible else Ask.CONTRADICTION)
    if len(fits) > 1:
        raise Doubtful(Ask.WHICH_DAY, *[day for day in fits if day >= today][:3])
    if fits[0] < today and when.nearest and when.grain == "month":
        # "De 5e van de maand", said on the 18th, is next month's.
        return _day_of_month(When(day=when.day, weekday=when.weekday), today, past=past)
    _refuse_past(fits[0], today, past=past)
    return fits[0], fits[0]


def _weekday(when: When, today: date, *, past: bool) -> tuple[date, date]:
    assert when.weekday is not None  # noqa: S101 - told to the type checker; _days looked already
    if when.first and when.last:
        return _within(when, today, past=past)
    if past:
        day = today - timedelta((today.weekday() - when.weekday - 1) % 7 + 1)
        return day, day
    day = next_weekday(today, when.weekday)
    if today.weekday() == when.weekday and not when.nearest:
        raise Doubtful(Ask.WHICH_DAY, today, day)
    return day, day

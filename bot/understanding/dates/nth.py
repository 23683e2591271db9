"""Rules that count within a period: "eerste maandag van december", "laatste dag van de maand"."""

from dataclasses import replace
from datetime import date, timedelta

from bot.understanding.dates.arithmetic import Length, add, month_range, week_of
from bot.understanding.dates.base import Scope, rule
from bot.understanding.dates.settle import settle
from bot.understanding.dates.when import When, doubtful
from bot.understanding.reading import Ask


@rule("when", "[THE] <ord> <weekday> OF [THE] <period>", "[THE] <ord> <weekday> [THE] <period>")
def nth_weekday(scope: Scope, nth: int, number: int, period: When) -> When | None:
    return _nth(scope, period, nth, (number,))


@rule("period", "[THE] <ord> WEEKEND OF [THE] <period>", "[THE] <dir> WEEKEND OF [THE] <period>")
def nth_weekend(scope: Scope, nth: int | str, period: When) -> When | None:
    if isinstance(nth, str):
        nth = -1 if nth == "last" else 0
    saturday = _nth(scope, period, nth, (5,)) if nth else None
    if saturday is None or saturday.on is None:
        return saturday
    return When(first=saturday.on, last=saturday.on + timedelta(1), grain="weekend")


@rule("when", "[THE] <ord> <unit> OF [THE] <period>", "[THE] <ord> <unit> [THE] <period>")
def nth_day(scope: Scope, nth: int, unit: str, period: When) -> When | None:
    if unit == "week":
        return _nth_week(scope, period, nth)
    if unit not in ("day", "workday"):
        return None
    return _nth(scope, period, nth, range(7) if unit == "day" else range(5))


@rule("when", "[THE] <ord> <unit> OF|in [THE] nieuwe|new jaar|year", "[THE] <ord> <unit> of nieuwjaar")
def nth_day_of_new_year(scope: Scope, nth: int, unit: str) -> When | None:
    first = date(scope.today.year + 1, 1, 1)
    if unit not in ("day", "workday"):
        return None
    year = When(first=first, last=first.replace(month=12, day=31), grain="year")
    return _nth(scope, year, nth, range(7) if unit == "day" else range(5))


@rule("when", "[THE] <dir> <weekday> OF [THE] <period>")
def last_weekday(scope: Scope, direction: str, number: int, period: When) -> When | None:
    return _nth(scope, period, -1, (number,)) if direction == "last" else None


@rule("when", "[THE] <dir> <unit> OF [THE] <period>", "THE <dir> OF [THE] <period>")
def last_day(scope: Scope, direction: str, *rest: object) -> When | None:
    unit, period = rest if len(rest) == 2 else ("day", rest[0])
    if direction != "last" or not isinstance(period, When):
        return None
    if unit == "week":
        return _nth_week(scope, period, -1)
    return _nth(scope, period, -1, range(5) if unit == "workday" else range(7))


@rule("when", "[THE] <dir> <unit>")
def last_workday(scope: Scope, direction: str, unit: str) -> When | None:
    """ "De laatste werkdag", without more, is that of the month."""
    if direction != "last" or unit != "workday":
        return None
    first, last = month_range(scope.today.year, scope.today.month)
    return _nth(scope, When(first=first, last=last, grain="month"), -1, range(5))


def _bounds(scope: Scope, period: When) -> tuple[date, date] | None:
    """The whole stretch a period names, also the part that lies behind us."""
    if period.first and period.last:
        return period.first, period.last
    moment = settle(period, scope.now)
    if period.month is None or moment.doubt or (moment.span is None and moment.day is None):
        return None
    day = moment.last_day()
    return month_range(day.year, day.month) if day else None


def _nth(scope: Scope, period: When, nth: int, weekdays: object) -> When | None:
    bounds = _bounds(scope, period)
    if bounds is None or period.day is not None or not isinstance(weekdays, tuple | range):
        return None
    days = [bounds[0] + timedelta(n) for n in range((bounds[1] - bounds[0]).days + 1)]
    fits = [day for day in days if day.weekday() in weekdays]
    if not -len(fits) <= (nth if nth < 0 else nth - 1) < len(fits):
        return doubtful(Ask.IMPOSSIBLE_DATE)
    chosen = fits[nth if nth < 0 else nth - 1]
    if chosen < scope.today and period.nearest and period.grain == "month":
        # "De eerste werkdag van de maand", said on the 18th, is that of the month to come.
        first, last = (
            month_range(bounds[1].year, bounds[1].month + 1)
            if bounds[1].month < 12
            else (month_range(bounds[1].year + 1, 1))
        )
        return _nth(scope, When(first=first, last=last, grain="month"), nth, weekdays)
    if chosen < scope.today and period.month and not period.year:
        later = _bounds(scope, replace(period, year=bounds[0].year + 1))
        return (
            _nth(scope, When(first=later[0], last=later[1], grain="month"), nth, weekdays) if later else None
        )
    return When(on=chosen)


_FRIDAY = 4


def _nth_week(scope: Scope, period: When, nth: int) -> When | None:
    bounds = _bounds(scope, period)
    if bounds is None:
        return None
    anchor = bounds[1] if nth < 0 else add(bounds[0], Length(days=7 * (nth - 1)))
    first, last = week_of(anchor)
    if nth == 1 and bounds[0].weekday() > _FRIDAY:
        # A month that begins in a weekend: its first week is more than these days.
        last = bounds[0] + timedelta(6)
    return When(first=max(first, bounds[0]), last=min(last, bounds[1]), grain="week")

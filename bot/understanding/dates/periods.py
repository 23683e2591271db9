"""Rules for months, quarters and years, and for parts of any period: "eind van de maand"."""

from dataclasses import replace
from datetime import date, timedelta

from bot.understanding.dates.arithmetic import (
    Length,
    add,
    add_months,
    month_range,
)
from bot.understanding.dates.base import Scope, rule
from bot.understanding.dates.settle import settle
from bot.understanding.dates.weeks import STEP, week
from bot.understanding.dates.when import When, doubtful
from bot.understanding.reading import Ask


def _month(day: date) -> When:
    first, last = month_range(day.year, day.month)
    return When(first=first, last=last, grain="month")


def _year(year: int) -> When:
    return When(first=date(year, 1, 1), last=date(year, 12, 31), grain="year")


def _quarter(year: int, quarter: int) -> When:
    first = date(year, quarter * 3 - 2, 1)
    return When(first=first, last=add_months(first, 3) - timedelta(1), grain="quarter")


@rule("period", "<dir> <one_unit>", "this very <one_unit>", "<one_unit> <dir>")
def directed_unit(scope: Scope, *said: str) -> When | None:
    direction = next((part for part in said if part in STEP), "this")
    unit = next((part for part in said if part not in STEP), "")
    return _unit(scope, direction, unit)


def _unit(scope: Scope, direction: str, unit: str) -> When | None:
    step, today = STEP[direction], scope.today
    if unit == "week":
        return week(today + timedelta(7 * step))
    if unit == "month":
        return _month(add_months(today.replace(day=1), step))
    if unit == "year":
        return _year(today.year + step)
    if unit == "quarter":
        later = add_months(today.replace(day=1), 3 * step)
        return _quarter(later.year, (later.month + 2) // 3)
    if unit == "fortnight" and step:
        return When(first=today, last=today + timedelta(14), grain="span")
    return None


@rule("period", "de|the|mijn|het <one_unit>")
def the_unit(scope: Scope, unit: str) -> When | None:
    """ "Het eind van de maand": the running one."""
    running = _unit(scope, "this", unit) if unit != "fortnight" else None
    return replace(running, nearest=True) if running else None


@rule("period", "de|the nieuwe|new <one_unit>")
def new_unit(scope: Scope, unit: str) -> When | None:
    """ "In de nieuwe maand": the coming one."""
    return _unit(scope, "next", unit) if unit in ("week", "month", "year") else None


@rule(
    "period",
    "[the|de] month after next",
    "[de] maand daarop|erop|erna",
    "[the|de] maand|month na|after <dir> maand|month",
)
@rule("period", "[de] maand na volgende")
def month_after_next(scope: Scope, direction: str = "next") -> When | None:
    return _month(add_months(scope.today.replace(day=1), STEP[direction] + 1))


@rule("period", "[the|de] year|jaar after|na next|volgend")
def year_after_next(scope: Scope) -> When:
    return _year(scope.today.year + 2)


@rule("period", "<month>", "[THE] maand|month [OF] <month>", "THE <month>")
def month(_: Scope, number: int) -> When:
    return When(month=number)


@rule("period", "<month> [OF] <year>", "<month> - <year>", "<month> , <year>", "<month> ' <yy>")
def month_of_year(_: Scope, number: int, year: int) -> When:
    return When(month=number, year=year)


@rule("period", "<dir> <month>")
def directed_month(scope: Scope, direction: str, number: int) -> When | None:
    if direction == "last":
        return None
    if direction == "next" and number == scope.today.month:
        return When(month=number, year=scope.today.year + 1)
    return When(month=number)


@rule("period", "<month> <dir> YEAR", "<month> OF <dir> YEAR", "<dir> YEAR [INSIDE] <month>")
def month_of_directed_year(scope: Scope, *said: object) -> When | None:
    number = next(part for part in said if isinstance(part, int))
    direction = next(part for part in said if isinstance(part, str))
    return When(month=number, year=scope.today.year + STEP[direction]) if direction != "last" else None


@rule(
    "period", "[the] <ord> quarter|kwartaal [OF] [the|het] [jaar|year]", "q <int>", "kwartaal|quarter <int>"
)
@rule("period", "[het] <ord> kwartaal [OF] <year>", "[the] <ord> quarter [OF] <year>", "q <int> <year>")
def numbered_quarter(scope: Scope, number: int, year: int | None = None) -> When | None:
    if not 1 <= number <= 4:
        return None
    quarter = _quarter(year or scope.today.year, number)
    ended = quarter.last is not None and quarter.last < scope.today
    return _quarter(scope.today.year + 1, number) if ended and year is None else quarter


@rule("period", "AHEAD <year>", "INSIDE <year>")
def whole_year(_: Scope, year: int) -> When:
    return _year(year)


@rule(
    "period",
    "<stretch> [OF] [THE] <period>",
    "[THE] <stretch> [OF] [THE] <period>",
    "<stretch> [the|de|het] <period>",
)
def stretch_of(scope: Scope, stretch: str, period: When) -> When | None:
    bounds = whole(scope, period)
    return _stretch(scope, stretch, bounds, period.grain or "month") if bounds else None


@rule("period", "<stretch> <unit>", "<stretch> OF <unit>")
def stretch_of_this(scope: Scope, stretch: str, unit: str) -> When | None:
    running = the_unit(scope, unit)
    return stretch_of(scope, stretch, running) if isinstance(running, When) else None  # type: ignore[return-value]


@rule(
    "period",
    "<stretch> [OF] <year>",
    "[THE] <stretch> [OF] [THE] <year>",
    "[THE] <stretch> OF|van het jaar <year>",
)
def stretch_of_year(scope: Scope, stretch: str, year: int) -> When | None:
    whole_year = _year(year)
    return _stretch(scope, stretch, (date(year, 1, 1), date(year, 12, 31)), whole_year.grain or "")


@rule("when", "jaareinde", "year end|end's", "year's end")
def year_end(scope: Scope) -> When:
    return When(on=date(scope.today.year, 12, 31))


def whole(scope: Scope, period: When) -> tuple[date, date] | None:
    """First and last day of a period, also where part of it is over."""
    if period.first and period.last:
        return period.first, period.last
    if period.month is None or period.day is not None:
        return None
    moment = settle(period, scope.now)
    day = moment.last_day()
    return month_range(day.year, day.month) if day else None


def _stretch(scope: Scope, stretch: str, bounds: tuple[date, date], grain: str) -> When | None:
    first, last = bounds
    if grain == "week":
        days = {"begin": (first, first + timedelta(1)), "middle": (first + timedelta(2),) * 2}
        friday = first + timedelta(4)
        if stretch == "end":
            return When(on=friday) if scope.today < friday else doubtful(Ask.WHICH_DAY, scope.today)
        return When(first=days[stretch][0], last=days[stretch][1], grain="span")
    if grain == "month":
        if stretch == "end":
            return When(on=last)
        if stretch == "middle":
            return When(on=first + timedelta(14))
        return When(first=first, last=first + timedelta(9), grain="span")
    if grain in ("year", "quarter"):
        third = (last - first).days // 3
        if stretch == "end":
            return When(on=last)
        start = first + timedelta(third) if stretch == "middle" else first
        return When(first=start, last=start + timedelta(third), grain="span")
    return When(on=first if stretch == "begin" else last) if grain == "weekend" else None


@rule("period", "[THE] <ord> helft|half [OF] [the|de] <period>")
def half_of(scope: Scope, nth: int, period: When) -> When | None:
    bounds = whole(scope, period)
    if bounds is None or nth not in (1, 2):
        return None
    # Of 31 days the second half begins on the 16th, as people count.
    middle = bounds[0] + timedelta(((bounds[1] - bounds[0]).days + 1) // 2 - 1)
    if nth == 1:
        return When(first=bounds[0], last=middle, grain="span")
    return When(first=middle + timedelta(1), last=bounds[1], grain="span")


@rule("period", "later|ergens|sometime|somewhere [INSIDE] <period>", "in de loop van <period>")
@rule(
    "period",
    "rest of|van [the|de|het] <period>",
    "gedurende|during|tijdens|throughout <period>",
    "AHEAD <period>",
)
@rule("period", "any day|time INSIDE|AHEAD <period>", "any day|time <period>", "over the <period>")
@rule("period", "de rest van [de|het] <period>")
def somewhere_in(_: Scope, period: When) -> When | None:
    return None if period.edge or period.nearest else period


@rule("period", "[de|the] rest van|of [de|het|the] <one_unit>")
def rest_of(scope: Scope, unit: str) -> When | None:
    """ "De rest van de maand": from today on."""
    return _unit(scope, "this", unit)


@rule("period", "THE <dir> <length>", "<dir> <length>")
def coming_while(scope: Scope, direction: str, by: Length) -> When | None:
    if direction not in ("coming", "next") or by.minutes:
        return None
    if by.vague:
        return doubtful(Ask.WHEN)
    return When(first=scope.today, last=add(scope.today, by), grain="span")


@rule("when", "[ON] <period>")
def period_as_when(_: Scope, period: When) -> When | None:
    # "De maand" by itself is no day: it stands in "eind van de maand" and "50 in de maand".
    return None if period.nearest else period


@rule("when", "<dom> OF|INSIDE [the|de] <period>", "<int> OF [the|de] <period>")
def day_in_period(_: Scope, day: int, period: When) -> When | None:
    if not 1 <= day <= 31 or period.day is not None or period.doubt:
        return None
    return replace(period, day=day) if period.grain == "month" or period.month else None

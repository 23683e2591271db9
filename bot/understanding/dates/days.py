"""Rules for days: "vrijdag", "de 25e", "1 maart", "eerste maandag van december", "kerst"."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.understanding.dates.arithmetic import Length, add, month_range, next_weekday, week_of
from bot.understanding.dates.base import Scope, rule
from bot.understanding.dates.settle import AMSTERDAM, settle
from bot.understanding.dates.when import When, doubtful
from bot.understanding.lexicon.feasts import FEASTS
from bot.understanding.reading import Ask


@rule("when", "<reldate>")
def relative_day(scope: Scope, said: tuple[int, str | None]) -> When:
    days, part = said
    on = scope.today + timedelta(days)
    if scope.now.hour < 4 and days > 0:
        # Just after midnight people still call the coming morning "tomorrow".
        return When(doubt=Ask.WHICH_DAY, choices=(on - timedelta(1), on), part=part)
    return When(on=on, part=part)


@rule("when", "<weekday>")
def weekday(_: Scope, number: int) -> When:
    return When(weekday=number)


@rule(
    "when",
    "[THE] <dir> <weekday>",
    "[THE] <weekday> coming|komende|aanstaande|as|aankomende",
    "this|deze coming|komende|aanstaande <weekday>",
)
def directed_weekday(scope: Scope, *said: object) -> When | None:
    number = next(part for part in said if isinstance(part, int))
    direction = next((part for part in said if isinstance(part, str)), "coming")
    coming = next_weekday(scope.today, number)
    if direction == "coming":
        return When(weekday=number, nearest=True)
    if direction == "this":
        return When(weekday=number)
    if direction == "last":
        return When(on=coming - timedelta(14 if coming - scope.today == timedelta(7) else 7))
    return replace(doubtful(Ask.WHICH_DAY, coming, coming + timedelta(7)), weekday=number)


@rule("when", "ALL <weekday>", "ALL <ord> <weekday>", "om de <unit>")
def every(_: Scope, *__: object) -> When:
    return doubtful(Ask.WHICH_DAY)


@rule("when", "<when> coming|aanstaande|as|eerstkomende|eerstvolgende|komende")
def nearest_ahead(_: Scope, when: When) -> When | None:
    return when if when.day is not None and not when.edge else None


@rule("when", "<weekday> erop|erna|daarop", "the|de <weekday> after next", "<weekday> na volgende")
def weekday_after_next(scope: Scope, number: int) -> When:
    coming = next_weekday(scope.today, number)
    return doubtful(Ask.WHICH_DAY, coming + timedelta(7), coming + timedelta(14))


@rule("dom", "[THE] <nth>", "de|the|den <ord>", "de|the|den <digits>", "[THE] <digits> e|de|ste|th|st|nd|rd")
def day_number(_: Scope, number: int) -> int | None:
    return number if 1 <= number <= 31 else None


@rule("when", "<dom>")
def day_of_month(_: Scope, number: int) -> When:
    return When(day=number)


@rule("when", "ON <int>")
def bare_day_of_month(_: Scope, number: int) -> When | None:
    return When(day=number) if 1 <= number <= 31 else None


@rule("when", "<weekday> <int>", "<weekday> THE <int>")
def weekday_and_number(_: Scope, number: int, day: int) -> When | None:
    return When(weekday=number, day=day) if 1 <= day <= 31 else None


@rule("monthday", "<dom> [OF] <month>", "<ord> [OF] <month>", "<int> [OF] <month>")
def day_and_month(_: Scope, day: int, month: int) -> When | None:
    return When(day=day, month=month) if 1 <= day <= 99 else None


@rule("monthday", "<int> - <month>", "<int> / <month>")
def dashed_day_and_month(_: Scope, day: int, month: int) -> When | None:
    return When(day=day, month=month) if 1 <= day <= 31 else None


@rule("monthday", "<month> <dom>", "<month> <ord>", "<month> <int>", "<month> - <int>")
def month_and_day(_: Scope, month: int, day: int) -> When | None:
    return When(day=day, month=month) if 1 <= day <= 31 else None


@rule("monthday", "<dm>")
def numeric_day_and_month(_: Scope, said: tuple[int, int]) -> When:
    return When(day=said[0], month=said[1])


@rule("monthday", "<monthday> [,] [OF] <year>", "<monthday> ' <yy>", "<monthday> - <year>")
def with_year(_: Scope, when: When, year: int) -> When | None:
    return replace(when, year=year) if when.year is None else None


@rule("monthday", "<dm> <yy>", "<monthday> - <yy>", "<monthday> / <yy>")
def with_short_year(_: Scope, when: object, year: int) -> When | None:
    known = When(day=when[0], month=when[1]) if isinstance(when, tuple) else when
    return replace(known, year=year) if isinstance(known, When) and not known.year else None


@rule("when", "[THE] <monthday>")
def month_day(_: Scope, when: When) -> When:
    return when


@rule("when", "<ymd>")
def full_date(_: Scope, said: tuple[int, int, int]) -> When:
    year, month, day = said
    return When(year=year, month=month, day=day)


@rule("when", "<iso>")
def exact_moment(_: Scope, said: datetime) -> When:
    moment = said if said.tzinfo else said.replace(tzinfo=AMSTERDAM)
    return When(at=moment.astimezone(AMSTERDAM))


@rule("when", "<baddm>", "<broken>")
def no_such_day(_: Scope, __: object) -> When:
    return doubtful(Ask.IMPOSSIBLE_DATE)


@rule("when", "[THE] <feast>", "[THE] <feast> dag|day")
def feast(scope: Scope, name: str) -> When:
    return _feast_in(name, scope.today, scope.today.year)


def _feast_in(name: str, today: date, year: int) -> When:
    first, last = FEASTS[name](year)
    if last < today:
        first, last = FEASTS[name](year + 1)
    return When(on=max(first, today), last=last, grain="feast")


@rule("when", "[THE] <feast> [OF] <year>")
def feast_in_year(_: Scope, name: str, year: int) -> When:
    first, last = FEASTS[name](year)
    return When(on=first, last=last, grain="feast")


@rule("when", "<feast> [OF] <dir> YEAR", "<dir> YEAR [ON] <feast>", "<dir> YEAR met|with <feast>")
def feast_of_directed_year(scope: Scope, *said: str) -> When:
    name = next(part for part in said if part in FEASTS)
    direction = next(part for part in said if part not in FEASTS)
    if direction == "this":
        return _feast_in(name, scope.today, scope.today.year)
    first, last = FEASTS[name](scope.today.year + 1)
    return When(on=first, last=last, grain="feast")


@rule("when", "<dir> <feast>")
def directed_feast(scope: Scope, direction: str, name: str) -> When | None:
    return _feast_in(name, scope.today, scope.today.year) if direction != "last" else None


@rule("when", "AFTER [THE|mijn|my|onze] <vaguefeast>", "BEFORE [THE|mijn|my] <vaguefeast>")
@rule(
    "when",
    "met|during|tijdens|in|over|this|deze|next|volgende [THE] <vaguefeast>",
    "van de <vaguefeast>",
    "over the holidays",
)
def vague_feast(_: Scope, __: object) -> When:
    return doubtful(Ask.WHICH_DAY)


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
    if chosen < scope.today and period.month and not period.year:
        later = _bounds(scope, replace(period, year=bounds[0].year + 1))
        return (
            _nth(scope, When(first=later[0], last=later[1], grain="month"), nth, weekdays) if later else None
        )
    return When(on=chosen)


def _nth_week(scope: Scope, period: When, nth: int) -> When | None:
    bounds = _bounds(scope, period)
    if bounds is None:
        return None
    anchor = bounds[1] if nth < 0 else add(bounds[0], Length(days=7 * (nth - 1)))
    first, last = week_of(anchor)
    return When(first=max(first, bounds[0]), last=min(last, bounds[1]), grain="week")

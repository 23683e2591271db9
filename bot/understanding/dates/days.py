"""Rules for days: "vrijdag", "de 25e", "1 maart", "01/03/2027"."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.understanding.dates.arithmetic import Length, add, next_weekday
from bot.understanding.dates.base import Scope, rule
from bot.understanding.dates.settle import AMSTERDAM
from bot.understanding.dates.when import When, doubtful
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


@rule("when", "[THE] <dir> <unit>", "[THE] <ord> <dir> <unit>")
def next_workday(scope: Scope, *said: object) -> When | None:
    """ "De eerstvolgende werkdag"."""
    ahead = said[-2] in ("coming", "next") and said[-1] == "workday" and said[0] in (1, said[-2])
    return When(on=add(scope.today, Length(workdays=1))) if ahead else None


@rule("when", "[THE] <ord> <weekday>")
def first_weekday(scope: Scope, nth: int, number: int) -> When | None:
    """ "De eerste vrijdag": the coming one, or the first of a month."""
    return doubtful(Ask.WHICH_DAY, next_weekday(scope.today, number)) if nth <= 4 else None


@rule("when", "<ord> dan|then|graag|please")
def bare_ordinal(_: Scope, number: int) -> When | None:
    """ "Vijfentwintigste dan": a day of the month without its article."""
    return When(day=number) if 4 <= number <= 31 else None


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


@rule("dom", "<ord> of the month", "<ord> van|vd de maand", "<ord> vd maand")
@rule("dom", "[THE] <nth>", "de|the|den <ord>", "de|the|den <digits>", "[THE] <digits> e|de|ste|th|st|nd|rd")
def day_number(_: Scope, number: int) -> int | None:
    return number if 1 <= number <= 31 else None


@rule("when", "<dom>")
def day_of_month(_: Scope, number: int) -> When:
    return When(day=number)


@rule("when", "ON <number>")
def bare_day_of_month(_: Scope, number: int) -> When | None:
    return When(day=number) if 1 <= number <= 31 else None


@rule("when", "<weekday> <number>", "<weekday> THE <number>")
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


@rule("when", "[THE] <eitherday> [OF] <month>")
def two_days_of_a_month(_: Scope, *__: object) -> When:
    """ "5/6 maart" is the fifth or the sixth."""
    return doubtful(Ask.WHICH_DAY)


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

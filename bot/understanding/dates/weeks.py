"""Rules for weeks and weekends: "volgende week", "week 49", "het weekend van 5 december"."""

from datetime import date, timedelta

from bot.understanding.dates.arithmetic import week_of
from bot.understanding.dates.base import Scope, rule
from bot.understanding.dates.settle import settle
from bot.understanding.dates.when import When, doubtful
from bot.understanding.reading import Ask

STEP = {"last": -1, "this": 0, "coming": 1, "next": 1}


def week(day: date) -> When:
    """The week of a day, Monday to Sunday."""
    first, last = week_of(day)
    return When(first=first, last=last, grain="week")


def weekend_from(saturday: date) -> When:
    """Saturday and Sunday."""
    return When(first=saturday, last=saturday + timedelta(1), grain="weekend")


@rule("period", "[the|de] week after next", "[de] week na volgende", "[de] week daarop|erop")
@rule("period", "[the|de] week after|na <dir> week", "[de] daarop|daaropvolgende|erop week")
@rule("period", "[the|de] <dir> <dir> week")
def week_after_next(scope: Scope, *directions: str) -> When | None:
    if len(directions) == 2 and directions[0] == "this":
        return week(scope.today + timedelta(7 * STEP[directions[1]]))
    step = STEP[directions[0]] if directions else 1
    return week(scope.today + timedelta(7 * (step + 1)))


@rule("period", "[the|de] week OF <when>", "[the|de] week beginning|starting|commencing <when>")
@rule("period", "de week waarin <when>", "dezelfde|the same week als|as <when>")
def week_with(scope: Scope, when: When) -> When | None:
    day = scope.day(when)
    if day is None or when.first or when.edge or when.weekday is not None:
        return None
    return week(day)


@rule("period", "[the|de] week na|after|following <when>", "[de] week erna|daarna", "the week after")
def week_after(scope: Scope, when: When | None = None) -> When | None:
    if when is None:
        return doubtful(Ask.WHICH_DAY)
    moment = settle(when, scope.now)
    day = moment.last_day()
    if moment.doubt or day is None or when.edge or when.weekday is not None:
        return None
    return week(day + timedelta(7))


@rule("period", "[the|de] week voor|before <when>")
def week_before(scope: Scope, when: When) -> When | None:
    day = scope.day(when)
    if day is None or when.edge or when.weekday is not None:
        return None
    # The week before a Sunday (Easter) is the one that ends with it.
    return week(day if day.weekday() == 6 else day - timedelta(7))


@rule("period", "[the|de] WEEK <digits>", "[the|de] WEEK nummer|number|nr|no <int>")
@rule("period", "weeknummer|weeknr <int>", "WEEK <int> [OF] <year>", "WEEK <int> , <year>")
@rule("period", "[the|de] <ord> week OF <year>")
def week_number(scope: Scope, number: int, year: int | None = None) -> When | None:
    if not 1 <= number <= 53:
        return doubtful(Ask.IMPOSSIBLE_DATE)
    today = scope.today
    try:
        first = date.fromisocalendar(year or today.isocalendar()[0], number, 1)
        if year is None and first + timedelta(6) < today:
            first = date.fromisocalendar(today.isocalendar()[0] + 1, number, 1)
    except ValueError:
        return doubtful(Ask.IMPOSSIBLE_DATE)
    return week(first)


@rule(
    "period",
    "[THE] WEEKEND",
    "THE <dir> WEEKEND",
    "<dir> WEEKEND",
    "WEEKEND <dir>",
    "this|dit coming|komende|komend WEEKEND",
)
def weekend(scope: Scope, direction: str = "this") -> When:
    coming = week_of(scope.today)[0] + timedelta(5)
    if direction == "next":
        return doubtful(Ask.WHICH_DAY, coming, coming + timedelta(7))
    if direction == "coming" and coming <= scope.today:
        coming += timedelta(7)
    if direction == "last":
        coming -= timedelta(7)
    return weekend_from(coming)


@rule("period", "[THE] WEEKEND after next", "[het] WEEKEND na volgende|volgend", "[het] WEEKEND daarop")
def weekend_after_next(scope: Scope) -> When:
    coming = week_of(scope.today)[0] + timedelta(5)
    return doubtful(Ask.WHICH_DAY, coming + timedelta(7), coming + timedelta(14))


@rule("period", "[the|het] WEEKEND OF <when>", "[the|het] WEEKEND <when>")
def weekend_of(scope: Scope, when: When) -> When | None:
    if when.edge or when.weekday is not None:
        return None
    moment = settle(when, scope.now)
    day = when.first if when.grain == "week" else moment.day
    if moment.doubt or day is None:
        return None
    return weekend_from(week_of(day)[0] + timedelta(5))


@rule("period", "<period> [INSIDE] [the|het] WEEKEND")
def weekend_in_week(_: Scope, period: When) -> When | None:
    if period.grain != "week" or period.last is None:
        return None
    return weekend_from(period.last - timedelta(1))


@rule("period", "[the|het] WEEKEND na|after <when>", "[the|het] WEEKEND erna|daarna|erop")
def weekend_after(scope: Scope, when: When | None = None) -> When | None:
    moment = settle(when, scope.now) if when else None
    day = moment.last_day() if moment and not moment.doubt else None
    if day is None or (when and when.edge):
        return doubtful(Ask.WHICH_DAY)
    return weekend_from(day + timedelta((5 - day.weekday() - 1) % 7 + 1))

"""Rules that count from another day: "a week from friday", "vrijdag over een week", "de dag na kerst"."""

from datetime import timedelta

from bot.understanding.dates.arithmetic import Length, add, length, negative, next_weekday, week_of
from bot.understanding.dates.base import Scope, rule
from bot.understanding.dates.settle import settle
from bot.understanding.dates.when import When, doubtful
from bot.understanding.reading import Ask

# "Vandaag over acht dagen" is a week, as everybody counts it.
_SPELLED_EIGHT = 8


@rule("when", "<length> from <when>", "<length> after <when>")
@rule(
    "when",
    "<length> na <when>",
    "<length> later dan <when>",
    "<length> vanaf <when>",
    "<length> on <when>",
    "<unit> on <when>",
)
def counted_from(scope: Scope, by: Length | str, when: When) -> When | None:
    if isinstance(by, str):
        return _counted(scope, length(1, by), when) if by in ("week", "fortnight") else None
    return _counted(scope, by, when)


@rule("when", "<length> before <when>", "<length> voor <when>", "<length> prior to <when>")
def counted_back_from(scope: Scope, by: Length, when: When) -> When | None:
    return _counted(scope, negative(by), when)


@rule("when", "<length> na|after [mijn|m'n|my|het|de|the] PAYDAY [ON|OF] [THE] <when>")
def counted_from_pay(scope: Scope, by: Length, when: When) -> When | None:
    """ "2 dagen na mijn salaris de 25e" is the 27th."""
    return _counted(scope, by, when)


@rule("when", "[WITHIN|AHEAD] <length> na|after [mijn|m'n|my|het|de|the] PAYDAY")
def counted_from_some_pay(_: Scope, __: Length) -> When:
    """ "Binnen 2 weken na mijn loon" counts from a day that is not known."""
    return doubtful(Ask.WHEN)


def _counted(scope: Scope, by: Length, when: When) -> When | None:
    if by.vague:
        return doubtful(Ask.WHEN)
    # "The day before yesterday" counts from a day that is over.
    over = when.on is not None and when.on < scope.today
    moment = settle(when, scope.now, past=over)
    if moment.doubt is not None or by.minutes:
        return doubtful(moment.doubt or Ask.WHEN)
    day = moment.last_day() if by.days >= 0 and by.months >= 0 else moment.first_day()
    if moment.span and when.grain not in ("feast", None):
        return None
    if day is None or when.edge:
        return None
    # "Day after tomorrow, evening": the part of the day stays.
    return When(on=add(day, by), hour=when.hour, minute=when.minute, sure=when.sure, part=when.part)


@rule("when", "<length> geleden|ago|terug|back")
def ago(scope: Scope, by: Length) -> When | None:
    if by.vague:
        return None
    if by.minutes:
        return When(on=(scope.now - timedelta(minutes=by.minutes)).date()) if not by.days else None
    return When(on=add(scope.today, negative(by)))


@rule("when", "<when> over|in <length>")
def day_over_a_while(scope: Scope, when: When, by: Length) -> When | None:
    """ "Vrijdag over een week": a week after the coming Friday; "morgen over 8 dagen" likewise."""
    if when.edge or not (when.weekday is not None or when.on == scope.today or when.on):
        return None
    if by.days == _SPELLED_EIGHT:
        by = Length(days=7)
    if by.vague or by.minutes:
        return doubtful(Ask.WHEN)
    if when.weekday is not None and when.on is None and when.day is None:
        return _weekday_over(scope, when.weekday, by)
    return _counted(scope, by, when)


def _weekday_over(scope: Scope, weekday: int, by: Length) -> When:
    counted = add(next_weekday(scope.today, weekday), by)
    if weekday == scope.today.weekday():
        return doubtful(Ask.WHICH_DAY, add(scope.today, by), counted)
    in_that_week = week_of(add(scope.today, by))[0] + timedelta(weekday)
    if counted == in_that_week or by == Length(days=7):
        return When(on=counted if counted.weekday() == weekday else in_that_week)
    return doubtful(Ask.WHICH_DAY, min(counted, in_that_week), max(counted, in_that_week))


@rule("when", "AHEAD <length> [ON] [THE] <weekday>")
def weekday_in_a_while(scope: Scope, by: Length, weekday: int) -> When | None:
    if by.vague or by.minutes or by.days % 7 or by.months:
        return None
    return When(on=week_of(add(scope.today, by))[0] + timedelta(weekday))


@rule("when", "<weekday> week", "<reldate> week", "week <reldate>")
def british_week(scope: Scope, said: object) -> When | None:
    """ "Friday week" and "tomorrow week": seven days after it."""
    when = When(weekday=said) if isinstance(said, int) else None
    if isinstance(said, tuple) and said[0] >= 0:
        when = When(on=scope.today + timedelta(said[0]))
    return _counted(scope, Length(days=7), when) if when else None


@rule("when", "fortnight <reldate>", "<reldate> fortnight", "fortnight <weekday>", "<weekday> fortnight")
def british_fortnight(scope: Scope, said: object) -> When | None:
    when = When(weekday=said) if isinstance(said, int) else None
    if isinstance(said, tuple) and said[0] >= 0:
        when = When(on=scope.today + timedelta(said[0]))
    return _counted(scope, Length(days=14), when) if when else None


@rule("when", "[THE] dag na <when>", "[THE] day after <when>")
@rule("when", "[THE] day following <when>")
def day_after(scope: Scope, when: When) -> When | None:
    return _counted(scope, Length(days=1), when)


@rule("when", "[THE] dag voor <when>", "[THE] day before <when>", "daags voor <when>")
def day_before(scope: Scope, when: When) -> When | None:
    return _counted(scope, Length(days=-1), when)


@rule("when", "[THE] <weekday> na|after [THE] <when>", "[THE] <ord> <weekday> na|after [THE] <when>")
def weekday_after(scope: Scope, *said: object) -> When | None:
    when = said[-1]
    if not isinstance(when, When) or when.edge or not when.has_day():
        return None
    weekday = said[-2]
    nth = said[0] if len(said) == 3 else 1
    moment = settle(when, scope.now)
    day = moment.last_day()
    if moment.doubt is not None or day is None:
        return doubtful(moment.doubt or Ask.WHICH_DAY)
    if not isinstance(weekday, int) or not isinstance(nth, int):
        return None
    return When(on=next_weekday(day, weekday) + timedelta(7 * (nth - 1)))


@rule("when", "[THE] <weekday> voor|before [THE] <when>")
def weekday_before(scope: Scope, weekday: int, when: When) -> When | None:
    day = scope.day(when)
    if day is None or when.edge or not when.has_day() or when.weekday is not None:
        return None
    return When(on=day - timedelta((day.weekday() - weekday - 1) % 7 + 1))

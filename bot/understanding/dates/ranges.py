"""Rules that join phrases: a day and its time, "tussen de 10e en de 20e", "na kerst", "tot maandag"."""

from dataclasses import replace
from datetime import datetime, time, timedelta

from bot.understanding.dates.arithmetic import month_range, next_weekday, week_of
from bot.understanding.dates.base import Scope, rule
from bot.understanding.dates.settle import settle
from bot.understanding.dates.when import When, doubtful, merge, with_edge
from bot.understanding.reading import Ask


@rule("when", "<when> <when>", "<when> GLUE <when>", "<when> GLUE GLUE <when>")
def both(_: Scope, one: When, other: When) -> When | None:
    """ "Vrijdag" + "27 november" + "om 9 uur", in any order."""
    if other.edge and other.edge != one.edge:
        return None
    if one.first is not None and one.grain == "week" and other.choices:
        # "Volgende week dinsdag of woensdag": the choice is within that week.
        monday = week_of(one.first)[0]
        inside = {monday + timedelta(day.weekday()) for day in other.choices}
        return doubtful(other.doubt or Ask.WHICH_DAY, *sorted(inside))
    return merge(one, other) if fits(one, other) else None


def fits(one: When, other: When) -> bool:
    """Two stretches never merge; a week takes a weekday, a month a day, a year a month."""
    if one.doubt or other.doubt:
        return not (one.has_day() and other.has_day())
    for period, said in ((one, other), (other, one)):
        if period.first is None:
            continue
        takes = {
            "week": said.weekday is not None or said.grain == "feast",
            "weekend": said.weekday in (5, 6),
            "month": said.day is not None and said.month is None,
            "year": said.month is not None,
            "span": said.weekday is not None,
        }
        if said.has_day() and not takes.get(period.grain or "", False):
            return False
    days = {one.on, other.on} - {None}
    weekdays = {one.weekday, other.weekday} - {None}
    return not (one.on and other.on) and all(
        day.weekday() == number for day in days if day for number in weekdays
    )


@rule("when", "ON [THE] <when>", "for <when>", "pas|only|ABOUT <when>", "als|if het|it <when> is")
@rule(
    "when", "niet|not eerder|earlier dan|than <when>", "niet|not voor|before <when>", "niet later dan <when>"
)
@rule(
    "when",
    "not|no later than <when>",
    "no|not earlier|sooner than <when>",
    "not until|till <when>",
    "( <when> )",
    "of the <when>",
)
def same(_: Scope, when: When) -> When | None:
    return when if not when.edge else None


@rule("when", "BY [THE] <when>", "ten|op laatste <when>", "op zijn|z'n laatst <when>", "at the latest <when>")
@rule("when", "<when> uiterlijk", "<when> ten laatste", "<when> op zijn|z'n laatst")
@rule("when", "[THE] <when> at the latest", "tegen [THE] <when>", "ultimately <when>")
def by(_: Scope, when: When) -> When | None:
    return with_edge(when, "by") if when.has_day() and not when.edge else None


@rule("when", "BEFORE [THE] <when>", "ergens voor <when>", "prior to <when>", "sometime before <when>")
def before(scope: Scope, when: When) -> When | None:
    if not when.has_day() or when.edge:
        return None
    only_period = when.weekday is None and when.day is None and when.grain not in ("feast", None)
    first = when.first if only_period else None
    if when.grain == "weekend" and first and first > scope.today:
        # "Voor het weekend" is the Friday at the latest.
        first -= timedelta(1)
    if when.month and not when.day:
        moment = settle(when, scope.now)
        day = moment.first_day()
        first = day.replace(day=1) if day else None
        if first and first <= scope.today:
            return with_edge(doubtful(Ask.WHICH_DAY), "before")
    return with_edge(When(on=first) if first else when, "before")


@rule("when", "UNTIL [THE] <when>", "tot aan|na|voor <when>", "up to <when>", "tot ergens <when>")
@rule("when", "tot ongeveer|circa|aan <when>")
def until(scope: Scope, when: When) -> When | None:
    """ "Tot volgende maand" ends where that begins."""
    if not when.has_day() or when.edge:
        return None
    if when.month and not when.day:
        moment = settle(when, scope.now)
        day = moment.first_day()
        return with_edge(When(on=month_range(day.year, day.month)[0] if day else None), "until")
    ahead = when.first is not None and when.first > scope.today
    if ahead and when.weekday is None and when.day is None and when.grain != "span":
        week = when.grain == "week"
        return When(
            on=when.first, last=when.last if week else None, grain="week" if week else None, edge="until"
        )
    return with_edge(when, "until")


@rule("when", "tot en met|incl|inclusief [THE] <when>", "tot en [THE] <when>", "tm [THE] <when>")
@rule("when", "through [THE] <when>", "up to and including <when>")
def through(scope: Scope, when: When) -> When | None:
    """ "Tot en met volgende week" ends with its last day."""
    if not when.has_day() or when.edge or when.at:
        return None
    moment = settle(when, scope.now)
    last = moment.last_day()
    if moment.doubt or last is None:
        return with_edge(doubtful(moment.doubt or Ask.WHICH_DAY, *moment.choices), "until")
    return with_edge(When(on=last), "until")


@rule("when", "FROM [THE] <when>", "starting|beginning|ingaand [ON] <when>", "FROM [ON] <when>")
@rule(
    "when",
    "<when> onwards|onward|af",
    "te beginnen [ON] <when>",
    "met ingang van [THE] <when>",
    "per [THE] <when>",
    "to start [ON] <when>",
)
def starting(_: Scope, when: When) -> When | None:
    return with_edge(when, "from") if when.has_day() and not when.edge else None


@rule("when", "AFTER [THE] <when>", "ergens|pas|kort|vlak|net|right|just|meteen|direct AFTER [THE] <when>")
@rule("when", "AFTER [ON] [THE] <when>", "de dagen na <when>", "eerst na <when>")
def after(scope: Scope, when: When) -> When | None:
    """ "Na de 25e" is the 26th, "na het weekend" Monday, "na kerst" the day after Boxing Day."""
    if not when.has_day() or when.edge or when.at:
        return None
    if when.hour is not None:
        # "After 5pm on friday" is still Friday.
        return when
    moment = settle(when, scope.now)
    if moment.doubt:
        return replace(doubtful(moment.doubt, *moment.choices), edge="after")
    last = when.last if when.last and when.grain else moment.last_day()
    return When(on=last + timedelta(1), grain="after") if last else None


@rule("when", "after tomorrow|morgen", "na morgen")
def after_tomorrow(scope: Scope) -> When:
    return When(on=scope.today + timedelta(2))


@rule("when", "BETWEEN [THE] <when> AND [THE] <when>", "[FROMTO] [THE] <when> TO [en] [met] [THE] <when>")
@rule("when", "<when> - <when>", "FROMTO [THE] <when> - <when>")
def between(scope: Scope, one: When, other: When) -> When | None:
    return _span(scope, one, other)


@rule("when", "BETWEEN nu|now AND [THE] <when>")
def between_now(scope: Scope, other: When) -> When | None:
    return _span(scope, When(on=scope.today), other) if other.has_day() else None


@rule("when", "BETWEEN [THE] <int> AND [THE] <when>", "[FROMTO] [THE] <int> TO [en] [met] [THE] <when>")
@rule("when", "<int> - <when>")
def between_number_and_day(scope: Scope, one: int, other: When) -> When | None:
    if other.day is not None and 1 <= one <= 31 and other.weekday is None:
        return _span(scope, replace(other, day=one, hour=None, minute=None), other)
    if other.hour is not None and 1 <= one <= 24 and not other.has_day():
        return other
    return None


@rule("when", "BETWEEN [THE] <dom> AND [THE] <dom>", "BETWEEN <int> AND <int>", "<int> - <int>")
def between_day_numbers(scope: Scope, one: int, other: int) -> When | None:
    return _span(scope, When(day=one), When(day=other)) if one < other <= 31 else None


@rule(
    "when",
    "<range> [OF] <period>",
    "<dom> TO <dom> [OF] <period>",
    "<month> <range>",
    "<month> <int> - <int>",
    "<month> <dom> - <dom>",
)
@rule("when", "<month> <dom> TO <dom>", "<month> <int> TO <int>")
def numbered_range(scope: Scope, *said: object) -> When | None:
    period = next((part for part in said if isinstance(part, When)), None)
    numbers = [part for part in said if isinstance(part, int)]
    pair = next((part for part in said if isinstance(part, tuple)), None)
    if pair is None and period is None:
        pair, numbers = (numbers[1], numbers[2]), numbers[:1]
    if pair is None:
        pair = (numbers[0], numbers[1])
    elif period is None:
        period = When(month=numbers[0])
    if period is None or period.day is not None:
        return None
    return _span(scope, replace(period, day=pair[0]), replace(period, day=pair[1]))


def _span(scope: Scope, one: When, other: When) -> When | None:
    if one.edge or other.edge or one.at or other.at:
        return None
    if not one.has_day() and not other.has_day():
        return one if one.hour is not None else None
    if not (one.has_day() and other.has_day()):
        return None
    one, other = _share_month(one, other)
    first = settle(one, scope.now)
    start = first.first_day()
    if start and other.weekday is not None and not other.day and not other.first and not other.on:
        other = When(on=next_weekday(start, other.weekday))
    last = settle(other, scope.now)
    end = last.last_day()
    if first.doubt or last.doubt or start is None:
        return doubtful(first.doubt or last.doubt or Ask.WHICH_DAY)
    if end is not None and end < start:
        later = settle(other, datetime.combine(start, time(12), scope.now.tzinfo))
        end = later.last_day() if not later.doubt else None
    if end is None or end < start or (end - start).days > 400:
        return doubtful(Ask.WHICH_DAY)
    return When(first=start, last=end, grain="span")


def _share_month(one: When, other: When) -> tuple[When, When]:
    """ "10 tot 20 december" and "december 10 tot 20": a month said once counts for both."""
    if one.month is None and one.day and other.month and other.day:
        one = replace(one, month=other.month, year=other.year)
    if one.month and one.day and other.day and other.month is None and other.weekday is None:
        other = replace(other, month=one.month)
    return one, other


@rule("when", "<when> danwel|oftewel|anders <when>", "<when> dan wel <when>")
@rule("when", "<when> OR <when>", "<when> / <when>", "<when> , OR <when>")
def either(scope: Scope, one: When, other: When) -> When | None:
    """ "Vrijdag of zaterdag": a person would ask which."""
    if one.edge or other.edge or not (one.has_day() and other.has_day()):
        return None
    if one.on is not None and other.weekday is not None and other == When(weekday=other.weekday):
        # "Volgende week dinsdag of woensdag" is both in that week.
        other = When(on=week_of(one.on)[0] + timedelta(other.weekday))
    moments = [settle(when, scope.now) for when in (one, other)]
    return doubtful(Ask.WHICH_DAY, *sorted({day for moment in moments for day in moment.days()}))

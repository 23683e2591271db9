"""Rules that count from a day: "over 2 weken", "a week from friday", "de dag na kerst"."""

from datetime import timedelta

from bot.understanding.dates.arithmetic import Length, add, length, negative, next_weekday, week_of
from bot.understanding.dates.base import Scope, rule
from bot.understanding.dates.settle import settle
from bot.understanding.dates.when import When, doubtful, with_edge
from bot.understanding.reading import Ask

_SPELLED_EIGHT = 8


@rule("count", "<int>", "<half>")
def count(_: Scope, number: float) -> float | None:
    return number if number <= 1000 else None


@rule("count", "a|an|een|n")
def one(_: Scope) -> float:
    return 1


@rule("count", "half a|een", "[een] half|halve", "[a] half a|an", "[a] half")
def half(_: Scope) -> float:
    return 0.5


@rule("count", "<int> en een half|halve", "<int> and a half", "een en een half|halve")
def and_a_half(_: Scope, number: int = 1) -> float:
    return number + 0.5


@rule("length", "<count> <unit>", "<count> hele <unit>", "<count> full <unit>", "<count> more <unit>")
def plain_length(_: Scope, number: float, unit: str) -> Length | None:
    return None if unit == "quarter" and number == 1 else length(number, unit)


@rule("length", "<unit>")
def single_unit(_: Scope, unit: str) -> Length | None:
    return length(1, unit) if unit in ("fortnight",) else None


@rule("length", "<count> <unit> and|en a|een half|halve", "<count> en een half|halve <unit>")
def unit_and_a_half(_: Scope, number: float, unit: str) -> Length:
    return length(number + 0.5, unit)


@rule("length", "<int> kwartier|kwartiertjes")
def quarters_of_an_hour(_: Scope, number: int) -> Length:
    return Length(minutes=15 * number)


@rule("length", "een|n kwartier|kwartiertje", "a quarter of an hour", "kwartiertje")
def quarter_of_an_hour(_: Scope) -> Length:
    return Length(minutes=15)


@rule("length", "[a|een] kwartaal", "een|1 quarter")
def quarter_of_a_year(_: Scope) -> Length:
    return Length(months=3)


@rule("length", "<count> <unit> tijd")
def in_the_time_of(_: Scope, number: float, unit: str) -> Length:
    return length(number, unit)


@rule("length", "een <unit> of <int>", "<unit> of <int>")
def about_so_many(_: Scope, unit: str, number: int) -> Length:
    return length(number, unit)


@rule("length", "[a|een] FEW [of] <unit>", "<count> a|of|to|tot|or|- <count> <unit>", "<range> <unit>")
def vague_length(_: Scope, *__: object) -> Length:
    return Length(vague=True)


@rule(
    "length",
    "<count> kleine|klein|ruime|goede|goeie|dikke|krappe|good|little <unit>",
    "<count> <unit> or|of so|zo|wat",
)
@rule(
    "length",
    "<count> <unit> or|of <count>",
    "<count> or|of <count> <unit>",
    "a|een <unit> or|of so|two|twee|wat",
)
def rough_length(_: Scope, *__: object) -> Length:
    return Length(vague=True)


@rule(
    "when",
    "<count> a|of|or|tot|to <count> <unit>",
    "<range> <unit>",
    "[THE] <dir> <plural>",
    "[THE] FEW <plural>",
)
def roughly(_: Scope, *__: object) -> When:
    return doubtful(Ask.WHEN)


@rule("length", "meerdere|verschillende|wat|tal <unit>")
def vague_units(_: Scope, __: object) -> Length:
    return Length(vague=True)


@rule("length", "<length> en|and <length>", "<length> <length>", "<length> , <length>")
def together(_: Scope, one_part: Length, other: Length) -> Length:
    return one_part + other


def _after_now(scope: Scope, by: Length) -> When:
    if by.vague:
        return doubtful(Ask.WHEN)
    if by.minutes:
        moment = (scope.now + timedelta(minutes=by.minutes)).replace(second=0, microsecond=0)
        return When(at=moment) if not by.days and not by.months else doubtful(Ask.WHEN)
    return When(on=add(scope.today, by))


@rule(
    "when",
    "AHEAD [ABOUT] <length>",
    "AHEAD zo een|n <length>",
    "AHEAD ongeveer een <length>",
    "AFTER <length>",
    "nog [ABOUT] <length>",
    "another|extra <length>",
    "another <unit>",
)
@rule("when", "give|geef|gun me|mij|ons [nog] <length>", "need|needs|neem|wil|krijg|geven [nog] <length>")
@rule("when", "heb [nog] <length> nodig", "<length> respite|delay")
@rule("when", "<length> from|vanaf now|nu|today|vandaag", "<length> hence|later", "pas over <length>")
@rule("when", "<length> de tijd", "<length> uitstel|respijt|extra", "<length> more|langer|wachten|nodig")
@rule("when", "nog <length> nodig|tijd|wachten|geduld", "<length> geduld|time|tijd")
def from_now(scope: Scope, by: Length | str) -> When:
    return _after_now(scope, length(1, by) if isinstance(by, str) else by)


@rule(
    "when",
    "WITHIN [THE] <length>",
    "WITHIN ABOUT <length>",
    "within|in the|de next|komende|following|volgende <length>",
)
@rule("when", "binnen nu en <length>", "binnen de komende <length>")
def within(scope: Scope, by: Length) -> When:
    return with_edge(_after_now(scope, by), "by")


@rule("when", "binnen de|het|t|een|a <unit>", "within the|a <unit>", "inside a <unit>")
def within_the_unit(scope: Scope, unit: str) -> When:
    """Flemish "binnen de week": within a week from now."""
    return with_edge(_after_now(scope, length(1, unit)), "by")


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


def _counted(scope: Scope, by: Length, when: When) -> When | None:
    if by.vague:
        return doubtful(Ask.WHEN)
    moment = settle(when, scope.now)
    if moment.doubt is not None or by.minutes:
        return doubtful(moment.doubt or Ask.WHEN)
    day = moment.last_day() if by.days >= 0 and by.months >= 0 else moment.first_day()
    if moment.span and when.grain not in ("feast", None):
        return None
    return When(on=add(day, by)) if day and not when.edge else None


@rule("when", "<length> geleden|ago|terug|back")
def ago(scope: Scope, by: Length) -> When | None:
    return When(on=add(scope.today, negative(by))) if not by.vague else None


@rule("when", "<when> over <length>")
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


@rule("when", "[THE] dag na <when>", "[THE] day after <when>", "[THE] dag erna|daarna")
@rule("when", "[THE] day following <when>")
def day_after(scope: Scope, when: When | None = None) -> When | None:
    return _counted(scope, Length(days=1), when) if when else doubtful(Ask.WHICH_DAY)


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

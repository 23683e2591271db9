"""Rules for lengths of time from now: "2 weken", "over anderhalve week", "binnen 14 dagen"."""

from dataclasses import replace
from datetime import UTC, timedelta

from bot.understanding.dates.arithmetic import Length, add, length
from bot.understanding.dates.base import Scope, rule
from bot.understanding.dates.when import When, doubtful, with_edge
from bot.understanding.reading import Ask


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


@rule("length", "[een|n] halfuur|halfuurtje|halfuurke")
def half_an_hour(_: Scope) -> Length:
    return Length(minutes=30)


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
        # Hours that pass, also on the night that the clocks change.
        passed = scope.now.astimezone(UTC) + timedelta(minutes=by.minutes)
        moment = passed.astimezone(scope.now.tzinfo).replace(second=0, microsecond=0)
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
    "wait|wachten|wacht|uitstellen [nog] <length>",
)
@rule("when", "met [nog] <length> verlengd|verlengen|uitstellen|uitgesteld|opschuiven|verschuiven|verzetten")
@rule("when", "verleng|verlengen [het|dit|de] [termijn|betaaltermijn] met <length>")
@rule("when", "give|geef|gun me|mij|ons [nog] <length>", "need|needs|geven [nog] <length>")
@rule("when", "heb [nog] <length> nodig", "<length> respite|delay")
@rule("when", "<length> from|vanaf now|nu|today|vandaag", "<length> hence|later", "pas over <length>")
@rule("when", "<length> today")
@rule("when", "<length> de tijd", "<length> uitstel|respijt|extra", "<length> more|langer|wachten|nodig")
@rule("when", "nog <length> nodig|tijd|wachten|geduld", "<length> geduld|time|tijd")
def from_now(scope: Scope, by: Length | str) -> When:
    return _after_now(scope, length(1, by) if isinstance(by, str) else by)


@rule("when", "[THE] <unit> erna|daarna|nadien|afterwards", "<length> erna|daarna|nadien|afterwards")
def counted_on(scope: Scope, by: Length | str) -> When | None:
    """ "Twee dagen daarna": counted from the day that was named before, or a question."""
    by = length(1, by) if isinstance(by, str) else by
    return replace(_after_now(scope, by), edge="later") if not by.minutes else None


@rule("when", "another <unit>")
def another(scope: Scope, unit: str) -> When:
    """ "Another week" is a week longer; "another day" is any other day, unless more time is asked for."""
    return doubtful(Ask.WHEN) if unit == "day" else _after_now(scope, length(1, unit))


@rule("when", "give|allow me|us [just] another <unit>", "need|needs|take|takes [just] another <unit>")
@rule("when", "one more <unit>")
def another_for_me(scope: Scope, unit: str) -> When:
    return _after_now(scope, length(1, unit))


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

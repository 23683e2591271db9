"""Rules for the time of day: "half 9", "kwart over 3", "5pm", "'s avonds", "na het werk"."""

from dataclasses import replace
from datetime import timedelta

from bot.understanding.dates.base import Scope, rule
from bot.understanding.dates.when import When, doubtful
from bot.understanding.reading import Ask

Clock = tuple[int, int, bool]


def _hour(number: int) -> int | None:
    return number if 0 <= number <= 24 else None


@rule("time", "<clock>", "<clock> OCLOCK", "AT <dotclock>", "<dotclock> OCLOCK", "AT <dotclock> OCLOCK")
@rule("time", "<military> OCLOCK", "AT <military> OCLOCK", "AT <military>", "AT <clock>", "AT <clock> OCLOCK")
def written(_: Scope, said: Clock) -> When:
    return When(hour=said[0], minute=said[1], sure=said[2] or None)


@rule(
    "time", "<int> OCLOCK", "AT <int> OCLOCK", "[AT] <int> ish", "<int> OCLOCK <int>", "AT <int> OCLOCK <int>"
)
def on_the_hour(_: Scope, hour: int, minute: int = 0) -> When | None:
    if _hour(hour) is None or minute > 59:
        return None
    if hour == 24:
        return doubtful(Ask.WHEN)
    return When(hour=hour, minute=minute, sure=True if hour > 12 or hour == 0 else None)


@rule(
    "time",
    "ATHOUR <number>",
    "AT een|n uur|uurtje of <int>",
    "ATHOUR ongeveer|about|around|approximately <number>",
)
def bare_hour(_: Scope, hour: int) -> When | None:
    return When(hour=hour, minute=0, sure=True if hour > 12 else None) if 1 <= hour <= 24 else None


@rule("time", "na|voor|tegen|rond|omstreeks|om <pluralhour>")
def clock_plural(_: Scope, hour: int) -> When:
    """ "Na zessen", "voor vijven"."""
    return When(hour=hour, minute=0)


@rule("time", "[AT] <int> AM", "[AT] <clock> AM", "[AT] <dotclock> AM")
def before_noon(_: Scope, said: int | Clock) -> When | None:
    hour, minute = (said, 0) if isinstance(said, int) else said[:2]
    return When(hour=hour % 12, minute=minute, sure=True) if 1 <= hour <= 12 else None


@rule("time", "[AT] <int> PM", "[AT] <clock> PM", "[AT] <dotclock> PM")
def after_noon(_: Scope, said: int | Clock) -> When | None:
    hour, minute = (said, 0) if isinstance(said, int) else said[:2]
    return When(hour=hour % 12 + 12, minute=minute, sure=True) if 1 <= hour <= 12 else None


@rule("time", "[AT] half <int> [OCLOCK]", "[AT] <halfhour> [OCLOCK]")
def half_to(_: Scope, hour: int) -> When | None:
    """Dutch "half 9" is half past eight."""
    return When(hour=hour - 1, minute=30) if 1 <= hour <= 12 else None


@rule("time", "[AT] half past <int> [OCLOCK]")
def half_past(_: Scope, hour: int) -> When | None:
    return When(hour=hour, minute=30) if 1 <= hour <= 12 else None


@rule("time", "[AT] [a|een] QUARTER PAST <int> [OCLOCK]")
def quarter_past(_: Scope, hour: int) -> When | None:
    return When(hour=hour, minute=15) if 1 <= hour <= 12 else None


@rule("time", "[AT] [a|een] QUARTER BEFOREHOUR <int> [OCLOCK]")
def quarter_to(_: Scope, hour: int) -> When | None:
    return _before(hour, 15)


@rule("time", "[AT] <int> PAST <int> [OCLOCK]", "[AT] <int> minuten|minutes PAST <int> [OCLOCK]")
def minutes_past(_: Scope, minute: int, hour: int) -> When | None:
    return When(hour=hour, minute=minute) if minute < 30 and 1 <= hour <= 12 else None


@rule("time", "[AT] <int> BEFOREHOUR <int> [OCLOCK]", "[AT] <int> minuten|minutes BEFOREHOUR <int>")
def minutes_to(_: Scope, minute: int, hour: int) -> When | None:
    return _before(hour, minute) if minute < 30 else None


@rule("time", "[AT] <int> PAST half <int> [OCLOCK]")
def past_half(_: Scope, minute: int, hour: int) -> When | None:
    return _before(hour, 30 - minute) if minute < 30 else None


@rule("time", "[AT] <int> voor half <int> [OCLOCK]")
def before_half(_: Scope, minute: int, hour: int) -> When | None:
    return _before(hour, 30 + minute) if minute < 30 else None


def _before(hour: int, minutes: int) -> When | None:
    if not 1 <= hour <= 12:
        return None
    return When(hour=hour - 1 or 12, minute=60 - minutes)


@rule("time", "at noon|midday", "twelve noon")
def high_noon(_: Scope) -> When:
    return When(hour=12, minute=0, sure=True)


@rule("time", "midnight|middernacht", "at midnight", "om middernacht")
def midnight(_: Scope) -> When:
    return When(hour=0, minute=0, sure=True)


@rule("parts", "<part>", "[in] [the|de] <part>", "s <part>", "s morgens", "in|s de|the morgen", "at <part>")
@rule("parts", "<part> vroeg", "rond de ochtend|avond")
def part_of_day(_: Scope, *said: str) -> When:
    part = said[-1] if said else "morning"
    return When(part=part)


@rule("parts", "tegen [de|het] <part>")
def towards(_: Scope, part: str) -> When:
    """ "Tegen de middag" is about noon."""
    return When(part="noon" if part == "afternoon" else part)


@rule("parts", "first thing", "first thing in the morning", "meteen in de ochtend")
def first_thing(_: Scope) -> When:
    return When(part="morning")


@rule("parts", "before|by|b4 noon|midday|lunch|lunchtime", "voor de middag|lunch", "voor lunchtijd")
def before_noon_part(_: Scope) -> When:
    return When(part="morning")


@rule("when", "<when> [by|at|before] [the] end of [the] day", "[by|at|before] [the] end of [the] day <when>")
@rule("when", "<when> [aan] [het] eind|einde dag|werkdag", "<when> [aan] [het] eind|einde van de dag|werkdag")
def end_of_that_day(_: Scope, when: When) -> When | None:
    """ "Tomorrow EOD": the day counts."""
    return when if when.has_day() and when.part is None and when.hour is None else None


@rule("parts", "<dir> <part>")
def this_part(scope: Scope, direction: str, part: str) -> When | None:
    return When(on=scope.today, part=part) if direction == "this" else None


@rule("parts", "tussen de middag", "rond|over de middag|lunch", "in de lunchpauze|lunch", "lunchpauze")
def around_noon(_: Scope) -> When:
    return When(part="noon")


@rule("when", "[THE] end|eind|einde of|van [the|de] day|dag", "later vandaag|today", "vandaag later")
@rule("when", "end day", "eind dag")
def end_of_today(scope: Scope) -> When:
    return When(on=scope.today)


@rule("when", "<weekday> morgen", "<weekday> vroeg", "<weekday> morgen vroeg")
def weekday_morning(_: Scope, weekday: int) -> When:
    return When(weekday=weekday, part="morning")


@rule("when", "morgen vroeg", "morgen ochtend", "tomorrow early", "early tomorrow")
def tomorrow_morning(scope: Scope) -> When | None:
    return When(on=scope.today + timedelta(1), part="morning") if scope.now.hour >= 4 else None


@rule("when", "last night|evening")
def last_night(scope: Scope) -> When:
    return When(on=scope.today - timedelta(1), part="evening")


@rule(
    "when", "uurtje|uur of <int> vanavond", "<int> tonight|vanavond", "<int> this evening", "<int> deze avond"
)
def hour_tonight(scope: Scope, hour: int) -> When | None:
    return When(on=scope.today, hour=hour, minute=0, part="evening") if 5 <= hour <= 11 else None


@rule("when", "<int> vanmiddag", "<int> this afternoon", "<int> deze middag")
def hour_this_afternoon(scope: Scope, hour: int) -> When | None:
    return When(on=scope.today, hour=hour, minute=0, part="afternoon") if 1 <= hour <= 6 else None


@rule("hour", "<int> [OCLOCK]", "<clock> [OCLOCK]", "<time>", "<dotclock>")
def some_hour(_: Scope, said: object) -> object:
    return said


@rule("when", "<when> BETWEEN <hour> AND <hour>", "<when> van|from <hour> TO <hour>")
@rule("when", "BETWEEN <hour> AND <hour> <when>", "BETWEEN <hour> AND <hour> ON <when>")
def hours_of_a_day(_: Scope, *said: object) -> When | None:
    """ "Vrijdag tussen 9 en 12": the day counts."""
    when = next((part for part in said if isinstance(part, When) and part.has_day()), None)
    return when if (when and not when.edge and not when.month) or (when and when.day) else None


@rule("when", "<when> een|n uur|uurtje of <number>")
def about_an_hour(_: Scope, when: When, hour: int) -> When | None:
    """ "Morgen een uur of 3"."""
    plain = when.edge is None and when.hour is None and when.has_day()
    return replace(when, hour=hour, minute=0) if plain and 1 <= hour <= 12 else None


@rule("when", "<when> <dotclock>")
def dotted_time(_: Scope, when: When, said: Clock) -> When | None:
    """ "Vrijdag 9.00": beside a weekday, a quarter of an hour with a full stop is a time."""
    plain = when.edge is None and when.hour is None and (when.weekday is not None or when.on)
    if not plain or said[1] % 15 or when.day is not None:
        return None
    return replace(when, hour=said[0], minute=said[1], sure=said[2] or None)


@rule("when", "<time>")
def time_as_when(_: Scope, when: When) -> When:
    return when


@rule("when", "<parts>")
def parts_as_when(_: Scope, when: When) -> When:
    return when

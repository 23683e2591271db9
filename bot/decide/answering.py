"""A bare day or number as what it answers: rest until then, the start of a plan, one of the days offered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from bot.decide.days import day_of
from bot.decide.fitting import KINDS, STARTS, wished
from bot.understanding import REST, Ask, Intent, Reading, Share, TwoParts
from core.money import Money
from messages.options import Option

# Days and plans, of which one can be pointed at by its place in the list.
# A day for what a part of today leaves.
REST_ON: Final = "rest_on"
LISTED: Final = frozenset({"day", "until", REST_ON}) | KINDS
_BARE: Final = frozenset({Intent.RESCHEDULE, Intent.AFFIRM, Intent.DENY})


def in_answer(reading: Reading, offered: Sequence[Option], today: date) -> Reading:
    """Return `reading`, said `today`, as an answer to what was `offered`: "tot 1 januari dan" is rest, still.

    Whoever says that it is paid on that day does not answer, but promises.
    """
    if offered and (of_the_rest := _of_the_rest(reading, offered, today)) is not None:
        return of_the_rest
    a_day = Intent.RESCHEDULE in reading.intents and set(reading.intents) <= _BARE
    if not offered or not a_day or reading.told.pays:
        return reading
    if counted := _counted(reading, offered):
        # The second day in the list, or the 2nd of the month: a wrong day is worse than a question.
        both = {str(counted), str(reading.slots.get("date", counted))}
        return replace(reading, clarify=True, ask_code=Ask.WHICH_DAY, choices=tuple(sorted(both)))
    if reading.told.place is not None and any(option.kind in LISTED for option in offered):
        # "De derde" of two: there is no such one, and a day of the month is not surely meant.
        said = day_of(reading, "date")
        meant = (said.isoformat(),) if said else reading.choices
        return replace(reading, clarify=True, ask_code=Ask.WHICH_DAY, choices=meant)
    if all(option.kind == "until" for option in offered):
        return replace(reading, intents=(Intent.PAUSE,))
    start = next((option for option in offered if option.kind in STARTS), None)
    if start is None:
        return reading
    wish = wished(start)
    plan = {"instalments": wish.count, "interval": wish.interval}
    return replace(reading, intents=(Intent.INSTALMENTS,), slots={**reading.slots, **plan})


def _counted(reading: Reading, offered: Sequence[Option]) -> date | None:
    """Return the day at the place that a bare number names, in a list that showed no numbers."""
    number = reading.told.number
    if number is None or not 1 <= number <= len(offered):
        return None
    day = offered[number - 1].facts.get("day")
    return day if isinstance(day, date) else None


def _of_the_rest(reading: Reading, offered: Sequence[Option], today: date) -> Reading | None:
    """Return "dinsdag" or "de rest dinsdag", said to our question when the rest of a part of today comes.

    Who answers on a later day pays the first part then. None for all other words, such as "liever alles
    dinsdag", and where no day is left between the two: then it is a day for the whole.
    """
    told = reading.told
    pointed = told.number is not None or told.place is not None
    if not told.bare_day or pointed or not all(option.kind == REST_ON for option in offered):
        return None
    day, part = day_of(reading, "date", "datetime", "start_date"), offered[0].facts.get("part")
    # "De rest" by itself is asked in how many parts; that question is answered by the one that we asked.
    unsure = reading.guessed or (reading.clarify and reading.intents != (Intent.INSTALMENTS,))
    if unsure or day is None or day <= today or not isinstance(part, Money):
        return None
    first = Share(f"{part.cents // 100}.{part.cents % 100:02}", (today.isoformat(), today.isoformat()))
    both = replace(told, two_parts=TwoParts(first, Share(REST, (day.isoformat(), day.isoformat()))))
    return replace(reading, intents=(Intent.INSTALMENTS,), slots={}, clarify=False, tell=lambda: both)

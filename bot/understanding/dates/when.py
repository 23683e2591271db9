"""What a phrase says about a moment, before it is known which day of the calendar that is."""

from dataclasses import dataclass, fields, replace
from datetime import date, datetime

from bot.understanding.reading import Ask


@dataclass(frozen=True, slots=True)
class When:
    """Everything that was said; what was not said is None. Said twice differently: no merge.

    ``weekday`` counts from Monday = 0. ``on`` is a day already worked out, ``first``/``last`` a
    stretch of days of the given ``grain``. ``sure`` tells that the hour is on the 24-hour clock (or
    had am/pm). ``edge`` is "until", "before", "by", "from" or None.
    """

    weekday: int | None = None
    day: int | None = None
    month: int | None = None
    year: int | None = None
    on: date | None = None
    first: date | None = None
    last: date | None = None
    grain: str | None = None
    hour: int | None = None
    minute: int | None = None
    sure: bool | None = None
    part: str | None = None
    at: datetime | None = None
    edge: str | None = None
    doubt: Ask | None = None
    choices: tuple[date, ...] = ()
    nearest: bool = False

    def has_day(self) -> bool:
        """Whether this says anything about which day, rather than only the time of it."""
        return any(
            value is not None for value in (self.weekday, self.day, self.month, self.on, self.first, self.at)
        )


_NAMES = tuple(field.name for field in fields(When) if field.name not in ("choices", "nearest"))


def merge(one: When, other: When) -> When | None:
    """Both together ("vrijdag" + "27 november"), or None when they speak of two moments."""
    if one.at or other.at or (one.on and other.on) or (one.first and other.first):
        return None
    if "after" in (one.grain, other.grain) and one.has_day() and other.has_day():
        # "Na kerst, zeg de 28e": the first day that may be, and the day itself.
        return None
    if one.on and other.day and one.on.day != other.day and (one.edge or one.grain == "feast"):
        return None
    both = {}
    for name in _NAMES:
        left, right = getattr(one, name), getattr(other, name)
        if left is not None and right is not None and left != right:
            return None
        both[name] = right if left is None else left
    if (one.weekday is not None and other.weekday is not None) or (one.day and other.day):
        return None
    if (one.hour is not None and other.hour is not None) or (one.month and other.month):
        return None
    choices = one.choices or other.choices
    # "Woensdag na het werk": only the part of the day is the nearest one.
    nearest = any(when.nearest and when.has_day() for when in (one, other))
    return When(**both, choices=choices, nearest=nearest)


def doubtful(ask: Ask, *choices: date) -> When:
    """A moment that was spoken of, but that a careful person would ask about."""
    return When(doubt=ask, choices=choices)


def with_edge(when: When, edge: str) -> When:
    """The same moment as the edge ("until", "by", …) of a stretch of time."""
    return replace(when, edge=edge)

"""Rules for a day that comes when another is over: "als kerst achter de rug is", "once easter is over"."""

from bot.understanding.dates.base import Scope, rule
from bot.understanding.dates.ranges import after
from bot.understanding.dates.when import When, doubtful
from bot.understanding.reading import Ask


@rule(
    "when",
    "ONCE [THE] <when> [eenmaal] achter de rug [is|zijn]",
    "ONCE [THE] <when> [eenmaal] voorbij|geweest|gepasseerd [is|zijn]",
    "ONCE [THE] <when> [eenmaal] over|om is|zijn",
    "ONCE [THE] <when> is|zijn achter de rug",
    "ONCE [THE] <when> is|are|has|have over|done|past|gone|been|passed|finished",
    "ONCE [THE] <when> is|are behind us|me",
    "ONCE [THE] <when> is|are out of the way",
    "as soon as [the] <when> is|are over|done|past|behind",
    "zo gauw|snel [als] [THE] <when> voorbij|geweest|over is|zijn",
    "zo gauw|snel [als] [THE] <when> achter de rug is|zijn",
)
def once_over(scope: Scope, when: When) -> When | None:
    """The first day on which it is over: "als Oud en Nieuw achter de rug is" is not New Year's Eve."""
    later = after(scope, when) if when.hour is None and when.part is None else None
    return later if isinstance(later, When) else None


@rule(
    "when",
    "ONCE [THE] <vaguefeast> [eenmaal] achter de rug|voorbij",
    "ONCE [THE] <vaguefeast> is|are over|done|past|behind|finished",
)
def once_over_some_time(_: Scope, __: object) -> When:
    return doubtful(Ask.WHICH_DAY)

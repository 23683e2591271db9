"""Rules for named days: "met kerst", "pasen volgend jaar", "na de vakantie"."""

from datetime import date

from bot.understanding.dates.base import Scope, rule
from bot.understanding.dates.when import When, doubtful
from bot.understanding.lexicon.feasts import FEASTS
from bot.understanding.reading import Ask


@rule("when", "in <feast>")
def in_the_new_year(_: Scope, name: str) -> When | None:
    """ "In het nieuwe jaar" is no promise for New Year's Day."""
    return doubtful(Ask.WHICH_DAY) if name in ("het nieuwe jaar", "the new year") else None


@rule("when", "[THE] <feast>", "[THE] <feast> dag|day")
def feast(scope: Scope, name: str) -> When:
    return _feast_in(name, scope.today, scope.today.year)


def _feast_in(name: str, today: date, year: int) -> When:
    first, last = FEASTS[name](year)
    if last < today:
        first, last = FEASTS[name](year + 1)
    return When(on=max(first, today), last=last, grain="feast")


@rule("when", "[THE] <feast> [OF] <year>")
def feast_in_year(_: Scope, name: str, year: int) -> When:
    first, last = FEASTS[name](year)
    return When(on=first, last=last, grain="feast")


@rule("when", "<feast> [OF] <dir> YEAR", "<dir> YEAR [ON] <feast>", "<dir> YEAR met|with <feast>")
def feast_of_directed_year(scope: Scope, *said: str) -> When:
    name = next(part for part in said if part in FEASTS)
    direction = next(part for part in said if part not in FEASTS)
    if direction == "this":
        return _feast_in(name, scope.today, scope.today.year)
    first, last = FEASTS[name](scope.today.year + 1)
    return When(on=first, last=last, grain="feast")


@rule("when", "<dir> <feast>")
def directed_feast(scope: Scope, direction: str, name: str) -> When | None:
    return _feast_in(name, scope.today, scope.today.year) if direction != "last" else None


@rule("when", "AFTER [THE|mijn|my|onze] <vaguefeast>", "BEFORE [THE|mijn|my] <vaguefeast>")
@rule(
    "when",
    "met|during|tijdens|in|over|this|deze|next|volgende [THE] <vaguefeast>",
    "van de <vaguefeast>",
    "over the holidays",
)
def vague_feast(_: Scope, *__: object) -> When:
    return doubtful(Ask.WHICH_DAY)

"""Reads one line of a list of phrases into the steps in which a reply may say it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from bot.understanding.vocabulary import (
    ANY,
    CLOSES,
    CLOSES_ALL,
    OPENS,
    OPENS_ALL,
    Keys,
    Unreadable,
)

_ANYTHING = frozenset((ANY,))
_GAPS = {"..": 2, "...": 5}
_OPENINGS = {"^": OPENS, "^^": OPENS_ALL}
_CLOSINGS = {"$": CLOSES, "$$": CLOSES_ALL}
_WITHOUT_CHOICE = {
    ",": frozenset((",",)),
    "|": frozenset(("|",)),
}
# Parts by which alone a phrase would be heard anywhere.
_MAY_BE_EMPTY = frozenset((*_GAPS, *_WITHOUT_CHOICE, "@w"))
# The keys that a part such as "a|<b>" waits for.
Wanted: TypeAlias = Callable[[str], Keys]


@dataclass(frozen=True, slots=True, eq=False)
class Phrase:
    """Words in order. ``opened`` tells that its first step is no word, but the end of a clause before."""

    signal: str
    opened: bool


@dataclass(frozen=True, slots=True, eq=False)
class End:
    """The phrase has been said; ``beyond`` counts the words it looked at after its last."""

    phrase: Phrase
    beyond: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """Waits for a word with one of these keys; then the phrase goes on in one of the ways ``after``."""

    phrase: Phrase
    keys: Keys
    after: "Ways"


# The best way comes first: with a word that may be left out, and with the narrowest gap.
Ways: TypeAlias = tuple[Step | End, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Bag:
    """Words in any order within one clause, and words that must not be among them."""

    signal: str
    wanted: tuple[Keys, ...]
    unwanted: Keys

    def is_in(self, clause: Keys) -> bool:
        """Whether all that is wanted, and nothing unwanted, is among these keys of all words of a clause."""
        if not self.unwanted.isdisjoint(clause):
            return False
        return not any(map(clause.isdisjoint, self.wanted))

    def places_in(self, clause: Sequence[Keys]) -> list[int]:
        """Where in a clause that holds it each wanted word stands first."""
        return [
            next(at for at, word in enumerate(clause) if not keys.isdisjoint(word)) for keys in self.wanted
        ]


def read_phrase(signal: str, parts: Sequence[str], wanted: Wanted) -> list[Step]:
    """The steps that a phrase may begin with; raises Unreadable when nobody could ever say it."""
    opening = _OPENINGS.get(parts[0])
    closing = _CLOSINGS.get(parts[-1])
    inside = parts[opening is not None : len(parts) - (closing is not None)]
    _check(inside, opening, closing)
    phrase = Phrase(signal, opened=opening is not None)
    ways = _closed_by(closing, phrase) if closing else (End(phrase),)
    for part in reversed(inside):
        ways = _before(ways, part, phrase, wanted)
    if opening:
        ways = (Step(phrase, frozenset((opening,)), ways),)
    return [way for way in ways if isinstance(way, Step)]


def _closed_by(closing: str, phrase: Phrase) -> Ways:
    """A question mark may still come between the phrase and the end of its clause."""
    ends = frozenset((closing,))
    at_once = Step(phrase, ends, (End(phrase, beyond=1),))
    as_question = Step(phrase, frozenset(("@q",)), (Step(phrase, ends, (End(phrase, beyond=2),)),))
    return (at_once, as_question)


def _before(ways: Ways, part: str, phrase: Phrase, wanted: Wanted) -> Ways:
    """The ways to say this part and then go on in one of ``ways``."""
    if part in _GAPS:
        wider = ways
        for _ in range(_GAPS[part]):
            wider = (*ways, Step(phrase, _ANYTHING, wider))
        return wider
    may_be_left_out = part == "," or part.startswith("[")
    said = part[1:-1] if part.startswith("[") else part
    keys = _WITHOUT_CHOICE.get(said) or wanted(said)
    return (Step(phrase, keys, ways), *(ways if may_be_left_out else ()))


def _check(inside: Sequence[str], opening: str | None, closing: str | None) -> None:
    if not any(_must_be_said(part) for part in inside):
        raise Unreadable("there is no word in it that must be said")
    if (inside[0] in _GAPS and not opening) or (inside[-1] in _GAPS and not closing):
        raise Unreadable("a gap must have something on both its sides")
    for part in inside:
        if part in _OPENINGS or part in _CLOSINGS:
            raise Unreadable(f"{part} stands in the middle")
        if part.startswith("[") != part.endswith("]"):
            raise Unreadable(f"{part} is half in brackets")


def _must_be_said(part: str) -> bool:
    return part not in _MAY_BE_EMPTY and not part.startswith("[")


def read_bag(signal: str, parts: Sequence[str], wanted: Wanted) -> Bag:
    """The words of a line after its ``&``; raises Unreadable when there are none."""
    present = tuple(wanted(part) for part in parts if not part.startswith("!"))
    absent = [wanted(part[1:]) for part in parts if part.startswith("!")]
    if not present:
        raise Unreadable("there is no word in it that must be said")
    return Bag(signal, present, frozenset[str]().union(*absent))

"""Which way the words of a reply lean, learned from labelled replies, for where phrases say too little.

Phrases say what a reply means; where none was heard, or where all the other words speak against the one
that was, its words still lean one way. A lean is a chance per intent, from one weight per word, four
letters of a word, two words in a row, three kinds of words in a row, word that a "not" stands before and
last move of the bot with the words that answer it, in ``lexicon/leanings.tsv``. That table is made from
labelled replies, see tests/bot/understanding/learn.py, and can be read line by line.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import pairwise
from math import exp, fsum, sqrt
from pathlib import Path
from typing import Final, Generic, TypeVar

from bot.understanding.courtesy import core
from bot.understanding.lexicon.classes import CLASSES
from bot.understanding.printed import Printed
from bot.understanding.reading import Context, Intent

TABLE = Path(__file__).parent / "lexicon" / "leanings.tsv"
TOPICS = Path(__file__).parent / "lexicon" / "topics.tsv"
QUESTIONED = ("amount", "what_for", "who", "real", "deadline", "costs", "how", "link", "other")
# The row of a table that holds for every reply.
ALWAYS = "(always)"
# The row that tells which replies a table was made from.
MADE_FROM = "(made from)"
_BREAKS = ("|", ",")
_PIECE = 4
# A "not" counts for the four words after it.
_DENIES: Final = frozenset(("niet", "nie", "nee", "geen", "nooit", "niks", "not", "no", "never", "nothing"))
_REACH: Final = 5
# The kind that a word is of, such as <paying>: the first where it is of several.
_KINDS: Final[Mapping[str, str]] = {
    word.rstrip("~"): f"<{name}>" for name, group in reversed(CLASSES.items()) for word in group.split()
}


def plainly(words: Sequence[str]) -> list[str]:
    """The words of a reply as they are looked up in a table."""
    return [word.rstrip("~") for word in words]


def kinds(plain: Sequence[str]) -> list[str]:
    """Each word, or the kind of words that it belongs to."""
    return [_KINDS.get(word, word) for word in plain]


def pieces(word: str) -> tuple[str, ...]:
    """Every four letters in a row, by which a word is known that was bent, joined or mistyped."""
    if len(word) < _PIECE:
        return ()
    ended = f"^{word}$"
    return tuple(f"#{ended[at : at + _PIECE]}" for at in range(len(ended) - _PIECE + 1))


@lru_cache(maxsize=20_000)
def _of_word(plain: str) -> frozenset[str]:
    """A word, its kind and its pieces; of a sign no more than its kind."""
    return frozenset((plain, _KINDS.get(plain, plain), *pieces(plain))).difference(_BREAKS)


def traits(words: Sequence[str], context: Context | None) -> frozenset[str]:
    """What in the plain words of a reply may lean one way or another; its greeting leans nowhere."""
    first, last = core(words)
    plain = ["|", *plainly(words[first:last]), "|"]
    classed = kinds(plain)
    found = set[str]().union(*map(_of_word, plain))
    found.update(map(" ".join, pairwise(plain)))
    found.update(map(" ".join, pairwise(classed)))
    found.update(map(" ".join, zip(classed, classed[1:], classed[2:], strict=False)))
    found.update(_denied(plain, classed))
    if context and context is not Context.REMINDER:
        mark = f"({context})"
        found.add(mark)
        found.update(f"{mark} {word}" for word in {*plain, *classed}.difference(_BREAKS))
    return frozenset(found)


def _denied(plain: Sequence[str], classed: Sequence[str]) -> Iterator[str]:
    """The kinds of words that a "not" stands before, within its clause: "not >pay"."""
    for at, word in enumerate(plain):
        if word in _DENIES:
            for near, kind in zip(plain[at + 1 : at + _REACH], classed[at + 1 : at + _REACH], strict=True):
                if near in _BREAKS:
                    break
                yield f"not >{kind}"


# An intent, or the topic of a question.
Meaning = TypeVar("Meaning")
# One weight for each meaning, as log-odds, in the order of ``Leanings.meanings``.
Row = tuple[float, ...]


@dataclass(frozen=True)
class Leanings(Generic[Meaning]):
    """A row of weights for each trait: one weight for each of the meanings that are told apart."""

    meanings: tuple[Meaning, ...]
    rows: Mapping[str, Row]

    @cached_property
    def _always(self) -> Row:
        return self.rows[ALWAYS]

    def of(self, found: frozenset[str]) -> dict[Meaning, float]:
        """The chance, from 0 to 1, of each meaning of a reply with these traits."""
        scale = 1 / sqrt(1 + len(found))
        each = zip(self.meanings, self._always, self._totals(found), strict=True)
        return {meaning: chance(always + scale * total) for meaning, always, total in each}

    def _totals(self, found: frozenset[str]) -> Iterable[float]:
        """What all traits together lean to each meaning.

        Exact, so that the order of a set, which is another in every process, decides nothing.
        """
        if isinstance(self.rows, Printed):
            return self.rows.totals(found)
        rows = [self.rows[trait] for trait in found if trait in self.rows]
        return map(fsum, zip((0.0,) * len(self.meanings), *rows, strict=True))

    def weight(self, trait: str, meaning: Meaning) -> float:
        """How much one trait leans to a meaning."""
        at = self.meanings.index(meaning)
        if isinstance(self.rows, Printed):
            return self.rows.weight(trait, at)
        return self.rows[trait][at] if trait in self.rows else 0.0


def chance(log_odds: float) -> float:
    """Log-odds as a chance, from 0 to 1."""
    return 1 / (1 + exp(-max(-30.0, min(30.0, log_odds))))


@cache
def leanings() -> Leanings[Intent]:
    """What tells intents apart."""
    return _table(TABLE, tuple(Intent))


@cache
def topics() -> Leanings[str]:
    """What tells the topics of a question apart."""
    return _table(TOPICS, QUESTIONED)


def _table(file: Path, meanings: tuple[Meaning, ...]) -> Leanings[Meaning]:
    _, *lines = file.read_text("utf-8").splitlines()
    return Leanings(meanings, Printed(lines, meanings))

"""Which way the words of a reply lean, learned from labelled replies, for where phrases say too little.

Phrases say what a reply means; where none was heard, or where all the other words speak against the one
that was, its words still lean one way. A lean is a chance per intent, from one weight per word, four
letters of a word, two words in a row, three kinds of words in a row, word that a "not" stands before and
last move of the bot with the words that answer it, in ``lexicon/leanings.tsv``. That table is made from
labelled replies, see tests/bot/understanding/learn.py, and can be read line by line.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, pairwise
from math import exp, fsum, sqrt
from pathlib import Path
from typing import Final, Generic, TypeVar

from bot.understanding.courtesy import core
from bot.understanding.lexicon.classes import CLASSES
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


@lru_cache(maxsize=20_000)
def pieces(word: str) -> tuple[str, ...]:
    """Every four letters in a row, by which a word is known that was bent, joined or mistyped."""
    if len(word) < _PIECE:
        return ()
    ended = f"^{word}$"
    return tuple(f"#{ended[at : at + _PIECE]}" for at in range(len(ended) - _PIECE + 1))


def traits(words: Sequence[str], context: Context | None) -> frozenset[str]:
    """What in the plain words of a reply may lean one way or another; its greeting leans nowhere."""
    first, last = core(words)
    plain = ["|", *plainly(words[first:last]), "|"]
    classed = kinds(plain)
    said = [word for word in plain if word not in _BREAKS]
    found = {*said, *classed}
    found.update(map(" ".join, pairwise(plain)))
    found.update(map(" ".join, pairwise(classed)))
    found.update(map(" ".join, zip(classed, classed[1:], classed[2:], strict=False)))
    found.update(chain.from_iterable(map(pieces, said)))
    found.update(_denied(plain, classed))
    if context and context is not Context.REMINDER:
        mark = f"({context})"
        found.update((mark, *(f"{mark} {word}" for word in {*said, *classed})))
    found.difference_update(_BREAKS)
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


@dataclass(frozen=True, slots=True)
class Leanings(Generic[Meaning]):
    """A row of weights for each trait: one weight for each of the meanings that are told apart."""

    meanings: tuple[Meaning, ...]
    rows: Mapping[str, Row]

    def of(self, found: frozenset[str]) -> dict[Meaning, float]:
        """The chance, from 0 to 1, of each meaning of a reply with these traits."""
        rows = [self.rows[trait] for trait in found if trait in self.rows]
        scale = 1 / sqrt(1 + len(found))
        # Exact, so that the order of a set, which is another in every process, decides nothing.
        totals = map(fsum, zip((0.0,) * len(self.meanings), *rows, strict=True))
        each = zip(self.meanings, self.rows[ALWAYS], totals, strict=True)
        return {meaning: chance(always + scale * total) for meaning, always, total in each}

    def weight(self, trait: str, meaning: Meaning) -> float:
        """How much one trait leans to a meaning."""
        return self.rows[trait][self.meanings.index(meaning)] if trait in self.rows else 0.0


def chance(log_odds: float) -> float:
    """Log-odds as a chance, from 0 to 1."""
    return 1 / (1 + exp(-max(-30.0, min(30.0, log_odds))))


class Rows(Mapping[str, Row]):
    """The rows of a table, each read when first asked for: all at once would hold up the first reply."""

    def __init__(self, lines: Sequence[str], meanings: Sequence[object]) -> None:
        split = (line.partition("\t") for line in lines)
        self._meanings = tuple(map(str, meanings))
        self._unread = {trait: weights for trait, _, weights in split}
        self._read: dict[str, Row] = {}

    def __getitem__(self, trait: str) -> Row:
        if trait not in self._read:
            weights = dict(weight.split("=") for weight in self._unread[trait].split("\t"))
            self._read[trait] = tuple(float(weights.get(meaning, 0)) for meaning in self._meanings)
        return self._read[trait]

    def __contains__(self, trait: object) -> bool:
        return trait in self._unread

    def __iter__(self) -> Iterator[str]:
        return iter(self._unread)

    def __len__(self) -> int:
        return len(self._unread)


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
    return Leanings(meanings, Rows(lines, meanings))

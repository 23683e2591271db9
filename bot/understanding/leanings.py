"""Which way the words of a reply lean, learned from labelled replies: it helps to ask, and never acts.

Phrases say what a reply means; where none was heard, or where all the other words speak against the one
that was, its words still lean one way. A lean is a chance per intent, from one weight per word, beginning
of a word, pair of words and last move of the bot, in ``lexicon/leanings.tsv``. That table is made from
labelled replies, see tests/bot/understanding/learn.py, and can be read line by line.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import exp, sqrt
from pathlib import Path

from bot.understanding.courtesy import core
from bot.understanding.reading import Context, Intent

TABLE = Path(__file__).parent / "lexicon" / "leanings.tsv"
# The row of the table that holds for every reply.
ALWAYS = "(always)"
# The row that tells which replies the table was made from.
MADE_FROM = "(made from)"
_BREAKS = ("|", ",")
_BEGINNING = 5


def traits(words: Sequence[str], context: Context | None) -> frozenset[str]:
    """What in the plain words of a reply may lean one way or another; its greeting leans nowhere."""
    first, last = core(words)
    plain = ["|", *(word.rstrip("~") for word in words[first:last]), "|"]
    said = [word for word in plain if word not in _BREAKS]
    beginnings = (f"{word[:_BEGINNING]}*" for word in said if len(word) > _BEGINNING)
    pairs = (f"{one} {other}" for one, other in pairwise(plain))
    move = (f"({context})",) if context and context is not Context.REMINDER else ()
    return frozenset((*said, *beginnings, *pairs, *move))


@dataclass(frozen=True, slots=True)
class Leanings:
    """Weights per trait and intent, as log-odds."""

    weights: Mapping[str, Mapping[Intent, float]]

    def of(self, found: frozenset[str]) -> dict[Intent, float]:
        """The chance, from 0 to 1, of each intent in a reply with these traits."""
        sums = dict.fromkeys(Intent, 0.0)
        for trait in found:
            for intent, weight in self.weights.get(trait, {}).items():
                sums[intent] += weight
        always = self.weights[ALWAYS]
        scale = 1 / sqrt(1 + len(found))
        return {intent: chance(always[intent] + scale * total) for intent, total in sums.items()}


def chance(log_odds: float) -> float:
    """Log-odds as a chance, from 0 to 1."""
    return 1 / (1 + exp(-max(-30.0, min(30.0, log_odds))))


def odds(likely: float) -> float:
    """A chance, from 0 to 1, as odds: 0.8 is four to one."""
    return likely / (1 - likely)


@cache
def leanings() -> Leanings:
    """The table, read when it is first needed."""
    _, *rows = TABLE.read_text("utf-8").splitlines()
    return Leanings(dict(map(_row, rows)))


def _row(line: str) -> tuple[str, dict[Intent, float]]:
    trait, *weights = line.split("\t")
    return trait, {Intent(intent): float(weight) for intent, weight in (each.split("=") for each in weights)}

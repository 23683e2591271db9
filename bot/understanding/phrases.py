"""A small language for phrases, so that what the bot listens for can be read and extended as lists.

One phrase a line, over words in their plain spelling:

* ``a|b`` either word; ``[a|b]`` a word that may be left out; ``berich*`` any word that begins so;
* ``<class>`` any word of a named class; ``@d`` a moment ("vrijdag"), ``@m`` money, ``@n`` a number;
* ``@w`` a word the bot does not know, such as a name;
* ``..`` up to two and ``...`` up to five words in between, within one clause;
* a line that begins with ``&`` holds words in any order within one clause; ``!word`` must not be there;
* ``^`` and ``$`` the beginning and the end of a clause, ``^^`` and ``$$`` of the whole reply;
* ``|`` by itself the end of one clause and the beginning of the next, ``,`` a comma that may be there.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from bot.understanding.phrase_automaton import Automaton
from bot.understanding.phrase_notation import Bag, Phrase, Step, read_bag, read_phrase
from bot.understanding.vocabulary import (
    CLOSES,
    CLOSES_ALL,
    OPENS,
    OPENS_ALL,
    Keys,
    Unreadable,
    Vocabulary,
)

# A thousand different replies leave some fifty thousand steps behind; these many take some 30 MB.
_MOST_REMEMBERED = 400_000
_CLAUSE_ENDS = ("|", "maar", "but")
_BEFORE_ALL = frozenset((OPENS, OPENS_ALL))
_AFTER_ALL = frozenset((CLOSES, CLOSES_ALL))


class Match(NamedTuple):
    """A phrase heard: which signal it gives and the words ``[first, last)`` it was heard in."""

    signal: str
    first: int
    last: int


def read_lists(folder: Path) -> dict[str, str]:
    """The lists of phrases in a folder, each file named after its signal."""
    return {path.stem: path.read_text("utf-8") for path in sorted(folder.glob("*.txt"))}


class PhraseBook:
    """All phrases of all signals; ``words`` are the plain words that they are written in.

    Raises ValueError, with the list and the line, for a phrase that nobody could ever say.
    """

    def __init__(
        self,
        classes: Mapping[str, str],
        lists: Mapping[str, str],
        most_remembered: int = _MOST_REMEMBERED,
    ) -> None:
        self._vocabulary = Vocabulary(classes)
        self._bags: dict[str, list[Bag]] = {}
        beginnings: list[Step] = []
        for signal, text in lists.items():
            for number, line in enumerate(text.splitlines(), 1):
                try:
                    beginnings += self._read(signal, line)
                except Unreadable as wrong:
                    raise ValueError(f"{signal}.txt, line {number}: {line!r}: {wrong}") from wrong
        self._automaton = Automaton(beginnings, most_remembered)
        self.words = self._vocabulary.words

    @property
    def remembered(self) -> int:
        """How much of what it has worked out while listening it still knows."""
        return self._automaton.remembered

    def _read(self, signal: str, line: str) -> list[Step]:
        parts = [] if line.startswith("#") else line.split()
        if not parts:
            return []
        if parts[0] != "&":
            return read_phrase(signal, parts, self._vocabulary.wanted)
        bag = read_bag(signal, parts[1:], self._vocabulary.wanted)
        # A reply without any word of its rarest part need not be held against it.
        for key in min(bag.wanted, key=self._vocabulary.size):
            self._bags.setdefault(key, []).append(bag)
        return []

    def listen(self, line: "Line") -> Iterator[Match]:
        """Every phrase in the line; of one phrase, no two in the same words."""
        words = [_BEFORE_ALL, *map(self._vocabulary.keys, line.words[1:-1]), _AFTER_ALL]
        yield from self._in_order(words)
        yield from self._in_any_order(words, line.clauses)

    def _in_order(self, words: Sequence[Keys]) -> Iterator[Match]:
        heard: dict[Phrase, int] = {}
        for start in range(len(words)):
            for phrase, end in self._automaton.said_from(words, start).items():
                first = start + phrase.opened
                if heard.get(phrase, 0) <= first:
                    heard[phrase] = end
                    yield Match(phrase.signal, first - 1, end - 1)

    def _in_any_order(self, words: Sequence[Keys], clauses: Sequence[tuple[int, int]]) -> Iterator[Match]:
        for first, last in clauses:
            clause = words[first:last]
            keys = frozenset[str]().union(*clause)
            likely = (bag for key in sorted(self._bags.keys() & keys) for bag in self._bags[key])
            for bag in dict.fromkeys(likely):
                if bag.is_in(keys):
                    places = bag.places_in(clause)
                    yield Match(bag.signal, first + min(places) - 1, first + max(places))


class Line:
    """A reply as one line of plain words, in which phrases are looked for.

    ``words`` are the words with moments as "@d", money as "@m", numbers as "@n" and ends of clauses
    as "|" or ",".
    """

    def __init__(self, words: Sequence[str]) -> None:
        self.words = ["|", *words, "|"]

    @cached_property
    def text(self) -> str:
        """The words with a space between each two."""
        return " ".join(self.words)

    @cached_property
    def distinct(self) -> frozenset[str]:
        """The different words in it."""
        return frozenset(self.words)

    @cached_property
    def clauses(self) -> list[tuple[int, int]]:
        """Where each clause begins and ends, in ``self.words``."""
        ends = [at for at, word in enumerate(self.words) if word in _CLAUSE_ENDS]
        return [(one + 1, other) for one, other in pairwise(ends) if other > one + 1]

"""A small language for phrases, so that what the bot listens for can be read and extended as lists.

One phrase a line, over words in their plain spelling:

* ``a|b`` either word; ``[a|b]`` a word that may be left out; ``berich*`` any word that begins so;
* ``<class>`` any word of a named class; ``@d`` a moment ("vrijdag"), ``@m`` money, ``@n`` a number;
* ``@w`` a word the bot does not know, such as a name;
* ``..`` up to two and ``...`` up to five words in between, within one clause;
* a line that begins with ``&`` holds words in any order within one clause; ``!word`` must not be there;
* ``^`` and ``$`` the beginning and the end of a clause, ``^^`` and ``$$`` of the whole reply.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path

_GAPS = {"..": r"(?: [^ |,]+){0,2}?", "...": r"(?: [^ |,]+){0,5}?", ",": r"(?: ,)?"}
_CLAUSE_ENDS = ("|", "maar", "but")
_EDGES = {"^": r"(?<=[|,])", "$": r"(?= (?:@q )?[|,])", "^^": r"(?<=^\|)", "$$": r"(?= (?:@q )?\|$)"}


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase heard: which signal it gives and the words ``[first, last)`` it was heard in."""

    signal: str
    first: int
    last: int


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compiled when first needed: all at once would make the start of every command slow."""
    return re.compile(pattern)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in order; one of ``keys`` must be there for it to be worth a look."""

    signal: str
    pattern: str
    keys: tuple[str, ...]

    def heard_in(self, line: "Line") -> Iterator[Match]:
        """Every place in the line where it stands."""
        for found in _compiled(self.pattern).finditer(line.text):
            yield Match(self.signal, *line.words_at(found.start(), found.end()))


@dataclass(frozen=True, slots=True)
class Bag:
    """Words in any order within one clause, and words that must not be among them."""

    signal: str
    wanted: tuple[str, ...]
    unwanted: str
    keys: tuple[str, ...]

    def heard_in(self, line: "Line") -> Iterator[Match]:
        """Every clause of the line that holds it."""
        wanted = [_compiled(pattern).fullmatch for pattern in self.wanted]
        unwanted = _compiled(self.unwanted).fullmatch if self.unwanted else None
        for first, last in line.clauses:
            words = line.words[first:last]
            places = [next((at for at, word in enumerate(words) if fits(word)), -1) for fits in wanted]
            if -1 in places or (unwanted and any(map(unwanted, words))):
                continue
            yield Match(self.signal, first + min(places) - 1, first + max(places))


def read_lists(folder: Path) -> dict[str, str]:
    """The lists of phrases in a folder, each file named after its signal."""
    return {path.stem: path.read_text("utf-8") for path in sorted(folder.glob("*.txt"))}


class PhraseBook:
    """All phrases of all signals, indexed by a word that each cannot do without."""

    def __init__(self, classes: Mapping[str, str], lists: Mapping[str, str]) -> None:
        self._classes = {name: tuple(words.split()) for name, words in classes.items()}
        self._index: dict[str, list[Phrase | Bag]] = {}
        self._stems: dict[str, list[Phrase | Bag]] = {}
        self.words: set[str] = set()
        for signal, lines in lists.items():
            for line in lines.splitlines():
                if line.strip() and not line.startswith("#"):
                    self._add(signal, line.split())

    def _add(self, signal: str, parts: Sequence[str]) -> None:
        phrase = self._bag(signal, parts[1:]) if parts[0] == "&" else self._phrase(signal, parts)
        for key in phrase.keys:
            if key.endswith("*"):
                self._stems.setdefault(key[:-1], []).append(phrase)
            else:
                self._index.setdefault(key, []).append(phrase)
        self.words.update(word for part in parts for word in self._options(part.strip("[]!&")))

    def _phrase(self, signal: str, parts: Sequence[str]) -> Phrase:
        pattern = "".join(self._element(part) for part in parts)
        return Phrase(signal, pattern, self._key(parts))

    def _bag(self, signal: str, parts: Sequence[str]) -> Bag:
        wanted = [part for part in parts if not part.startswith("!")]
        unwanted = [self._one_of(part[1:]) for part in parts if part.startswith("!")]
        return Bag(
            signal,
            tuple(self._one_of(part) for part in wanted),
            "|".join(unwanted),
            self._key(wanted),
        )

    def _key(self, parts: Sequence[str]) -> tuple[str, ...]:
        required = [self._options(part) for part in parts if self._is_word(part)]
        fewest = min(required, key=lambda options: (len(options), -len(options[0])))
        return tuple(fewest)

    def _one_of(self, part: str) -> str:
        return "|".join(
            re.escape(word[:-1]) + r"[^ ]*" if word.endswith("*") else re.escape(word)
            for word in sorted(self._options(part), key=len, reverse=True)
        )

    @staticmethod
    def _is_word(part: str) -> bool:
        return part not in _GAPS and part not in _EDGES and part != "@w" and part[0] != "["

    def _options(self, part: str) -> list[str]:
        return [
            word
            for option in part.split("|")
            for word in (
                self._classes[option[1:-1]]
                if option.startswith("<")
                else ("@d", "@day")
                if option == "@d"
                else (option,)
            )
        ]

    def _element(self, part: str) -> str:
        if part in _GAPS or part in _EDGES:
            return {**_GAPS, **_EDGES}[part]
        if part == "@w":
            return r"(?: [^ |,@]+~(?= ))"
        words = self._one_of(part.strip("[]"))
        return f"(?: (?:{words})(?= ))" + ("?" if part.startswith("[") else "")

    def listen(self, line: "Line") -> Iterator[Match]:
        """Every phrase in the line."""
        seen: set[int] = set()
        for word in line.distinct:
            phrases = self._index.get(word, ())
            stems = [
                phrase for size in range(3, len(word) + 1) for phrase in self._stems.get(word[:size], ())
            ]
            for phrase in (*phrases, *stems):
                if id(phrase) in seen:
                    continue
                seen.add(id(phrase))
                yield from phrase.heard_in(line)


class Line:
    """A reply as one line of plain words, in which phrases are looked for.

    ``words`` are the words with moments as "@d", money as "@m", numbers as "@n" and ends of clauses
    as "|" or ",".
    """

    def __init__(self, words: Sequence[str]) -> None:
        self.words = ["|", *words, "|"]
        self.text = " ".join(self.words)
        self.distinct = dict.fromkeys(self.words)
        self._starts: list[int] = []
        at = 0
        for word in self.words:
            self._starts.append(at)
            at += len(word) + 1

    @cached_property
    def clauses(self) -> list[tuple[int, int]]:
        """Where each clause begins and ends, in ``self.words``."""
        ends = [at for at, word in enumerate(self.words) if word in _CLAUSE_ENDS]
        return [(one + 1, other) for one, other in pairwise(ends) if other > one + 1]

    def words_at(self, start: int, end: int) -> tuple[int, int]:
        """The positions ``[first, last)`` in the words given, of these characters of the line."""
        inside = [n for n, at in enumerate(self._starts) if start <= at < end]
        if not inside:
            return 0, 0
        return inside[0] - 1, inside[-1]

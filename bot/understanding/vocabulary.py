"""Says which words the phrases are written in, and which of them a word of a reply may stand for.

A *key* is what a phrase can wait for: a plain word, a stem ("berich*"), a class ("<paid>"), a mark such
as "@d", or one of the keys below. A word that no phrase speaks of has few keys, and shares them with all
such words: whatever people type, there are no more sets of keys than the lists of phrases give rise to.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import TypeAlias

Keys: TypeAlias = frozenset[str]

# No word has a space in it, so these are nobody's words.
ANY = "any word"
NAME = "a name"
OPENS, CLOSES = "opens a clause", "closes a clause"
OPENS_ALL, CLOSES_ALL = "opens the reply", "closes the reply"

_BREAKS = {sign: frozenset((sign, OPENS, CLOSES)) for sign in ("|", ",")}
# What a mark stands for besides itself.
_MEANS = {"@d": ("@d", "@day"), "@w": (NAME,)}
_MARKS = ("@d", "@day", "@m", "@n", "@q", "@iban", "@mail", "@tag", "@tel", "@url", "@w")
_NO_WORDS = frozenset(("", "..", "...", "^", "^^", "$", "$$"))
_SIGNS = frozenset("[]!*")
_SHORTEST_STEM = 3
_MOST_WORDS = 8192


class Unreadable(ValueError):
    """Something that means nothing in the notation of phrases."""


class Vocabulary:
    """The words of all phrases; it grows with every part that is read, and not by listening."""

    def __init__(self, classes: Mapping[str, str]) -> None:
        self._classes = {f"<{name}>": words.split() for name, words in classes.items()}
        self._keys: dict[str, set[str]] = {mark: {mark} for mark in _MARKS}
        self._stems: set[str] = set()
        self._longest_stem = 0
        self.wanted = lru_cache(maxsize=None)(self._wanted)
        self.keys = lru_cache(maxsize=_MOST_WORDS)(self._keys_of)

    @property
    def words(self) -> frozenset[str]:
        """The plain words that phrases are written in."""
        return frozenset(word for word in self._keys if not word.startswith("@"))

    def size(self, keys: Keys) -> int:
        """How many words answer to these keys."""
        return sum(len(self._classes.get(key, key.split())) for key in keys)

    def _wanted(self, part: str) -> Keys:
        """The keys that a part of a phrase such as "a|b*|@d|<c>" waits for; raises Unreadable."""
        options = part.split("|")
        for option in options:
            self._learn(option, part)
        return frozenset(key for option in options for key in _MEANS.get(option, (option,)))

    def _learn(self, option: str, part: str) -> None:
        stem = option.removesuffix("*")
        if option.startswith("<"):
            if option not in self._classes:
                raise Unreadable(f"there is no class {option}")
            for word in self._classes[option]:
                self._keys.setdefault(word, set()).add(option)
        elif option in _NO_WORDS or not _SIGNS.isdisjoint(stem):
            raise Unreadable(f"{part} is no choice of words")
        elif option.startswith("@") and option not in _MARKS:
            raise Unreadable(f"there is no mark {option}")
        elif option == stem:
            self._keys.setdefault(option, set()).add(option)
        elif len(stem) < _SHORTEST_STEM:
            raise Unreadable(f"{option} may be too many words")
        else:
            self._stems.add(stem)
            self._longest_stem = max(self._longest_stem, len(stem))

    def _keys_of(self, word: str) -> Keys:
        """What a word of a reply, or an end of a clause in it, may stand for."""
        if word in _BREAKS:
            return _BREAKS[word].union(self._keys.get(word, ()))
        sizes = range(_SHORTEST_STEM, min(len(word), self._longest_stem) + 1)
        stems = (f"{word[:size]}*" for size in sizes if word[:size] in self._stems)
        name = (NAME,) if len(word) > 1 and word.endswith("~") else ()
        return frozenset((ANY, *name, *self._keys.get(word, ()), *stems))

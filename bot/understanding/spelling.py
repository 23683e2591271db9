"""Turns chat spelling into plain words: abbreviations written out, typing slips mended, safely."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from rapidfuzz.distance import OSA

from bot.understanding.lexicon.abbreviations import (
    ABBREVIATIONS,
    COMPOUND_DAYS,
    COMPOUND_PARTS,
)
from bot.understanding.lexicon.calendar_words import MONTHS, RELATIVE_DAYS, WEEKDAYS
from bot.understanding.lexicon.common_words import COMMON_WORDS, MENDABLE, NAMES
from bot.understanding.lexicon.feasts import FEASTS
from bot.understanding.sound_alikes import sounds_like
from bot.understanding.tokens import Token

_COMPOUNDS = {
    f"{day}{part}": (day, "ochtend" if part == "morgen" else part)
    for day in COMPOUND_DAYS
    for part in COMPOUND_PARTS
} | {
    f"{day}{part}": (day, part)
    for day in ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    for part in ("morning", "afternoon", "evening", "night")
}
# What a slip may be mended to. Nothing here stops messages or pays: those words must be exact.
_CALENDAR = frozenset(
    word for word in (*WEEKDAYS, *MONTHS, *RELATIVE_DAYS, *FEASTS) if len(word) > 3 and " " not in word
)
_SHORTEST_PART = 4
TARGETS = sorted(_CALENDAR | MENDABLE)
_BY_LENGTH: dict[int, list[str]] = {}
for _word in TARGETS:
    _BY_LENGTH.setdefault(len(_word), []).append(_word)


class Speller:
    """Mends words against the vocabulary of the whole house."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._known = frozenset(vocabulary) | COMMON_WORDS | frozenset(TARGETS) | set(ABBREVIATIONS) | NAMES
        self.mend = lru_cache(maxsize=8192)(self._mend)
        self.is_name = lru_cache(maxsize=8192)(self._is_name)

    def plain(self, tokens: list[Token]) -> list[Token]:
        """The tokens in plain spelling; a word that stands for more becomes several tokens."""
        plain: list[Token] = []
        for token in tokens:
            words = self.mend(token.word) if token.kind in ("word", "abbr") else (token.word,)
            if words == (token.word,):
                plain.append(token)
                continue
            plain.extend(Token(word, token.start, token.end, "word", token.glued) for word in words)
        return sounds_like(plain)

    def resembles_date(self, word: str) -> bool:
        """Whether an unknown word may be a calendar word gone wrong: "zatdg", "jui", "febr2"."""
        return len(word) > 2 and self.is_name(word) and word not in NAMES and _like_calendar(word)

    def __contains__(self, word: str) -> bool:
        """Whether a plain word stands in the vocabulary."""
        return word in self._known

    def _is_name(self, word: str) -> bool:
        """Whether a plain word is none the bot knows, as names are."""
        if word in NAMES:
            return True
        return word.isalpha() and len(word) > 1 and word not in self._known and not is_descriptive(word)

    def _mend(self, word: str) -> tuple[str, ...]:
        if word in ABBREVIATIONS:
            return ABBREVIATIONS[word]
        if word in _COMPOUNDS:
            return _COMPOUNDS[word]
        if word in self._known or len(word) < 4:
            return (word,)
        if "-" in word or "_" in word or word.endswith("'s"):
            return tuple(self._parts(word))
        if (compound := _compound(word)) is not None:
            return compound
        if len(word) > 16:
            return (word,)
        squeezed = _squeeze(word)
        if squeezed != word:
            return self._mend(squeezed) if squeezed in ABBREVIATIONS or squeezed in self._known else (word,)
        return _misspelt_compound(word) or (_nearest(word) or word,)

    def _parts(self, word: str) -> Iterator[str]:
        for part in word.removesuffix("'s").replace("_", "-").split("-"):
            yield from self._mend(part) if part else ()


def _misspelt_compound(word: str) -> tuple[str, str] | None:
    """ "Dinsdagavnd": a day as it should be, and a slip in the part of it."""
    day = next((day for day in COMPOUND_DAYS if word.startswith(day)), None)
    rest = word.removeprefix(day) if day else ""
    if day is None or len(rest) < _SHORTEST_PART:
        return None
    near = [part for part in COMPOUND_PARTS if OSA.distance(rest, part, score_cutoff=1) <= 1]
    return (day, "ochtend" if near[0] == "morgen" else near[0]) if len(near) == 1 else None


# "Bereikbaar", "eerlijk", "gezondheid", "verhuisd": by its form no name, though it is in no list.
_DESCRIPTIVE = re.compile(
    r"\w{2,}(?:lijke?|bare?|baar|loos|loze|ische?|heid|heden|atie|aties)|\w{3,}(?:ig|ige|iging|ering|eren|ende)"
    r"|(?:ge|ver|ont|be|her)\w{4,}[dt]e?|(?:ge|ver|ont)\w{4,}en"
)


def is_descriptive(word: str) -> bool:
    """Whether a Dutch word tells by its form that it describes something."""
    return _DESCRIPTIVE.fullmatch(word) is not None


def _squeeze(word: str) -> str:
    """ "jaaaa" and "morgeeen" with every run of three or more letters cut to one."""
    kept: list[str] = []
    for at, char in enumerate(word):
        run = word[at : at + 3] == char * 3 or (kept and kept[-1] == char and word[at - 2 : at] == char * 2)
        if run and kept and kept[-1] == char:
            continue
        kept.append(char)
    return "".join(kept)


# Shorter than this, one letter more or less could make another word of it.
_SHORTEST_COMPOUND = 9


def _compound(word: str) -> tuple[str, str] | None:
    """ "Zaterdagmidag" and "vrijdagavnd": a weekday and a part of it with one letter wrong."""
    if len(word) < _SHORTEST_COMPOUND:
        return None
    near = {
        _COMPOUNDS[whole]
        for whole in _COMPOUNDS
        if whole[:2] == word[:2] and OSA.distance(word, whole, score_cutoff=1) <= 1
    }
    return near.pop() if len(near) == 1 else None


def _nearest(word: str) -> str | None:
    """The one word this is a slip of; None when there is none, or more than one candidate."""
    allowed = 1 if len(word) < 8 else 2
    best: list[str] = []
    distance = allowed
    for size in range(len(word) - allowed, len(word) + allowed + 1):
        for target in _BY_LENGTH.get(size, ()):
            cost = OSA.distance(word, target, score_cutoff=distance)
            if cost > distance or (word[0] != target[0] and cost + (len(word) < 6) > 1):
                continue
            if cost < distance:
                distance, best = cost, []
            best.append(target)
    meanings = {_meaning(target) for target in best}
    return best[0] if len(meanings) == 1 else None


@lru_cache(maxsize=4096)
def _like_calendar(word: str) -> bool:
    allowed = 1 if len(word) < 5 else 2
    return any(
        word[0] == target[0] and OSA.distance(word, target, score_cutoff=allowed) <= allowed
        for target in _CALENDAR
    )


def _meaning(word: str) -> object:
    for name, table in (("weekday", WEEKDAYS), ("month", MONTHS)):
        if word in table:
            return name, table[word]
    if word in RELATIVE_DAYS:
        return "day", RELATIVE_DAYS[word]
    return word

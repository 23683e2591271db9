"""Which language a reply is in, from its small words and its script."""

import re
from collections import Counter
from collections.abc import Callable

from bot.understanding.lexicon.function_words import FUNCTION_WORDS
from bot.understanding.tokens import fold

# Blocks of letters that belong to one language, or nearly so.
_SCRIPTS = (
    ("el", 0x370, 0x3FF),
    ("ru", 0x400, 0x52F),
    ("hy", 0x530, 0x58F),
    ("he", 0x590, 0x5FF),
    ("ar", 0x600, 0x6FF),
    ("ti", 0x1200, 0x137F),
    ("hi", 0x900, 0x97F),
    ("th", 0xE00, 0xE7F),
    ("ka", 0x10A0, 0x10FF),
    ("ja", 0x3040, 0x30FF),
    ("zh", 0x4E00, 0x9FFF),
    ("ko", 0xAC00, 0xD7AF),
)
_RAW = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_UKRAINIAN = frozenset("іїєґІЇЄҐ")
OURS = frozenset(("nl", "en"))
# The languages in which a word is a small word.
_LANGUAGES: dict[str, list[str]] = {}
for _code, _small in FUNCTION_WORDS.items():
    for _word in _small:
        _LANGUAGES.setdefault(_word, []).append(_code)
# As many different words belong to one of our languages alone before we follow it.
_SURE = 3


def raw_words(text: str) -> list[str]:
    """The words as they were typed, in plain lower case."""
    return _RAW.findall(fold(text))


def language_of(text: str, hint: str | None, is_ours: Callable[[str], bool]) -> str:
    """ISO code of the language; the hint (or Dutch) when the words do not tell.

    ``is_ours`` tells whether a word is one that the bot knows from Dutch or English.
    """
    script = _script(text)
    if script:
        return script
    words = raw_words(text)
    scores = Counter(code for word in words for code in _LANGUAGES.get(word, ()))
    ours = hint if hint in OURS else "nl"
    best = max(OURS, key=lambda code: (scores[code], code == ours))
    foreign = max(scores.keys() - OURS, key=lambda code: (scores[code], code), default=None)
    short = len(words) == 1 and len(words[0]) < 4
    if foreign is not None and not short and _is_foreign(words, FUNCTION_WORDS[foreign], is_ours):
        return foreign
    return best if scores[best] else ours


def clearly(text: str) -> str | None:
    """Return the one of our languages that `text` is surely in: some words of it, none of the other."""
    typed = raw_words(text)
    nl, en = FUNCTION_WORDS["nl"], FUNCTION_WORDS["en"]
    only = {
        "nl": {word for word in typed if word in nl and word not in en},
        "en": {word for word in typed if word in en and word not in nl},
    }
    for code, other in (("nl", "en"), ("en", "nl")):
        if len(only[code]) >= _SURE and not only[other]:
            return code
    return None


def _is_foreign(words: list[str], theirs: frozenset[str], is_ours: Callable[[str], bool]) -> bool:
    """Whether more words are only theirs than only ours."""
    only_theirs = sum(word in theirs and not is_ours(word) for word in words)
    if not only_theirs:
        return False
    only_ours = sum(is_ours(word) and word not in theirs for word in words)
    return only_theirs > only_ours


def _script(text: str) -> str | None:
    if text.isascii():
        return None
    counts: dict[str, int] = {}
    for char in text:
        code = ord(char)
        if code < 0x370:
            continue
        for name, first, last in _SCRIPTS:
            if first <= code <= last:
                counts[name] = counts.get(name, 0) + 1
    if not counts:
        return None
    name = max(counts, key=lambda key: counts[key])
    if counts[name] * 2 < sum(char.isalpha() for char in text):
        return None
    return "uk" if name == "ru" and _UKRAINIAN & set(text) else name

"""Finding encrypted text again by a part of it: fingerprints of three letters at a time, without accents."""

from __future__ import annotations

import unicodedata
from typing import Final

from sqlalchemy import ColumnElement, Dialect, Text, and_, true, type_coerce
from sqlalchemy.orm import InstrumentedAttribute

from core.crypto import ForOnePurpose, Keyring, keyring_of

_SIZE: Final = 3
# Of so many hexadecimal digits there are 4096: several threes share one, so that less can be guessed from
# how often each occurs. Who finds compares with the text itself.
_DIGITS: Final = 3
# Letters that do not come apart into one of ours and an accent.
_ALIKE: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)


def folded(text: str) -> str:
    """Return the words of `text` without capitals, accents or marks, one space between them: Zoë is zoe."""
    apart = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter)).translate(_ALIKE)
    return " ".join("".join(letter if letter.isalnum() else " " for letter in bare).split())


def holds(text: str, wanted: str) -> bool:
    """Whether every word of `wanted` is in `text`: one of one or two letters as the beginning of a word."""
    words = folded(wanted).split()
    return bool(words) and all(_needle(word) in f" {folded(text)}" for word in words)


def _needle(word: str) -> str:
    return word if len(word) >= _SIZE else f" {word}"


def _threes(text: str) -> set[str]:
    return {text[start : start + _SIZE] for start in range(len(text) - _SIZE + 1)}


def _digest(keyring: Keyring, purpose: str, three: str) -> str:
    return keyring.digest(f"grams:{purpose}", three, _DIGITS).hex()[:_DIGITS]


class BlindGrams(ForOnePurpose[str]):
    """The fingerprints of every three letters that stand together in a text, in no order of the text's."""

    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else grams(keyring_of(dialect), self.purpose, value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return value


def grams(keyring: Keyring, purpose: str, text: str) -> str:
    """Return what BlindGrams stores for `text`."""
    found = {_digest(keyring, purpose, three) for three in _threes(f" {folded(text)} ")}
    return f" {' '.join(sorted(found))} " if found else ""


def may_hold(column: InstrumentedAttribute[str], keyring: Keyring, wanted: str) -> ColumnElement[bool] | None:
    """Return the condition that a BlindGrams column may hold `wanted`: hardly ever true where `holds` is not.

    None when `wanted` has too few letters to look for.
    """
    kind = column.property.columns[0].type
    threes = {three for word in folded(wanted).split() for three in _threes(_needle(word))}
    if not threes or not isinstance(kind, BlindGrams):
        return None
    plain = type_coerce(column, Text)
    digests = sorted({_digest(keyring, kind.purpose, three) for three in threes})
    return and_(true(), *(plain.contains(f" {digest} ") for digest in digests))

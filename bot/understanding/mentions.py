"""Finds where a reply names one of several requests, so that what is said of each can be told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from bot.understanding.named_requests import Candidate, alike, exactly, telling

# Stands for "de andere": which one that is, is known once the rest of the reply is.
OTHER: Final = "?"
_WORD: Final = re.compile(r"\w+")
# What belongs to a name: "voor de nieuwe remblokken", "the other bill".
_BEFORE: Final = re.compile(
    r"(?:(?<!\w)(?:voor|van|for|of|de|het|die|dat|the|that|my|mijn|m'n|nieuwe|new|nota|factuur|rekening|bill"
    r"|invoice|nummer|nr|number|optie|option)\s+)+$",
    re.IGNORECASE,
)
_BEHIND: Final = re.compile(r"\s+(?:nota|factuur|rekening|one|bill|invoice|request)\b", re.IGNORECASE)
_TIMES: Final = (
    r"dag|dagen|week|weken|maand|maanden|jaar|keer|moment|tijd|helft|kant|manier|datum|betaling|deel|termijn"
    r"|day|days|weeks?|months?|year|times?|half|side|way|hand|date|payment|part"
)
_THE_OTHER: Final = re.compile(
    rf"(?<!een )(?<!an)\b(?:andere|ander|other)\b(?!\s+(?:{_TIMES})\b)", re.IGNORECASE
)
_PLACES: Final = (
    ("eerste", "first", "1e", "1ste", "1st"),
    ("tweede", "second", "2e", "2de", "2nd"),
    ("derde", "third", "3e", "3de", "3rd"),
    ("vierde", "fourth", "4e", "4de", "4th"),
    ("vijfde", "fifth", "5e", "5de", "5th"),
)
_MONTHS: Final = r"jan|feb|maa|mrt|mar|apr|mei|may|jun|jul|aug|sep|okt|oct|nov|dec"
_NO_PLACE: Final = rf"(?!\s+(?:van|of|{_TIMES}|{_MONTHS}))"
# A bare number counts things, hours and days, unless it stands where a name would.
_COUNTED: Final = r"x\b|maal|uur|u\b|euro|eur\b|termijnen|delen|parts|o'clock|am\b|pm\b"
_NO_COUNT: Final = rf"(?!\s*(?:{_COUNTED}|{_MONTHS}))"
_STARTS: Final = r"(?:^|[,;.!?\n]|\b(?:en|and)\b)\s*(?:(?:nummer|nr\.?|number|no\.?|optie|option)\s*)?"
_NUMBER: Final = rf"([1-9])\b(?![.:,/-]\d)[.:)]?{_NO_COUNT}{_NO_PLACE}(?=\s)"
_AFTER_COUNT: Final = "".join(
    f"(?<!{word} )" for word in ("over", "in", "na", "om", "voor", "tot", "de", "at", "on", "for")
)


@dataclass(frozen=True)
class Mention:
    """The characters ``[start, end)`` that name the request ``id``."""

    start: int
    end: int
    id: str


def mentions(
    text: str, candidates: Sequence[Candidate], listed: Sequence[str], days: Sequence[tuple[int, int]]
) -> list[Mention] | None:
    """Return every mention in ``text``, in order; None when a word may name two of ``candidates``.

    ``listed`` are the ids in the order in which a list showed them, and ``days`` the places that tell a day.
    A place in the list counts only where nothing is named in another way.
    """
    found = [*_exact(text, candidates, days)]
    found += _in_words(text, candidates, [*days, *((one.start, one.end) for one in found)])
    found = found or [*_listed(text, listed)]
    found += [
        Mention(m.start(), m.end(), OTHER)
        for m in _THE_OTHER.finditer(text)
        if not _taken(m.start(), m.end(), found)
    ]
    whole = sorted((_with_its_words(text, one) for one in found), key=lambda one: (one.start, one.end))
    clash = any(a.id != b.id and b.start < a.end for a, b in pairwise(whole))
    return None if clash else whole


def tells_of_the_other(text: str) -> bool:
    """Whether ``text`` speaks of "de andere", of two that both know of."""
    return _THE_OTHER.search(text) is not None


# "Ik kan zaterdag 60 euro missen" names money, and no bill.
_SPARES: Final = re.compile(r"\b(?:missen|heb|hebben|kwijt|spare|afford|have|got)\b", re.IGNORECASE)


def _exact(text: str, candidates: Sequence[Candidate], days: Sequence[tuple[int, int]]) -> Iterator[Mention]:
    for candidate in candidates:
        for start, end in exactly(text, candidate, days, amounts=not _SPARES.search(text)):
            yield Mention(start, end, candidate.id)


def _in_words(
    text: str, candidates: Sequence[Candidate], taken: Sequence[tuple[int, int]]
) -> Iterator[Mention]:
    own = {candidate.id: telling(candidate.description) for candidate in candidates}
    shared = frozenset.intersection(*own.values()) if len(own) > 1 else frozenset()
    for match in _WORD.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        for ident, words in own.items():
            if any(alike(match[0].casefold(), word) for word in words - shared):
                yield Mention(match.start(), match.end(), ident)


def _listed(text: str, listed: Sequence[str]) -> Iterator[Mention]:
    """ "Eerste nu, tweede over 2 weken", "1 vrijdag 2 zaterdag", of a list that was just shown."""
    for names, ident in zip(_PLACES, listed, strict=False):
        for match in re.finditer(rf"\b(?:{'|'.join(names)})\b{_NO_PLACE}", text, re.IGNORECASE):
            yield Mention(match.start(), match.end(), ident)
    starts = [*re.finditer(_STARTS + _NUMBER, text, re.IGNORECASE)]
    if starts and not text[: starts[0].start(1)].strip():  # whoever begins with a number goes on with one
        starts = [*re.finditer(rf"(?<![\w.,:/€-]){_AFTER_COUNT}{_NUMBER}", text, re.IGNORECASE)]
    for match in starts:
        if int(match[1]) <= len(listed):
            yield Mention(match.start(1), match.end(), listed[int(match[1]) - 1])


def _with_its_words(text: str, one: Mention) -> Mention:
    before = _BEFORE.search(text, 0, one.start)
    behind = _BEHIND.match(text, one.end)
    return replace(
        one, start=before.start() if before else one.start, end=behind.end() if behind else one.end
    )


def _taken(start: int, end: int, found: Sequence[Mention]) -> bool:
    return any(one.start < end and start < one.end for one in found)

"""Which of several requests a payer's words name: by its number, its amount, what it is for, or the shop."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from core.money import Money

_WORD: Final = re.compile(r"\w+")
# A number this short is more often a day or a count than the number of a request.
_TELLING: Final = 3
_PART_OF_WORD: Final = 5
# "Banden" is said of a "band", and "tyre" of "tyres".
_SINGULAR: Final = 4
_PLURALS: Final = frozenset({"s", "es", "en", "'s"})
_CUE: Final = r"(?:nota|factuur|rekening|verzoek|bon|nummer|nr|invoice|bill|request|number|no)\b\.?:?\s*"
_THE_ONE: Final = r"(?:(?:die|dat|degene|the one)\s+(?:van|met|of|for|with)\s+)"
# Said with every request, so that they name none.
_EVERYWHERE: Final = frozenset(
    _WORD.findall(
        """
        betaal betalen betaling betaald rekening nota factuur verzoek betaalverzoek termijn bedrag euro
        voor van over keer deel delen het een ene dat deze die met aan bij naar niet wel nog ook maar
        kosten geld dag week maand jaar nieuw nieuwe januari februari maart april mei juni juli augustus
        september oktober november december maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
        pay payment paid bill invoice request amount for the that this one with new not and day month
        year monday tuesday wednesday thursday friday saturday sunday january february march may june
        july august october
        uur per dit wat wil kan kun mag ons onze mijn jouw hun wie hoe alle alles twee drie vier haar hem
        zijn was waren hebben heb had hebt geen nou dus als dan toch heel goed graag morgen vandaag later
        straks eerst laatste meer minder tot vanaf tussen half hele avond ochtend middag nacht
        hour can will our your their have has had but then well today tomorrow later until from half all
        """
    )
)
# What stands around a name without saying anything else.
_FILLERS: Final = frozenset(
    _WORD.findall(
        """
        de het een die dat deze van voor met over om bij op is ik bedoel bedoelde gaat eerst graag aub
        svp nota factuur rekening verzoek betaalverzoek nummer nr bon euro eur ene gewoon doe maar dan
        ja the that this one of for with about i mean meant please it s invoice bill request number no
        yes
        """
    )
)
_ORDER: Final = {
    "eerste": 0, "tweede": 1, "derde": 2, "vierde": 3, "vijfde": 4, "laatste": -1,
    "first": 0, "second": 1, "third": 2, "fourth": 3, "fifth": 4, "last": -1,
}  # fmt: skip


@dataclass(frozen=True)
class Candidate:
    """A request that words can be about: `open` is what is left to pay."""

    id: str
    merchant_id: str
    merchant: str
    reference: str
    description: str
    open: Money


@dataclass(frozen=True)
class Named:
    """The requests that words name, and `rest`, the words without their numbers and amounts.

    `alone` says that nothing else was said, `exact` that each was named by its own number or amount.
    """

    ids: tuple[str, ...]
    rest: str
    alone: bool
    exact: bool


_Spans = list[tuple[int, int]]


def named(
    text: str, candidates: Sequence[Candidate], days: Sequence[tuple[int, int]] = (), *, amounts: bool = True
) -> Named | None:
    """Return what `text` names of `candidates`, or None when it names none of them, or not clearly.

    `days` are the places (start, end) in `text` that tell a day. `amounts` says that an amount may name the
    request that is as high; otherwise it is what somebody can spare.
    """
    exact = {c.id: exactly(text, c, days, amounts=amounts) for c in candidates}
    exact = {ident: spans for ident, spans in exact.items() if spans}
    spans = [span for found in exact.values() for span in found]
    words = [m for m in _WORD.finditer(text) if not _within(m, [*days, *spans])]
    shop, shop_words = _by_shop(words, candidates)
    what, what_words = _by_description(words, [c for c in candidates if not shop or c.id in shop])
    ids = [c.id for c in candidates if c.id in (exact or what or shop)]
    if exact and shop:
        ids = [ident for ident in ids if ident in shop] or ids
    if not ids:
        return None
    theirs = " ".join(f"{c.merchant} {c.description}" for c in candidates if c.id in ids)
    used = {*shop_words, *what_words, *(m[0].casefold() for m in _WORD.finditer(theirs))}
    left = [m[0].casefold() for m in words if m[0].casefold() not in used]
    alone = not _overlaps(days, spans) and set(left) <= _FILLERS
    return Named(tuple(ids), _without(text, spans), alone, bool(exact))


def in_order(text: str, candidates: Sequence[Candidate]) -> Candidate | None:
    """Return the request that "de tweede" or "the last one" points at in a list that was just shown."""
    words = [m[0].casefold() for m in _WORD.finditer(text)]
    places = [_ORDER[word] for word in words if word in _ORDER]
    if len(places) != 1 or not set(words) <= _FILLERS | _ORDER.keys() or places[0] >= len(candidates):
        return None
    return candidates[places[0]]


def exactly(
    text: str, candidate: Candidate, days: Sequence[tuple[int, int]], *, amounts: bool
) -> list[tuple[int, int]]:
    """Return the places in `text`, outside `days`, that name the candidate's number, or else its amount."""
    by_number = [m.span() for m in _reference(candidate).finditer(text) if not _within(m, days)]
    return by_number or ([m.span() for m in _amount(candidate.open).finditer(text)] if amounts else [])


def _reference(candidate: Candidate) -> re.Pattern[str]:
    if not candidate.reference:
        return re.compile(r"(?!)")
    optional = "?" if len(candidate.reference) >= _TELLING else ""
    number = re.escape(candidate.reference)
    return re.compile(
        rf"(?<!\w)(?:{_CUE}){optional}(?<![\w€,.])(?<!€ ){number}(?!\w|[.,]\d|\s*euro)", re.IGNORECASE
    )


def _amount(amount: Money) -> re.Pattern[str]:
    """A whole amount must be told from a count or a day by its sign, its word, or "die van"."""
    euros, cents = divmod(amount.cents, 100)
    whole = rf"(?:{euros}|{euros:,})".replace(",", r"\.")
    sign, word = r"(?:€\s*|eur\s*)", r"(?:\s*(?:euros?|eur)\b)"
    if cents:
        number = rf"{sign}?{whole}[.,]{cents:02d}(?!\d){word}?|{sign}?{whole}\s*euro\s*{cents:02d}(?!\d)"
    else:
        tail = r"(?:[.,](?:00|-+))"
        number = rf"{sign}{whole}{tail}?(?![.,]?\d)|{whole}{tail}(?!\d){word}?|{whole}{word}(?!\s*\d)"
        number = rf"{number}|(?<=van ){whole}(?![.,]?\d|\s*(?:{_MONTHS}))"
    return re.compile(rf"{_THE_ONE}?(?<![\d.,])(?:{number})", re.IGNORECASE)


_MONTHS: Final = r"jan|feb|maa|mrt|apr|mei|jun|jul|aug|sep|okt|oct|nov|dec|keer|termijnen|x\b"


def _by_shop(
    words: Sequence[re.Match[str]], candidates: Sequence[Candidate]
) -> tuple[frozenset[str], frozenset[str]]:
    """The requests of the one shop that is named, where there are several."""
    shops = {c.merchant_id: telling(c.merchant) for c in candidates}
    if len(shops) < 2:
        return frozenset(), frozenset()
    found, used = _best(words, shops)
    return frozenset(c.id for c in candidates if c.merchant_id in found[:1]), used


def _by_description(
    words: Sequence[re.Match[str]], candidates: Sequence[Candidate]
) -> tuple[frozenset[str], frozenset[str]]:
    found, used = _best(words, {c.id: telling(c.description) for c in candidates})
    return frozenset(found), used


def _best(words: Sequence[re.Match[str]], by: dict[str, frozenset[str]]) -> tuple[list[str], frozenset[str]]:
    """The one whose own words were used most, and those words; none when two come out alike."""
    shared = frozenset.intersection(*by.values()) if len(by) > 1 else frozenset()
    said = {m[0].casefold() for m in words}
    hits = {key: {w for w in said if any(alike(w, own) for own in own_words - shared)}
            for key, own_words in by.items()}  # fmt: skip
    most = max((len(found) for found in hits.values()), default=0)
    best = [key for key, found in hits.items() if found and len(found) == most]
    return (best, frozenset(hits[best[0]])) if len(best) == 1 else ([], frozenset())


def telling(text: str) -> frozenset[str]:
    """Return the words of `text` that tell one request from others."""
    words = (m[0].casefold() for m in _WORD.finditer(text))
    return frozenset(w for w in words if len(w) >= _TELLING and w not in _EVERYWHERE)


def alike(said: str, own: str) -> bool:
    """Whether it is the same word, several of it, or one within the other: "fiets" of a "fietsreparatie"."""
    if said == own:
        return True
    short, long = sorted((said, own), key=len)
    if len(short) >= _SINGULAR and long.removeprefix(short) in _PLURALS and said not in _EVERYWHERE:
        return True
    return len(short) >= _PART_OF_WORD and short in long and said not in _EVERYWHERE


def _within(match: re.Match[str], spans: Iterable[tuple[int, int]]) -> bool:
    return any(start < match.end() and match.start() < end for start, end in spans)


def _overlaps(days: Sequence[tuple[int, int]], spans: _Spans) -> bool:
    """Whether a day was told besides what names: "42,50" may have been taken for one."""
    return any(not any(a < end and start < b for a, b in spans) for start, end in days)


def _without(text: str, spans: _Spans) -> str:
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return " ".join(text.split())

"""Small words that change what a whole reply is about: "alles", and "nee, ik bedoel"."""

from __future__ import annotations

import re
from typing import Final

_WORD: Final = re.compile(r"[\w']+")
_ALL: Final = re.compile(
    r"(?<!niet )(?<!not )(?<!van )\b(alles|allebei|alle\s?(?:twee|drie|vier|vijf|\d)|allemaal|beide[n]?"
    r"|everything|all of (?:them|it)|both)\b",
    re.IGNORECASE,
)
# Words that say no more than that it is about everything, and at once.
_ONLY_ALL: Final = frozenset(
    _WORD.findall(
        """
        alles allebei alle twee drie vier vijf allemaal beide beiden samen tegelijk tegelijkertijd
        ineens everything all both together once of them it the graag maar doe liever aub svp ja in een
        één 1 keer ik wil wou kan kunnen mag betalen betaal nu meteen gewoon ze deze dan ook te de zou
        willen hier voor please at pay i want would like to can could may now yes just for i'd
        """
    )
)
_NEEDS_ONE: Final = re.compile(
    r"\b(alles|allebei|alle|allemaal|beiden?|samen|everything|all|both)\b", re.IGNORECASE
)
_CORRECTS: Final = re.compile(
    r"^\s*\*\s*(?=\w)|(?<=\w)\s*\*\s*$"
    r"|^\W*(?:(?:of|oh|o|ach|eh|ah)\b\W*)?(?:nee|neen|nope|no|sorry|wacht|wait|correctie|foutje|oeps|oops)\b\W*"
    r"|^\W*(?:(?:ik\s+)?bedoel(?:de)?|i\s+meant?|make\s+that)\b\W*|\W*\b(?:bedoel(?:de)?\s+ik|i\s+meant?)\b\W*$",
    re.IGNORECASE,
)
# "Welke?", asked back when we ask which request is meant, and what stands around it.
_WHICH: Final = frozenset({"welke", "welk", "which", "huh", "hè", "watte"})
_WHAT_FOR: Final = ({"what", "for"}, {"waar", "voor"}, {"waarvoor"}, {"what", "about"}, {"waar", "over"})
_AROUND_WHICH: Final = frozenset(
    _WORD.findall(
        """
        dan bedoel bedoelt je jullie u zijn er is zijn dat de die het heb hebben ik nog open staan staat
        verzoek verzoeken betaalverzoeken nota nota's rekening rekeningen factuur facturen keuze keuzes opties
        mogelijkheden wat waren ook alweer weer one ones are there do does you mean the is it they
        waar voor waarvoor over gaan gaat die ze for about they're these those
        request requests invoice invoices bill bills options choices again have got what
        """
    )
)
_MOST: Final = 3


def about_all(text: str) -> bool:
    """Whether `text` says something of everything that is open: "ik betaal alles vrijdag"."""
    return _ALL.search(text) is not None


def without_all(text: str) -> str:
    """Return `text` without the words that say that it is about everything."""
    return " ".join(_ALL.sub(" ", text).split())


def only_all(text: str) -> bool:
    """Whether `text` says nothing more than that all is meant, or is to be paid: "allebei graag"."""
    words = _WORD.findall(text.casefold())
    return _NEEDS_ONE.search(text) is not None and set(words) <= _ONLY_ALL


def asks_which(text: str) -> bool:
    """Whether `text` only asks between what there is to choose: "welke zijn er?", "which one?"."""
    words = set(_WORD.findall(text.casefold()))
    asks = bool(_WHICH & words) or any(told <= words for told in _WHAT_FOR)
    return asks and words <= _WHICH | _AROUND_WHICH


def corrects(text: str) -> bool:
    """Whether `text` begins or ends as words do that take the place of earlier ones."""
    return _CORRECTS.search(text) is not None


def corrected(text: str) -> str:
    """Return `text` without what says that it corrects: "4" of "nee wacht, 4"."""
    for _ in range(_MOST):
        text = _CORRECTS.sub("", text).strip()
    return text

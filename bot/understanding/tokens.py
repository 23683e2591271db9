"""Cuts a reply into tokens that remember where they stood in the payer's own text."""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache


@dataclass(slots=True)
class Token:
    """One word, number or sign: its plain form, its place, and what it may stand for.

    ``tags`` maps a grammar class ("weekday", "int", "clock") to its value. ``glued`` says that no
    space stood before it.
    """

    word: str
    start: int
    end: int
    kind: str
    glued: bool = False
    tags: dict[str, object] = field(default_factory=dict)


# Most words are plain, so these are tried first and take the space behind them along; "eur 50" is money.
_LEXER = re.compile(
    r"""
    (?P<plain>(?!euro?\b)[a-z]{2,}+)(?=[\s,!?]|\Z)[ ]?
  | (?P<url>(?:https?://|www\.)\S+ | \b[a-z0-9-]+\.(?:nl|com|be|org|net|eu)(?:/\S*)?\b)
  | (?P<mail>[\w.+-]+@[\w-]+\.[\w.-]+)
  | (?P<tag><[a-z/!][^<>]*>)
  | (?P<iban>\b[a-z]{2}\d{2}\s?[a-z]{4}[\s\d]{8,20})
  | (?P<tel>(?:\+\d{2}|\b0)[\s-]?6[\s-]?(?:\d[\s-]?){8}\b)
  | (?P<iso>\b\d{4}-\d\d?-\d\d?(?:[t\s]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:z|[+-]\d\d:?\d\d)?)?\b
        | \b\d{4}/\d\d?/\d\d?\b)
  | (?P<dmy>\b\d{1,2}(?P<sep>[/.-])\s?\d{1,2}(?P=sep)\s?(?:\d{4}|\d{2})\b)
  | (?P<money>(?:€|\$|£|\beur(?:o)?)\s{0,3}\d+(?:[.,]\d{3})*(?:[.,]\d{1,2}|,-)?(?![\d/])
        | (?:(?<=spare\s)|(?<=afford\s)|(?<=missen\s)|(?<=manage\s))\d+[.,]\d\d\b
        | \b\d+(?:[.,]\d{3})*(?:[.,]\d{1,2}|,-)?\s{0,3}(?:€|euro'?s?\b|eurootjes\b|eur?\b|euros\b|piek\b
            |quid\b|bucks\b))
  | (?P<clock>\b\d{1,2}\.\d\d(?=\s?[ap]\.?m\b) | \b\d{1,2}:\d\d(?::\d\d)?(?!\d)
        | \b\d{1,2}\s?[uh]\d\d\b | \b\d{1,2}[uh]\b)
  | (?P<sum>\b\d+[.,]\d\d(?=\s{1,3}(?:per|a|elke|iedere|every|each|in\s{1,3}de)\b)
        | (?:(?<=week\s)|(?<=maand\s)|(?<=week\s\s)|(?<=maand\s\s))\d+\s{1,2}e\b
        | \b\d+\s{1,2}e(?=\s(?:per|pm|pw|elke|iedere|in\sde)\b)
        | \b(?:(?:3[2-9]|[4-9]\d|\d{3,4})[.,]\d\d|(?:2[5-9]|3[01]),\d\d|\d{1,2},[6-9]\d)\b(?![\d/.,-]\d))
  | (?P<pair>\b\d{1,2}[/.-]\d{1,2}\b(?![/.,-]?\d))
  | (?P<ord>\b\d{1,3}(?:e|ste|de|st|nd|rd|th)\b)
  | (?P<chat>\b(?:b4|2mrw|2mro|2moro|2morrow|2day|2nite|gr8|l8r|m8)\b)
  | (?P<num>\d+(?:[.,]\d+)?)
  | (?P<abbr>\bp\s?/\s?[mw]\b
        |\bt\s?/\s?m\b|\ba\.\s?s\b\.?|\b[ap]\.\s?m\b\.?|\bi\.p\.v\b\.?|\bv\.a\b\.?|\ba\.u\.b\b\.?)
  | (?P<word>[^\W\d_]+(?:['_-][^\W\d_]+)*)
  | (?P<punct>[.,;:!?\n()/…&+=*"-])
  | (?P<apostrophe>'(?=\d\d\b))
  | (?P<sign>[^\s'])
    """,
    re.VERBOSE,
)
_KINDS = {"plain": "word", "sep": "dmy", "sum": "money", "chat": "abbr"}
_JOINERS = {"\u200d", "\ufe0f", "\ufe0e", *(chr(code) for code in range(0x1F3FB, 0x1F400))}
_QUOTES = {"’": "'", "‘": "'", "`": "'", "´": "'", "–": "-", "—": "-", "‑": "-", "\u00a0": " "}


@lru_cache(maxsize=4096)
def _plain(char: str) -> str:
    if char in _QUOTES:
        return _QUOTES[char]
    base = unicodedata.normalize("NFKD", char)[:1].lower()
    return base if len(base) == 1 else char


def fold(text: str) -> str:
    """The text in plain lower case, without accents, exactly as long as it was."""
    if text.isascii():
        return text.lower().replace("`", "'")
    return "".join(map(_plain, text))


def tokenise(text: str) -> list[Token]:
    """The tokens of ``text``; ``start`` and ``end`` are offsets in the text as it was written."""
    found: list[Token] = []
    end = -1
    for match in _LEXER.finditer(fold(text).rstrip()):
        kind = match.lastgroup or "sign"
        word = match["plain"] or match.group()
        if kind == "sign" and word in _JOINERS:
            continue
        start, before = match.start(), end
        end = start + len(word.rstrip())
        found.append(Token(word.strip(), start, end, _KINDS.get(kind, kind), start == before))
    return found

"""Counts told in other ways than "in 3 keer": "er vier van maken", "four ways", "3 of 4 keer", two halves."""

import re

from bot.understanding.hear import Heard
from bot.understanding.lexicon.classes import CLASSES

_PART = rf"(?:{'|'.join(CLASSES['part'].split())})"
# "3 of 4 keer", "drie a vier termijnen", "in drie keer of vier".
_EITHER = re.compile(
    rf" (@n) ({_PART} )?(?:of|or|a|à|tot|to|-|,) (?:misschien |maybe |desnoods )?(@n) "
    rf"(?:{_PART}|[|,]|@q|delige|zo|please|graag|aub)"
)
_RANGE = re.compile(rf" (?:\d{{1,2}}-\d{{1,2}}|\d{{1,2}}/\d{{1,2}}) {_PART} ")
_MADE = (
    re.compile(r" er (?:maar |dan |gewoon |liever |ook )?(@n) van (?:te )?(?:maak|maken|gemaakt)"),
    re.compile(rf" (?:maak|doe) er (?:maar |dan |gewoon |liever )?(@n) (?:{_PART} )?van "),
    re.compile(
        rf" (?:maak|maken|make) (?:we |er |het |daar |of |it )(?:maar |dan )?(@n) {_PART} (?:van|of) "
    ),
    re.compile(r" (@n) (?:equal |even )?ways "),
    re.compile(r" (@n)-?\s?way split "),
    re.compile(r" (?:in|into|over) (@n) (?:time|turn|go|tijden) "),
    re.compile(r" (@n) time (?:payment|pay|instalment)s? "),
)
_HALVES = re.compile(
    r" (?:halve it|halve this|in halves|go halves|two halves|twee helften|2 helften|gelijke helften"
    r"|in helften|half half|fifty fifty|50/50|halveren|doormidden) "
)


_PRODUCT = re.compile(r" (@n|@m) x (@n) ")
# Nobody pays in more parts than this without saying so; "25 x 4" is four times 25.
_FEW = 12
_MUCH = 15


def times_an_amount(heard: Heard) -> int | None:
    """The count in "50 euro x 6" and "25 x 4", where the amount stands first."""
    text = f"{heard.line.text} "
    found = _PRODUCT.search(text)
    if found is None:
        return None
    amount, count = (_number(heard, text, found.start(group)) for group in (1, 2))
    much = found[1] == "@m" or (amount is not None and amount >= _MUCH)
    return count if much and count is not None and 1 < count <= _FEW else None


def told_count(heard: Heard) -> int | None:
    """The number of parts in "kun je er 4 van maken", "split it four ways" or "twee helften"."""
    text = f"{heard.line.text} "
    for pattern in _MADE:
        if found := pattern.search(text):
            return _number(heard, text, found.start(1))
    return 2 if _HALVES.search(_plain(heard)) else None


def leaves_open(heard: Heard) -> bool:
    """ "3 of 4 keer": which of the two is for the payer to say; "4 payments of 5" is an amount."""
    text = f"{heard.line.text} "
    if _RANGE.search(_plain(heard)):
        return True
    found = _EITHER.search(text)
    if found is None:
        return False
    one, other = (_number(heard, text, found.start(group)) for group in (1, 3))
    return one is not None and other is not None and (found[2] is None or other == one + 1)


_TWO_HALVES = re.compile(r" half (?:half|(?:\S+ ){1,4}half) ")
# Not "half 9", nor "half of my order", which is no money.
_PAYS_HALF = re.compile(
    r" (?:pay|paying|settle|send|transfer|do|manage) (?:\S+ ){0,2}?"
    r"half(?! (?:past|an|a|\d|of (?!it|this|that|the)))"
)


def names_half(heard: Heard) -> bool:
    """ "De helft nu", "half now half next month", "I want to pay half"."""
    said = _plain(heard)
    return " helft " in heard.line.text or any(found.search(said) for found in (_TWO_HALVES, _PAYS_HALF))


def _number(heard: Heard, text: str, at: int) -> int | None:
    """The number that stands at this character of the line."""
    number = heard.tokens[heard.places[len(text[:at].split()) - 1][0]].tags.get("int")
    return number if isinstance(number, int) else None


def _plain(heard: Heard) -> str:
    """The words as typed: "half next month" is a moment by itself, and a half of the bill here."""
    return f" {' '.join(token.word for token in heard.tokens)} "

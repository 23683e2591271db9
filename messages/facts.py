"""The facts that a message states: kept on its row as JSON, and made harmless before they are shown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final

from core.money import Money
from messages.segments import to_gsm

# Written by or about a payer, so by anybody: no link, handle or markup in these may come alive.
_FROM_PEOPLE: Final = frozenset({"name", "first_name", "description"})
# The most characters on a roomy channel and in an SMS, where two segments must hold the whole message.
_LONGEST: Final[Mapping[str, tuple[int, int]]] = {
    "name": (60, 25),
    "first_name": (40, 20),
    "merchant": (60, 25),
    "merchant_phone": (40, 30),
    "description": (90, 40),
    "reference": (60, 30),
    "question": (300, 160),
    # What a person of the shop typed, see bot/stories/answer_by_hand.py.
    "typed": (300, 300),
}
_ROOM: Final = (160, 80)
# Typed by a person of the shop, who divides it in lines on purpose.
_IN_LINES: Final = frozenset({"typed"})
# Our own addresses, which must come alive.
_ADDRESSES: Final = frozenset({"link", "page", "check_page", "invite"})
_ADDRESS = re.compile(r"\S*://\S*|www\.\S*", re.IGNORECASE)
# What a phone makes a link of without "https": a host by the ends that words do not have, or any with a path.
_HOST: Final = re.compile(
    r"(?<![\w@.-])(?:[a-z0-9-]+\.)+(?:(?:nl|com|net|org|eu|io|ly|biz)(?![\w@-])|[a-z]{2,}/\w)",
    re.IGNORECASE,
)
_DOT_OF_A_HOST = re.compile(r"(?<=\w)\.(?=[^\W\d_]{2})")
_MARKUP = str.maketrans({"*": None, "`": None, "~": None, "_": " ", "@": " ", "{": "(", "}": ")"})
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Item:
    """One line of a list in a message: `kind` names its words in messages/copy, `facts` fill them."""

    kind: str
    facts: Mapping[str, object]


def pack(facts: Mapping[str, object]) -> dict[str, Any]:
    """Return `facts` (str, int, Money, date, days with amounts, or Items) as JSON-ready values.

    Raises TypeError for anything else.
    """
    return {name: _packed(name, value) for name, value in facts.items()}


def _packed(name: str, value: object) -> Any:  # noqa: ANN401 - JSON has no narrower type
    match value:
        case Money(cents, currency):
            return {"cents": cents, "currency": currency}
        case date() if not isinstance(value, datetime):
            return {"date": value.isoformat()}
        case str() | int() if not isinstance(value, bool):
            return value
        case tuple() if any(isinstance(item, Item) for item in value):
            return {"items": [[item.kind, pack(item.facts)] for item in value]}
        case tuple():
            return {"schedule": [[_packed(name, day), _packed(name, amount)] for day, amount in value]}
        case _:
            raise TypeError(f"{name}: a {type(value).__name__} is not a fact")


def unpack(stored: Mapping[str, Any]) -> dict[str, object]:
    """Return the facts that `pack` stored. Raises ValueError for a shape that it does not make."""
    return {name: _unpacked(name, value) for name, value in stored.items()}


def _unpacked(name: str, value: object) -> object:
    match value:
        case {"cents": int(cents), "currency": str(currency)}:
            return Money(cents, currency)
        case {"date": str(day)}:
            return date.fromisoformat(day)
        case {"schedule": list(lines)}:
            return tuple((_unpacked(name, day), _unpacked(name, amount)) for day, amount in lines)
        case {"items": list(lines)}:
            return tuple(Item(str(kind), unpack(facts)) for kind, facts in lines)
        case str() | int():
            return value
        case _:
            raise ValueError(f"{name}: not a stored fact")


@lru_cache(maxsize=2048)
def clean(name: str, text: str, *, plain: bool) -> str:
    """Return the text of fact `name` as one harmless line, in the SMS alphabet when `plain`; may be empty.

    An address of ours is only rid of what cannot be seen; it is never cut. What a person of the shop typed
    keeps its lines.
    """
    lines = text.splitlines() if name in _IN_LINES else [text]
    cleaned = "\n".join(_clean_line(name, line, plain=plain) for line in lines).strip()
    return cleaned if name in _ADDRESSES else _cut(cleaned, _LONGEST.get(name, _ROOM)[plain], plain=plain)


def has_address(text: str) -> bool:
    """Whether `text` holds an address that a phone makes a link of; a mail address is none."""
    seen = unicodedata.normalize("NFKC", "".join(map(_visible, text)))
    return bool(_ADDRESS.search(seen) or _HOST.search(seen))


def _clean_line(name: str, text: str, *, plain: bool) -> str:
    line = _SPACES.sub(" ", "".join(map(_visible, text))).strip()
    if name in _ADDRESSES:
        return line
    people = name in _FROM_PEOPLE
    line = unicodedata.normalize("NFKC" if people else "NFC", line)
    line = _in_sms_letters(line, whole=people) if plain else line
    # Markup goes first: what it kept apart must not become an address afterwards.
    line = _ADDRESS.sub("", line.translate(_MARKUP) if people else _without_stress(name, line))
    return _SPACES.sub(" ", _DOT_OF_A_HOST.sub(" ", line) if people else line).strip()


def _without_stress(name: str, line: str) -> str:
    """Take away the stars, which would stress what stands between two; a line of a list keeps its own."""
    stars = "* " if name in _IN_LINES and line.startswith("* ") else ""
    return stars + line.removeprefix(stars).replace("*", "")


def _in_sms_letters(line: str, *, whole: bool) -> str:
    """With `whole`, a name in an alphabet that SMS lacks is left out: half a name is worse than none."""
    if whole and any(letter.isalpha() and not to_gsm(letter) for letter in line):
        return ""
    return to_gsm(line)


def _visible(letter: str) -> str:
    """Control, format and private characters draw nothing and can turn a line around or hide a word."""
    if letter.isspace():
        return " "
    return "" if unicodedata.category(letter)[0] == "C" else letter


def _cut(line: str, most: int, *, plain: bool) -> str:
    end = "..." if plain else "…"
    return line if len(line) <= most else line[: most - len(end)].rstrip() + end

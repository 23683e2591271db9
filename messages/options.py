"""What a payer can choose from: to tap, or to answer with its number; kept on the row of the message."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Final

from messages.facts import pack, unpack

NOT_SHOWN: Final = 0
# "2", "2.", "nr 2", "keuze 2": a number and nothing else.
_NUMBER: Final = re.compile(
    r"(?:(?:keuze|optie|nummer|nr\.?|choice|option|number|no\.?)\s*)?(\d{1,2})\s*[.)!]?", re.IGNORECASE
)


@dataclass(frozen=True)
class Option:
    """One thing to choose. `kind` names its words in messages/copy, `facts` fill them.

    `says` is what choosing it says, where that is not simply the answer; `about` is the request that it
    is about, when that is the choice. `number` is what to answer with, if not its place in the list.
    """

    kind: str
    facts: Mapping[str, object] = field(default_factory=dict)
    says: str = ""
    about: str = ""
    number: int = 0


@dataclass(frozen=True)
class Offer:
    """An option in words: a button's `label`, the `answer` it gives, its `line` and `number` in a list."""

    number: int
    label: str
    answer: str
    line: str
    says: str = ""
    about: str = ""


_WORDS: Final = tuple(field.name for field in fields(Offer))


def pack_options(options: Sequence[Option]) -> list[dict[str, Any]]:
    """Return `options` as JSON-ready values."""
    return [
        {"kind": o.kind, "facts": pack(o.facts), "says": o.says, "about": o.about, "place": o.number}
        for o in options
    ]


def unpack_options(stored: Sequence[Mapping[str, Any]]) -> list[Option]:
    """Return the options that `pack_options` stored, also when what was offered was noted since."""
    return [
        Option(kept["kind"], unpack(kept["facts"]), kept["says"], kept["about"], kept["place"])
        for kept in stored
        if "kind" in kept
    ]


def as_offered(
    stored: Sequence[Mapping[str, Any]], offers: Sequence[Offer], *, printed: bool = True
) -> list[dict[str, Any]]:
    """Return `stored` with the words in which each was offered, once the message is made.

    `printed`: the message shows their numbers. A number that nobody saw chooses nothing, unless it is what
    the option itself is answered with.
    """
    kept = [dict(option) for option in stored if "kind" in option] or [{} for _ in offers]
    return [
        {**option, **asdict(offer), "number": offer.number if printed or option.get("place") else NOT_SHOWN}
        for option, offer in zip(kept, offers, strict=True)
    ]


def chosen(offered: Sequence[Mapping[str, Any]], text: str) -> Offer | None:
    """Return the offer that `text` chooses, by its number or by its own answer; None when it says more."""
    offers = [Offer(**{name: kept[name] for name in _WORDS}) for kept in offered if "answer" in kept]
    plain = _plain(text)
    for offer in offers:
        if plain in {_plain(offer.answer), _plain(offer.label)}:
            return offer
    number = _NUMBER.fullmatch(text.strip())
    shown = (offer for offer in offers if offer.number != NOT_SHOWN)
    return next((offer for offer in shown if number and offer.number == int(number[1])), None)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())

"""An amount that is too much, told apart from the one that the payer can do."""

import re

from bot.understanding.hear import Heard
from bot.understanding.tokens import Token

_TOO_MUCH = re.compile(
    r" (@[nm]) (?:per \S+ |a \S+ |in de \S+ |elke \S+ |each \S+ |every \S+ )?(?:(?!@|\||,)\S+ ){0,3}"
    r"(?:te|too) (?:veel|hoog|gortig|zwaar|duur|much|high|steep|heavy) "
)


def too_much(heard: Heard) -> tuple[Token, ...] | None:
    """ "75 per maand is te veel, 40 gaat wel": the amounts that are left; None when none is too much."""
    text = f"{heard.line.text} "
    refused = {_place(text, found.start(1)) for found in _TOO_MUCH.finditer(text)}
    if not refused:
        return None
    said = heard.line.words[1:-1]
    left = [at for at, word in enumerate(said) if word in ("@n", "@m") and at not in refused]
    return tuple(heard.tokens[heard.places[at][0]] for at in left)


def _place(text: str, at: int) -> int:
    return len(text[:at].split()) - 1

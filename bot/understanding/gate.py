"""The careful person at the gate: was everything read that could change the meaning?"""

from collections.abc import Sequence

from bot.understanding.hear import SPELLER, Heard
from bot.understanding.lexicon import words
from bot.understanding.lexicon.classes import CLASSES
from bot.understanding.tokens import Token

# Left unread anywhere, these belong to a moment that was not understood.
_ANYWHERE = words("weekday month feast dm ymd iso broken baddm reldate clock")
# Left unread beside a moment, these change it.
_BESIDE = words("int ord half unit dir stretch range yy year dotclock maybe")
_JOINS = words("or of en and a an - / to tot till until the de een het . , and van of")
_HARMLESS = words("u h d een a n as past over late laat early vroeg last half second seconde this deze dit")
_SMALL = words(
    f"""{CLASSES["polite"]} {CLASSES["greeting"]} {CLASSES["good"]} {CLASSES["can"]} {CLASSES["i"]}
    {CLASSES["it"]} {CLASSES["you"]} {CLASSES["me"]} de het een the a an mijn my is ben am zal will ga
    doe do om op in voor van en of or and for to te pas ook wat eerst weer alles zeker gewoon rest be
    morgen vandaag liefst wordt dag misschien denk think probably waarschijnlijk hopelijk hopefully"""
)


def partly_read(heard: Heard) -> bool:
    """Whether a day, a month or a number that belongs to a moment was not read with it."""
    inside = {at for found in heard.moments for at in range(found.first, found.last)}
    tokens = heard.tokens
    for at, token in enumerate(tokens):
        if at not in inside and (_ANYWHERE & token.tags.keys() or _like_a_date(token)):
            return True
    return any(
        _suspect(tokens, inside, step, found.first if step < 0 else found.last - 1)
        for found in heard.moments
        for step in (-1, 1)
    )


def _suspect(tokens: Sequence[Token], inside: set[int], step: int, at: int) -> bool:
    """Walks away from a moment over joining words, to the first word that says something."""
    for _ in range(3):
        at += step
        if not 0 <= at < len(tokens) or at in inside:
            return False
        token = tokens[at]
        if token.word not in _HARMLESS and token.kind != "money" and _BESIDE & token.tags.keys():
            return not _counts_parts(tokens, at)
        if token.word not in _JOINS:
            return False
    return False


def _counts_parts(tokens: Sequence[Token], at: int) -> bool:
    """ "In 3 keer" and "50 per maand" stand beside a moment without being part of it."""
    around = {token.word for token in tokens[max(0, at - 1) : at + 2]}
    return bool(around & _PARTS)


_PARTS = words(f"{CLASSES['part']} per elke iedere every each euro €")


def _like_a_date(token: Token) -> bool:
    return token.kind == "word" and not token.tags and SPELLER.resembles_date(token.word)


def says_more_than(heard: Heard, count: int, *signals: str) -> bool:
    """Whether more than ``count`` words are left that are neither small talk nor these signals."""
    said: set[int] = set()
    for signal in signals:
        for match in heard.signals.get(signal, ()):
            said.update(range(match.first, match.last))
    left = [
        word
        for at, word in enumerate(heard.line.words[1:-1])
        if at not in said and word not in _SMALL and word not in ("|", ",", "@q", "@d", "@day")
    ]
    return len(left) > count

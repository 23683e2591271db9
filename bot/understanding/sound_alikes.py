"""Tells words apart that sound alike and are typed for each other, by the words around them."""

from dataclasses import replace

from bot.understanding.lexicon import words
from bot.understanding.tokens import Token

_HAVING = words("heb hebt heeft hebben had is was ben zijn word wordt net al zojuist reeds allang")
_PAYERS = words("hij zij ze die wie man vrouw dochter zoon baas moeder vader")
_ENDS = frozenset(",.!?;")
# As far back as "heb" may stand from what it is about.
_REACH = 8
# What follows "mr" for "maar", and is nobody's name.
_NO_SURNAMES = words(
    """
    ik je u het dat dan nu nog wel niet kan morgen vandaag vanavond volgende heb ben mijn pas eerst
    maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
    """
)


def sounds_like(tokens: list[Token]) -> list[Token]:
    """The tokens with "heb net betaalt" as "betaald", and with "mr" as "maar" where nobody is named."""
    for at, token in enumerate(tokens):
        if token.word == "betaalt" and (_after_having(tokens, at) or _went_by(tokens)):
            tokens[at] = replace(token, word="betaald")
        elif token.word == "mr" and at + 1 < len(tokens) and tokens[at + 1].word in _NO_SURNAMES:
            tokens[at] = replace(token, word="maar")
    return tokens


_GONE_BY = words("vanmorgen vanochtend vannacht gisteren gister eergisteren gisteravond gistermiddag zojuist")


def _went_by(tokens: list[Token]) -> bool:
    """ "Betaalt vanmorgen": nobody pays on a day gone by."""
    said = {token.word for token in tokens}
    return bool(_GONE_BY & said) and not (_PAYERS | {"ik", "niet", "nog"}) & said


def _after_having(tokens: list[Token], at: int) -> bool:
    """Whether "heb" or "is" stands before it, with nobody in between who pays."""
    before = [token.word for token in tokens[max(0, at - _REACH) : at]]
    last = max((n for n, word in enumerate(before) if word in _HAVING), default=None)
    return last is not None and not (_PAYERS | _ENDS) & set(before[last + 1 :])

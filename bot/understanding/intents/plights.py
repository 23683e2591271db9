"""What befell the payer's family: a death, or somebody who is ill, which is no lack of money by itself."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.understanding.draft import Draft
from bot.understanding.intents.who_died import KIN, is_a_person, of_the_family, plain, says_it_otherwise
from bot.understanding.lexicon import words
from bot.understanding.reading import Ask, Intent, Plight, Span

_DEATH = words(
    """
    overleden overlijden overlijdt overleed gestorven sterfgeval ingeslapen rouw nabestaande weduwe
    weduwnaar deceased bereavement
    """
)
_FUNERAL = words("begrafenis uitvaart crematie funeral cremation")
# These may be said of a phone as well, so that who it was stands just before them, or behind "lost".
_DIED = words("dood doodgegaan died dead dies passed begraven buried verloren kwijtgeraakt kwijt")
_LOST = words("lost losing")
_WHO = KIN | words("hij zij ze he she")
_NEAR = 3
_ILL = words(
    """
    ziek zieke ziekenhuis hospital ill sick kanker cancer tumor geopereerd operatie surgery ic icu
    intensive herseninfarct hersenbloeding hartaanval infarct stroke beroerte chemo ongeluk ongeval
    accident sterven stervende dying terminaal terminal opgenomen opname spoedeisende spoed coma
    longontsteking pneumonia ziekenhuisopname hospice emergency heart verongelukt
    """
)
_NOT = words("niet not geen no n't nooit never")
# Whoever speaks of money or work besides says more than what befell them.
_MONEY = words(
    """
    geld money euro eur cent betaal betalen betaald betaling pay paying paid schuld schulden
    rekening rekeningen duur kosten inkomen income loon salaris salary uitkering benefits afford
    krap rood sparen werk baan job work ontslagen keer termijnen parts month maand huur rent
    bijstand failliet
    """
)
_TOLD = _DEATH | _DIED
# Without one of these nobody died.
_TELLING = _TOLD | _LOST | _FUNERAL
_LOOSE = {Intent.CANT_PAY, Intent.OTHER}


def read_plight(draft: Draft) -> None:
    """A death is told whatever else is said; an illness in the family only where no wish and no money is."""
    said = plain([word.rstrip("~") for word in draft.heard.line.words[1:-1]])
    if _tells_of_death(draft, said):
        draft.plight = Plight.DEATH
        _no_doubt_who(draft, said)
    elif _tells_of_illness(draft, said):
        draft.plight = Plight.ILLNESS
    if draft.plight is not None:
        draft.spans = [_of_it(span, draft.plight) for span in draft.spans]


def _no_doubt_who(draft: Draft, said: Sequence[str]) -> None:
    """ "My mother died, this is her phone" is no claim and no wrong number to ask about."""
    if draft.guessed and draft.ask in _SEEMS and of_the_family(said):
        if draft.ask not in (Ask.NOT_ME, None):
            draft.guess([Intent.CANT_PAY], [])
        draft.ask, draft.guessed = None, False


_SEEMS = {Ask.NOT_ME, Ask.IS_PAID, Ask.NO_MONEY, None}


def _of_it(span: Span, plight: Plight) -> Span:
    """Words that told of it show that, and no lack of money."""
    said = set(re.findall(r"[^\W\d_]+", span.text.lower()))
    tells = span.led_to == Intent.CANT_PAY and bool(said & (_DEATH | _DIED | _LOST | _FUNERAL | _ILL | KIN))
    return replace(span, led_to=str(plight)) if tells else span


def _tells_of_death(draft: Draft, said: Sequence[str]) -> bool:
    found = set(said)
    if says_it_otherwise(said):
        return True
    at = _place(said)
    if _TELLING.isdisjoint(found) or not is_a_person(said, at) or "dood voor mij" in " ".join(said):
        return False
    if _NOT & set(said[max(0, at - _NEAR) : at]):
        return False
    if _FUNERAL & found:
        return (
            not draft.heard.has("cant_pay")
            and not set(draft.intents) - _LOOSE - {Intent.RESCHEDULE, Intent.PAUSE}
            and (Intent.CANT_PAY in draft.intents or draft.guessed)
        )
    told = bool(_DIED & found) and Intent.WRONG_PERSON in draft.intents
    return told or bool(_DEATH & found) or _of_kin(said)


def _of_kin(said: Sequence[str]) -> bool:
    """ "My husband died", "ik heb mijn vader verloren", and no "my mum lost her phone"."""
    for at, word in enumerate(said):
        before, behind = said[max(0, at - _NEAR) : at], said[at + 1 : at + _NEAR]
        if word in _GONE and (not before or before[-1] not in KIN):
            continue
        if (word in _DIED and _WHO & set(before)) or (word in _LOST and KIN & set(behind)):
            return True
    return False


_GONE = words("verloren kwijtgeraakt kwijt")


def _place(said: Sequence[str]) -> int:
    """Where the word stands that tells of it."""
    return next((at for at, word in enumerate(said) if word in _TOLD), 0)


def _tells_of_illness(draft: Draft, said: Sequence[str]) -> bool:
    found = set(said)
    if not (KIN & found and _ILL & found) or (_NOT | _MONEY) & found or _lacks(draft, said):
        return False
    return not set(draft.intents) - _LOOSE or (draft.guessed and draft.ask is not None)


def _lacks(draft: Draft, said: Sequence[str]) -> bool:
    """Whether a word of not being able to pay was heard that is more than the illness itself."""
    return any(
        not _ILL & set(said[match.first : match.last]) for match in draft.heard.signals.get("cant_pay", ())
    )

"""Who it is that died, by the nearest words: a person, a pet or a phone; and whether kin tells it."""

import re
from collections.abc import Sequence

from bot.understanding.lexicon import words

KIN = words(
    """
    man vrouw vader moeder zoon dochter broer zus zusje broertje opa oma oom tante partner
    vriend vriendin echtgenoot echtgenote pa ma papa mama pap mam kind kinderen kindje baby zoontje
    dochtertje kleinkind kleinzoon kleindochter schoonmoeder schoonvader schoonzus schoonzoon zwager
    ouders ouder familie gezin neef nicht verloofde husband wife father mother son daughter brother
    sister dad mum mom grandma grandpa gran grandfather grandmother granddaughter grandson nan uncle
    aunt child children kid kids boyfriend girlfriend parents parent family cousin fiance hubby
    """
)
_HEIRS = words(
    """
    weduwe weduwnaar nabestaande nabestaanden erfgenaam erfgename executeur executrice buurvrouw buurman
    mantelzorger bewindvoerder nichtje neefje widow widower heir executor executrix neighbour neighbor carer
    """
)
_PEOPLE = words("hij zij ze he she")
_PETS = words(
    "kat poes hond konijn cavia hamster vis goudvis paard vogel parkiet cat dog rabbit fish horse bird"
)
_PHONES = words("telefoon mobiel mobieltje smartphone gsm iphone phone mobile cell")
_DEVICES = _PHONES | words(
    "laptop computer pc tablet ipad auto scooter fiets accu batterij wifi internet router plant car battery"
)
_THINGS = _PETS | _DEVICES
_OF = words("van of")
_NEAR = 3
# Said of people alone: nobody's phone passed on.
_OF_PEOPLE = words("overleden overlijden overleed gestorven deceased passed")
_NAMED = "|".join(sorted(KIN))
_IDIOMS = re.compile(
    r" (?:leeft niet meer|leven niet meer|niet meer in leven|no longer alive|no longer with us"
    r"|wijlen|heengegaan"
    rf"|(?:mijn|onze|my|our) (?:dode|dead) (?:{_NAMED})|(?:my|our|her|his) late (?:\S+ )?(?:{_NAMED})) "
)
_BELONGS = re.compile(
    r" (?:(?:zijn|haar|his|her) (?:oude )?(?:telefoon|nummer|toestel|mobiel|gsm|phone|number|mobile|cell)"
    r"|(?:telefoon|nummer|toestel|mobiel|phone|number|mobile) (?:van|of|belonged to|was van) ) ?"
)
_FOR_THEM = re.compile(
    r" (?:(?:ik ben|wij zijn|u spreekt met|je spreekt met|i am|i'm|im|we are|this is|dit is)"
    r" (?:zijn|haar|hun|his|her|their)"
    r"|(?:voor|for|namens|on behalf of) (?:hem|haar|hen|him|her|them)) "
)


def plain(said: Sequence[str]) -> list[str]:
    """Return the words with "mum's" and "vaders" as the person that they name."""
    return [_whose(word) for word in said]


def _whose(word: str) -> str:
    stem = word.removesuffix("s").removesuffix("'").removesuffix("’")
    return stem if word not in KIN and stem in KIN else word


def is_a_person(said: Sequence[str], at: int) -> bool:
    """Whether what died at this word is a person, as far as the words tell; ``said`` are `plain`."""
    found = set(said)
    who = next((n for n in range(at - 1, -1, -1) if said[n] in KIN | _THINGS | _PEOPLE), None)
    if who is None:
        behind = next((word for word in said[at + 1 : at + 1 + _NEAR] if word in KIN | _THINGS), None)
        return behind in KIN if behind else not _THINGS & found
    if said[who] in _PEOPLE:
        things = _PETS if said[at] in _OF_PEOPLE else _THINGS
        return not things & found or bool(KIN & found)
    return said[who] in KIN and not _owned(said, who)


def _owned(said: Sequence[str], who: int) -> bool:
    """ "De hond van mijn moeder": what died is hers."""
    before = said[max(0, who - _NEAR) : who]
    return bool(_OF & set(before)) and bool(_THINGS & set(said[max(0, who - _NEAR - 2) : who]))


def says_it_otherwise(said: Sequence[str]) -> bool:
    """ "Mijn vader leeft niet meer", "my late husband"."""
    return bool(KIN & set(said)) and _IDIOMS.search(f" {' '.join(said)} ") is not None


def of_the_family(said: Sequence[str]) -> bool:
    """Whether somebody near to the one who died is writing, or has the phone of the deceased."""
    text = f" {' '.join(said)} "
    near = bool((KIN | _HEIRS) & set(said))
    return near or _BELONGS.search(text) is not None or _FOR_THEM.search(text) is not None

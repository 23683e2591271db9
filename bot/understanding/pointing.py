"""Which place in a list somebody points at: "de eerste", "liever de tweede optie", "the last one"."""

import re

from bot.understanding.lexicon import words
from bot.understanding.tokens import fold

LAST = -1
_PLACES = {
    **dict.fromkeys(("eerste", "first", "bovenste"), 0),
    **dict.fromkeys(("tweede", "second"), 1),
    **dict.fromkeys(("derde", "third"), 2),
    **dict.fromkeys(("vierde", "fourth"), 3),
    **dict.fromkeys(("vijfde", "fifth"), 4),
    **dict.fromkeys(("laatste", "last", "onderste"), LAST),
}
# "De 1e" is a day of the month, but "de 1e optie" is not.
_OPTION = words("optie option keuze choice mogelijkheid voorstel suggestion")
_NUMBERED = re.compile(r"([1-5])(?:e|ste|de|st|nd|rd|th)")
# What stands around it without saying anything else.
_FILLERS = words(
    """
    de het die dat deze the that this one ik i i'll ill id i'd kies neem doe pak wil ga gaat wordt maar dan
    liever graag gewoon voor met van aub svp please ja yes ok oke okay prima goed fijn is lijkt me mij
    take choose pick want would like prefer rather go for with of it's its best beste toch nee no eh euh
    dag day datum date plan ene
    """
)
_WORD = re.compile(r"[\w']+")


def pointed_at(text: str) -> int | None:
    """The place in a list, from 0, or ``LAST``; None where ``text`` says anything else, or two places."""
    said = _WORD.findall(fold(text))
    options = _OPTION & set(said)
    rest = [word for word in said if word not in _FILLERS and word not in _OPTION]
    if len(rest) != 1:
        return None
    numbered = _NUMBERED.fullmatch(rest[0]) if options else None
    return int(numbered[1]) - 1 if numbered else _PLACES.get(rest[0])

"""Days that a reply names and does not want: refused, dropped, too soon, or on which it will not work."""

import re
from itertools import pairwise
from typing import Final

from bot.understanding.dates.find import Found
from bot.understanding.lexicon import words

NOT: Final = words("niet geen not nooit never no")
CORRECTS: Final = words(
    "nee neen wacht bedoel bedoelde sorry oeps correctie liever beter eigenlijk no wait mean meant "
    "actually rather scratch instead oops make nope toch pardon"
)
# "Niet eerder", "niet vergeten": a "not" that does not refuse the day beside it.
_HARMLESS_AFTER = words(
    "excuses smoes smoezen gezeik gezeur gedoe doubt twijfel later worries stress matter need "
    "eerder later vergeten erg probleem problem earlier forget sooner before worry te to "
    "mis uitmaken uit meteen direct alles"
)
_HARMLESS_BEFORE = words("waarom why if als tenzij")
_TOO_SOON = {(too, soon) for too in ("te", "too") for soon in ("vroeg", "snel", "early", "soon", "kort")}


_DROPS = words("scrap forget drop ditch cancel skip vergeet schrap annuleer")


def dropped(before: list[str], moment: Found) -> bool:
    """ "Instead of friday", "scrap friday", "vergeet vrijdag maar"."""
    if before[-2:] in (["plaats", "van"], ["instead", "of"], ["rather", "than"]):
        return True
    return before[-1:] != [] and before[-1].rstrip("~") in _DROPS and not moment.when.edge


# "Eerder dan de 10e lukt niet" is the 10th.
_SOONER = words("eerder vroeger earlier sooner")
_MAY = words("kan kun kunnen mag mogen zou can could may might would")


def not_sooner(words: list[str], place: int, before: list[str]) -> bool:
    """ "Kan dat niet naar maandag?" asks for Monday, and "eerder dan maandag gaat niet" means it."""
    if len(before) > 1 and before[-2] in _SOONER and before[-1] in ("dan", "than"):
        return True
    asked = words[place + 1 : place + 2] == ["@q"] and before[:1] != [] and before[0] in _MAY
    return asked and len(before) > 2 and before[1] not in NOT and bool(NOT & set(before))


def refused(before: list[str], after: list[str], moment: Found) -> bool:
    waits = moment.when.edge in ("until", "before", "from")
    negations = [n for n, word in enumerate(before) if word in NOT]
    if negations and not waits:
        last = negations[-1]
        follows = before[last + 1 :]
        if last == 0 and before[0] == "no" and follows[:1] and follows[0] in CORRECTS:
            # "Monday.. no sorry wednesday" takes Monday back.
            return False
        harmless = bool(follows) and follows[0].rstrip("~") in _HARMLESS_AFTER
        asked = last > 0 and before[last - 1] in _HARMLESS_BEFORE
        if not harmless and not asked:
            return True
    if any(pair in _TOO_SOON for pair in pairwise(after)):
        return True
    for n, word in enumerate(after):
        if word in NOT:
            follows = after[n + 1 :]
            return not (follows and follows[0].rstrip("~") in _HARMLESS_AFTER)
    return False


_CANNOT = re.compile(
    r", (?:dat |het |it |that )?(?:lukt|gaat|kan|trek|red|works?|can) (?:\S+ ){0,2}(?:niet|not) "
)


def fails(words: list[str], place: int) -> bool:
    """ "Het is krap deze maand, lukt echt niet"."""
    rest = words[place + 1 :]
    alone = not {"@d", "@day"} & set(rest)
    return alone and _CANNOT.match(f"{' '.join(rest)} ") is not None

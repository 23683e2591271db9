"""Moments that only look like a day: the number of a room, a name that is a month, a slip of the tongue."""

from bot.understanding.dates.find import Found
from bot.understanding.lexicon import words
from bot.understanding.lexicon.classes import CLASSES
from bot.understanding.reading import Ask

_ARE = words("ben bent zijn zit zitten ga gaan am are")
_KIN = words(CLASSES["kin"])
# "10 dec.. euh 10 euro": the day was a slip of the tongue.
_HESITATES = words("euh eh uh uhm ehm um sorry oeps oops bedoel mean")
_NUMBERED = words(
    """
    artikel art paragraaf pagina route lijn room flat apt apartment unit kamer huisnummer nummer number
    street straat case ref kenmerk dossier zaak page
    """
)
_INTRODUCES = (["this", "is"], ["name", "is"], ["i", "am"], ["ik", "ben"], ["naam", "is"], ["ik", "heet"])


def is_no_day(before: list[str], after: list[str], moment: Found) -> bool:
    """ "Room 12/5" is a number, and "this is April" a name."""
    when = moment.when
    if _wished(before, moment) or _first_at_once(before, after, moment):
        return True
    bare_month = when.month is not None and when.day is None and when.year is None
    if bare_month and before[-1:] and before[-1] in _KIN:
        return True
    if when.doubt is Ask.WHICH_DAY and not when.choices and _ARE & set(before[-2:]):
        return True  # "wij zijn nu met vakantie" tells where somebody is
    if after[:1] and after[0].rstrip("~") in _HESITATES and "@m" in after[:3]:
        return True
    if when.month is not None and after[:1] in (["done"], ["klaar"], ["af"]):
        return True
    if bare_month and (after[:1] in (["hier"], ["here"]) or before[-2:] in _INTRODUCES):
        return True
    return when.month is not None and bool(
        {*before[-1:], *(word.rstrip("~") for word in after[:1])} & _NUMBERED
    )


_WISHED = words(
    "fijn fijne prettig prettige goed goede gelukkig happy merry nice lovely good great zalig zalige "
    "eerst first"
)


def _wished(before: list[str], moment: Found) -> bool:
    """ "Happy sinterklaas" greets, and "eerst carnaval" comes before: no day to pay on."""
    part_alone = moment.when.part is not None and not moment.when.has_day()
    greets = part_alone or moment.when.grain in ("feast", "weekend")
    return greets and before[-1:] != [] and before[-1].rstrip("~") in _WISHED


_AT_ONCE = words("nu now meteen direct alvast")


def _first_at_once(before: list[str], after: list[str], moment: Found) -> bool:
    """ "Ik doe nu de eerste", of a plan: its first part, and no first of a month."""
    first = moment.when.day == 1 and moment.when.month is None
    return first and bool(_AT_ONCE & {*before[-1:], *after[:1]})

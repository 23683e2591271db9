"""Tells the day of a letter, an order or an appointment from a day to pay on."""

from bot.understanding.dates.find import Found
from bot.understanding.lexicon import words

_PAPERS = words(
    "factuur rekening nota bericht berichten mail email brief sms herinnering afspraak appje appjes invoice "
    "letter bill appointment message reminder bestelling order reparatie repair dated gedateerd aankoop "
    "levering delivery factuurdatum kenmerk reservering boeking booking contract"
)
_PAPER_OF = words("van of from dd op on dated factuur nota invoice factuurdatum datum date")

_PAYS = words("betaal betalen voldoe voldoen regel maak maken pay settle clear will zal ga kan wil can mag")


def of_papers(before: list[str], first: str, moment: Found) -> bool:
    """ "De factuur van 3 november", "mijn afspraak op 3 november": no day to pay on."""
    if not before:
        return False
    if first in ("op", "on") and _PAYS & {word.rstrip("~") for word in before}:
        # "Ik voldoe de nota op maandag 15 maart" is a day to pay on.
        return False
    if before[-1] in _PAPERS and first in _PAPER_OF:
        return True
    if moment.when.edge and before[-1] in _PAPERS:
        # "De nota uiterlijk 30 november": papers have a day, and no last one.
        return False
    dated = moment.when.month is not None or before[-1] not in _PAPERS
    return bool(_PAPERS & set(before[-3:])) and before[-1] in _PAPER_OF and dated

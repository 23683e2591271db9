"""How and when somebody says it was paid: by bank, by card, in the shop, with a receipt, on a weekday."""

import re
from collections.abc import Mapping

# By the name of the sentence in the timeline that tells it.
_HOW: Mapping[str, re.Pattern[str]] = {
    name: re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    for name, words in {
        "by_ideal": r"ideal|wero|tikkie",
        "by_card": r"pin|pinpas|pinnen|gepind|creditcard|card|visa|mastercard|bancontact",
        "by_cash": r"contant\w*|cash",
        "by_transfer": r"overgemaakt|overschrijving|overgeschreven|overgeboekt|overboeking|transfer\w*"
        r"|via (?:de|mijn) bank|bankapp|incasso|paypal",
        "in_the_shop": r"(?:aan|bij|in) de (?:kassa|balie|winkel|zaak)|(?:in|at) the (?:shop|store|till)",
        "more": r"vorige?|afgelopen|geleden|last|ago",
        "with_proof": r"bewijs\w*|betaalbewijs|screenshots?|schermafdruk\w*|afschrift\w*|bon|bonnetje|proof"
        r"|receipt|statement",
    }.items()
}
_AT_THE_COUNTER = re.compile(
    r"\b(contant|cash|gepind|aan de kassa|in de winkel|in the shop)\b", re.IGNORECASE
)
# Words that name a day and nothing else, when that day may lie behind us.
_ONLY_A_DAY = re.compile(
    r"\W*(?:(?:dat was|was|op|al|on|it was)\s+)*(?:maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
    r"|vandaag|vanochtend|vanmorgen|vanmiddag|today|this morning|this afternoon)(?:\s+al)?\W*",
    re.IGNORECASE,
)


def how_paid(text: str) -> tuple[str, ...]:
    """The ways of paying that ``text`` names, each by the name of its sentence in the timeline."""
    return tuple(name for name, words in _HOW.items() if words.search(text))


def at_the_counter(text: str) -> bool:
    """Whether ``text`` tells of cash or a card in the shop, which no payment service can look up."""
    return _AT_THE_COUNTER.search(text) is not None


def only_a_day(text: str) -> bool:
    """Whether ``text`` names a weekday or today and nothing else: "dinsdag al"."""
    return _ONLY_A_DAY.fullmatch(text) is not None

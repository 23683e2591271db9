"""What a question is about where its words tell it more closely than its topic."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from bot.understanding import Intent, Reading

_END: Final = r"\s*(?:eigenlijk|precies|nou|dan|exactly)?\s*[?!.]*\s*$"
# "Waar is de link?" asks for it; "waar is die link voor?" asks what it is, before anybody taps it.
_OF_A_LINK: Final = re.compile(
    rf"\b(?:waar|wat)\b[^?.!]*\blink(?:je)?\b[^?.!]*\b(?:voor|naartoe|naar toe|heen)\b{_END}"
    rf"|\bwat\s+(?:is|zijn)\s+(?:die|dat|deze|dit)\s+(?:voor\s+(?:een\s+)?)?(?:link(?:je|s)?){_END}"
    rf"|\b(?:waarom|why)\b[^?.!]*\blink(?:je)?\b"
    rf"|\bwhat(?:\s+is|'s|’s)\s+(?:this|that)\s+link\b"
    rf"|\bwhat\s+link\s+is\s+(?:this|that)\b|\bwhere\s+does\s+(?:this|that)\s+link\b",
    re.IGNORECASE,
)
_ASKS: Final = frozenset({Intent.QUESTION, Intent.PAY_NOW})
# "Wat hadden we afgesproken?" asks what stands; "dat is niet wat we hadden afgesproken" does not.
_OF_WHAT_STANDS: Final = re.compile(
    r"^\W*(?:(?:hoi|hallo|hey|hi|hello|sorry|en|maar|and|but|so|dus)\b\W*)*(?:wat|welke|what|which)\b[^.!?]*"
    r"\b(?:afgesproken|afspra(?:ak|ken)|beloofd|agree|agreed|agreement|promise|promised|arranged?|arrangement)\b",
    re.IGNORECASE,
)
_UNSURE: Final = frozenset({Intent.QUESTION, Intent.AFFIRM, Intent.OTHER})


def more_closely(text: str, reading: Reading) -> Reading:
    """Return `reading` of `text`; a question what a link is for is no wish to have it.

    What was agreed on is asked about like the day by which to pay: one bill has to be known, or all are told.
    """
    if asks_what_stands(text, reading):
        intents, slots = (Intent.QUESTION,), {"topic": "deadline"}
        return replace(reading, intents=intents, slots=slots, clarify=False, ask=None, ask_code=None)
    if set(reading.intents) <= _ASKS and not reading.clarify and _OF_A_LINK.search(text):
        return replace(reading, intents=(Intent.QUESTION,), slots={"topic": "what_for"})
    return reading


def asks_what_stands(text: str, reading: Reading) -> bool:
    """Whether `text`, read so, asks what was agreed on."""
    days = {"date", "datetime", "date_range", "until", "start_date", "paid_date"} & set(reading.slots)
    only_asks = set(reading.intents) <= _UNSURE and not days and reading.plight is None
    return only_asks and _OF_WHAT_STANDS.search(text) is not None

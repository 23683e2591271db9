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


def more_closely(text: str, reading: Reading) -> Reading:
    """Return `reading` of `text`; a question what a link is for is no wish to have it."""
    if set(reading.intents) <= _ASKS and not reading.clarify and _OF_A_LINK.search(text):
        return replace(reading, intents=(Intent.QUESTION,), slots={"topic": "what_for"})
    return reading

"""Asking back what a careful person would, with what can be chosen; a person after the second time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.decision import Act, Decision, Known
from bot.understanding import Ask, Reading
from messages.options import Option
from payments.parts import FEWEST, most_parts

# Twice is a conversation, three times is a form.
PATIENCE: Final = 2
NOBODY_GETS_IT: Final = Decision(Act.HAND_OVER, "menu-again", attention="not_understood")
_DAYS: Final = frozenset(
    {
        *(Ask.WHEN, Ask.WHICH_DAY, Ask.THAT_DAY, Ask.IMPOSSIBLE_DATE, Ask.PAST_DATE),
        *(Ask.CONTRADICTION, Ask.UNTIL_WHEN),
    }
)
_OWN_WORDS: Final[Mapping[Ask, str]] = {
    Ask.STOP_WHAT: "confirm-optout",
    Ask.WHICH_CHANNEL: "ask-channel",
    Ask.WHICH_LANGUAGE: "ask-language",
    Ask.LANGUAGE: "other-language",
}


def ask_back(reading: Reading, known: Known, options: tuple[Option, ...] = ()) -> Decision:
    """Ask what is not clear; when that was done in vain before, a person reads along."""
    if known.asked_back >= PATIENCE:
        return NOBODY_GETS_IT
    code = reading.ask_code
    facts = {"question": reading.ask or ""}
    if code in _DAYS:
        return Decision(Act.NOTHING, "ask-day" if options else "ask-date-again", facts=facts, options=options)
    own_words = _OWN_WORDS.get(code) if code else None
    return Decision(
        Act.NOTHING,
        own_words or "ask-back",
        facts={} if own_words else facts,
        options=options or _usual(code, known),
    )


def _usual(code: Ask | None, known: Known) -> tuple[Option, ...]:
    """What people most often mean, by what is not clear."""
    parts = (Option("in_parts"),) if most_parts(known.remaining, known.policy) >= FEWEST else ()
    match code:
        case Ask.YES_TO_WHAT:
            return (Option("now"), Option("later"), *parts)
        case Ask.NO_TO_WHAT:
            return (Option("later"), *parts, Option("question"))
        case Ask.STOP_WHAT:
            return (Option("stop"), Option("later"))
        case Ask.WHICH_CHANNEL:
            return (Option("by_whatsapp"), Option("by_sms"), Option("by_telegram"))
        case Ask.WHICH_LANGUAGE:
            return (Option("dutch"), Option("english"))
        case _:
            return ()


def puzzled(reading: Reading, known: Known) -> Decision:
    """Answer what was not understood: a menu once, then a person, and never a third menu."""
    if known.puzzled >= 1 or known.asked_back >= PATIENCE:
        return NOBODY_GETS_IT
    if reading.language not in {"nl", "en"}:
        return Decision(Act.NOTHING, "other-language")
    return Decision(Act.NOTHING, "menu")

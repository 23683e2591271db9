"""What a family in mourning writes: who wants to pay can, and all else is for the person who writes."""

from __future__ import annotations

from typing import Final

from bot.decision import Act, Decision, Known
from bot.understanding import Ask, Intent, Reading
from payments.lifecycle import Status

# Beside one of these nobody asks for the link alone.
_MORE: Final = frozenset(
    {Intent.CANT_PAY, Intent.DISPUTE, Intent.ALREADY_PAID, Intent.INSTALMENTS, Intent.PAUSE, Intent.DENY}
    | {Intent.SET_PAY_DAY, Intent.WRONG_PERSON}
)
_DAYS: Final = frozenset({"date", "datetime", "date_range"})
# What is asked back as ever, since it is not about money.
_STILL_ASKED: Final = frozenset({Ask.STOP_WHAT, Ask.LANGUAGE, Ask.WHICH_LANGUAGE, Ask.WHICH_CHANNEL})
_PASSED_ON: Final = Decision(Act.HAND_OVER, "wish-noted", attention="has_wish")


def in_mourning(reading: Reading, known: Known) -> Decision | None:
    """Return what becomes of words after a death; None for what is decided as in any other state."""
    if known.status is not Status.BEREAVED or Intent.OPT_OUT in reading.intents:
        return None
    if wants_to_pay(reading):
        return Decision(Act.LINK, "link-in-mourning")
    if Intent.WRONG_PERSON in reading.intents:
        # "I am his son" tells who writes; a number that is not theirs at all is closed as ever.
        return _PASSED_ON if reading.told.family or reading.clarify else None
    asks = reading.clarify and reading.ask_code not in _STILL_ASKED and not reading.announced
    return _PASSED_ON if asks else None


def wants_to_pay(reading: Reading) -> bool:
    """Whether the words ask for the way to pay, or say that they will, without a day of their own."""
    intents = set(reading.intents)
    if _MORE & intents or _DAYS & reading.slots.keys():
        return False
    link = Intent.QUESTION in intents and reading.slots.get("topic") == "link"
    leans = reading.guessed and reading.clarify and not reading.told.pays
    return link or (Intent.PAY_NOW in intents and not leans)

"""Asking back what a careful person would, with what can be chosen; a person after the second time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.decide import fitting
from bot.decide.granted import may_be_later
from bot.decide.standing import hand_over, possible, settled
from bot.decision import Act, Decision, Known
from bot.understanding import Ask, Reading
from messages.options import Option
from payments.lifecycle import CARED_FOR, OWING, WITH_A_PERSON, Status

# Twice is a conversation, three times is a form.
PATIENCE: Final = 2
NOBODY_GETS_IT: Final = Decision(Act.HAND_OVER, "menu-again", attention="not_understood")
# Answers that ask, because it was not clear what was meant.
ASKS: Final = frozenset(
    {"ask-when", "ask-which-day", "ask-date-again", "ask-day", "ask-back", "ask-until", "ask-channel"}
    | {"hello", "ask-language", "ask-question", "ask-how-many", "ask-day-until", "ask-part-day", "which-one"}
    | {"ask-instead", "date-past", "part-now"}
)
# Answers that offer something else than what was asked for, by why a person should look if that goes on.
OFFERS_ELSE: Final[Mapping[str, str]] = {
    "promise-too-far": "asks_more_time",
    "promise-too-often": "asks_more_time",
    "part-too-far": "asks_more_time",
    "pause-too-long": "asks_more_rest",
    "pause-used": "asks_more_rest",
    "parts-other": "asks_parts",
    "parts-other-weekly": "asks_parts",
    "parts-start": "asks_parts",
    "parts-not-so": "asks_parts",
    "no-parts": "asks_parts",
}
_DAYS: Final = frozenset(
    {
        *(Ask.WHEN, Ask.WHICH_DAY, Ask.THAT_DAY, Ask.IMPOSSIBLE_DATE, Ask.PAST_DATE),
        *(Ask.CONTRADICTION, Ask.UNTIL_WHEN),
    }
)
# What the words only lean to; whatever it is, it waits for the answer.
GUESSED: Final = frozenset(
    {Ask.PAY_NOW, Ask.START_AGAIN, Ask.IS_PAID, Ask.NOT_RIGHT, Ask.NO_MONEY, Ask.A_PERSON, Ask.NOT_ME}
)
_MEANT: Final[Mapping[Ask, Act]] = {
    Ask.PAY_NOW: Act.LINK,
    Ask.START_AGAIN: Act.RESUME,
    Ask.IS_PAID: Act.CHECK,
    Ask.NO_MONEY: Act.HARDSHIP,
}
_USUAL: Final[Mapping[Ask, tuple[str, ...]]] = {
    Ask.YES_TO_WHAT: ("now", "later", "in_parts"),
    Ask.NO_TO_WHAT: ("later", "in_parts", "question"),
    Ask.STOP_WHAT: ("stop", "later"),
    Ask.WHICH_LANGUAGE: ("dutch", "english"),
    Ask.PAY_NOW: ("now", "later", "question"),
    Ask.START_AGAIN: ("again", "question"),
    Ask.IS_PAID: ("paid", "now", "question"),
    Ask.NOT_RIGHT: ("not_right", "question"),
    Ask.NO_MONEY: ("no_money", "later", "in_parts"),
    Ask.A_PERSON: ("person", "later"),
    Ask.NOT_ME: ("not_me", "question"),
}
_OWN_WORDS: Final[Mapping[Ask, str]] = {
    Ask.NO_TO_WHAT: "ask-instead",
    Ask.STOP_WHAT: "confirm-optout",
    Ask.WHICH_CHANNEL: "ask-channel",
    Ask.WHICH_LANGUAGE: "ask-language",
    Ask.LANGUAGE: "other-language",
}


def ask_back(reading: Reading, known: Known, options: tuple[Option, ...] = ()) -> Decision:
    """Ask what is not clear, with what can be chosen."""
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
    """What people most often mean, by what is not clear; a later day and parts only where they may be."""
    closed = set() if may_be_later(known) else {"later"}
    closed |= set() if fitting.fewest(known) else {"in_parts"}
    kinds = _USUAL.get(code, ()) if code else ()
    return tuple(Option(kind) for kind in kinds if kind not in closed)


def guessed(reading: Reading, known: Known) -> Decision:
    """Ask whether that is meant; where it could not be done anyway, that is for a person."""
    if reading.ask_code is Ask.START_AGAIN and known.status is not Status.PAUSED:
        return puzzled(reading, known)
    meant = _MEANT.get(reading.ask_code) if reading.ask_code else None
    if meant is None:
        return patient(ask_back(reading, known), known)
    if done := settled(known):
        return done
    if known.status in CARED_FOR and meant in {Act.RESUME, Act.CHECK}:
        why = "has_wish" if meant is Act.RESUME else "claims_paid"
        return hand_over(why)  # nothing starts or is looked up by itself after hardship
    able = possible(Decision(meant, None), known)
    return able if able.act is Act.HAND_OVER else patient(ask_back(reading, known), known)


def puzzled(reading: Reading, known: Known) -> Decision:
    """Answer what was not understood: a menu once, then a person, and never a third menu."""
    if known.puzzled >= 1 or known.asked_back >= PATIENCE:
        return NOBODY_GETS_IT
    if reading.language not in {"nl", "en"}:
        return Decision(Act.NOTHING, "other-language")
    return Decision(Act.NOTHING, "menu")


def greeted(known: Known) -> Decision:
    """Return a greeting with what can be done, and a person for who greets a third time in a row."""
    closed = set() if may_be_later(known) else {"later"}
    kinds = [kind for kind in ("now", "later", "question") if kind not in closed]
    options = tuple(map(Option, kinds)) if known.status in OWING - WITH_A_PERSON else ()
    return patient(Decision(Act.NOTHING, "hello", options=options), known)


def patient(decision: Decision, known: Known) -> Decision:
    """Return `decision`, unless it would ask a third time in a row: then a person reads along."""
    if known.asked_back < PATIENCE:
        return decision
    if decision.answer in ASKS:
        return NOBODY_GETS_IT
    why = OFFERS_ELSE.get(decision.answer or "")
    return hand_over(why) if why else decision

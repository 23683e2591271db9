"""A payer's words and what they mean in their thread, also when they had to wait for a choice."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from bot.decide.answering import in_answer
from bot.stories.thread import Thread
from bot.understanding import Ask, Context, Intent, Reading, Span, understand
from core.calendar import local
from core.db import Tx
from messages.inbox import Incoming
from messages.options import Offer

# After these a number is a number of parts, but "over 3 maanden" stays a day.
_COUNTS: Final = frozenset({Context.PLAN, Context.ASK_N})
_AHEAD: Final = re.compile(
    r"\bover\s+(?:ongeveer\s+)?\w+\s+(?:dag(?:en)?|we(?:ek|ken)|maand(?:en)?)\b"
    r"|\b\w+\s+(?:days?|weeks?|months?)\s+from\s+now\b|\bin\s+\w+\s+(?:days|weeks|months)['’]?\s+time\b",
    re.IGNORECASE,
)
_WANTS_TO_PAY: Final = {"nl": "ik betaal nu", "en": "I pay now"}
_WHAT_IS_IT: Final = {"nl": "wat is het bedrag?", "en": "what is the amount?"}
# What is read in a blow by itself, and says nothing more of it.
_BEFALLS: Final = frozenset({str(Intent.CANT_PAY), str(Intent.OTHER)})


@dataclass(frozen=True)
class Heard:
    """What a payer said: the words, after what they chose from, and what they mean."""

    text: str
    reading: Reading
    picked: Offer | None = None


def as_written(heard: Heard) -> Reading:
    """Return the reading with only such words as its reasons as were said; all that was said, if none is.

    Where words stand for others, such as "alles" for a wish to pay, those others were never written.
    """
    said = [span for span in heard.reading.spans if span.text in heard.text]
    if heard.reading.spans and not said and heard.text.strip():
        meant = str(heard.reading.intents[0])
        said = [Span(0, len(heard.text), heard.text, meant)]
    return replace(heard.reading, spans=tuple(said))


def meanings(reading: Reading) -> list[str]:
    """Return what the timeline says that was understood: a death first, and no lack of money for its sake."""
    intents = [str(intent) for intent in reading.intents]
    if reading.plight is None:
        return intents
    if reading.clarify:
        return [str(reading.plight)]
    why = {span.led_to for span in reading.spans}
    loose = {intent for intent in _BEFALLS if intent not in why}
    return [str(reading.plight), *(intent for intent in intents if intent not in loose)]


def read(tx: Tx, text: str, thread: Thread, language: str) -> Heard:
    """Understand `text` in its thread: a number or a tap says what was offered, a yes what was proposed."""
    picked = thread.choice(text)
    if picked is None:
        heard = in_thread(tx, text, thread, language)
        picked = thread.only_choice() if _agrees(heard.reading) else None
        if picked is None:
            return heard
    words = picked.says or picked.answer
    if picked.about and thread.put_off:
        return put_off(tx, thread.put_off, words, language, picked)
    return Heard(words, understand(words, None, now=tx.now, language=language), picked)


def in_thread(tx: Tx, text: str, thread: Thread, language: str) -> Heard:
    """Understand `text` as an answer to our last move."""
    move = None if thread.move in _COUNTS and _AHEAD.search(text) else thread.move
    reading = understand(text, move, now=tx.now, language=language)
    return Heard(text, in_answer(reading, thread.options, local(tx.now).date()))


def put_off(tx: Tx, incoming_id: str, text: str, language: str, picked: Offer | None = None) -> Heard:
    """Understand words that waited for a choice, as they were meant on the day when they were said."""
    row = tx.session.get(Incoming, incoming_id)
    said_at = row.received_at if row is not None else tx.now
    return Heard(text, understand(text, Context.REMINDER, now=said_at, language=language), picked)


def wants_to_pay(tx: Tx, heard: Heard, language: str) -> Heard:
    """Take what was heard for a wish to pay now."""
    return _as(tx, heard, _WANTS_TO_PAY, language)


def asks_what_it_is(tx: Tx, heard: Heard, language: str) -> Heard:
    """Take what was heard, which only names a request, for the question what is open."""
    return _as(tx, heard, _WHAT_IS_IT, language)


def _as(tx: Tx, heard: Heard, words: dict[str, str], language: str) -> Heard:
    """What it tells besides stays: "alles" takes a wish to pay for all of it."""
    meant = understand(words.get(language, words["nl"]), None, now=tx.now, language=language)
    return Heard(heard.text, replace(meant, tell=heard.reading.tell))


def _agrees(reading: Reading) -> bool:
    doubts = reading.clarify and reading.ask_code is not Ask.YES_TO_WHAT
    return reading.intents == (Intent.AFFIRM,) and not doubts

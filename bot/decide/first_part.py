"""An amount now and the rest on a day: a plan of two parts as the payer names them, within the rules."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from bot.decide import fitting
from bot.decide.days import day_of
from bot.decide.divided import agreed_on, amount_said
from bot.decide.granted import may_divide
from bot.decision import Act, Decision, Known
from bot.understanding import Intent, Reading, understand
from core.money import Money
from payments.parts import FEWEST, MONTH, Part, day_after, within

_REST: Final = re.compile(
    r"\b(?:de\s+|the\s+)?(?:rest|resterende|overige|andere helft|remainder|other half)\b", re.IGNORECASE
)
_HALF: Final = re.compile(r"\b(?:helft|half|halve)\b", re.IGNORECASE)
_NOW: Final = re.compile(r"\b(?:nu|vandaag|meteen|direct|alvast|now|today)\b", re.IGNORECASE)
_ENDS: Final = re.compile(r"\s*(?:,|\ben\b|\band\b)\s*", re.IGNORECASE)


@dataclass(frozen=True)
class _Split:
    """What is paid first, and the day of the rest."""

    first: Money
    rest_on: date


def now_and_the_rest(text: str, reading: Reading, known: Known, now: datetime) -> Decision | None:
    """Return what becomes of "20 euro nu en de rest vrijdag"; None for anything else.

    The rest may come as late as the second part of a monthly plan would. Outside the rules what was heard is
    said back, with the nearest plans that can be had.
    """
    if Intent.INSTALMENTS not in reading.intents or not may_divide(known):
        return None
    split = _split(text, reading, known, now)
    if split is None:
        return None
    plan = (
        Part(1, known.today, split.first),
        Part(2, split.rest_on, Money(known.remaining.cents - split.first.cents, known.remaining.currency)),
    )
    in_time = split.rest_on <= day_after(known.today, 1, MONTH)
    if in_time and within(plan, known.today, known.policy, known.last_day):
        return agreed_on(plan, known)
    options = fitting.options(known, FEWEST, 2)
    if not options:
        return None
    facts = {"part": split.first, "date": split.rest_on}
    return Decision(Act.NOTHING, "parts-not-so", facts=facts, options=options)


def _split(text: str, reading: Reading, known: Known, now: datetime) -> _Split | None:
    rest = _REST.search(text)
    if rest is None or not _NOW.search(text):
        return None
    first = _first(text, reading, known)
    day = _day_of_rest(text, rest, reading, now)
    if first is None or day is None or not 0 < first.cents < known.remaining.cents or day <= known.today:
        return None
    return _Split(first, day)


def _first(text: str, reading: Reading, known: Known) -> Money | None:
    amount = reading.slots.get("amount") or reading.slots.get("instalment_amount")
    if amount is not None:
        return amount_said(str(amount), known.remaining.currency)
    return known.remaining.parts(FEWEST)[0] if _HALF.search(text) else None


def _day_of_rest(text: str, rest: re.Match[str], reading: Reading, now: datetime) -> date | None:
    """The day behind the word, or the one before it in the same clause: "vrijdag de rest"."""
    behind, before = _ENDS.split(text[rest.end() :])[0], _ENDS.split(text[: rest.start()])[-1]
    for words in (behind, before):
        read = understand(words, None, now=now, language=reading.language)
        day = day_of(read, "date", "datetime", "date_range") if not read.clarify else None
        if day is not None:
            return day
    return None

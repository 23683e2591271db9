"""A stop is never alone for long: what was said beside it, and what was asked for while it lasted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.decide.days import day_of, said_back
from bot.decide.promises import promise_for
from bot.decide.standing import settled
from bot.decision import Act, Decision, Known
from bot.understanding import Intent, Plight, Reading, understand
from payments.lifecycle import Status

_CLAUSES: Final = re.compile(
    r"\s*(?:[,.;!?\n]+|\b(?:maar|en|want|but|and|because)\b)\s*",
    re.IGNORECASE,
)
_MOST: Final = 6


def stopped(text: str, reading: Reading, known: Known, now: datetime) -> Decision | None:
    """Return the stop in `text` with what else it says; None where there is no stop, or nothing besides.

    "Betaal vrijdag maar stop met die berichten" is a stop and a day, and "stop, ik kan niet betalen" a stop
    and a call for help. Both count: the messages end with the goodbye, and the rest is noted.
    """
    if Intent.OPT_OUT not in reading.intents or known.opted_out or settled(known):
        return None
    said = _said(text, reading, now)
    if not any(_is_stop(one) for one in said):
        return None
    beside = tuple(b for one in said if not one.clarify for b in _beside(one, known))
    return Decision(Act.OPT_OUT, "opted-out", beside=beside[:1]) if beside else None


def _said(text: str, reading: Reading, now: datetime) -> Sequence[Reading]:
    """What is clear as a whole, or else each clause for itself."""
    if not reading.clarify:
        return [replace(reading, intents=(Intent.OPT_OUT,)), reading]
    clauses = [clause for clause in _CLAUSES.split(text) if clause][:_MOST]
    return [understand(clause, None, now=now, language=reading.language) for clause in clauses]


def _is_stop(reading: Reading) -> bool:
    return reading.intents == (Intent.OPT_OUT,) and not reading.clarify


def _beside(reading: Reading, known: Known) -> tuple[Decision, ...]:
    """The gravest first; what is for a person reaches that person without another message."""
    if reading.plight is Plight.DEATH:
        return (Decision(Act.BEREAVE, "condolences", attention="bereaved"),)
    if reading.plight is Plight.ILLNESS:
        return (Decision(Act.HAND_OVER, "illness", attention="illness"),)
    if Intent.CANT_PAY in reading.intents:
        return (Decision(Act.HARDSHIP, "help-without-messages", attention="hardship"),)
    if Intent.DISPUTE in reading.intents:
        return (Decision(Act.DISPUTE, None, attention="disputed"),)
    if Intent.ALREADY_PAID in reading.intents:
        return (Decision(Act.CHECK, None, attention="claims_paid"),)
    day = day_of(reading, "date", "datetime", "date_range")
    if Intent.RESCHEDULE not in reading.intents or day is None:
        return ()
    granted = promise_for(day, known)
    if granted.act is not Act.PROMISE:
        return (Decision(Act.NOTHING, None, attention="asks_more_time"),)
    return (replace(granted, answer="day-without-messages", facts={"date": day}),)


def started(decision: Decision, wished: Decision | None, known: Known) -> Decision:
    """Return the start with what was asked for during the stop, or the day that was chosen before it."""
    if decision.act is not Act.OPT_IN:
        return decision
    if wished is not None and wished.act in {Act.PROMISE, Act.PAUSE, Act.DIVIDE, Act.MOVE_PART}:
        return replace(decision, beside=(*decision.beside, *wished.all))
    day = known.quiet_until
    if known.status is not Status.PROMISED or day is None or day <= known.today:
        return decision
    answer, facts = said_back("tell-chosen-day", day)
    return replace(decision, beside=(*decision.beside, Decision(Act.NOTHING, answer, facts=facts)))

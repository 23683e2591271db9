"""After hardship or a death nothing starts by itself again: what is said goes to the person who calls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.decide.days import day_of
from bot.decision import Act, Decision, Known
from bot.understanding import Intent, Reading
from payments.lifecycle import CARED_FOR

# What would start, hold or look up something, and why a person should look instead.
_FOR_THE_PERSON: Final[Mapping[Intent, str]] = {
    Intent.DISPUTE: "disputed",
    Intent.ALREADY_PAID: "claims_paid",
    Intent.PAUSE: "asks_more_rest",
    Intent.RESCHEDULE: "asks_more_time",
    Intent.SET_PAY_DAY: "asks_more_time",
    Intent.RESUME: "has_wish",
}


def handed(intent: Intent, reading: Reading, known: Known) -> Decision | None:
    """Return what becomes of words that are for the person who calls; None for all other words."""
    if known.status not in CARED_FOR:
        return None
    deadline = intent is Intent.QUESTION and reading.slots.get("topic") == "deadline"
    attention = "asks_more_time" if deadline else _FOR_THE_PERSON.get(intent)
    if attention is None:
        return None
    day = day_of(reading, "date", "datetime") if intent is Intent.RESCHEDULE else None
    detail = {"date": day.isoformat(), "reason": "day"} if day else {}
    return Decision(Act.HAND_OVER, "wish-noted", attention=attention, detail=detail)

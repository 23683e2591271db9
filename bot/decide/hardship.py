"""After hardship or a death nothing starts by itself again: what is said goes to the person who calls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.decide.days import day_of
from bot.decide.standing import hand_over
from bot.decision import Act, Decision, Known
from bot.understanding import Intent, Reading
from payments.lifecycle import CARED_FOR, Status

# What would start, hold or look up something, and why a person should look instead.
_FOR_THE_PERSON: Final[Mapping[Intent, str]] = {
    Intent.DISPUTE: "disputed",
    Intent.ALREADY_PAID: "claims_paid",
    Intent.PAUSE: "asks_more_rest",
    Intent.RESCHEDULE: "asks_more_time",
    Intent.SET_PAY_DAY: "asks_more_time",
    Intent.RESUME: "has_wish",
    Intent.DENY: "has_wish",
}
# After a death nobody asks for more than the rules give: what is wished is read by the person who writes.
_IN_MOURNING: Final[Mapping[Intent, str]] = {
    **_FOR_THE_PERSON,
    **dict.fromkeys((Intent.PAUSE, Intent.RESCHEDULE, Intent.SET_PAY_DAY), "has_wish"),
    Intent.CANT_PAY: "hardship",
}
# Who cannot pay hears of free help, in mourning too.
_ANSWERS: Final[Mapping[Intent, str]] = {Intent.CANT_PAY: "hardship-noted"}
# By when to pay is for that person to say, and to a family in mourning also what to do now.
_TOPICS: Final = {
    Status.HARDSHIP: frozenset({"deadline"}),
    Status.BEREAVED: frozenset({"deadline", "how"}),
}


def handed(intent: Intent, reading: Reading, known: Known) -> Decision | None:
    """Return what becomes of words that are for the person who calls; None for all other words."""
    if known.status not in CARED_FOR:
        return None
    if intent is Intent.QUESTION and reading.slots.get("topic") in _TOPICS[known.status]:
        return hand_over("asks_question")
    reasons = _IN_MOURNING if known.status is Status.BEREAVED else _FOR_THE_PERSON
    attention = reasons.get(intent)
    if attention is None:
        return None
    day = day_of(reading, "date", "datetime") if intent is Intent.RESCHEDULE else None
    detail = {"date": day.isoformat(), "reason": "day"} if day else {}
    return Decision(Act.HAND_OVER, _ANSWERS.get(intent, "wish-noted"), attention=attention, detail=detail)

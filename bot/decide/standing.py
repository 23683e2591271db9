"""What can still be done about a request, by where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.decision import Act, Decision, Known
from payments.lifecycle import OWING, Status, Verb, after

_VERBS: Final[Mapping[Act, Verb]] = {
    Act.PROMISE: Verb.PROMISE,
    Act.PAUSE: Verb.PAUSE,
    Act.RESUME: Verb.RESUME,
    Act.CHECK: Verb.CHECK,
    Act.DISPUTE: Verb.DISPUTE,
    Act.HARDSHIP: Verb.HARDSHIP,
    Act.BEREAVE: Verb.BEREAVE,
    Act.DIVIDE: Verb.DIVIDE,
}
# Why a person looks where that cannot be done any more.
_FOR_A_PERSON: Final[Mapping[Act, str]] = {
    Act.PROMISE: "asks_more_time",
    Act.PAUSE: "asks_more_rest",
    Act.RESUME: "has_wish",
    Act.CHECK: "claims_paid",
    Act.DISPUTE: "disputed",
    Act.HARDSHIP: "hardship",
    Act.BEREAVE: "bereaved",
    Act.DIVIDE: "asks_parts",
}
# What is said to whom a person answers, by why: who reads it knows that we understood what it is about.
_PASSED_ON: Final[Mapping[str, str]] = {
    "asks_a_person": "handed-over",
    "asks_question": "question-passed-on",
    "asks_less": "less-passed-on",
    "asks_parts": "parts-passed-on",
    "asks_more_time": "later-passed-on",
    "asks_more_rest": "rest-passed-on",
    "disputed": "dispute-passed-on",
    "claims_paid": "claim-passed-on",
    "not_understood": "menu-again",
}
# Every answer that says no more than that a person looks at it.
PASSED_ON: Final = frozenset({*_PASSED_ON.values(), "wish-passed-on", "expired-passed-on", "answer-late"})
_NOTHING_TO_PAY: Final[Mapping[Status, str]] = {
    Status.PAID: "settled",
    Status.REFUNDED: "nothing-open",
    Status.CANCELLED: "withdrawn",
}


def settled(known: Known) -> Decision | None:
    """Return the answer when nothing is asked any more; None when something is.

    What expired may still be owed, which only a person can say.
    """
    if known.status in OWING:
        return None
    if known.status is Status.EXPIRED:
        return Decision(Act.HAND_OVER, "expired-passed-on", attention="has_wish")
    return Decision(Act.NOTHING, _NOTHING_TO_PAY[known.status])


def hand_over(attention: str) -> Decision:
    """Leave it to a person, and say so in the words that belong to why, a reason of payments/attention.py."""
    return Decision(Act.HAND_OVER, _PASSED_ON.get(attention, "wish-passed-on"), attention=attention)


def possible(decision: Decision, known: Known) -> Decision:
    """Never say yes to what cannot happen where the request stands now: then a person looks.

    Rest in a plan moves its parts, and the request stays where it stands.
    """
    moves_parts = decision.act is Act.PAUSE and bool(decision.parts)
    if known.plan and decision.act in {Act.PROMISE, Act.PAUSE} and not moves_parts:
        return hand_over("asks_more_time")  # what was agreed in parts is not about one day
    verb = None if moves_parts else _VERBS.get(decision.act)
    if verb is None or after(known.status, verb) is not None:
        return decision
    return hand_over(_FOR_A_PERSON[decision.act])

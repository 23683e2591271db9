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
    Act.DIVIDE: Verb.DIVIDE,
}
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
        return hand_over()
    return Decision(Act.NOTHING, _NOTHING_TO_PAY[known.status])


def hand_over(attention: str = "asks_a_person") -> Decision:
    """Leave it to a person, and say so."""
    return Decision(Act.HAND_OVER, "handed-over", attention=attention)


def possible(decision: Decision, known: Known) -> Decision:
    """Never say yes to what cannot happen where the request stands now: then a person looks.

    Rest in a plan moves its parts, and the request stays where it stands.
    """
    moves_parts = decision.act is Act.PAUSE and bool(decision.parts)
    if known.plan and decision.act in {Act.PROMISE, Act.PAUSE} and not moves_parts:
        return hand_over("asks_more_time")  # what was agreed in parts is not about one day
    verb = None if moves_parts else _VERBS.get(decision.act)
    return hand_over() if verb is not None and after(known.status, verb) is None else decision

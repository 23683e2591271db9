"""What can still be done about a request, by where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.decide.shapes import Act, Decision, Known
from payments.lifecycle import OWING, Status, Verb, after

_VERBS: Final[Mapping[Act, Verb]] = {
    Act.PROMISE: Verb.PROMISE,
    Act.PAUSE: Verb.PAUSE,
    Act.RESUME: Verb.RESUME,
    Act.CHECK: Verb.CHECK,
    Act.DISPUTE: Verb.DISPUTE,
    Act.HARDSHIP: Verb.HARDSHIP,
}


def settled(known: Known) -> Decision | None:
    """Return the answer when nothing is owed any more; None when something is."""
    if known.status in OWING:
        return None
    withdrawn = known.status in {Status.CANCELLED, Status.EXPIRED}
    return Decision(Act.NOTHING, "withdrawn" if withdrawn else "settled")


def hand_over(attention: str = "asks_a_person") -> Decision:
    """Leave it to a person, and say so."""
    return Decision(Act.HAND_OVER, "handed-over", attention=attention)


def possible(decision: Decision, known: Known) -> Decision:
    """Never say yes to what cannot happen where the request stands now: then a person looks."""
    verb = _VERBS.get(decision.act)
    return hand_over() if verb is not None and after(known.status, verb) is None else decision

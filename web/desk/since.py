"""Since when a payer waits for a person: from the first word that nobody answered, and by when it is owed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from payments.answers import TELLS, by_a_person, owed_by
from payments.attention import ANSWERED, BY_GOING_ON, BY_MONEY
from payments.timeline import Event

# The kinds of events with which a wait begins, by its reason. Where words were understood, the event says
# itself for which reasons a person was asked to look.
_BEGINS: Final[Mapping[str, frozenset[str]]] = {
    "charged_back": frozenset({"chargeback"}),
    "surplus": frozenset({"surplus"}),
    "bereaved": frozenset({"bereaved"}),
    "hardship": frozenset({"hardship"}),
    "disputed": frozenset({"dispute"}),
    "wrong_person": frozenset({"wrong_person"}),
    "asks_a_person": frozenset({"question", "tapped"}),
    "asks_question": frozenset({"question", "tapped"}),
    "claims_paid": frozenset({"check"}),
    "missed_part": frozenset({"part_missed"}),
    "asks_parts": frozenset({"tapped"}),
    "asks_more_time": frozenset({"tapped"}),
    "asks_more_rest": frozenset({"tapped"}),
    "unknown_send": frozenset({"unknown", "not_found"}),
    "unreachable": frozenset({"unreachable", "withheld"}),
    "message_failed": frozenset({"failed"}),
}
_UNDERSTOOD, _SEEN, _ALL_SEEN, _PAID = "understood", "attention_done", "resumed", "paid"
_HANDED_OVER: Final = "hand_over"
# Says itself which wait begins with it, also where more was done in the same breath.
_PROMISED: Final = "answer_promised"
KINDS: Final = frozenset[str]().union(*_BEGINS.values()) | TELLS | {_UNDERSTOOD, _SEEN, _ALL_SEEN, _PAID}


@dataclass(frozen=True)
class Since:
    """When the first word came that nobody answered, or else when a person answered; and what was promised.

    `open_at` is None when all was answered; both are None when no event tells. `by` is the day on which
    the payer hears from us at the latest, as we said at the first of those words; None without a promise.
    """

    open_at: datetime | None = None
    answered_at: datetime | None = None
    by: date | None = None


def since(reasons: Collection[str], events: Sequence[Event]) -> Since:
    """Return since when one request waits for the `reasons` that are open, by its events in their order."""
    open_at: dict[str, datetime] = {}
    answered: dict[str, datetime] = {}
    for event in events:
        if event.kind == _SEEN:
            open_at.pop(str(event.data.get("subject")), None)
        elif by_a_person(event):
            done = BY_GOING_ON if event.kind == _ALL_SEEN else ANSWERED
            answered |= dict.fromkeys(done, event.at)
            open_at = _without(open_at, done)
        elif event.kind == _PAID:
            open_at = _without(open_at, BY_MONEY)
        else:
            for reason in _begin_with(event):
                open_at.setdefault(reason, event.at)
    promised = owed_by(events)
    return Since(
        min((open_at[reason] for reason in reasons if reason in open_at), default=None),
        max((answered[reason] for reason in reasons if reason in answered), default=None),
        min((promised[reason] for reason in reasons if reason in promised), default=None),
    )


def of_all(waits: Iterable[Since]) -> Since:
    """Return since when one payer waits, of whom several requests wait."""
    all_waits = list(waits)
    return Since(
        min((wait.open_at for wait in all_waits if wait.open_at), default=None),
        max((wait.answered_at for wait in all_waits if wait.answered_at), default=None),
        min((wait.by for wait in all_waits if wait.by), default=None),
    )


def _without(open_at: Mapping[str, datetime], done: Collection[str]) -> dict[str, datetime]:
    return {reason: at for reason, at in open_at.items() if reason not in done}


def _begin_with(event: Event) -> Collection[str]:
    """The reasons to look that began with `event`, if they were not there already."""
    if event.kind == _PROMISED:
        return [str(event.data.get("subject"))]
    if event.kind != _UNDERSTOOD:
        return [reason for reason, kinds in _BEGINS.items() if event.kind in kinds]
    asks = event.data.get("attention")
    if asks is None:  # as it was noted before words kept for which reasons a person should look
        return ANSWERED if event.data.get("act") == _HANDED_OVER else ()
    return [str(reason) for reason in asks]

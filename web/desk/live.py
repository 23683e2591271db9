"""The live line of one request: sent, delivered, opened, paid, and the sentence that an agent can act on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from payments.timeline import Event
from web.telling import sentence
from web.wording import Words

STEPS: Final = ("sent", "delivered", "opened", "paid")
# Which step an event proves; a step that is proved proves those before it, since receipts can be missing.
_PROOF: Final[Mapping[str, str]] = {
    "sent": "sent",
    "delivered": "delivered",
    "read": "delivered",
    "opened": "opened",
    "checkout": "opened",
    "payment": "opened",
    "paid": "paid",
}
# What stands in the way, until something later shows that it does not any more.
_TROUBLE: Final = frozenset({"unknown", "not_found", "failed", "unreachable", "withheld", "waits"})


def live_line(events: Sequence[Event], w: Words, today: date, after: int = 0) -> dict[str, Any]:
    """Return the line as JSON: when each step was reached, where it stands, the events above `after`."""
    reached = _reached(events, w)
    return {
        "last": events[-1].id if events else 0,
        "steps": [{"name": name, "label": w(f"step.{name}"), "at": reached.get(name, "")} for name in STEPS],
        "now": _now(events, reached, w, today),
        "trouble": _trouble(events) is not None,
        "done": "paid" in reached,
        "events": [_told(event, w, today) for event in events if event.id > after],
    }


def _reached(events: Sequence[Event], w: Words) -> dict[str, str]:
    """When each step was reached; one that was skipped was reached when a later one was."""
    reached: dict[str, str] = {}
    for event in events:
        if event.kind in _PROOF:
            for name in STEPS[: STEPS.index(_PROOF[event.kind]) + 1]:
                reached.setdefault(name, w.time(event.at, "HH:mm:ss"))
    return reached


def _trouble(events: Sequence[Event]) -> Event | None:
    """Return what stands in the way now; proof of a step takes it away."""
    for event in reversed(events):
        if event.kind in _TROUBLE:
            return event
        if event.kind in _PROOF:
            return None
    return None


def _now(events: Sequence[Event], reached: Mapping[str, str], w: Words, today: date) -> str:
    """The one sentence under the line."""
    if "paid" in reached:
        return w("now.paid")
    trouble = _trouble(events)
    if trouble is not None:
        return w("now.unknown") if trouble.kind in {"unknown", "not_found"} else sentence(trouble, w, today)
    step = next((name for name in reversed(STEPS) if name in reached), "waiting")
    return w(f"now.{step}")


def _told(event: Event, w: Words, today: date) -> dict[str, Any]:
    return {"id": event.id, "at": w.time(event.at, "HH:mm:ss"), "text": sentence(event, w, today)}

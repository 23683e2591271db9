"""Events in plain words: what happened, and why something did not, for the desk and the overview alike."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, Final

from payments.timeline import Event
from web.wording import Words

# Who can be behind an event besides a user, whose own name is told.
_ACTORS: Final = frozenset({"seintje", "payer", "psp", "provider", "shell"})
# How the timeline names a merchant's system, before the name of the key that it used.
BY_KEY: Final = "api: "
FIRST_KEY: Final = "first"
_AT_ONCE: Final = timedelta(minutes=1)


def sentence(event: Event, w: Words, today: date) -> str:
    """Return what `event` says, in the words of `w`; `today` decides whether a day is named with a time."""
    facts = {"actor": _actor(event.actor, w)}
    facts |= {name: _fact(name, value, w, today) for name, value in event.data.items()}
    return w(_key(event, w), **facts)


def _actor(actor: str, w: Words) -> str:
    """One of ours, a merchant's system by the name of its key, or a user by their own name."""
    if actor.startswith(BY_KEY):
        name = actor.removeprefix(BY_KEY)
        # The key that a shop began with was named by us, which says nothing to anybody.
        return w("actor.own_key") if name == FIRST_KEY else w("actor.key", name=name)
    return w(f"actor.{actor}") if actor in _ACTORS else actor


def _key(event: Event, w: Words) -> str:
    """Some kinds read differently by what led to them: `event.understood_promise` before `understood`."""
    detail = str(event.data.get("act") or event.data.get("reason") or _with(event) or _when(event))
    for key in (f"event.{event.kind}_{detail}", f"event.{event.kind}"):
        if key in w.texts:
            return key
    return "event.other"


def _with(event: Event) -> str:
    """Whether a payment was for other requests as well."""
    return "together" if event.data.get("together") else ""


def _when(event: Event) -> str:
    """Whether what was planned is done at once."""
    planned = event.data.get("planned")
    return "now" if planned and datetime.fromisoformat(str(planned)) <= event.at + _AT_ONCE else ""


def _fact(name: str, value: Any, w: Words, today: date) -> str:  # noqa: ANN401 - JSON is any
    match name:
        case "cents" | "from_cents":
            return w.euros(int(value))
        case "date":
            return w.day(date.fromisoformat(str(value)), today)
        case "until" | "planned":
            return w.moment(datetime.fromisoformat(str(value)), today)
        case "channel" | "template" | "reason" | "language":
            return word(w, name, str(value))
        case "subject":
            return word(w, "attention", str(value))
        case "intents":
            return ", ".join(word(w, "intent", str(intent)) for intent in value)
        case _:
            return str(value)


def word(w: Words, group: str, name: str) -> str:
    """Return the word for one of ours, such as a status or a reason; else that of its group, else itself."""
    return w.texts.get(f"{group}.{name}") or w.texts.get(f"{group}.other") or name

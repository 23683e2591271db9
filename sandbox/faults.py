"""The fault plan: which calls and which webhooks go wrong, how, and how often, as plain data."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from fnmatch import fnmatchcase
from typing import Any, Final, cast

APIS: Final = ("mollie", "twilio", "telegram")

# What can happen to a call, before it is carried out and after.
BEFORE: Final = ("hang", "reset_before", "error_429", "error_500", "html_502", "slow")
AFTER: Final = ("hang_after", "reset_after", "error_500_after", "html_502_after", "garbage")
# What can happen to a webhook on its way to us.
ON_THE_WAY: Final = ("drop", "duplicate", "delay", "reorder")
# What can happen in the world behind an API.
IN_LIFE: Final = ("late_expiry", "chargeback", "blocked")
KINDS: Final = (*BEFORE, *AFTER, *ON_THE_WAY, *IN_LIFE)


class BadPlan(ValueError):
    """The fault plan names something that does not exist; the message says what."""


@dataclass
class Fault:
    """One thing that will go wrong.

    `call` is an operation's name (`create-payment`, `CreateMessage`, `sendMessage`), a webhook's name
    (`payment`, `status`, `message`, `update`) or a glob over "METHOD /path". The first `after` matches
    pass unharmed, the next `times` are hit. `seconds` is how long a hang, a delay or a wait takes:
    real seconds for calls, seconds on the sandbox's clock for webhooks and for what happens in life.
    """

    api: str
    kind: str
    call: str = "*"
    times: int = 1
    after: int = 0
    seconds: float = 0.0

    def matches(self, api: str, names: Collection[str], kinds: Collection[str]) -> bool:
        known = self.times > 0 and self.api == api and self.kind in kinds
        return known and any(fnmatchcase(name, self.call) for name in names)


@dataclass(frozen=True)
class Fired:
    """A fault that has happened: to which call, as the `number`th of all."""

    number: int
    api: str
    kind: str
    call: str


@dataclass
class FaultPlan:
    """The faults still to come and those that have fired; safe to use from several threads."""

    left: list[Fault] = field(default_factory=list)
    fired: list[Fired] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def add(self, faults: Iterable[Fault]) -> None:
        with self._lock:
            self.left.extend(faults)

    def clear(self) -> None:
        with self._lock:
            self.left.clear()
            self.fired.clear()

    def take(self, api: str, names: Collection[str], kinds: Collection[str]) -> Fault | None:
        """Return the fault that hits this call, using one of its times, or None when it passes unharmed."""
        with self._lock:
            for fault in self.left:
                if not fault.matches(api, names, kinds):
                    continue
                if fault.after > 0:
                    fault.after -= 1
                    continue
                fault.times -= 1
                self.fired.append(Fired(len(self.fired) + 1, api, fault.kind, next(iter(names), "")))
                return fault
        return None

    def as_json(self) -> dict[str, Any]:
        with self._lock:
            return {
                "left": [asdict(fault) for fault in self.left if fault.times > 0],
                "fired": [asdict(fired) for fired in self.fired],
            }


def read_plan(rows: object) -> list[Fault]:
    """Read a list of faults from JSON. Raises BadPlan naming the first thing that is wrong."""
    if not isinstance(rows, list):
        raise BadPlan("a fault plan is a list of faults")
    return [_read(row) for row in cast("list[object]", rows)]


def _read(row: object) -> Fault:
    if not isinstance(row, Mapping):
        raise BadPlan("a fault is an object with api, kind, call, times, after, seconds")
    try:
        fault = Fault(**cast("Mapping[str, Any]", row))
    except TypeError as error:
        raise BadPlan(f"a fault has api, kind, call, times, after, seconds: {error}") from error
    if fault.api not in APIS:
        raise BadPlan(f"no such api: {fault.api}; there are {', '.join(APIS)}")
    if fault.kind not in KINDS:
        raise BadPlan(f"no such kind: {fault.kind}; there are {', '.join(KINDS)}")
    return fault

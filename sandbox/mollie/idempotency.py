"""Mollie's memory of idempotency keys: the same key gives the same answer for an hour."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from core.clock import Clock
from sandbox.mollie.errors import MollieRefusal

REMEMBERED: Final = timedelta(hours=1)

Reply = tuple[int, dict[str, Any]]


@dataclass
class _Entry:
    fingerprint: str
    since: datetime
    reply: Reply | None = None


class Idempotency:
    """Answers a repeated key from memory; refuses it for another request or while the first is under way."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._entries: dict[str, _Entry] = {}
        self._lock = threading.Lock()

    def once(self, key: str, fingerprint: str, act: Callable[[], Reply]) -> tuple[Reply, bool]:
        """Return the reply, and whether it is a replay. Raises MollieRefusal (400, 409)."""
        entry = self._enter(key, fingerprint)
        if entry.reply is not None:
            return entry.reply, True
        try:
            entry.reply = act()
        except MollieRefusal as refusal:
            entry.reply = (refusal.status, refusal.as_json())
        finally:
            if entry.reply is None:
                self._forget(key)
        return entry.reply, False

    def _enter(self, key: str, fingerprint: str) -> _Entry:
        now = self._clock.now()
        with self._lock:
            entry = self._entries.get(key)
            if entry is None or now - entry.since >= REMEMBERED:
                self._entries[key] = entry = _Entry(fingerprint, now)
                return entry
            if entry.fingerprint != fingerprint:
                raise MollieRefusal(400, "This idempotency key was used with other parameters")
            if entry.reply is None:
                raise MollieRefusal(409, "A request with this idempotency key is in progress")
            return entry

    def _forget(self, key: str) -> None:
        with self._lock:
            self._entries.pop(key, None)

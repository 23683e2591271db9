"""The only source of chance: identifiers, tokens and jitter, so that a simulation can repeat itself."""

from __future__ import annotations

import base64
import random
import secrets
import threading
from abc import ABC, abstractmethod
from datetime import datetime
from typing import Protocol

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: no i, l, o, u


class Ids(Protocol):
    """Where identifiers and tokens come from."""

    def random_bytes(self, count: int) -> bytes: ...

    def new(self, prefix: str, now: datetime) -> str:
        """Return an identifier `prefix_` plus 26 characters that sort by the time they were made."""
        ...

    def token(self, count: int = 16) -> str:
        """Return `count` random bytes as URL-safe text without padding."""
        ...

    def hex(self, length: int) -> str:
        """Return `length` random hexadecimal digits."""
        ...

    def below(self, limit: int) -> int:
        """Return a whole number from 0 up to, not including, `limit`."""
        ...


class _FromBytes(ABC):
    def __init__(self) -> None:
        self._last = 0
        self._one_at_a_time = threading.Lock()

    @abstractmethod
    def random_bytes(self, count: int) -> bytes: ...

    def new(self, prefix: str, now: datetime) -> str:
        milliseconds = int(now.timestamp() * 1000)
        with self._one_at_a_time:
            # Within one millisecond each is the one before plus chance, so that they still sort.
            fresh = int.from_bytes(self.random_bytes(10), "big")
            same = self._last >> 80 == milliseconds
            number = self._last + 1 + (fresh >> 40) if same else (milliseconds << 80) | (fresh >> 1)
            self._last = number
        text = "".join(_ALPHABET[(number >> shift) & 31] for shift in range(125, -1, -5))
        return f"{prefix}_{text}"

    def token(self, count: int = 16) -> str:
        return base64.urlsafe_b64encode(self.random_bytes(count)).rstrip(b"=").decode()

    def hex(self, length: int) -> str:
        return self.random_bytes((length + 1) // 2).hex()[:length]

    def below(self, limit: int) -> int:
        return int.from_bytes(self.random_bytes(8), "big") % limit


class OsIds(_FromBytes):
    """Chance from the operating system: for everything that runs for real."""

    def random_bytes(self, count: int) -> bytes:
        return secrets.token_bytes(count)


class SeededIds(_FromBytes):
    """Chance that repeats itself from a seed: for tests and simulation, never for secrets."""

    def __init__(self, seed: int) -> None:
        super().__init__()
        self._random = random.Random(seed)

    def random_bytes(self, count: int) -> bytes:
        return self._random.randbytes(count)

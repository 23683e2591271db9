"""Passwords: hashed with argon2id, and checked in the same time whether or not the user exists."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST: Final = 12
LONGEST: Final = 200
# OWASP's password storage cheat sheet: argon2id with 19 MiB, two passes, one lane.
_HASHER: Final = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def hashed(password: str) -> str:
    """Return what may be stored instead of `password`."""
    return _HASHER.hash(password)


def right(stored: str | None, password: str) -> bool:
    """Whether `password` belongs to `stored`; without a stored hash the same work is done in vain."""
    try:
        _HASHER.verify(stored or _nobodys(), password)
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


@lru_cache(maxsize=1)
def _nobodys() -> str:
    return _HASHER.hash("nobody's password")

"""Runs a step again when another process did the same thing at the same moment, so that it sees that one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy.exc import IntegrityError

from core.db import Database, Tx

P = ParamSpec("P")
T = TypeVar("T")


def once(db: Database, step: Callable[Concatenate[Tx, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a step that keeps an idempotency key: of two at once, the later finds what the other made."""
    try:
        return db.run(step, *args, **kwargs)
    except IntegrityError:
        return db.run(step, *args, **kwargs)

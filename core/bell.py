"""Hears that another process has committed work, without asking the tables."""

from __future__ import annotations

import sqlite3
from typing import Protocol

from sqlalchemy import Engine


class Bell(Protocol):
    """Asked often and cheaply: has anything been committed since the last time?"""

    def rang(self) -> bool: ...

    def close(self) -> None: ...


def bell_of(engine: Engine) -> Bell:
    """Return the bell that fits the engine's database."""
    if engine.dialect.name == "sqlite":
        return _SqliteBell(str(engine.url.database))
    from core.postgres_bell import PostgresBell  # the driver, which SQLite can do without

    return PostgresBell(engine.url.set(drivername="postgresql").render_as_string(hide_password=False))


class _SqliteBell:
    """SQLite counts the commits of other connections in `PRAGMA data_version`; asking costs microseconds."""

    def __init__(self, path: str) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._seen = self._version()

    def rang(self) -> bool:
        seen, self._seen = self._seen, self._version()
        return seen != self._seen

    def _version(self) -> int:
        row = self._connection.execute("PRAGMA data_version").fetchone()
        return int(row[0])

    def close(self) -> None:
        self._connection.close()

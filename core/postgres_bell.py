"""Hears by LISTEN that another process has committed work on PostgreSQL."""

from __future__ import annotations

import psycopg

from core.db import BELL


class PostgresBell:
    """PostgreSQL tells by LISTEN; as long as something may have been missed, the answer is yes."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._connection: psycopg.Connection | None = None

    def rang(self) -> bool:
        try:
            if self._connection is None:
                self._listen()
                return True  # what was committed before we listened was never told
            return bool(list(self._connection.notifies(timeout=0)))
        except psycopg.OperationalError:
            self.close()
            return True

    def _listen(self) -> None:
        self._connection = psycopg.connect(self._url, autocommit=True, connect_timeout=3)
        self._connection.execute(f"LISTEN {BELL}")

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

"""A database that is busy, away or full: told as such, and nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import event, text

from core.clock import ManualClock
from core.crypto import Keyring
from core.db import Database, Tx
from core.errors import Unavailable
from core.ids import Ids, OsIds
from payments.parties import Merchant
from payments.requests import locked
from tests.making import Owed, Shop, Wanted, make_merchant, make_request


@pytest.fixture
def other(database_url: str, clock: ManualClock, keyring: Keyring) -> Iterator[Database]:
    """The same database as another process would open it."""
    other = Database(database_url, clock, keyring, OsIds())
    yield other
    other.close()


def merchants(database: Database) -> int:
    return database.read(lambda tx: tx.session.query(Merchant).count())


def is_sqlite(database: Database) -> bool:
    return database.engine.dialect.name == "sqlite"


def test_a_database_that_is_kept_busy_too_long_is_told_as_such(database: Database, other: Database) -> None:
    owed = Shop(database)()
    _lose_patience(other)
    with pytest.raises(Unavailable):
        database.run(_hold, owed, other)
    assert merchants(other) == 1


def _hold(tx: Tx, owed: Owed, other: Database) -> None:
    locked(tx, owed.request_id)
    other.run(lambda tx: locked(tx, owed.request_id))


def _lose_patience(database: Database) -> None:
    """Let this database wait for a lock for a blink of an eye only."""
    command = "PRAGMA busy_timeout = 50" if is_sqlite(database) else "SET lock_timeout = 50"

    def shorten(connection: Any, _: object) -> None:
        connection.cursor().execute(command)
        if not is_sqlite(database):
            connection.commit()

    event.listen(database.engine, "connect", shorten)


def test_a_database_that_is_away_is_told_as_such(clock: ManualClock, keyring: Keyring) -> None:
    away = Database("postgresql://nobody@127.0.0.1:9/nothing", clock, keyring, OsIds())
    for ask in (away.ping, lambda: away.run(make_merchant, Wanted()), lambda: merchants(away)):
        with pytest.raises(Unavailable):
            ask()


def test_a_database_that_answers_says_so(database: Database) -> None:
    database.ping()


def test_after_postgresql_hung_up_the_next_step_just_works(
    postgres_database: Database, clock: ManualClock, keyring: Keyring, ids: Ids
) -> None:
    database = postgres_database
    url = database.engine.url.render_as_string(hide_password=False)
    other = Database(url, clock, keyring, ids)
    Shop(database)()
    hang_up = text(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid != pg_backend_pid()"
    )
    other.run(lambda tx: tx.session.execute(hang_up))
    assert merchants(database) == 1
    other.close()


def test_a_full_disk_is_told_as_such_and_nothing_is_lost(sqlite_database: Database) -> None:
    database = sqlite_database
    Shop(database)()
    event.listen(database.engine, "connect", lambda c, _: c.execute("PRAGMA max_page_count = 1"))
    database.engine.dispose()
    wordy = Wanted(description="x" * 10_000)
    with pytest.raises(Unavailable):
        database.run(lambda tx: [make_request(tx, wordy) for _ in range(100)])
    assert merchants(database) == 1

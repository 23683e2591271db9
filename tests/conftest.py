"""What every test can ask for: a clock that stands still, ids that repeat, keys, and a fresh database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from core.calendar import AMSTERDAM
from core.clock import ManualClock
from core.crypto import Keyring
from core.db import Database
from core.ids import Ids, SeededIds
from tests.databases import KEYRING, Factory, PostgresFactory, SqliteFactory, postgres_server
from tests.making import Shop


@pytest.fixture
def clock() -> ManualClock:
    """Ten o'clock in Amsterdam on Monday 23 November 2026."""
    return ManualClock(datetime(2026, 11, 23, 10, tzinfo=AMSTERDAM))


@pytest.fixture
def ids() -> SeededIds:
    return SeededIds(20261123)


@pytest.fixture
def keyring() -> Keyring:
    return KEYRING


@pytest.fixture(scope="session")
def sqlite_factory(tmp_path_factory: pytest.TempPathFactory) -> SqliteFactory:
    return SqliteFactory(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres_factory() -> Iterator[PostgresFactory]:
    with postgres_server() as url:
        factory = PostgresFactory(url)
        yield factory
        factory.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_factory(request: pytest.FixtureRequest) -> Factory:
    """Makes databases of one kind; a test that uses it runs on both kinds."""
    name = "sqlite_factory" if request.param == "sqlite" else "postgres_factory"
    factory: Factory = request.getfixturevalue(name)
    return factory


@pytest.fixture
def database_url(database_factory: Factory) -> Iterator[str]:
    """The address of a fresh database with every table, for tests that start processes of their own."""
    with database_factory.fresh() as url:
        yield url


@pytest.fixture
def database(database_url: str, clock: ManualClock, keyring: Keyring, ids: Ids) -> Iterator[Database]:
    """A fresh database with every table; the test runs once on SQLite and once on PostgreSQL."""
    database = Database(database_url, clock, keyring, ids)
    yield database
    database.close()


@pytest.fixture
def sqlite_database(
    sqlite_factory: SqliteFactory, clock: ManualClock, keyring: Keyring, ids: Ids
) -> Iterator[Database]:
    """For what only SQLite does."""
    with sqlite_factory.fresh() as url:
        database = Database(url, clock, keyring, ids)
        yield database
        database.close()


@pytest.fixture
def postgres_database(
    postgres_factory: PostgresFactory, clock: ManualClock, keyring: Keyring, ids: Ids
) -> Iterator[Database]:
    """For what only PostgreSQL does."""
    with postgres_factory.fresh() as url:
        database = Database(url, clock, keyring, ids)
        yield database
        database.close()


@pytest.fixture
def shop(database: Database) -> Shop:
    """Makes payment requests: `shop(amount="10.00")` gives the ids of merchant, payer and request."""
    return Shop(database)

"""Stories are told by the whole house: real clients, real HTTP, on both databases."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from core.clock import ManualClock
from core.crypto import Keyring
from core.db import Database
from core.ids import Ids
from tests.databases import SqliteFactory
from tests.house import House, open_house


@pytest.fixture
def house(database: Database, clock: ManualClock) -> Iterator[House]:
    """A house on each kind of database, for what touches money, claims and locks."""
    with open_house(database, clock) as house:
        yield house


@pytest.fixture
def small_house(
    sqlite_factory: SqliteFactory, clock: ManualClock, keyring: Keyring, ids: Ids
) -> Iterator[House]:
    """A house on SQLite alone, for what does not depend on the database."""
    with sqlite_factory.fresh() as url:
        database = Database(url, clock, keyring, ids)
        with open_house(database, clock) as house:
            yield house
        database.close()


@pytest.fixture
def two(house: House) -> tuple[str, str]:
    """Two requests that Anna owes: 42.50 for a repair (1042) and 30.00 for a tire (1043)."""
    tire = {"description": "Nieuwe band", "amount": {"value": "30.00", "currency": "EUR"}}
    found = house.ask(), house.ask(**tire)
    house.settle()
    return found

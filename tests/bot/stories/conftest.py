"""Stories are told by the whole house: real clients, real HTTP, on both databases."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from core.clock import ManualClock
from core.db import Database
from tests.house import House, open_house


@pytest.fixture
def house(database: Database, clock: ManualClock) -> Iterator[House]:
    with open_house(database, clock) as house:
        yield house

"""A house with Anna's payment request in it, asked through Flask's client or served to a browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from bot.stories.world import World
from core.clock import ManualClock
from core.db import Database
from core.ids import SeededIds
from sandbox.server import running_sandbox
from tests.browser import serving
from tests.databases import KEYRING, SqliteFactory
from tests.making import Wanted
from tests.web.pay.house import House, furnished, house_of, make_app, make_world


@pytest.fixture
def house(database: Database, clock: ManualClock) -> Iterator[House]:
    with house_of(database, clock, Wanted(asked_days_ago=0)) as built:
        yield built


@pytest.fixture
def lone_database(sqlite_factory: SqliteFactory, clock: ManualClock) -> Iterator[Database]:
    """A fresh database on SQLite only, where the kind of database makes no difference."""
    with sqlite_factory.fresh() as url:
        database = Database(url, clock, KEYRING, SeededIds(7))
        yield database
        database.close()


@pytest.fixture
def lone_house(lone_database: Database, clock: ManualClock) -> Iterator[House]:
    with house_of(lone_database, clock, Wanted(asked_days_ago=0)) as built:
        yield built


@pytest.fixture
def served(lone_database: Database, clock: ManualClock) -> Iterator[House]:
    """A house on a real port; `world.settings.public_url` is its address."""
    made: list[tuple[World, Flask]] = []
    with running_sandbox(clock=clock) as sandbox:

        def make(address: str) -> Flask:
            world = make_world(lone_database, address, sandbox)
            made.append((world, make_app(world)))
            return made[0][1]

        with serving(make):
            yield furnished(*made[0], clock, sandbox, Wanted(asked_days_ago=0))

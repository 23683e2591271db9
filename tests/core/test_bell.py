"""The bell: a worker hears at once that another process stored work, and costs nothing while it is quiet."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from sqlalchemy import text

from core.bell import Bell, bell_of
from core.clock import ManualClock
from core.crypto import Keyring
from core.db import Database, Tx
from core.ids import OsIds
from messages import inbox
from payments.parties import Merchant
from tests.databases import ROOT

_ELSEWHERE = """
import sys
from core.clock import SystemClock
from core.crypto import Keyring
from core.db import Database
from core.ids import OsIds
from messages import inbox

database = Database(sys.argv[1], SystemClock(), Keyring((("k1", bytes(range(32))),)), OsIds())
database.run(inbox.store, "telegram", "7", "{}")
"""


@pytest.fixture
def bell(database: Database) -> Iterator[Bell]:
    """A bell that has listened for a while."""
    bell = bell_of(database.engine)
    bell.rang()
    yield bell
    bell.close()


@pytest.fixture
def other(database_url: str, clock: ManualClock, keyring: Keyring) -> Iterator[Database]:
    other = Database(database_url, clock, keyring, OsIds())
    yield other
    other.close()


def heard(bell: Bell) -> bool:
    """PostgreSQL tells within a moment of the commit, not in it."""
    for _ in range(200):
        if bell.rang():
            return True
        time.sleep(0.01)
    return False


def test_the_bell_is_silent_while_nothing_happens(bell: Bell, other: Database) -> None:
    other.ping()
    other.read(lambda tx: tx.session.query(Merchant).count())
    time.sleep(0.05)
    assert not any(bell.rang() for _ in range(100))


def test_the_bell_rings_once_for_work_that_somebody_else_stored(bell: Bell, other: Database) -> None:
    other.run(inbox.store, "telegram", "1", "{}")
    assert heard(bell)
    assert not bell.rang()


def test_the_bell_rings_for_work_that_another_process_stored(bell: Bell, database_url: str) -> None:
    subprocess.run([sys.executable, "-c", _ELSEWHERE, database_url], check=True, cwd=ROOT)
    assert heard(bell)


def test_work_that_was_taken_back_does_not_ring(bell: Bell, other: Database) -> None:
    def step(tx: Tx) -> None:
        inbox.store(tx, "telegram", "1", "{}")
        raise LookupError

    with pytest.raises(LookupError):
        other.run(step)
    time.sleep(0.05)
    assert not bell.rang()


def test_several_pieces_of_work_are_one_ring(bell: Bell, other: Database) -> None:
    for number in range(5):
        other.run(inbox.store, "telegram", str(number), "{}")
    assert heard(bell)
    time.sleep(0.05)
    bell.rang()
    assert not bell.rang()


def test_work_that_was_stored_before_anybody_listened_is_not_missed(
    database: Database, other: Database
) -> None:
    """Whoever makes a bell looks for work once anyway; what is stored after that must ring."""
    bell = bell_of(database.engine)
    other.run(inbox.store, "telegram", "1", "{}")
    assert heard(bell)
    bell.close()


def test_after_postgresql_hung_up_the_bell_rings_until_it_listens_again(postgres_database: Database) -> None:
    other = postgres_database
    bell = bell_of(other.engine)
    bell.rang()
    hang_up = text(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid != pg_backend_pid()"
    )
    other.run(lambda tx: tx.session.execute(hang_up))
    assert heard(bell), "something may have been missed"
    assert bell.rang(), "and still, until it listens again"
    assert not bell.rang()
    other.run(inbox.store, "telegram", "1", "{}")
    assert heard(bell)
    bell.close()


def test_while_the_database_cannot_be_reached_the_answer_is_yes(clock: ManualClock, keyring: Keyring) -> None:
    away = Database("postgresql://nobody@127.0.0.1:9/nothing", clock, keyring, OsIds())
    bell = bell_of(away.engine)
    assert bell.rang()
    assert bell.rang()
    bell.close()

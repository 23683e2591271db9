"""The inbox: what a provider brought is kept once, worked off in order, and never lost."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.clock import ManualClock
from core.db import Database, Tx
from messages.inbox import Incoming, due, failed, store


def waiting(database: Database) -> list[Incoming]:
    """What still has to be worked off, in order."""

    def load(tx: Tx) -> list[Incoming]:
        return [tx.session.get_one(Incoming, row_id) for row_id in due(tx, 10)]

    return database.read(load)


def test_what_is_brought_twice_is_kept_once(database: Database) -> None:
    assert database.run(store, "telegram", "1", "{}")
    assert not database.run(store, "telegram", "1", '{"other": 1}')
    assert database.run(store, "twilio", "1", "{}"), "another door counts for itself"
    assert sorted((row.door, row.payload) for row in waiting(database)) == [
        ("telegram", "{}"),
        ("twilio", "{}"),
    ]


def test_replies_are_worked_off_in_the_order_in_which_they_came(
    database: Database, clock: ManualClock
) -> None:
    for number in range(5):
        database.run(store, "telegram", str(number), "{}")
        clock.advance(timedelta(milliseconds=1))
    assert [row.event_id for row in waiting(database)] == ["0", "1", "2", "3", "4"]
    assert len(database.run(due, 2)) == 2


def test_what_cannot_be_worked_off_waits_ever_longer_and_then_a_person_looks(
    database: Database, clock: ManualClock
) -> None:
    database.run(store, "telegram", "1", "{}")
    [row_id] = database.run(due, 10)
    outcomes = []
    for _ in range(5):
        outcomes.append(database.run(failed, row_id, "ValueError: " + "x" * 300))
        assert database.run(due, 10) == []
        clock.advance(timedelta(minutes=10))
    assert outcomes == [False, False, False, False, True]
    assert database.run(due, 10) == []
    assert not database.run(failed, row_id, "again"), "only once is a person called"


def test_what_cannot_be_worked_off_never_holds_up_the_rest(database: Database, clock: ManualClock) -> None:
    database.run(store, "telegram", "1", "{}")
    clock.advance(timedelta(milliseconds=1))
    database.run(store, "telegram", "2", "{}")
    database.run(failed, database.run(due, 1)[0], "broken")
    assert [row.event_id for row in waiting(database)] == ["2"]


@pytest.mark.parametrize("event_id", ["x" * 160, "x" * 5000])
def test_an_event_with_a_long_name_is_still_kept_once(database: Database, event_id: str) -> None:
    assert database.run(store, "telegram", event_id, "{}")
    assert not database.run(store, "telegram", event_id, "{}")

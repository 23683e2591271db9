"""The one transaction boundary: all of a step or none of it, at one instant, alike on both databases."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, StatementError

from core.calendar import AMSTERDAM
from core.clock import ManualClock
from core.crypto import Keyring
from core.db import Database, Tx
from core.errors import Unavailable
from core.ids import Ids, OsIds
from payments.parties import Merchant
from payments.requests import PaymentRequest, locked
from tests.making import Shop, Wanted, make_merchant


@pytest.fixture
def other(database_url: str, clock: ManualClock, keyring: Keyring) -> Iterator[Database]:
    """The same database as another process would open it."""
    other = Database(database_url, clock, keyring, OsIds())
    yield other
    other.close()


def merchants(database: Database) -> int:
    return database.read(lambda tx: tx.session.query(Merchant).count())


def test_what_a_step_stored_is_there_for_the_next_step(database: Database, shop: Shop) -> None:
    owed = shop(amount="10.00")
    request = database.read(lambda tx: tx.session.get_one(PaymentRequest, owed.request_id))
    assert request.amount.value == "10.00"
    assert request.description == "Reparatie fiets"


def test_every_line_of_a_step_sees_the_same_moment(database: Database, clock: ManualClock) -> None:
    def step(tx: Tx) -> tuple[datetime, datetime]:
        before = tx.now
        clock.advance(timedelta(hours=1))
        return before, tx.now

    before, after = database.run(step)
    assert before == after == clock.now() - timedelta(hours=1)
    assert database.read(lambda tx: tx.now) == clock.now()


def test_a_step_that_fails_leaves_nothing(database: Database) -> None:
    def step(tx: Tx) -> None:
        make_merchant(tx, Wanted())
        raise LookupError

    with pytest.raises(LookupError):
        database.run(step)
    assert merchants(database) == 0


def test_arguments_and_answers_pass_through_a_step(database: Database) -> None:
    def step(tx: Tx, first: int, *, second: int) -> tuple[datetime, int, int]:
        return tx.now, first, second

    assert database.run(step, 1, second=2) == (database.clock.now(), 1, 2)
    assert database.read(step, 1, second=2) == (database.clock.now(), 1, 2)


def test_a_step_that_only_looks_changes_nothing(database: Database) -> None:
    database.read(lambda tx: make_merchant(tx, Wanted()))
    assert merchants(database) == 0


def test_rows_that_were_looked_up_can_be_read_afterwards(database: Database, shop: Shop) -> None:
    owed = shop()
    for way in (database.run, database.read):
        merchant: Merchant = way(lambda tx: tx.session.get_one(Merchant, owed.merchant_id))
        assert merchant.name == "Fietshuis Jansen"


def test_an_instant_comes_back_as_the_same_instant_in_utc(database: Database) -> None:
    at = datetime(2026, 7, 1, 12, 30, 15, 123456, tzinfo=AMSTERDAM)

    def step(tx: Tx) -> str:
        merchant = make_merchant(tx, Wanted())
        merchant.created_at = at
        return merchant.id

    made = database.run(step)
    stored = database.read(lambda tx: tx.session.get_one(Merchant, made).created_at)
    assert stored == at
    assert stored.tzinfo is UTC


def test_an_instant_without_a_zone_is_refused(database: Database) -> None:
    def step(tx: Tx) -> None:
        make_merchant(tx, Wanted()).created_at = datetime(2026, 7, 1)  # noqa: DTZ001 - that is the point

    with pytest.raises(StatementError, match="needs a time zone"):
        database.run(step)


def test_an_error_never_tells_what_was_stored(database: Database, shop: Shop) -> None:
    owed = shop()

    def twice(tx: Tx) -> None:
        tx.session.add(Merchant(id=owed.merchant_id, name="Canary BV", created_at=tx.now))

    with pytest.raises(IntegrityError) as raised:
        database.run(twice)
    assert "Canary" not in str(raised.value)


def test_rows_cannot_refer_to_rows_that_are_not_there(database: Database, shop: Shop) -> None:
    owed = shop()
    with pytest.raises(IntegrityError):
        database.run(lambda tx: tx.session.execute(text("DELETE FROM payer")))
    with pytest.raises(IntegrityError):
        shop(merchant_id="mer_absent", payer_id=owed.payer_id)


def test_a_request_of_one_merchant_never_has_another_merchants_payer(shop: Shop) -> None:
    with pytest.raises(IntegrityError):
        shop(merchant_id=shop().merchant_id, payer_id=shop().payer_id)


def test_a_reader_never_waits_for_a_writer_and_sees_nothing_half_done(
    database: Database, other: Database
) -> None:
    def step(tx: Tx) -> int:
        make_merchant(tx, Wanted())
        return merchants(other)

    assert database.run(step) == 0
    assert merchants(other) == 1


def test_sums_by_many_at_once_are_right(database: Database, other: Database, shop: Shop) -> None:
    owed = shop()

    def promise(tx: Tx) -> None:
        locked(tx, owed.request_id).times_promised += 1

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: (database, other)[n % 2].run(promise), range(40)))
    assert database.read(lambda tx: tx.session.get_one(PaymentRequest, owed.request_id).times_promised) == 40


@pytest.mark.parametrize("url", ["postgresql://h/d", "postgres://h/d", "postgresql+psycopg://h/d"])
def test_every_way_of_writing_a_postgresql_address_works(
    url: str, clock: ManualClock, keyring: Keyring, ids: Ids
) -> None:
    database = Database(url, clock, keyring, ids)
    assert (database.engine.dialect.name, database.engine.dialect.driver) == ("postgresql", "psycopg")


def test_sqlite_keeps_what_it_promised_to_keep(sqlite_database: Database) -> None:
    with sqlite_database.engine.connect() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 10_000}


def test_on_sqlite_a_step_takes_its_turn_before_it_looks(sqlite_database: Database) -> None:
    """Or two steps could both look, both decide, and one of them fail when it wants to write."""
    path = str(sqlite_database.engine.url.database)

    def step(tx: Tx) -> str:
        tx.session.execute(text("SELECT 1"))
        bystander = sqlite3.connect(path, timeout=0, isolation_level=None)
        try:
            bystander.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            return str(error)
        finally:
            bystander.close()
        return "not locked"

    assert sqlite_database.run(step) == "database is locked"
    assert sqlite_database.read(step) == "not locked"


def test_two_steps_that_wait_for_each_other_both_happen_once(
    postgres_database: Database, keyring: Keyring
) -> None:
    """PostgreSQL ends one of them; it runs again, and nobody hears of it."""
    database = postgres_database
    names = ("one", "two")
    made = [database.run(make_merchant, Wanted(merchant_name=name)).id for name in names]
    meet, ran = Barrier(2), list[int]()

    def crossing(tx: Tx, order: tuple[int, int]) -> None:
        ran.append(order[0])
        for at in order:
            row = tx.session.get_one(Merchant, made[at], with_for_update=True)
            row.name += "!"
            tx.session.flush()
            if len(ran) <= len(names) and at == order[0]:
                meet.wait(timeout=10)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda order: database.run(crossing, order), [(0, 1), (1, 0)]))
    assert len(ran) == len(names) + 1
    found = database.read(lambda tx: [tx.session.get_one(Merchant, one).name for one in made])
    assert found == ["one!!", "two!!"]


@pytest.mark.parametrize("code", ["40P01", "40001"])
def test_a_step_that_never_gets_its_turn_ends_as_a_database_that_does_not_answer(
    postgres_database: Database, code: str
) -> None:
    ran = list[int]()

    def never(tx: Tx) -> None:
        ran.append(1)
        tx.session.execute(text(f"DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '{code}'; END $$"))

    with pytest.raises(Unavailable):
        postgres_database.run(never)
    assert len(ran) == 3


def test_a_mistake_of_ours_is_not_tried_again(database: Database) -> None:
    ran = list[int]()

    def wrong(tx: Tx) -> None:
        ran.append(1)
        tx.session.execute(text("INSERT INTO merchant (id) VALUES ('mer_1')"))

    with pytest.raises(IntegrityError):
        database.run(wrong)
    assert len(ran) == 1

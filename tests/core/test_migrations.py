"""The versions of the database: they lead from nothing to exactly what the models say, and keep rows."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import MetaData, Table, insert, inspect, text
from sqlalchemy.engine import Connection

from core import migrate
from core.clock import ManualClock
from core.crypto import Keyring, keyring_of
from core.db import Base, Database
from core.errors import Misconfigured, Unavailable
from core.grams import grams
from core.ids import Ids, OsIds
from payments.parties import Address, Payer
from tests.databases import Factory, import_tables
from tests.making import Owed, Shop


@pytest.fixture
def empty(database_factory: Factory, clock: ManualClock, keyring: Keyring, ids: Ids) -> Iterator[Database]:
    """A database without tables."""
    with database_factory.empty() as url:
        database = Database(url, clock, keyring, ids)
        yield database
        database.close()


def test_an_empty_database_is_brought_up_to_date_once(empty: Database) -> None:
    assert migrate.pending(empty)
    assert migrate.upgrade(empty)[0] == "0001_first"
    assert not migrate.pending(empty)
    assert migrate.upgrade(empty) == []


def test_the_versions_make_exactly_what_the_models_say(empty: Database) -> None:
    import_tables()
    migrate.upgrade(empty)
    with empty.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_indexes_and_constraints_are_those_of_the_models(empty: Database, database_factory: Factory) -> None:
    """Alembic does not compare conditions of indexes, so the databases' own words are compared."""
    migrate.upgrade(empty)
    with database_factory.empty() as url:
        from_models = Database(url, empty.clock, Keyring((("k1", bytes(32)),)), empty.ids)
        Base.metadata.create_all(from_models.engine)
        with empty.engine.connect() as migrated, from_models.engine.connect() as created:
            assert _structure(migrated) == _structure(created)
        from_models.close()


_SQLITE = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND tbl_name != 'alembic_version'"
_POSTGRES = """
    SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename != 'alembic_version'
    UNION ALL
    SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text != 'alembic_version'
    UNION ALL
    SELECT concat_ws(' ', table_name, column_name, data_type, character_maximum_length, is_nullable,
                     column_default)
    FROM information_schema.columns WHERE table_schema = 'public' AND table_name != 'alembic_version'
"""


def _structure(connection: Connection) -> set[str]:
    """Return one line per index, constraint and column, as the database itself tells them."""
    rows = connection.scalars(text(_SQLITE if connection.dialect.name == "sqlite" else _POSTGRES))
    if connection.dialect.name != "sqlite":
        return set(rows)
    # A table that was made anew has its name in quotes, which is no difference.
    lines = [line.replace('"', "").strip() for row in rows for line in row.splitlines()]
    return {line.rstrip(",") for line in lines if line}


def test_the_future_costs_nothing_because_its_indexes_are_partial(empty: Database) -> None:
    migrate.upgrade(empty)
    with empty.engine.connect() as connection:
        structure = " ".join(_structure(connection)).lower()
    for name in ("ix_step_due", "ix_outgoing_due", "ix_checkout_check", "ix_share_offered"):
        definition = structure.split(f"index {name} ")[1]
        assert " where " in definition.split("create ")[0]


_NEXT = """
import sqlalchemy as sa
from alembic import op

revision = "9999_next"
down_revision = "{last}"


def upgrade() -> None:
    with op.batch_alter_table("payer") as payer:
        payer.add_column(sa.Column("nickname", sa.String(20), server_default="", nullable=False))
        payer.alter_column("language", existing_type=sa.String(2), type_=sa.String(5))
"""


def test_a_table_that_others_refer_to_is_changed_and_every_row_stays(empty: Database, tmp_path: Path) -> None:
    last = migrate.upgrade(empty)[-1]
    owed = Shop(empty)()
    folder = _with_version(tmp_path, _NEXT.format(last=last))
    assert migrate.upgrade(empty, folder) == ["9999_next"]
    addresses = empty.read(lambda tx: tx.session.query(Address).filter_by(payer_id=owed.payer_id).all())
    assert len(addresses) == 2
    with empty.engine.connect() as connection:
        assert connection.scalar(text("SELECT nickname FROM payer")) == ""
        if connection.dialect.name == "sqlite":
            assert connection.scalar(text("PRAGMA foreign_keys")) == 1


def test_a_version_that_fails_half_way_leaves_nothing(empty: Database, tmp_path: Path) -> None:
    last = migrate.upgrade(empty)[-1]
    broken = _NEXT.format(last=last) + "    raise RuntimeError\n"
    with pytest.raises(RuntimeError):
        migrate.upgrade(empty, _with_version(tmp_path, broken))
    assert not migrate.pending(empty)
    with empty.engine.connect() as connection:
        assert "nickname" not in {column["name"] for column in inspect(connection).get_columns("payer")}


def _with_version(tmp_path: Path, script: str) -> Path:
    folder = tmp_path / "100% migrations"
    shutil.copytree(Path(migrate.__file__).parent / "migrations", folder)
    (folder / "versions" / "9999_next.py").write_text(script)
    return folder


def test_processes_that_start_at_once_take_turns(
    database_factory: Factory, clock: ManualClock, keyring: Keyring
) -> None:
    with database_factory.empty() as url, ThreadPoolExecutor(4) as pool:
        databases = [Database(url, clock, keyring, OsIds()) for _ in range(4)]
        applied = list(pool.map(migrate.upgrade, databases))
        for database in databases:
            database.close()
    assert sorted(len(names) > 0 for names in applied) == [False, False, False, True]


def test_a_database_of_a_newer_program_is_left_alone(empty: Database) -> None:
    migrate.upgrade(empty)
    with empty.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999_future'"))
    with pytest.raises(Misconfigured, match="9999_future"):
        migrate.upgrade(empty)
    with pytest.raises(Misconfigured, match="newer than this program"):
        migrate.pending(empty)


def test_a_database_that_cannot_be_reached_is_told_from_one_that_lacks_something(
    clock: ManualClock, keyring: Keyring
) -> None:
    away = Database("postgresql://nobody@127.0.0.1:9/nothing", clock, keyring, OsIds())
    with pytest.raises(Unavailable):
        migrate.upgrade(away)
    with pytest.raises(Unavailable):
        migrate.pending(away)


_OLD = {
    "psp": "mollie",
    "key": "k",
    "amount_cents": 4250,
    "currency": "EUR",
    "status": "open",
    "reason": "",
} | {
    "checks": 0,
    "created_at": datetime(2026, 11, 23, 9, tzinfo=UTC),
}


def _request_of_before(database: Database) -> Owed:
    """A request as a version of before had it, written without the models of now."""
    tables, at = MetaData(), datetime(2026, 11, 23, 9, tzinfo=UTC)
    tables.reflect(database.engine)
    rows: dict[str, dict[str, Any]] = {
        "merchant": {"id": "mer_1", "name": "Fietshuis", "color": "#000000", "rules": "{}"}
        | dict.fromkeys(("phone", "website", "language", "formality", "opens", "closes"), ""),
        "payer": {"id": "pay_1", "merchant_id": "mer_1", "name": _sealed(database, "Zoë Jansen")}
        | {"name_index": "x", "language": "nl", "formality": "u"},
        "payment_request": {"id": "req_1", "merchant_id": "mer_1", "payer_id": "pay_1", "reference": "1042"}
        | {"description": "-", "amount_cents": 4250, "currency": "EUR", "due_date": at.date()}
        | {"status": "open", "times_promised": 0, "times_paused": 0, "channels": "[]", "attentions": "[]"},
    }
    with database.engine.begin() as connection:
        for name, row in rows.items():
            connection.execute(insert(tables.tables[name]).values(row | {"created_at": at}))
    return Owed("mer_1", "pay_1", "req_1")


def _sealed(database: Database, name: str) -> str:
    return keyring_of(database.engine.dialect).encrypt(name, "payer.name")


def test_who_was_there_before_is_found_by_a_part_of_the_name(empty: Database, tmp_path: Path) -> None:
    folder = tmp_path / "before grams"
    shutil.copytree(Path(migrate.__file__).parent / "migrations", folder)
    for later in ("0005_found_by_a_part.py", "0006_counted.py"):
        (folder / "versions" / later).unlink()
    migrate.upgrade(empty, folder)
    _request_of_before(empty)
    assert migrate.upgrade(empty) == ["0005_found_by_a_part", "0006_counted"]
    [payer] = empty.read(lambda tx: tx.session.query(Payer).all())
    assert payer.grams == grams(keyring_of(empty.engine.dialect), "payer.name", "Zoe JANSEN")


def test_every_checkout_of_before_keeps_its_request_as_its_one_share(empty: Database, tmp_path: Path) -> None:
    folder = tmp_path / "before shares"
    shutil.copytree(Path(migrate.__file__).parent / "migrations", folder)
    for later in sorted((folder / "versions").glob("*.py")):
        if later.name >= "0004":
            later.unlink()
    migrate.upgrade(empty, folder)
    owed = _request_of_before(empty)
    before = Table("checkout", MetaData(), autoload_with=empty.engine)
    with empty.engine.begin() as connection:
        for name, offered in (("chk_1", False), ("chk_2", True)):
            values = {"id": name, "merchant_id": owed.merchant_id, "request_id": owed.request_id}
            connection.execute(insert(before).values(_OLD | values | {"offered": offered}))
    migrate.upgrade(empty)
    with empty.engine.connect() as connection:
        found = connection.execute(text("SELECT * FROM share ORDER BY checkout_id")).all()
    assert [tuple(row) for row in found] == [
        ("chk_1", owed.request_id, owed.merchant_id, 4250, "EUR", False),
        ("chk_2", owed.request_id, owed.merchant_id, 4250, "EUR", True),
    ]

"""Brings the database to the shape that this version of the program expects."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import OperationalError

from core.db import Database
from core.errors import Misconfigured, Unavailable

_FOLDER: Final = Path(__file__).parent / "migrations"
_LOCK: Final = 7346853  # any number, the same in every process: "seintje" on a telephone keypad


def upgrade(database: Database, folder: Path = _FOLDER) -> list[str]:
    """Apply every version that the database lacks, all or none, and return their names, oldest first.

    Processes that start at once take turns. Raises Misconfigured when the database was made by a newer
    version of the program, and Unavailable when it does not answer.
    """
    try:
        with _alone(database) as connection:
            config = _config(folder)
            lacking = _lacking(connection, config)
            if lacking:
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
            return lacking
    except OperationalError as error:
        raise Unavailable("the database does not answer") from error


def pending(database: Database) -> bool:
    """Whether the database lacks a version. Raises as `upgrade` does."""
    try:
        with database.engine.connect().execution_options(reads_only=True) as connection:
            return bool(_lacking(connection, _config(_FOLDER)))
    except OperationalError as error:
        raise Unavailable("the database does not answer") from error


def insist_on_current(database: Database) -> None:
    """Raise Misconfigured when the database lacks a version, Unavailable when it does not answer."""
    database.ping()
    if pending(database):
        raise Misconfigured("DATABASE_URL: the database is behind; run `python app.py migrate` first.")


def _config(folder: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    return config


def _lacking(connection: Connection, config: Config) -> list[str]:
    """Return the names of the versions that still have to be applied, oldest first."""
    names = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()][::-1]
    current = MigrationContext.configure(connection).get_current_revision()
    if current is None:
        return names
    if current not in names:
        raise Misconfigured(
            f"DATABASE_URL: this database is at version {current}, which is newer than this program. "
            "Update the program, or restore a backup."
        )
    return names[names.index(current) + 1 :]


@contextmanager
def _alone(database: Database) -> Iterator[Connection]:
    """Lend a connection in one transaction that no other process upgrades in at the same time."""
    with database.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            with _foreign_keys_checked_at_the_end(connection):
                yield connection
        else:
            with connection.begin():
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
                yield connection


@contextmanager
def _foreign_keys_checked_at_the_end(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by copying and dropping it, which would drag along all that refers to it.

    The check can only be switched outside a transaction, so it is done on the bare connection.
    """
    bare = connection.connection.cursor()
    bare.execute("PRAGMA foreign_keys=OFF")
    try:
        with connection.begin():
            yield
            if connection.execute(text("PRAGMA foreign_key_check")).first():
                raise Misconfigured(
                    "DATABASE_URL: rows refer to rows that are not there; nothing was changed."
                )
    finally:
        bare.execute("PRAGMA foreign_keys=ON")
        bare.close()

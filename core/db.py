"""The database: one transaction boundary, on SQLite or PostgreSQL alike. Nobody else commits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

from sqlalchemy import (
    BindParameter,
    DateTime,
    Dialect,
    Engine,
    MetaData,
    bindparam,
    create_engine,
    event,
    text,
)
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker
from sqlalchemy.types import TypeDecorator

from core.clock import Clock
from core.crypto import Keyring
from core.errors import Unavailable
from core.ids import Ids

P = ParamSpec("P")
T = TypeVar("T")

BELL = "seintje"
_LOCK_WAIT_MS = 10_000
# PostgreSQL ended this transaction so that another could go on: nothing of it happened, so it may run again.
_GAVE_WAY: Final = frozenset({"40001", "40P01"})
_TRIES: Final = 3


class Base(DeclarativeBase):
    """The root of every table; constraint names are fixed so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware datetimes in, aware UTC out, on both databases."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


def constant(value: str) -> BindParameter[str]:
    """Return `value` for a condition on a partial index: as a parameter it would hide the index."""
    return bindparam(None, value, literal_execute=True)


@dataclass(frozen=True)
class Tx:
    """One transaction at one instant: every line of a step sees the same `now`."""

    session: Session
    now: datetime
    ids: Ids

    def new_id(self, prefix: str) -> str:
        return self.ids.new(prefix, self.now)

    def ring(self) -> None:
        """Wake the worker as soon as this transaction is committed."""
        self.session.info["ring"] = True


class Database:
    """Runs steps: each a plain function of `Tx(session, now, ids)`, all of it or none of it."""

    def __init__(self, url: str, clock: Clock, keyring: Keyring, ids: Ids) -> None:
        self.engine = _engine(url, keyring)
        self.clock = clock
        self.ids = ids
        self._sessions = sessionmaker(self.engine, expire_on_commit=False)

    def run(self, step: Callable[Concatenate[Tx, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run one step of a story: all of it happens, or none of it does.

        Where PostgreSQL ends it because another transaction could not go on otherwise, it runs again, a few
        times at most. Raises Unavailable when the database cannot be reached or is locked for too long.
        """
        tries = 1
        while True:
            try:
                return self._try(step, *args, **kwargs)
            except DBAPIError as error:
                if tries == _TRIES or not _gave_way(error):
                    _tell_when_gone(error)
                    raise
                tries += 1

    def _try(self, step: Callable[Concatenate[Tx, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        with self._sessions.begin() as session:
            result = step(Tx(session, self.clock.now(), self.ids), *args, **kwargs)
            if session.info.pop("ring", False) and self.engine.dialect.name == "postgresql":
                session.execute(text(f"NOTIFY {BELL}"))
        return result

    def read(self, step: Callable[Concatenate[Tx, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a step that only looks; on SQLite it waits for nobody. What it changes is undone.

        Rows that it returns stay readable. Raises Unavailable as `run` does.
        """
        try:
            with self._sessions() as session:
                session.connection(execution_options={"reads_only": True})
                try:
                    return step(Tx(session, self.clock.now(), self.ids), *args, **kwargs)
                finally:
                    session.expunge_all()  # or the rollback would empty the rows that are returned
                    session.rollback()
        except DBAPIError as error:
            _tell_when_gone(error)
            raise

    def ping(self) -> None:
        """Raise Unavailable unless the database answers."""
        try:
            with self.engine.connect() as connection:
                connection.execute(text("SELECT 1"))
        except DBAPIError as error:
            raise Unavailable("the database does not answer") from error

    def close(self) -> None:
        self.engine.dispose()


def _gave_way(error: DBAPIError) -> bool:
    return getattr(error.orig, "sqlstate", None) in _GAVE_WAY


def _tell_when_gone(error: DBAPIError) -> None:
    """Raise Unavailable when the database did not answer; any other error is a mistake of ours.

    What the driver said goes along, without the statement and the values that were in it.
    """
    if isinstance(error, OperationalError) or error.connection_invalidated:
        raise Unavailable(f"the database does not answer: {error.orig}") from error


def _engine(url: str, keyring: Keyring) -> Engine:
    # What is stored never gets into an error's text, since that text gets into a log.
    options: dict[str, Any] = {"pool_pre_ping": not url.startswith("sqlite"), "hide_parameters": True}
    if url.startswith("sqlite"):
        options["connect_args"] = {"timeout": _LOCK_WAIT_MS / 1000, "check_same_thread": False}
    engine = create_engine(_with_driver(url), **options)
    engine.dialect.keyring = keyring  # type: ignore[attr-defined]  # column types find their keys here
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _on_sqlite_connect)
        event.listen(engine, "begin", _on_sqlite_begin)
    return engine


def _with_driver(url: str) -> str:
    for plain in ("postgresql://", "postgres://"):
        if url.startswith(plain):
            return "postgresql+psycopg://" + url.removeprefix(plain)
    return url


def _on_sqlite_connect(connection: Any, _record: object) -> None:  # noqa: ANN401 - a DBAPI connection
    connection.isolation_level = None  # we say BEGIN ourselves, see below
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute(f"PRAGMA busy_timeout={_LOCK_WAIT_MS}")
    cursor.close()


def _on_sqlite_begin(connection: Connection) -> None:
    # IMMEDIATE, because upgrading a read lock fails at once whatever the busy timeout says.
    reads_only = connection.get_execution_options().get("reads_only", False)
    connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")

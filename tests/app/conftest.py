"""A shell in an empty working directory, with a database that has its tables, or has none."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import SqliteFactory
from tests.shell import Shell


@pytest.fixture
def shell(tmp_path: Path, sqlite_factory: SqliteFactory) -> Iterator[Shell]:
    """On a database with every table and no rows."""
    with sqlite_factory.fresh() as url:
        yield Shell(tmp_path, url)


@pytest.fixture
def bare_shell(tmp_path: Path) -> Shell:
    """On a database that is not there yet."""
    return Shell(tmp_path, f"sqlite:///{tmp_path / 'seintje.db'}")


@pytest.fixture(scope="session")
def shop_template(tmp_path_factory: pytest.TempPathFactory, sqlite_factory: SqliteFactory) -> Path:
    """The file of a database in which `init` made a shop."""
    folder = tmp_path_factory.mktemp("shop")
    with sqlite_factory.fresh() as url:
        Shell(folder, url).open_shop()
        with sqlite3.connect(url.removeprefix("sqlite:///")) as database:
            database.execute("VACUUM INTO ?", (str(folder / "shop.db"),))
        database.close()
    return folder / "shop.db"


@pytest.fixture
def open_shell(tmp_path: Path, shop_template: Path) -> Shell:
    """On a database with one shop."""
    path = shutil.copy(shop_template, tmp_path / "seintje.db")
    return Shell(tmp_path, f"sqlite:///{path}")

"""A look that finds nothing anywhere would be worth nothing: each one finds what is planted."""

from __future__ import annotations

import pytest

from tests.architecture import looking
from tests.architecture.looking import Source


def _source(text: str, name: str = "payments/ledger.py") -> Source:
    return Source(name, text)


@pytest.mark.parametrize(
    "text",
    [
        "session.commit()",
        "with engine.begin() as connection: pass",
        "with self._sessions.begin() as session: pass",
        "make = sessionmaker(engine)",
        "Session(engine)",
        "engine = sqlalchemy.create_engine('sqlite://')",
    ],
)
def test_a_transaction_that_is_ended_elsewhere_is_found(text: str) -> None:
    assert looking.commits(_source(text)) == [1]


@pytest.mark.parametrize("text", ["tx.session.begin_nested()", "sessions.begin(tx, user_id)", "begin()"])
def test_a_savepoint_and_functions_of_our_own_are_not_taken_for_the_end_of_a_transaction(text: str) -> None:
    assert looking.commits(_source(text)) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("import re", ["re"]),
        ("from bot.understanding.asides import corrects", ["bot.understanding.asides"]),
        ("from bot.understanding import Reading, understand\nunderstand(said)", ["understand"]),
        ("def decide(text, known): ...", ["text"]),
        ("from bot.understanding import Intent, Reading", []),
    ],
)
def test_words_that_are_read_while_deciding_are_found(text: str, found: list[str]) -> None:
    assert looking.reads_words(_source(text)) == found


@pytest.mark.parametrize(
    "text",
    [
        "datetime.now(UTC)",
        "datetime.datetime.utcnow()",
        "date.today()",
        "time.time()",
        "time.monotonic()",
        "from time import monotonic",
        "select(func.now())",
        "mapped_column(default=datetime.now)",
    ],
)
def test_a_clock_that_is_read_elsewhere_is_found(text: str) -> None:
    assert looking.clock_readings(_source(text)) == [1]


@pytest.mark.parametrize("text", ["self.clock.now()", "tx.now", "time(7)", "time.sleep(1)", "today = 3"])
def test_a_clock_that_was_given_is_fine(text: str) -> None:
    assert looking.clock_readings(_source(text)) == []


@pytest.mark.parametrize(
    "text", ["os.environ['X']", "os.getenv('X')", "from os import environ", "dotenv_values('.env')"]
)
def test_an_environment_that_is_read_elsewhere_is_found(text: str) -> None:
    assert looking.environment_readings(_source(text)) == [1]


def test_an_environment_that_was_given_is_fine() -> None:
    assert looking.environment_readings(_source("environment['X']\nrun(environ)")) == []


@pytest.mark.parametrize(
    "text", ["x = 1", '"""Ledger."""', '"""keeps the entries of money."""', '"""Keeps it']
)
def test_a_module_that_does_not_say_what_it_is_for_is_found(text: str) -> None:
    source = _source(text if text.count('"""') != 1 else f'{text}\nand more."""')
    assert not looking.says_what_it_is_for(source)


def test_a_module_that_says_it_and_an_empty_one_are_fine() -> None:
    assert looking.says_what_it_is_for(_source('"""Keeps every fact about money, once."""\nx = 1'))
    assert looking.says_what_it_is_for(_source(""))


def test_a_function_that_does_not_fit_is_found_and_one_that_just_fits_is_not() -> None:
    body = "\n".join("    x = 1" for _ in range(4))
    text = f"def fits():\n{body}\n\nasync def grows():\n{body}\n    x = 1"
    assert looking.long_functions(_source(text), 5) == ["grows"]


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("core/utils.py", "", ["utils"]),
        ("web/helpers/a.py", "", ["helpers"]),
        ("web/a.py", "class PaymentManager: pass", ["PaymentManager"]),
        ("web/a.py", "def message_handler(): pass", ["message_handler"]),
        ("web/a.py", "from contextlib import contextmanager\ndef utilise(): pass", []),
    ],
)
def test_a_name_that_says_nothing_is_found(name: str, text: str, found: list[str]) -> None:
    assert looking.vague_names(_source(text, name)) == found


def test_mocks_and_what_is_left_for_later_are_found() -> None:
    assert looking.mocks(_source("from unittest.mock import MagicMock")) == ["unittest.mock", "MagicMock"]
    assert looking.unfinished(_source("# TODO: later")) == ["TODO"]
    assert looking.unfinished(_source("# all done, see the to-do list of the shop")) == []


def test_imports_are_found_wherever_they_stand() -> None:
    text = "import app\nfrom core import db\n\ndef late():\n    from app import cli\n\nfrom . import app"
    assert list(looking.imported(_source(text))) == ["app", "core", "app"]

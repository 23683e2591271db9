"""The promises of the house that no other tool holds."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from core.config import SETTINGS, Settings
from messages import channels
from payments import psp
from payments.psp import Psp
from tests.architecture import looking
from tests.architecture.looking import PACKAGES, ROOT, Source

PRODUCT = looking.product()
TESTS = looking.tests()
# This file and the one beside it name what they look for.
_LOOKERS = "tests/architecture/"
_DATABASE = ("core/db.py", "core/migrate.py", "core/migrations/")
_LONGEST_FUNCTION = 40
_LONGEST_FILE = 250  # lines as an editor counts them, with the blank ones
# Tests do not call each other: a long file of them is a long list, and is read one at a time.
_LONGEST_TEST_FILE = 300
# A migration is a list of what to make, not something to follow.
_LISTS = "core/migrations/versions/"


def _found(look: Callable[[Source], object], sources: list[Source], *but: str) -> dict[str, object]:
    """Where `look` found something, by the name of the file; files below `but` may have it."""
    looked = {source.name: look(source) for source in sources if not source.name.startswith(but or ("//",))}
    return {name: found for name, found in looked.items() if found}


def test_the_house_has_the_rooms_that_its_picture_shows() -> None:
    rooms = {path.parent.name for path in ROOT.glob("*/*.py") if not path.parent.name.startswith(".")}
    with_packages = {path.name for path in ROOT.iterdir() if (path / "__init__.py").exists()}
    assert rooms - {"tests"} <= set(PACKAGES)
    assert with_packages == {name for name in PACKAGES if (ROOT / name / "__init__.py").exists()}
    assert [path.name for path in ROOT.glob("*.py")] == ["app.py"]


def test_nothing_of_the_product_imports_the_composition_root() -> None:
    assert _found(lambda source: [name for name in looking.imported(source) if name == "app"], PRODUCT) == {}


def test_only_the_database_module_ends_a_transaction() -> None:
    assert _found(looking.commits, PRODUCT, *_DATABASE) == {}


def test_deciding_takes_what_was_understood_and_reads_no_words() -> None:
    deciding = [source for source in PRODUCT if source.name.startswith(("bot/decide/", "bot/decision.py"))]
    assert len(deciding) > 10
    assert _found(looking.reads_words, deciding) == {}


def test_only_the_clock_module_reads_a_clock() -> None:
    assert _found(looking.clock_readings, PRODUCT, "core/clock.py") == {}


def test_only_the_composition_root_reads_the_environment() -> None:
    assert _found(looking.environment_readings, PRODUCT, "app.py") == {}


def test_every_module_begins_by_saying_what_it_is_for() -> None:
    silent = _found(lambda source: not looking.says_what_it_is_for(source), PRODUCT)
    assert list(silent) == []


def test_every_function_fits_a_screen() -> None:
    long = _found(lambda source: looking.long_functions(source, _LONGEST_FUNCTION), PRODUCT, _LISTS)
    assert long == {}


def test_no_file_grows_into_two() -> None:
    assert _found(lambda source: _longer(source, _LONGEST_FILE), PRODUCT, _LISTS) == {}
    assert _found(lambda source: _longer(source, _LONGEST_TEST_FILE), TESTS) == {}


def _longer(source: Source, most: int) -> int:
    lines = len(source.text.splitlines())
    return lines if lines > most else 0


def test_every_name_says_what_it_is_for() -> None:
    assert _found(looking.vague_names, PRODUCT) == {}


def test_tests_use_what_is_real_and_never_a_mock() -> None:
    assert _found(looking.mocks, TESTS, _LOOKERS) == {}


def test_nothing_is_left_for_later() -> None:
    assert _found(looking.unfinished, [*PRODUCT, *TESTS], _LOOKERS, "tests/docs/test_documents.py") == {}
    others = [
        path
        for pattern in ("**/*.html", "**/*.toml", "**/*.js", "**/*.css", "**/*.txt")
        for name in PACKAGES
        for path in (ROOT / name).glob(pattern)
    ]
    assert len(others) > 50
    sources = [Source(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")) for path in others]
    assert _found(looking.unfinished, sources) == {}


@pytest.mark.parametrize("name", channels.REGISTRY)
def test_every_registered_channel_is_there_under_its_own_name(name: str) -> None:
    adapter = channels.load(name)
    assert adapter.name == name
    assert issubclass(adapter, channels.Channel)


@pytest.mark.parametrize("name", psp.REGISTRY)
def test_every_registered_psp_is_there_under_its_own_name(name: str) -> None:
    settings = Settings(port=8000, **{s.name.lower(): "" for s in SETTINGS if s.name != "PORT"} | _MOLLIE)
    adapter = psp.load(name, settings)
    assert adapter.name == name
    assert isinstance(adapter, Psp)


_MOLLIE = {
    "mollie_api_key": "test_dHar4XY7LxsDOtmnkVtjNVWXLSlXsM",
    "mollie_api_url": "https://api.mollie.com",
}


def test_imports_run_one_way() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr

from __future__ import annotations

from io import StringIO

import pytest
from dotenv import dotenv_values

from core.config import SETTINGS, load
from core.errors import Misconfigured
from tests.docs.tables import ROOT, TABLES, TO_BE_FILLED_IN, between, env_example, redrawn

README = (ROOT / "README.md").read_text(encoding="utf-8")
ENV_EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")
_WRITE_ANEW = "run `.venv/bin/python tests/docs/tables.py`"


@pytest.mark.parametrize("name", TABLES)
def test_the_readme_tells_what_the_code_has(name: str) -> None:
    assert between(README, name) == TABLES[name](), _WRITE_ANEW


def test_a_table_that_differs_from_the_code_is_written_anew_and_nothing_else_is() -> None:
    before = "a - b\n<!-- settings -->\n-\n<!-- end -->\n\n<!-- commands -->\n-\n<!-- end -->\n"
    after = "a - b\n<!-- settings -->\nnew\n<!-- end -->\n\n<!-- commands -->\n-\n<!-- end -->\n"
    assert redrawn(before, "settings", "new") == after


def test_the_example_of_the_settings_has_every_setting_once_and_nothing_else() -> None:
    lines = [line.partition("=")[0] for line in ENV_EXAMPLE.splitlines() if line and line[0] != "#"]
    assert lines == [setting.name for setting in SETTINGS]
    assert env_example() == ENV_EXAMPLE, _WRITE_ANEW


def test_whoever_starts_with_the_example_as_it_is_hears_of_every_value_to_fill_in() -> None:
    values = {name: value or "" for name, value in dotenv_values(stream=StringIO(ENV_EXAMPLE)).items()}
    with pytest.raises(Misconfigured) as refused:
        load(values)
    told = {line.partition(":")[0] for line in str(refused.value).splitlines()}
    needed = {setting.name for setting in SETTINGS if setting.default is None}
    assert needed <= told
    assert all(values[name] == TO_BE_FILLED_IN for name in needed)


def test_no_secret_has_a_value_in_the_example() -> None:
    values = dotenv_values(stream=StringIO(ENV_EXAMPLE))
    given = {s.name: values[s.name] for s in SETTINGS if s.secret}
    assert set(given.values()) <= {"", TO_BE_FILLED_IN}

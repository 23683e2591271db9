from __future__ import annotations

import json
import re
from datetime import date

import app
from payments import intake
from tests.docs.reading import ROOT, section, text_of

README = text_of(ROOT / "README.md")
_MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def test_the_example_of_a_call_is_accepted_as_it_stands() -> None:
    example = re.search(r"-d '(\{.+?\})'", section(README, "## The API in short"), re.DOTALL)
    assert example is not None
    new = intake.read(json.loads(example[1]), date(2026, 11, 20))
    assert (new.reference, new.amount.cents, new.payer.phone) == ("1042", 4250, "+31612345678")


def test_every_make_target_that_is_told_exists() -> None:
    told = set(re.findall(r"(?:^|`)make ([a-z]+)", README, re.MULTILINE))
    assert told >= {"demo", "test", "venv"}
    assert [name for name in told if not re.search(rf"^{name}:", _MAKEFILE, re.MULTILINE)] == []


def test_every_command_and_option_that_is_told_exists() -> None:
    told = re.findall(r"app\.py ([a-z-]+)((?: --[a-z-]+| \"[^\"]*\"| \\\n *| [\w@.:/+-]+)*)", README)
    assert {name for name, _ in told} >= {"key", "init", "user", "api-key", "check", "serve", "web", "worker"}
    for name, rest in told:
        known = {option for param in app.cli.commands[name].params for option in param.opts} | {"--help"}
        assert set(re.findall(r"(?<![\w-])--[a-z-]+", rest)) <= known


def test_every_address_that_is_told_is_a_door_of_the_house(doors: set[tuple[str, str]]) -> None:
    told = re.findall(r"^\| `(GET|POST) (\S+)` \|", section(README, "## Addresses"), re.MULTILINE)
    assert len(told) > 10
    assert [door for door in told if door not in doors] == []


def test_the_webhooks_to_enter_at_a_provider_are_doors_of_the_house(doors: set[tuple[str, str]]) -> None:
    told = set(re.findall(r"(/webhooks/[a-z/]+?)(?:/…)?[`,]", README))
    assert told == {path for method, path in doors if "/webhooks/" in path and "<" not in path}


def test_the_licence_is_the_one_that_the_package_names() -> None:
    assert 'license = "EUPL-1.2"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert "[EUPL-1.2](LICENSE)" in README
    assert "EUROPEAN UNION PUBLIC LICENCE v. 1.2" in (ROOT / "LICENSE").read_text(encoding="utf-8")

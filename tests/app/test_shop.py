"""Opening a shop and asking for money from the shell."""

from __future__ import annotations

import re
import sqlite3

import pytest

from tests.shell import PASSWORD, SHOP, Done, Shell

WHOLE = {
    "--phone": "0612345678",
    "--name": "Anna de Vries",
    "--amount": "42,50",
    "--for": "Reparatie fiets",
    "--reference": "1042",
}


def _request(shell: Shell, **changes: str) -> Done:
    wanted = WHOLE | {f"--{name.replace('_', '-')}": value for name, value in changes.items()}
    return shell.run("request", *[part for pair in wanted.items() for part in pair])


def _rows(shell: Shell, table: str) -> int:
    with sqlite3.connect(shell.database_url.removeprefix("sqlite:///")) as database:
        return int(database.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 - our own names


def _options(done: Done) -> list[str]:
    """The options that a command found something wrong with."""
    return [line.split(":")[0].strip() for line in done.err[:-1]]


def test_a_database_is_made_once_and_then_up_to_date(bare_shell: Shell) -> None:
    first, second = bare_shell.run("migrate"), bare_shell.run("migrate")
    assert (first.status, second.status) == (0, 0)
    assert first.out[0] == "applied 0001_first"
    assert second.out == ["the database is up to date"]


def test_init_makes_everything_that_is_needed_and_shows_the_key_once(bare_shell: Shell) -> None:
    done = bare_shell.run("init", *SHOP, *PASSWORD)
    assert done.status == 0
    assert done.out[:2] == ["merchant: Fietshuis Jansen", "owner: jansen@fietshuis.example"]
    assert re.fullmatch(r"api key \(shown once\): sk_[\w-]{43}", done.out[2])
    assert done.err == []


def test_init_tells_every_wrong_field_by_its_option_and_makes_nothing(shell: Shell) -> None:
    wrong = ["--merchant", "", "--email", "jansen", "--password", "kort"]
    look = ["--phone", "bel maar", "--website", "http://[::1", "--color", "groen"]
    done = shell.run("init", *wrong, *look)
    assert done.status == 1
    assert sorted(_options(done)) == sorted(option for option in [*wrong, *look] if option.startswith("--"))
    assert done.err[-1].startswith("Error: nothing was done")
    assert (_rows(shell, "merchant"), _rows(shell, "api_key")) == (0, 0)


def test_a_second_shop_of_the_same_owner_is_refused_in_words(open_shell: Shell) -> None:
    done = open_shell.run("init", "--merchant", "Tweede", *SHOP[2:], *PASSWORD)
    assert done.status == 1
    assert done.err[0].strip() == "--email: belongs to another user. Use another address."
    assert _rows(open_shell, "merchant") == 1


def test_an_option_that_is_missing_or_unknown_is_a_mistake_in_the_command(shell: Shell) -> None:
    for mistyped in (["init"], ["nope"], ["serve", "--port", "1"], ["request", "--nope"]):
        done = shell.run(*mistyped)
        assert done.status == 2
        assert done.err[0].startswith("Usage: app.py")
        assert done.err[-1].startswith("Error: ")


def test_a_request_gives_its_id_and_the_link_that_pays_it(open_shell: Shell) -> None:
    done = _request(open_shell)
    assert done.status == 0
    assert re.fullmatch(r"pr_\w{26}", done.out[0])
    assert re.fullmatch(rf"{open_shell.site}/p/[\w-]{{22,}}", done.out[1])
    assert _rows(open_shell, "payment_request") == 1


def test_a_request_tells_every_wrong_field_by_its_option_and_leaves_nothing(open_shell: Shell) -> None:
    wrong = {
        "merchant": "Bestaat Niet",
        "phone": "06",
        "name": " ",
        "amount": "veel",
        "for": "x" * 141,
        "reference": "",
        "due": "2026-02-30",
        "send_at": "gisteren",
        "channel": "fax",
    }
    done = _request(open_shell, **wrong)
    assert done.status == 1
    assert sorted(_options(done)) == sorted(f"--{name.replace('_', '-')}" for name in wrong)
    assert (_rows(open_shell, "payment_request"), _rows(open_shell, "payer")) == (0, 0)


@pytest.mark.parametrize(("field", "value"), [("amount", "50000.01"), ("send_at", "9999-12-31T23:59")])
def test_what_cannot_be_asked_for_is_refused(open_shell: Shell, field: str, value: str) -> None:
    done = _request(open_shell, **{field: value})
    assert (done.status, _options(done)) == (1, [f"--{field.replace('_', '-')}"])


def test_with_several_merchants_a_request_says_which_one_it_needs(open_shell: Shell) -> None:
    shell = open_shell
    shell.run("init", "--merchant", "Bakker", "--email", "bakker@brood.example", *PASSWORD)
    done = _request(shell)
    assert (done.status, _options(done)) == (1, ["--merchant"])
    assert "Fietshuis Jansen (mer_" in done.told
    assert "Bakker (mer_" in done.told
    assert _request(shell, merchant="Bakker").status == 0


def test_without_a_merchant_a_request_says_how_to_make_one(shell: Shell) -> None:
    done = _request(shell)
    assert (done.status, _options(done)) == (1, ["--merchant"])
    assert "there is none yet. Make one with `python app.py init`." in done.told


@pytest.mark.parametrize("command", ["serve", "web", "worker", "request"])
def test_nothing_works_on_a_database_that_is_behind_and_one_message_says_so(
    bare_shell: Shell, command: str
) -> None:
    done = _request(bare_shell) if command == "request" else bare_shell.run(command)
    assert done.status == 1
    assert [line.strip() for line in done.err] == [
        "These settings need attention (see README.md, Settings):",
        "DATABASE_URL: the database is behind; run `python app.py migrate` first.",
    ]

"""Where the settings of the command line come from, and how it says what is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.shell import Shell


def _write(shell: Shell, name: str, content: str) -> Path:
    path = shell.folder / name
    path.write_text(content, encoding="utf-8")
    return path


def _only(shell: Shell, **some: str) -> dict[str, str | None]:
    """Changes that leave out every setting but some."""
    return {name: None for name in shell.settings} | some


def test_everything_that_is_missing_is_told_at_once_one_line_each(shell: Shell) -> None:
    done = shell.run("check", **_only(shell))
    assert done.status == 1
    heading, *lines = done.err
    assert heading == "These settings need attention (see README.md, Settings):"
    assert [line.split(":")[0].strip() for line in lines] == [
        "PUBLIC_URL",
        "SECRET_KEY",
        "ENCRYPTION_KEY",
        "MOLLIE_API_KEY",
        "TWILIO_SMS_FROM, TWILIO_WHATSAPP_FROM, TELEGRAM_BOT_TOKEN",
    ]


def test_everything_that_is_wrong_is_told_at_once_and_no_secret_is_shown(shell: Shell) -> None:
    wrong = {
        "DATABASE_URL": "postgresql://seintje@db:notaport/x",
        "PUBLIC_URL": "http://[::1",
        "HOST": "nowhere",
        "PORT": "²",
        "SECRET_KEY": "secret-that-is-known-to-all-of-us",
        "ENCRYPTION_KEY": "c2hvcnQ-geheim",
        "MOLLIE_API_KEY": "access_geheim",
        "MOLLIE_API_URL": "http://mollie.test:99999",
        "TWILIO_ACCOUNT_SID": "SK123",
        "TWILIO_AUTH_TOKEN": "two words-geheim",
        "TWILIO_SMS_FROM": "+31abc",
        "TWILIO_WHATSAPP_FROM": "whatsapp:+31612345678",
        "TELEGRAM_BOT_TOKEN": "no-colon-geheim",
        "TELEGRAM_WEBHOOK_SECRET": "geheim!",
    }
    done = shell.run("check", **wrong)
    assert done.status == 1
    assert {line.split(":")[0].strip() for line in done.err[1:]} == set(wrong)
    assert "geheim" not in done.told
    assert "known-to-all" not in done.told


def test_check_says_who_takes_the_money_and_who_carries_the_words(shell: Shell) -> None:
    done = shell.run("check", TWILIO_WHATSAPP_FROM="+3197010200300")
    assert done.status == 0
    assert done.out == ["money: mollie (iDEAL | Wero)", "words: whatsapp, sms", "database: up to date"]


def test_check_says_what_to_do_about_a_database_that_is_behind(bare_shell: Shell) -> None:
    done = bare_shell.run("check")
    assert done.status == 1
    assert done.out[-1] == "database: run `python app.py migrate` first"


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("sqlite:////not/there/seintje.db", "unable to open database file"),
        ("sqlite:///{folder}/letter", "file is not a database"),
        ("postgresql://seintje@127.0.0.1:1/seintje", "Connection refused"),
    ],
)
def test_a_database_that_does_not_answer_is_told_with_the_reason(shell: Shell, url: str, why: str) -> None:
    _write(shell, "letter", "Dear database,\n" * 100)
    done = shell.run("migrate", DATABASE_URL=url.format(folder=shell.folder))
    assert done.status == 1
    assert done.err[0].startswith("Error: the database does not answer: ")
    assert why in done.told


def test_a_file_called_env_in_the_working_directory_is_read(shell: Shell) -> None:
    _write(shell, ".env", "".join(f"{name}={value}\n" for name, value in shell.settings.items()))
    assert shell.run("check", **_only(shell)).out[-1] == "database: up to date"


def test_the_environment_wins_from_the_file(shell: Shell) -> None:
    _write(shell, ".env", "MOLLIE_API_KEY=wrong\nPORT=wrong\nHOST=wrong\n")
    done = shell.run("check", HOST=None)
    assert [line.split(":")[0].strip() for line in done.err[1:]] == ["HOST"]


def test_a_secret_may_be_kept_in_a_file_of_its_own(shell: Shell) -> None:
    path = _write(shell, "key", shell.settings["SECRET_KEY"] + "\n")
    assert shell.run("check", SECRET_KEY=None, SECRET_KEY_FILE=str(path)).status == 0


def test_a_secret_file_that_the_environment_names_wins_from_a_secret_in_the_file(shell: Shell) -> None:
    _write(shell, ".env", "SECRET_KEY=too-short\n")
    path = _write(shell, "key", shell.settings["SECRET_KEY"])
    assert shell.run("check", SECRET_KEY=None, SECRET_KEY_FILE=str(path)).status == 0


@pytest.mark.parametrize("name", [".env", "key"])
def test_a_file_that_is_not_text_is_named(shell: Shell, name: str) -> None:
    (shell.folder / name).write_bytes(b"SECRET_KEY=\xff\xfe")
    done = shell.run("check", SECRET_KEY=None, SECRET_KEY_FILE="key")
    assert done.status == 1
    assert f"{name}" in done.err[1]
    assert "it is not text in UTF-8" in done.err[1]


def test_a_clock_that_can_be_moved_is_only_for_a_demo(shell: Shell) -> None:
    done = shell.run("check", PUBLIC_URL="https://pay.example.nl")
    assert done.status == 1
    assert "only the demo has a clock that can be moved" in done.told
    assert "is not the file of a clock" in shell.run("check", SEINTJE_DEMO_CLOCK="/").told


def test_a_fresh_pair_of_keys_is_fit_for_use(shell: Shell) -> None:
    lines = shell.run("key", **_only(shell)).out
    fresh = dict(line.split("=", 1) for line in lines)
    assert set(fresh) == {"SECRET_KEY", "ENCRYPTION_KEY"}
    assert shell.run("check", **fresh).status == 0

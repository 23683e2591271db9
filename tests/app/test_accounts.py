"""Logins and keys from the shell, as processes: what is typed unseen, and what never is shown again."""

from __future__ import annotations

import os
import pty
import re
import sqlite3
import subprocess
import sys

from tests.shell import APP, SHOP, Shell

_UNSEEN = "vier woorden zonder verband"
_AGENT = ("--email", "aysha@fietshuis.example", "--name", "Aysha")


def _at_a_terminal(shell: Shell, *arguments: str, typed: str) -> tuple[int, str]:
    """Run a command at a terminal, typing a line at each password prompt; return status and screen."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, APP, *arguments],
        cwd=shell.folder,
        env=shell.environment({}),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    ) as process:
        os.close(theirs)
        screen = ""
        while part := _read(ours):
            screen += part
            if part.rstrip(" ").endswith(":"):
                os.write(ours, f"{typed}\n".encode())
        status = process.wait(30)
    os.close(ours)
    return status, screen


def _read(terminal: int) -> str:
    try:
        return os.read(terminal, 1000).decode()
    except OSError:  # what a terminal says when the other side has gone
        return ""


def test_a_shop_is_opened_with_a_password_that_nobody_sees(shell: Shell) -> None:
    status, screen = _at_a_terminal(shell, "init", *SHOP, typed=_UNSEEN)
    assert status == 0, screen
    assert screen.startswith("Password: ")
    assert "Repeat for confirmation: " in screen
    assert re.search(r"api key \(shown once\): sk_[\w-]{43}", screen)
    assert _UNSEEN not in screen


def test_an_agent_is_made_with_a_password_that_nobody_sees(open_shell: Shell) -> None:
    status, screen = _at_a_terminal(open_shell, "user", *_AGENT, typed=_UNSEEN)
    assert (status, screen.splitlines()[-1]) == (0, "agent: aysha@fietshuis.example")
    assert _UNSEEN not in screen
    listed = open_shell.run("user").out
    # The shop was opened on a clock of its own, so the order tells nothing here.
    assert len(listed) == 2
    assert ["aysha@fietshuis.example", "Aysha", "agent at Fietshuis Jansen"] in [
        line.split("  ")[:3] for line in listed
    ]


def test_an_agent_who_leaves_is_disabled_without_a_password(open_shell: Shell) -> None:
    assert open_shell.run("user", *_AGENT, "--password", _UNSEEN).status == 0
    done = open_shell.run("user", *_AGENT[:2], "--disable")
    assert (done.status, done.out) == (0, ["disabled: aysha@fietshuis.example"])
    with sqlite3.connect(open_shell.database_url.removeprefix("sqlite:///")) as database:
        query = "SELECT count(*) FROM user_account WHERE disabled_at IS NOT NULL"
        assert database.execute(query).fetchone() == (1,)
    database.close()


def test_what_is_wrong_with_a_user_or_a_key_is_told_by_its_option(open_shell: Shell) -> None:
    for wrong, option in (
        (["user", "--email", "aysha", "--name", "Aysha", "--password", _UNSEEN], "--email"),
        (["user", "--email", "a@b.example", "--password", _UNSEEN], "--name"),
        (["user", *_AGENT, "--password", "kort"], "--password"),
        (["user", *_AGENT, "--merchant", "Bakker"], "--merchant"),
        (["user", "--email", "nobody@b.example", "--disable"], "--email"),
        (["api-key", "--name", "nope", "--revoke"], "--name"),
    ):
        done = open_shell.run(*wrong)
        assert (done.status, done.err[0].split(":")[0].strip()) == (1, option), done.told


def test_a_key_is_printed_once_and_its_list_never_shows_it(open_shell: Shell) -> None:
    made = open_shell.run("api-key", "--name", "webwinkel")
    assert re.fullmatch(r"api key \(shown once\): sk_[\w-]{43}", made.out[0])
    key = made.out[0].rpartition(" ")[2]
    assert open_shell.run("api-key", "--name", "webwinkel", "--revoke").out == ["revoked: webwinkel"]
    listed = open_shell.run("api-key")
    lines = {line.split()[0]: line for line in listed.out}
    assert lines.keys() == {"first", "webwinkel"}
    assert ", revoked 2026-11-23" in lines["webwinkel"]
    assert "revoked" not in lines["first"]
    assert key not in listed.told

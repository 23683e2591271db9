"""`python app.py sandbox` alone, and the ports that the sandbox and the demo ask for."""

from __future__ import annotations

from pathlib import Path

import pytest
import requests

from core.config import SETTINGS
from sandbox.demo import settings_of_the_demo
from tests.demo import until
from tests.shell import Shell, answers


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path, "sqlite:///unused.db")


def test_the_sandbox_runs_alone_and_knows_the_accounts_of_the_settings(shell: Shell) -> None:
    with shell.with_sandbox():
        payments = f"{shell.sandbox}/v2/payments"
        ours, other = (
            requests.get(payments, headers={"Authorization": f"Bearer {key}"}, timeout=10)
            for key in (shell.settings["MOLLIE_API_KEY"], "test_of_somebody_else_0123456789")
        )
        assert (ours.status_code, other.status_code) == (200, 401)


def test_the_sandbox_needs_no_settings_at_all(shell: Shell) -> None:
    nothing = dict.fromkeys([*shell.settings, "SEINTJE_DEMO_CLOCK"])
    with shell.started("sandbox", "--port", str(shell.port), **nothing):
        until(lambda: answers(f"{shell.site}/phones"), "the phones are there", 20)


def test_a_port_that_is_taken_is_said_and_what_to_do(shell: Shell) -> None:
    with shell.with_sandbox():
        done = shell.run("sandbox", "--port", str(shell.port + 1))
        assert (done.status, done.out) == (1, [])
        assert done.err == [f"Error: port {shell.port + 1} is in use; choose another with --port"]
        done = shell.run("demo", "--port", str(shell.port))
        assert (done.status, done.out) == (1, [])
        assert done.err[0].startswith(f"Error: port {shell.port + 1} is in use; try another with `make demo")


@pytest.mark.parametrize("command", ["sandbox", "demo"])
@pytest.mark.parametrize("port", ["0", "-1", "65536", "http"])
def test_what_is_no_port_is_a_mistake_in_the_command(shell: Shell, command: str, port: str) -> None:
    done = shell.run(command, "--port", port)
    assert done.status == 2
    assert "Invalid value for '--port'" in done.err[-1]


def test_no_setting_of_a_real_installation_reaches_the_demo(tmp_path: Path) -> None:
    demo = settings_of_the_demo(
        8000, tmp_path, {"PATH": "/bin", "SECRET_KEY": "theirs", "LANG": "nl_NL.UTF-8"}
    )
    assert {setting.name for setting in SETTINGS} <= set(demo)
    assert demo["SECRET_KEY"] != "theirs"
    assert demo["LANG"] == "nl_NL.UTF-8"

"""`serve`, `web` and `worker` as processes: they come up, work together, end well, and survive a kill."""

from __future__ import annotations

import os
import signal
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import requests

from core.calendar import AMSTERDAM
from tests.demo import until
from tests.shell import METRICS_TOKEN, Shell, Started, answers

ANNA = "+31612345678"
ASK = ("request", "--phone", ANNA, "--name", "Anna de Vries", "--amount", "42.50", "--for", "Reparatie fiets")
PROXIES = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy"), "http://127.0.0.1:9")


@contextmanager
def _up(shell: Shell, *commands: str, **changes: str) -> Iterator[Started]:
    """Run the sandbox, and one command that has the doors; wait until they are open."""
    with shell.with_sandbox(), shell.started(*commands, **changes) as started:
        until(lambda: answers(f"{shell.site}/readyz"), "the doors are open", 30)
        yield started


def _ask(shell: Shell, reference: str = "1042") -> str:
    done = shell.run(*ASK, "--reference", reference, "--channel", "sms")
    assert done.status == 0, done.told
    return done.out[0]


def _is_asked_pays_and_is_thanked(shell: Shell) -> None:
    until(lambda: len(shell.texts(ANNA)) == 1, "the request is on the phone", 20)
    shell.pay(shell.texts(ANNA)[0])
    until(lambda: len(shell.texts(ANNA)) == 2, "the thank-you is on the phone", 20)
    assert "42,50" in shell.texts(ANNA)[1]


def _sending(shell: Shell) -> list[tuple[str, str | None]]:
    with closing(sqlite3.connect(shell.database_url.removeprefix("sqlite:///"))) as database:
        return database.execute("SELECT status, error FROM outgoing ORDER BY id").fetchall()


def _timeline(shell: Shell, api_key: str, request_id: str) -> list[str]:
    address = f"{shell.site}/api/v1/payment-requests/{request_id}"
    answer = requests.get(address, headers={"Authorization": f"Bearer {api_key}"}, timeout=10)
    events: list[dict[str, Any]] = answer.json()["timeline"]
    return [event["kind"] for event in events]


def test_one_command_serves_everything_whatever_proxy_the_machine_has(open_shell: Shell) -> None:
    with _up(open_shell, "serve", **PROXIES) as serve:
        assert requests.get(f"{open_shell.site}/healthz", timeout=10).text == "ok"
        token = {"Authorization": f"Bearer {METRICS_TOKEN}"}
        figures = requests.get(f"{open_shell.site}/metrics", headers=token, timeout=10)
        assert "seintje_requests{" in figures.text
        _ask(open_shell)
        _is_asked_pays_and_is_thanked(open_shell)
        assert serve.stopped() < 20
        assert (serve.process.returncode, serve.said) == (0, "")


def test_serve_that_is_stopped_finishes_the_send_that_is_under_way(open_shell: Shell) -> None:
    with _up(open_shell, "serve") as serve:
        open_shell.plan_fault(api="twilio", kind="slow", call="CreateMessage", seconds=3)
        _ask(open_shell)
        until(lambda: open_shell.faults_fired() == ["slow"], "the send is under way")
        assert _sending(open_shell) == [("claimed", None)]
        assert serve.stopped() < 20
        assert serve.process.returncode == 0
        assert [status for status, _ in _sending(open_shell)] in (["sent"], ["delivered"])


def test_a_server_process_that_falls_is_started_again(open_shell: Shell) -> None:
    with _up(open_shell, "serve") as serve:
        (child,) = _children(serve.process.pid)
        os.kill(child, signal.SIGKILL)
        until(lambda: _children(serve.process.pid) not in ([], [child]), "there is another")
        until(lambda: answers(f"{open_shell.site}/readyz"), "the doors are open again", 20)
        _ask(open_shell)
        until(lambda: len(open_shell.texts(ANNA)) == 1, "the request is on the phone", 20)


def test_a_server_that_is_killed_leaves_nobody_at_its_port(open_shell: Shell) -> None:
    with _up(open_shell, "web") as web:
        (child,) = _children(web.process.pid)
        web.process.kill()
        until(lambda: not Path(f"/proc/{child}").exists() or _is_over(child), "the rest has ended")
        assert not answers(f"{open_shell.site}/healthz")


def test_web_and_worker_share_one_database(shell: Shell, database_url: str) -> None:
    shell.database_url = database_url
    shell.open_shop()
    with _up(shell, "web") as web, shell.started("worker") as worker:
        _ask(shell)
        _is_asked_pays_and_is_thanked(shell)
        for one in (worker, web):
            assert one.stopped() < 20
            assert one.process.returncode == 0


def test_a_message_whose_sender_was_killed_is_looked_up_and_never_sent_again(shell: Shell) -> None:
    api_key = shell.open_shop()
    with _up(shell, "web"):
        with shell.started("worker") as worker:
            shell.plan_fault(api="twilio", kind="hang_after", call="CreateMessage", seconds=60)
            shell.plan_fault(api="twilio", kind="drop", call="status", times=10)
            request_id = _ask(shell)
            until(lambda: "hang_after" in shell.faults_fired(), "the send hangs", 20)
            worker.process.kill()
        timeline = partial(_timeline, shell, api_key, request_id)
        assert timeline() == ["created"]
        with shell.started("worker"):
            for minute, event in ((5, "unknown"), (10, "sent")):
                shell.move_clock(datetime(2026, 11, 23, 10, minute, tzinfo=AMSTERDAM))
                until(partial(_says, timeline, event), f"the timeline says {event}", 20)
        assert len(shell.texts(ANNA)) == 1
        assert timeline().count("sent") == 1


def _says(timeline: Callable[[], list[str]], event: str) -> bool:
    return event in timeline()


@pytest.mark.parametrize("command", ["serve", "web"])
def test_a_port_that_is_taken_is_said_in_one_message(open_shell: Shell, command: str) -> None:
    with open_shell.started("sandbox", "--port", str(open_shell.port)):
        until(lambda: answers(f"{open_shell.site}/clock"), "somebody else has the port", 20)
        done = open_shell.run(command)
    assert done.status == 1
    assert f"cannot listen at 127.0.0.1 port {open_shell.port} (Address already in use)" in done.told
    assert len(done.err) == 2


def test_an_address_of_another_machine_is_said_in_one_message(open_shell: Shell) -> None:
    done = open_shell.run("web", HOST="192.0.2.1")
    assert (done.status, len(done.err)) == (1, 2)
    assert "HOST, PORT: cannot listen at 192.0.2.1" in done.told


def _children(pid: int) -> list[int]:
    """The processes below `pid`; none when it has ended."""
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        return [int(child) for task in tasks for child in (task / "children").read_text().split()]
    except OSError:
        return []


def _is_over(pid: int) -> bool:
    """Whether a process has ended and only waits for somebody to notice."""
    try:
        return ") Z " in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return True

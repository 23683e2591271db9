"""Runs the demo as a visitor does, as processes of its own, for the tests that look at it from outside."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import requests

_TIMEOUT = 10.0


@dataclass(frozen=True)
class Demo:
    """A running demo: what it printed, as name and value."""

    printed: dict[str, str]
    process: subprocess.Popen[str]

    @property
    def shop(self) -> str:
        return self.printed["desk"].removesuffix("/desk")

    @property
    def sandbox(self) -> str:
        return self.printed["phones"].removesuffix("/phones")

    def texts(self, number: str, channel: str) -> list[str]:
        """What is on somebody's phone, oldest first."""
        state = requests.get(f"{self.sandbox}/phones/state", params={"since": 0}, timeout=_TIMEOUT).json()
        threads = [p["threads"][channel] for p in state["people"] if p["number"] == number]
        return [message["text"] for thread in threads for message in thread["messages"]]

    def post(self, address: str, body: dict[str, object]) -> dict[str, object]:
        """Call the shop's API with the key that the demo printed."""
        headers = {"Authorization": f"Bearer {self.printed['api key']}"}
        answer = requests.post(f"{self.shop}{address}", json=body, headers=headers, timeout=_TIMEOUT)
        assert answer.status_code == 201, answer.text
        made: dict[str, object] = answer.json()
        return made

    def move_clock(self, to: str) -> None:
        requests.post(f"{self.sandbox}/clock", data={"to": to}, timeout=_TIMEOUT).raise_for_status()


@contextmanager
def running_demo(*command: str) -> Iterator[Demo]:
    """Start the demo by `command` (default: app.py) on free ports, and stop it as Ctrl-C does."""
    port = free_port()
    chosen = list(command) or [sys.executable, "app.py", "demo"]
    chosen += [f"PORT={port}"] if command else ["--port", str(port)]
    process = subprocess.Popen(chosen, stdout=subprocess.PIPE, text=True, start_new_session=True)
    try:
        yield Demo(_printed(process), process)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGINT)  # a terminal's Ctrl-C reaches make and what it runs
        process.wait(30)
        if process.stdout is not None:
            process.stdout.close()


def _printed(process: subprocess.Popen[str]) -> dict[str, str]:
    """Read the lines `name: value` up to the last one."""
    assert process.stdout is not None
    found: dict[str, str] = {}
    for line in process.stdout:
        name, _, value = line.strip().partition(": ")
        found[name] = value
        if name.startswith("Ctrl-C"):
            return found
    raise AssertionError("the demo ended before it was ready")


def until(look: Callable[[], object], what: str, seconds: float = 10.0) -> None:
    """Wait until `look()` is true."""
    for _ in range(round(seconds * 20)):
        if look():
            return
        time.sleep(0.05)
    raise AssertionError(f"this did not come true: {what}")


def free_port() -> int:
    """Return a port that is free together with the one after it."""
    for port in range(18300, 19300, 20):
        if port_is_free(port) and port_is_free(port + 1):
            return port
    raise AssertionError("no free ports")


def port_is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0

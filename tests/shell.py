"""Runs `python app.py …` as a shell does: real processes, an environment of their own, nothing replaced."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO

import requests

from core.calendar import AMSTERDAM
from core.clock import MovableClock
from tests.databases import ROOT
from tests.demo import until

METRICS_TOKEN = "q8Lz3vB7nM1kX5cR9tY2wE6uP4sD0fGh"
APP = str(ROOT / "app.py")
SHOP = ("--merchant", "Fietshuis Jansen", "--email", "jansen@fietshuis.example")
PASSWORD = ("--password", "fietsen-in-de-regen")
_TIMEOUT = 10.0


@dataclass(frozen=True)
class Done:
    """A command that ended: its exit status and what it wrote, as lines."""

    status: int
    out: list[str]
    err: list[str]

    @property
    def told(self) -> str:
        return "\n".join(self.out + self.err)


@dataclass
class Started:
    """A command that runs, and the file in which its errors and logs come."""

    process: subprocess.Popen[str]
    log: IO[str]

    def ends(self, seconds: float = 20.0) -> int:
        """Wait until it has ended by itself; return its exit status."""
        return self.process.wait(seconds)

    def stopped(self) -> float:
        """Ask it to stop, as systemd does, and return how many seconds that took."""
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(25)
        return time.monotonic() - began

    @property
    def said(self) -> str:
        self.log.seek(0)
        return self.log.read()


def two_free_ports() -> int:
    """Return a port that is free together with the next one; another at every call."""
    while True:
        with socket.socket() as one, socket.socket() as next_door:
            one.bind(("127.0.0.1", 0))
            port: int = one.getsockname()[1]
            with suppress(OSError, OverflowError):
                next_door.bind(("127.0.0.1", port + 1))
                return port


@dataclass
class Shell:
    """A working directory, and an environment with the settings of a shop next to a sandbox on `port` + 1."""

    folder: Path
    database_url: str
    port: int = field(default_factory=two_free_ports)

    @property
    def site(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def sandbox(self) -> str:
        return f"http://127.0.0.1:{self.port + 1}"

    @property
    def settings(self) -> dict[str, str]:
        """What a `.env` file of this shop holds."""
        return {
            "DATABASE_URL": self.database_url,
            "PUBLIC_URL": self.site,
            "PORT": str(self.port),
            "SECRET_KEY": "x7Kq2mN9pR4sT6vW8yB3cD5fG1hJ0kL2",
            "METRICS_TOKEN": METRICS_TOKEN,
            "ENCRYPTION_KEY": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "MOLLIE_API_KEY": "test_dHar4XY7LxsDOtmnkVtjNVWXLSlXsM",
            "MOLLIE_API_URL": self.sandbox,
            "TWILIO_ACCOUNT_SID": "AC00000000000000000000000000000001",
            "TWILIO_AUTH_TOKEN": "sandbox-auth-token",
            "TWILIO_API_URL": self.sandbox,
            "TWILIO_SMS_FROM": "+3197010200300",
        }

    def environment(self, changes: Mapping[str, str | None]) -> dict[str, str]:
        """The settings and a clock at Monday ten o'clock; a change into None leaves a setting out."""
        clock = self.folder / "clock"
        if not clock.exists():
            MovableClock(clock).move_to(datetime(2026, 11, 23, 10, tzinfo=AMSTERDAM))
        own = {"PATH": "/usr/bin:/bin", "SEINTJE_DEMO_CLOCK": str(clock)}
        given: dict[str, str | None] = {**self.settings, **own, **changes}
        return {name: value for name, value in given.items() if value is not None}

    def run(self, *arguments: str, **changes: str | None) -> Done:
        """Run a command to its end."""
        return self.fed(b"", *arguments, **changes)

    def fed(self, stdin: bytes, *arguments: str, **changes: str | None) -> Done:
        """Run a command on some input. Whatever a person types, it never answers with our own code."""
        ended = subprocess.run(
            [sys.executable, APP, *arguments],
            cwd=self.folder,
            env=self.environment(changes),
            input=stdin,
            capture_output=True,
            timeout=60,
            check=False,
        )
        out, err = ended.stdout.decode(), ended.stderr.decode()
        assert "Traceback" not in out + err, err
        return Done(ended.returncode, out.splitlines(), err.splitlines())

    @contextmanager
    def started(self, *arguments: str, **changes: str | None) -> Iterator[Started]:
        """Start a command, and end it when the block is over if it has not ended before."""
        with ExitStack() as stack:
            log = stack.enter_context(tempfile.TemporaryFile("w+"))
            process = stack.enter_context(
                subprocess.Popen(
                    [sys.executable, APP, *arguments],
                    cwd=self.folder,
                    env=self.environment(changes),
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=log,
                    text=True,
                    encoding="utf-8",
                )
            )
            try:
                yield Started(process, log)
            finally:
                if process.poll() is None:
                    process.terminate()
                    process.wait(25)

    @contextmanager
    def with_sandbox(self) -> Iterator[None]:
        """Let the stand-ins run, as a process of their own."""
        with self.started("sandbox", "--port", str(self.port + 1)):
            until(lambda: answers(f"{self.sandbox}/clock"), "the sandbox listens", 20)
            yield

    def plan_fault(self, **fault: object) -> None:
        """Let something go wrong at a provider; see sandbox.faults.Fault."""
        planned = requests.post(f"{self.sandbox}/faults", json=[fault], timeout=_TIMEOUT)
        assert planned.status_code == 201, planned.text

    def faults_fired(self) -> list[str]:
        """The kinds of what went wrong so far."""
        fired = requests.get(f"{self.sandbox}/faults", timeout=_TIMEOUT).json()["fired"]
        return [fault["kind"] for fault in fired]

    def texts(self, number: str) -> list[str]:
        """What came by SMS on the phone with that number."""
        state = requests.get(f"{self.sandbox}/phones/state", params={"since": 0}, timeout=_TIMEOUT).json()
        threads = [person["threads"]["sms"] for person in state["people"] if person["number"] == number]
        return [message["text"] for thread in threads for message in thread["messages"]]

    def pay(self, text: str) -> None:
        """Follow the link in a message, tap, and choose Paid at the bank."""
        link = re.search(r"http\S+/p/\S+", text)
        assert link is not None
        bank = requests.post(f"{link[0]}/pay", timeout=_TIMEOUT)
        assert bank.url.startswith(self.sandbox), bank.url
        requests.post(bank.url, data={"status": "paid"}, timeout=_TIMEOUT).raise_for_status()

    def open_shop(self) -> str:
        """Make the merchant and the owner, and return the API key."""
        done = self.run("init", *SHOP, *PASSWORD)
        assert done.status == 0, done.told
        return done.out[-1].rpartition(" ")[2]

    def move_clock(self, to: datetime) -> None:
        MovableClock(self.folder / "clock").move_to(to)


def answers(address: str) -> bool:
    """Whether somebody answers there, and content."""
    try:
        return requests.get(address, timeout=_TIMEOUT).ok
    except requests.ConnectionError:
        return False

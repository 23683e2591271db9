"""`make demo`: the whole story on one machine, for somebody who has nothing but this repository.

It does what a merchant would do: `init`, `user`, `serve`, and payment requests through the API; the
providers are the sandbox. Everything lives in a temporary folder that is gone afterwards.
"""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from pathlib import Path
from types import FrameType

import click

from core.calendar import is_rest_day, local, moment
from core.clock import Clock, MovableClock, SystemClock
from core.errors import Refused
from core.ids import OsIds
from core.processes import Family
from sandbox.demo_shop import (
    AGENT,
    AGENT_NAME,
    AGENT_PASSWORD,
    OWNER,
    PASSWORD,
    SHOP,
    open_for_business,
    wait_for,
)
from sandbox.ports import require_free

_SANDBOX_NEXT_DOOR = 1
# What of the visitor's environment the demo's processes may see; no setting of a real installation.
_KEEP = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "VIRTUAL_ENV", "PYTHONDONTWRITEBYTECODE")


def run(port: int, environment: Mapping[str, str], clock_variable: str) -> int:
    """Run the demo on `port` and the one after it until Ctrl-C; return the exit status."""
    for number in (port, port + _SANDBOX_NEXT_DOOR):
        require_free(number, f"try another with `make demo PORT={port + 100 if port < 60000 else 8000}`")
    folder = Path(tempfile.mkdtemp(prefix="seintje-demo-"))
    over = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        over.set()

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, end)
    family = Family(give_up=lambda _name: over.set())
    try:
        clock = MovableClock(folder / "clock")
        clock.move_to(_first_morning(SystemClock().now()))
        settings = settings_of_the_demo(port, folder, environment) | {clock_variable: str(folder / "clock")}
        _start(family, port, settings, clock, over)
        over.wait()
    finally:
        click.echo("\nstopping…")
        family.stop()
        shutil.rmtree(folder, ignore_errors=True)
    return 0


def _start(
    family: Family, port: int, settings: Mapping[str, str], clock: Clock, over: threading.Event
) -> None:
    next_door = port + _SANDBOX_NEXT_DOOR
    family.start("sandbox", ["sandbox", "--port", str(next_door)], settings)
    api_key = _init(settings)
    shop, sandbox = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{next_door}"
    wait_for(f"{sandbox}/clock", over)
    family.start("serve", ["serve"], settings)
    _run(settings, "user", "--email", AGENT, "--name", AGENT_NAME, "--password", AGENT_PASSWORD)
    wait_for(f"{shop}/readyz", over)
    if over.is_set():
        return
    click.echo(f"phones: {sandbox}/phones")
    click.echo(f"desk: {shop}/desk")
    click.echo(f"admin: {shop}/admin")
    click.echo(f"clock: {sandbox}/clock")
    click.echo(f"login: {OWNER} / {PASSWORD}")
    click.echo(f"agent: {AGENT} / {AGENT_PASSWORD}")
    click.echo(f"api key: {api_key}")
    click.echo("Ctrl-C stops it all and leaves nothing behind.")
    open_for_business(shop, sandbox, api_key, clock, over)


def _init(settings: Mapping[str, str]) -> str:
    look = ["--phone", SHOP["phone"], "--website", SHOP["website"], "--color", SHOP["color"]]
    who = ["--merchant", SHOP["name"], "--email", OWNER, "--password", PASSWORD]
    return _run(settings, "init", *who, *look).rpartition(":")[2].strip()


def _run(settings: Mapping[str, str], *arguments: str) -> str:
    """Run a command to its end; return what it printed. Raises Refused with its words when it fails."""
    script = Path(__file__).parent.parent / "app.py"
    done = subprocess.run(  # noqa: S603 - our own program with our own arguments
        [sys.executable, str(script), *arguments],
        env=dict(settings),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Refused(f"the demo's shop could not be opened:\n{done.stderr.strip()}")
    return done.stdout


def settings_of_the_demo(port: int, folder: Path, environment: Mapping[str, str]) -> dict[str, str]:
    """Return every setting, fresh for this demo, so that a `.env` of the visitor's changes nothing."""
    ids = OsIds()
    sandbox = f"http://127.0.0.1:{port + _SANDBOX_NEXT_DOOR}"
    return {
        **{name: environment[name] for name in _KEEP if name in environment},
        "NO_PROXY": "127.0.0.1,localhost",
        "DATABASE_URL": f"sqlite:///{folder}/seintje.db",
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "SECRET_KEY": ids.token(32),
        "ENCRYPTION_KEY": ids.token(32),
        "METRICS_TOKEN": ids.token(32),
        "MOLLIE_API_KEY": f"test_{ids.hex(30)}",
        "MOLLIE_API_URL": sandbox,
        "TWILIO_ACCOUNT_SID": f"AC{ids.hex(32)}",
        "TWILIO_AUTH_TOKEN": ids.hex(32),
        "TWILIO_API_URL": sandbox,
        "TWILIO_SMS_FROM": "+3197010200300",
        "TWILIO_WHATSAPP_FROM": "+3197010200300",
        "TELEGRAM_BOT_TOKEN": f"123456789:{ids.hex(35)}",
        "TELEGRAM_API_URL": sandbox,
        "TELEGRAM_WEBHOOK_SECRET": ids.hex(32),
    }


def _first_morning(now: datetime) -> datetime:
    """Ten o'clock on a weekday that is no holiday: today's or the next one's."""
    day = local(now).date()
    while day.weekday() > 4 or is_rest_day(day):
        day += timedelta(days=1)
    return moment(day, time(10))

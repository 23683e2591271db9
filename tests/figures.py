"""Measures the figures that the release notes name: `make figures`. Not a test: nothing here has a limit."""

from __future__ import annotations

import re
import statistics
import sys
import time
from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import requests
from sqlalchemy import insert

sys.path.insert(0, str(Path(__file__).parent.parent))

from core.clock import MovableClock, SystemClock
from core.crypto import Keyring
from core.db import Database, Tx
from core.ids import OsIds
from core.migrate import upgrade
from core.processes import Family
from payments.parties import Merchant, Payer
from payments.plans import Step
from payments.requests import PaymentRequest
from tests.demo import Demo, running_demo, until

_PUSHES = 25
_PLANNED = 100_000
_SETTLE, _IDLE = 8, 30  # seconds
_TICKS_PER_SECOND = 100  # of /proc/<pid>/stat, see proc(5)
_ANNA = "+31612345678"


def main() -> None:
    began = time.monotonic()
    with running_demo() as demo:
        print(f"demo up after {time.monotonic() - began:.2f} s")
        until(lambda: "/p/" in "".join(demo.texts(_ANNA, "whatsapp")), "a first request")
        print(f"first request on a phone after {time.monotonic() - began:.2f} s")
        settings = _settings(demo)
        print(f"agent's Enter to the provider's call: {_push(demo, settings):.0f} ms at the median")
        _pay(demo)
        print(f"`serve` after the demo's script: {_memory(demo)}")
        print(f"worker with {_PLANNED} requests planned: {_idle(settings):.2f} % of a core")


def _settings(demo: Demo) -> dict[str, str]:
    """The settings of the running demo, as its own processes have them."""
    serve = next(pid for pid in _below(demo.process.pid) if " serve" in _command(pid))
    pairs = Path(f"/proc/{serve}/environ").read_bytes().decode().split("\0")
    return {name: value for name, _, value in (pair.partition("=") for pair in pairs) if name}


def _push(demo: Demo, settings: dict[str, str]) -> float:
    """Milliseconds from sending the desk's form to the moment at which the sandbox had the message."""
    clock = MovableClock(Path(settings["SEINTJE_DEMO_CLOCK"]))
    desk = _logged_in(demo)
    waits = []
    for number in range(_PUSHES):
        phone = f"+316400000{number:02d}"
        form = _hidden(desk.get(f"{demo.shop}/desk", timeout=10).text)
        typed = {"who": phone, "name": "Figuur", "amount": "12,50", "description": "Meting", "reference": "F"}
        pressed = clock.now()
        answer = desk.post(f"{demo.shop}/desk", data=form | typed, timeout=10)
        assert "/desk/requests/" in answer.url, answer.text
        until(partial(_arrived, demo, phone), f"a message for {phone}")
        arrived = _arrived(demo, phone)
        assert arrived is not None
        waits.append((arrived - pressed) / timedelta(milliseconds=1))
    return statistics.median(waits)


def _logged_in(demo: Demo) -> requests.Session:
    email, _, password = demo.printed["login"].partition(" / ")
    session = requests.Session()
    page = session.get(f"{demo.shop}/login", timeout=10)
    form = _hidden(page.text) | {"email": email, "password": password}
    assert session.post(f"{demo.shop}/login", data=form, timeout=10).ok
    return session


def _hidden(page: str) -> dict[str, str]:
    """The hidden fields of a page's forms."""
    inputs = [tag for tag in re.findall(r"<input[^>]*>", page) if 'type="hidden"' in tag]
    named = [(re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)) for tag in inputs]
    return {name[1]: value[1] for name, value in named if name and value}


def _arrived(demo: Demo, phone: str) -> datetime | None:
    state = requests.get(f"{demo.sandbox}/phones/state", params={"since": 0}, timeout=10).json()
    threads = [p["threads"] for p in state["people"] if p["number"] == phone]
    messages = [m for thread in threads for c in ("sms", "whatsapp") for m in thread[c]["messages"]]
    return datetime.fromisoformat(messages[0]["at"]) if messages else None


def _pay(demo: Demo) -> None:
    """Everybody in the demo's shop pays."""
    for number, channel in ((_ANNA, "whatsapp"), ("+31623456789", "sms"), ("+31634567890", "telegram")):
        link = re.search(r"http\S+/p/\S+", "".join(demo.texts(number, channel)))
        assert link is not None
        bank = requests.post(f"{link[0]}/pay", timeout=10)
        requests.post(bank.url, data={"status": "paid"}, timeout=10)
    time.sleep(3)


def _memory(demo: Demo) -> str:
    """Resident memory of `serve`, each page once (PSS) and per process added up (RSS)."""
    chosen = [pid for pid in _below(demo.process.pid) if " serve" in _command(pid)]
    totals = {"Pss": 0, "Rss": 0}
    for pid in chosen:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
        for name in totals:
            found = re.search(rf"^{name}:\s+(\d+) kB", rollup, re.M)
            assert found is not None
            totals[name] += int(found[1])
    return f"{totals['Pss'] / 1024:.0f} MiB (PSS), {totals['Rss'] / 1024:.0f} MiB (RSS added up)"


def _idle(settings: dict[str, str]) -> float:
    """Percentage of a core that a worker takes while nothing is due."""
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/idle.db"
        keyring = Keyring.parse(settings["ENCRYPTION_KEY"])
        database = Database(url, SystemClock(), keyring, OsIds())
        upgrade(database)
        database.run(_plan_many)
        family = Family(lambda _name: None)
        own = {name: value for name, value in settings.items() if name != "SEINTJE_DEMO_CLOCK"}
        family.start("worker", ["worker"], own | {"DATABASE_URL": url})
        try:
            time.sleep(_SETTLE)
            (pid,) = _children()
            before = _ticks(pid)
            time.sleep(_IDLE)
            return (_ticks(pid) - before) / _TICKS_PER_SECOND / _IDLE * 100
        finally:
            family.stop()


def _children() -> list[int]:
    """The ids of the processes that this one started."""
    tasks = Path("/proc/self/task").glob("*/children")
    return [int(pid) for task in tasks for pid in task.read_text(encoding="ascii").split()]


def _plan_many(tx: Tx) -> None:
    merchant = Merchant(id=tx.new_id("mer"), name="Figuur", created_at=tx.now)
    payer = Payer(id=tx.new_id("pay"), merchant_id=merchant.id, name="F", name_index="f", language="nl")
    payer.formality, payer.created_at = "u", tx.now
    tx.session.add(merchant)
    tx.session.flush()
    tx.session.add(payer)
    tx.session.flush()
    ids = [tx.new_id("pr") for _ in range(_PLANNED)]
    of_all = {"merchant_id": merchant.id, "payer_id": payer.id, "created_at": tx.now, "channels": ["sms"]}
    owed = {"description": "d", "amount_cents": 100, "currency": "EUR", "due_date": date(2030, 1, 1)}
    tx.session.execute(insert(PaymentRequest), [of_all | owed | {"id": i, "reference": i[-9:]} for i in ids])
    step = {"merchant_id": merchant.id, "name": "request", "template": "request", "local_time": "09:00"}
    later = {"local_date": date(2030, 1, 1), "due_at": tx.now + timedelta(days=300)}
    tx.session.execute(insert(Step), [step | later | {"id": tx.new_id("stp"), "request_id": i} for i in ids])


def _ticks(pid: int) -> int:
    """Processor time of a process, in ticks: user plus system."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def _below(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            found += [int(child), *_below(int(child))]
    return found


def _command(pid: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode().replace("\0", " ")
    return ""


if __name__ == "__main__":
    main()

"""Starts `make demo`, walks one request from its creation to the thank-you over HTTP, and stops it.

A program of its own rather than a test, so that it sees just what a visitor sees. Exit status 0: all
went well, and nothing was left behind.
"""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import requests

_TIMEOUT = 10.0
_PHONE = "+31687654321"


def main() -> int:
    port = _free_port()
    demo = subprocess.Popen(
        ["make", "demo", f"PORT={port}"], stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        addresses = _addresses(demo)
        _walk(addresses)
    finally:
        demo.send_signal(signal.SIGINT)
        status = demo.wait(30)
    _check(_port_is_free(port) and _port_is_free(port + 1), "nothing listens any more")
    print(f"1 passed, 0 failed (the demo ended with status {status})")
    return 0


def _addresses(demo: subprocess.Popen[str]) -> dict[str, str]:
    """Read the printed lines `name: value` up to the last one."""
    assert demo.stdout is not None
    found: dict[str, str] = {}
    for line in demo.stdout:
        print(f"  {line.rstrip()}")
        name, _, value = line.strip().partition(": ")
        found[name] = value
        if name.startswith("Ctrl-C"):
            return found
    raise SystemExit("the demo ended before it was ready")


def _walk(addresses: dict[str, str]) -> None:
    shop, sandbox = addresses["desk"].removesuffix("/desk"), addresses["phones"].removesuffix("/phones")
    for name in ("phones", "desk", "admin", "clock"):
        _check(requests.get(addresses[name], timeout=_TIMEOUT).ok, f"{name} answers")
    began = time.monotonic()
    made = requests.post(
        f"{shop}/api/v1/payment-requests",
        json={
            "reference": "CI-1",
            "description": "Reparatie fiets",
            "amount": {"value": "42.50", "currency": "EUR"},
            "due_date": "2030-12-01",
            "payer": {"name": "Fatima Yilmaz", "phone": _PHONE, "channels": ["sms"]},
        },
        headers={"Authorization": f"Bearer {addresses['api key']}", "Idempotency-Key": "walk-1"},
        timeout=_TIMEOUT,
    )
    _check(made.status_code == 201, f"the request is made ({made.status_code})")
    text = _until(lambda: _message(sandbox, "42,50"), "the request is on the phone")
    link = re.search(r"https?://\S+/p/\S+", text)
    assert link is not None
    _check("42,50" in requests.get(link[0], timeout=_TIMEOUT).text, "the pay page shows the amount")
    bank = requests.post(f"{link[0]}/pay", timeout=_TIMEOUT)
    back = requests.post(bank.url, data={"status": "paid"}, timeout=_TIMEOUT)
    _check(back.ok and back.url.startswith(f"{link[0]}/done"), "the bank leads back to the shop")
    _until(lambda: _message(sandbox, "Dank u wel"), "the thank-you is on the phone")
    answer = requests.get(
        f"{shop}/api/v1/payment-requests/{made.json()['id']}",
        headers={"Authorization": f"Bearer {addresses['api key']}"},
        timeout=_TIMEOUT,
    ).json()
    _check(answer["status"] == "paid", "the request is paid")
    print(f"  from creation to thank-you: {time.monotonic() - began:.1f} s")


def _message(sandbox: str, words: str) -> str | None:
    """Return the text on the phone that has `words` in it, once it is there."""
    state = requests.get(f"{sandbox}/phones/state", params={"since": 0}, timeout=_TIMEOUT).json()
    threads = [person["threads"]["sms"] for person in state["people"] if person["number"] == _PHONE]
    texts = [message["text"] for thread in threads for message in thread["messages"]]
    return next((text for text in texts if words in text), None)


def _until(look: Callable[[], str | None], what: str) -> str:
    for _ in range(100):
        found = look()
        if found:
            _check(True, what)
            return found
        time.sleep(0.1)
    raise SystemExit(f"FAILED: {what}")


def _check(fine: bool, what: str) -> None:
    if not fine:
        raise SystemExit(f"FAILED: {what}")
    print(f"  ok: {what}")


def _free_port() -> int:
    for port in range(8300, 8900, 20):
        if _port_is_free(port) and _port_is_free(port + 1):
            return port
    raise SystemExit("no free ports")


def _port_is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent.parent))
    sys.exit(main())

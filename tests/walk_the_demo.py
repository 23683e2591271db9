"""Starts `make demo`, walks one request from its creation to the thank-you over HTTP, and stops it.

A program of its own rather than a test, so that it sees just what a visitor sees: `python
tests/walk_the_demo.py`. Exit status 0: all went well, and nothing was left behind.
"""

from __future__ import annotations

import re
import sys
import time
from pathlib import Path

import requests

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.demo import Demo, port_is_free, running_demo, until

_TIMEOUT = 10.0
_PHONE = "+31687654321"


def main() -> int:
    with running_demo("make", "--no-print-directory", "demo") as demo:
        for name, value in demo.printed.items():
            print(f"  {name}: {value}")
        _walk(demo)
    port = int(demo.shop.rpartition(":")[2])
    _check(port_is_free(port) and port_is_free(port + 1), "nothing listens any more")
    print("1 passed, 0 failed")
    return 0


def _walk(demo: Demo) -> None:
    for name in ("phones", "desk", "admin", "clock"):
        _check(requests.get(demo.printed[name], timeout=_TIMEOUT).ok, f"{name} answers")
    began = time.monotonic()
    made = demo.post("/api/v1/payment-requests", _REQUEST)
    until(lambda: demo.texts(_PHONE, "sms"), "the request is on the phone")
    link = re.search(r"https?://\S+/p/\S+", demo.texts(_PHONE, "sms")[0])
    assert link is not None
    _check("42,50" in requests.get(link[0], timeout=_TIMEOUT).text, "the pay page shows the amount")
    bank = requests.post(f"{link[0]}/pay", timeout=_TIMEOUT)
    back = requests.post(bank.url, data={"status": "paid"}, timeout=_TIMEOUT)
    _check(back.ok and back.url.startswith(f"{link[0]}/done"), "the bank leads back to the shop")
    until(lambda: "Dank u wel" in demo.texts(_PHONE, "sms")[-1], "the thank-you is on the phone")
    headers = {"Authorization": f"Bearer {demo.printed['api key']}"}
    address = f"{demo.shop}/api/v1/payment-requests/{made['id']}"
    paid = requests.get(address, headers=headers, timeout=_TIMEOUT).json()
    _check(paid["status"] == "paid", "the request is paid")
    print(f"  from creation to thank-you: {time.monotonic() - began:.1f} s")


_REQUEST: dict[str, object] = {
    "reference": "CI-1",
    "description": "Reparatie fiets",
    "amount": {"value": "42.50", "currency": "EUR"},
    "due_date": "2030-12-01",
    "payer": {"name": "Fatima Yilmaz", "phone": _PHONE, "channels": ["sms"]},
}


def _check(fine: bool, what: str) -> None:
    if not fine:
        raise SystemExit(f"FAILED: {what}")
    print(f"  ok: {what}")


if __name__ == "__main__":
    sys.exit(main())

"""The demo's shop: a handful of payers with phones, and what they owe, entered through the API."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

import requests

from core.calendar import local
from core.clock import Clock, stopwatch
from core.errors import Unavailable

SHOP: Final = {
    "name": "Fietshuis Jansen",
    "phone": "020 123 45 67",
    "website": "https://www.fietshuisjansen.example",
    "color": "#0b6e4f",
}
OWNER: Final = "jansen@fietshuis.example"
PASSWORD: Final = "fietsen-in-de-regen"  # noqa: S105 - printed on the demo's own screen
AGENT: Final = "aysha@fietshuis.example"
AGENT_NAME: Final = "Aysha"
AGENT_PASSWORD: Final = "koffie-aan-de-balie"  # noqa: S105 - idem

# (name, number, channel, language, formality, reference, description, amount)
_BILLS: Final = (
    ("Anna de Vries", "+31612345678", "whatsapp", "nl", "u", "1042", "Reparatie fiets", "42.50"),
    ("Bram Bakker", "+31623456789", "sms", "nl", "je", "1043", "Nieuwe achterband", "37.95"),
    ("Chloë Jones", "+31634567890", "telegram", "en", "u", "1044", "Bike rental, three days", "60.00"),
    ("Driss El Amrani", "+31645678901", "whatsapp", "nl", "je", "1045", "Kinderzitje", "89.00"),
    ("Els Peeters", "+31656789012", "sms", "nl", "u", "1046", "Onderhoudsbeurt e-bike", "125.00"),
)
_READY_WITHIN = 30.0  # seconds
_HEAD_START = timedelta(seconds=3)
_APART = timedelta(seconds=1)
_TIMEOUT = 10.0


def wait_for(address: str, over: threading.Event) -> None:
    """Wait until `address` answers. Raises Unavailable when that takes too long."""
    deadline = stopwatch() + _READY_WITHIN
    while not over.is_set() and not _answers(address):
        if stopwatch() > deadline:
            raise Unavailable(f"{address} does not answer; is another program in the way?")
        over.wait(0.05)


def _answers(address: str) -> bool:
    try:
        return requests.get(address, timeout=_TIMEOUT).ok
    except requests.RequestException:
        return False


def open_for_business(shop: str, sandbox: str, api_key: str, clock: Clock, over: threading.Event) -> None:
    """Give everybody a phone, enter the bills, and let those who like Telegram press Start."""
    first = local(clock.now()) + _HEAD_START
    for number, (name, phone, channel, language, formality, *bill) in enumerate(_BILLS):
        telegram_id = 500_000_001 + number if channel == "telegram" else 0
        person = {"name": name, "number": phone, "language": language, "telegram_id": telegram_id}
        _post(f"{sandbox}/phones/people", person)
        reference, description, amount = bill
        asked = {
            "reference": reference,
            "description": description,
            "amount": {"value": amount, "currency": "EUR"},
            "send_at": (first + number * _APART).replace(tzinfo=None).isoformat(timespec="seconds"),
            "payer": {
                "name": name,
                "phone": phone,
                "language": language,
                "formality": formality,
                "channels": [channel],
            },
        }
        once = {"Authorization": f"Bearer {api_key}", "Idempotency-Key": f"demo-{reference}"}
        made = _post(f"{shop}/api/v1/payment-requests", asked, once)
        if channel == "telegram":
            while made["telegram_url"] is None and not over.wait(0.1):  # until our bot knows its name
                made = _post(f"{shop}/api/v1/payment-requests", asked, once)
            token = str(made["telegram_url"]).rpartition("start=")[2]
            _post(f"{sandbox}/phones/telegram/{telegram_id}/start", {"payload": token})


def _post(address: str, body: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> dict[str, Any]:
    answer = requests.post(address, json=body, headers=headers, timeout=_TIMEOUT)
    answer.raise_for_status()
    made: dict[str, Any] = answer.json()
    return made

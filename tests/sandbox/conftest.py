"""A sandbox on a clock that stands still, an ear for its webhooks, and the official clients, unchanged."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
import qrcode
import requests
from mollie.api.client import Client as MollieClient
from twilio.rest import Client as TwilioClient

from core.clock import ManualClock
from core.ids import SeededIds
from sandbox.people import Person
from sandbox.server import Running, running_sandbox
from sandbox.settings import SandboxSettings
from tests.sandbox.ears import Ear, listening

ANNA = "+31612345678"


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clients look at these; a proxy or an edge would send them elsewhere."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")
    for name in ("TWILIO_EDGE", "TWILIO_REGION"):
        monkeypatch.delenv(name, raising=False)
    # python-telegram-bot warns about a coming change of type unless it is asked for now.
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest.fixture
def ear() -> Iterator[Ear]:
    with listening() as ear:
        yield ear


@pytest.fixture
def settings(ear: Ear) -> SandboxSettings:
    return SandboxSettings(
        twilio_inbound_url=f"{ear.url}/webhooks/twilio/message",
        telegram_webhook_url=f"{ear.url}/webhooks/telegram",
        telegram_secret="kerfstok",
    )


@pytest.fixture
def sandbox(settings: SandboxSettings, clock: ManualClock, ids: SeededIds) -> Iterator[Running]:
    with running_sandbox(settings, clock, ids) as running:
        yield running


@pytest.fixture
def mollie(sandbox: Running, settings: SandboxSettings) -> MollieClient:
    client = MollieClient(api_endpoint=sandbox.url)
    client.set_api_key(settings.mollie_key)
    return client


@pytest.fixture
def twilio(sandbox: Running, settings: SandboxSettings) -> TwilioClient:
    client = TwilioClient(settings.twilio_sid, settings.twilio_token)
    client.api.base_url = sandbox.url
    client.content.base_url = sandbox.url
    return client


@pytest.fixture
def anna(sandbox: Running) -> Person:
    """A payer who is on all three channels and has pressed Start in Telegram."""
    person = sandbox.world.people.register(Person("Anna de Vries", number=ANNA, telegram_id=77))
    sandbox.world.telegram.start(person)
    sandbox.world.postman.wait_until_idle()
    return person


@pytest.fixture
def browser() -> Iterator[requests.Session]:
    with requests.Session() as session:
        yield session


@pytest.fixture
def qr_png() -> bytes:
    """A QR code of a pay link, as a PNG."""
    file = io.BytesIO()
    qrcode.make("http://127.0.0.1:8000/p/abc123").save(file)
    return file.getvalue()

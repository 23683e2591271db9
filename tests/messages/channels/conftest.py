"""A sandbox that knocks at an ear, with Anna's phone in it."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
import qrcode

from core.clock import ManualClock
from core.ids import SeededIds
from sandbox.people import Person
from sandbox.server import running_sandbox
from sandbox.settings import SandboxSettings
from tests.messages.channels.talking import ANNA, CHAT, Place, settings
from tests.sandbox.ears import listening


@pytest.fixture
def place(clock: ManualClock, ids: SeededIds) -> Iterator[Place]:
    with listening() as ear:
        known = SandboxSettings(twilio_inbound_url=f"{ear.url}/webhooks/twilio/message")
        with running_sandbox(known, clock, ids) as running:
            ours = settings(PUBLIC_URL=ear.url, TWILIO_API_URL=running.url, TELEGRAM_API_URL=running.url)
            yield Place(running, ear, clock, ours)


@pytest.fixture
def anna(place: Place) -> Person:
    """A payer who is on all three channels and has pressed Start in Telegram."""
    person = place.sandbox.world.people.register(Person("Anna de Vries", number=ANNA, telegram_id=int(CHAT)))
    place.sandbox.world.telegram.start(person)
    return person


@pytest.fixture
def qr_png() -> bytes:
    """A QR code of a pay link, as a PNG."""
    file = io.BytesIO()
    qrcode.make("http://127.0.0.1:8000/p/abc").save(file)
    return file.getvalue()

"""What the tests of channels share: settings for a sandbox, parcels, and a talk over an open channel."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlencode

import pytest

from core import config
from core.clock import ManualClock
from core.config import Settings
from messages.channels import Channel, Knock, NotSent, Parcel, Template
from messages.channels.sms import Sms
from messages.channels.telegram import Telegram
from messages.channels.whatsapp import WhatsApp
from sandbox.faults import Fault
from sandbox.server import Running
from sandbox.settings import SandboxSettings
from tests.sandbox.ears import Ear, Heard

C = TypeVar("C", bound=Channel)
T = TypeVar("T")
ANNA = "+31612345678"
CHAT = "77"
SECRET = "kerfstok-kerfstok"
_KNOWN = SandboxSettings()


class QuickSms(Sms):
    """With less patience than in production, so that a test that hangs is short."""

    connect_seconds = 0.5
    total_seconds = 0.5


class QuickWhatsApp(WhatsApp):
    """Idem; what failed is tried again at once."""

    connect_seconds = 0.5
    total_seconds = 0.5
    patience_seconds = 0.0


class QuickTelegram(Telegram):
    """Idem."""

    connect_seconds = 0.5
    total_seconds = 0.5
    upload_seconds = 0.5
    patience_seconds = 0.0


def settings(**changes: str) -> Settings:
    """Settings with every channel on, at addresses where nobody listens unless `changes` say otherwise."""
    return config.load(
        {
            "PUBLIC_URL": "https://pay.example.nl",
            "SECRET_KEY": "abcdefghijklmnopqrstuvwxyz0123456789",
            "ENCRYPTION_KEY": "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
            "MOLLIE_API_KEY": _KNOWN.mollie_key,
            "TWILIO_ACCOUNT_SID": _KNOWN.twilio_sid,
            "TWILIO_AUTH_TOKEN": _KNOWN.twilio_token,
            "TWILIO_API_URL": "http://127.0.0.1:9",
            "TWILIO_SMS_FROM": _KNOWN.twilio_sms_from,
            "TWILIO_WHATSAPP_FROM": _KNOWN.twilio_whatsapp_from.removeprefix("whatsapp:"),
            "TELEGRAM_BOT_TOKEN": _KNOWN.telegram_token,
            "TELEGRAM_API_URL": "http://127.0.0.1:9",
            "TELEGRAM_WEBHOOK_SECRET": SECRET,
            **changes,
        }
    )


@dataclass
class Place:
    """A sandbox, an ear that plays our doors, the clock of both, and the settings that join them."""

    sandbox: Running
    ear: Ear
    clock: ManualClock
    settings: Settings

    def fault(self, api: str, kind: str, call: str, times: int = 1) -> None:
        """Let a call go wrong; what hangs does so until the test is over."""
        self.sandbox.world.plan.add([Fault(api, kind, call, times=times, seconds=30.0)])

    def settle(self) -> None:
        assert self.sandbox.world.postman.wait_until_idle()

    def knocks(self, path: str) -> list[Knock]:
        """What came at our doors below `path`, as the door would hand it to a channel."""
        self.settle()
        return [self._knock(heard) for heard in self.ear.heard if heard.path.startswith(path)]

    def _knock(self, heard: Heard) -> Knock:
        body = urlencode(heard.form) if heard.form else json.dumps(heard.json)
        headers = {name.lower(): value for name, value in heard.headers.items()}
        return Knock(f"{self.settings.public_url}{heard.path}", headers, body.encode())


def parcel(
    body: str = "Betaal € 42,50: http://127.0.0.1:8000/p/abc", to: str = ANNA, **more: object
) -> Parcel:
    """A message to Anna, unless told otherwise."""
    fields: Mapping[str, object] = {
        "outgoing_id": "out_1",
        "attempt": 1,
        "template": "request",
        "language": "nl",
        "formality": "u",
        "status_path": "out_1.1",
        **more,
    }
    return Parcel(to=to, body=body, **fields)  # type: ignore[arg-type]  # the tests give what fits


def talk(channel: C, act: Callable[[C], Awaitable[T]], templates: Sequence[Template] = ()) -> T:
    """Start `channel` in a loop of its own, do `act` with it, and close it."""

    async def conversation() -> T:
        await channel.start(templates)
        try:
            return await act(channel)
        finally:
            await channel.close()

    return asyncio.run(conversation())


def send(channel: Channel, letter: Parcel, templates: Sequence[Template] = ()) -> str:
    """Send one message over a channel that is opened for it; return the provider's id."""
    return talk(channel, lambda open_channel: open_channel.send(letter), templates)


def refused(channel: Channel, letter: Parcel, templates: Sequence[Template] = ()) -> NotSent:
    """Send one message that will not go well; return why."""
    with pytest.raises(NotSent) as caught:
        send(channel, letter, templates)
    return caught.value

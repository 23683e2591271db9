"""What every channel must do, whichever it is: runs over the registry by itself."""

from __future__ import annotations

import asyncio
import subprocess
import sys

import pytest

from core.errors import Untrusted
from messages.channels import REGISTRY, Channel, Failure, Knock, NotSent, enabled, load
from tests.messages.channels.talking import parcel, settings

CHANNELS = sorted(REGISTRY)
ON = settings()
# What each channel needs to be asked for; a new channel is added here with its line in the registry.
OFF = settings(TWILIO_WHATSAPP_FROM="", TELEGRAM_BOT_TOKEN="", TELEGRAM_WEBHOOK_SECRET="")


@pytest.fixture(params=CHANNELS)
def channel(request: pytest.FixtureRequest) -> Channel:
    adapter = load(request.param)

    class Quick(adapter):  # type: ignore[misc, valid-type]  # whichever it is
        connect_seconds = total_seconds = upload_seconds = 0.5

    made: Channel = Quick(ON)
    return made


def test_every_channel_is_there_when_it_is_asked_for() -> None:
    assert sorted(enabled(ON)) == CHANNELS


def test_a_channel_that_is_not_asked_for_is_not_there() -> None:
    assert sorted(enabled(OFF)) == ["sms"]


def test_a_channel_says_what_it_is(channel: Channel) -> None:
    assert channel.name in REGISTRY
    assert channel.provider
    assert channel.pace.total_seconds() >= 1
    assert channel.window is None or channel.window.total_seconds() > 0


@pytest.mark.parametrize(
    "body", [b"", b"{}", b"a=b", b'{"update_id": 1}', b"MessageSid=SM1&AccountSid=AC1", b"\xff\x00"]
)
def test_an_unsigned_knock_is_never_believed(channel: Channel, body: bytes) -> None:
    """Trap 10."""
    url = f"{ON.public_url}/webhooks/{channel.provider}"
    for headers in ({}, {"x-twilio-signature": "x", "x-telegram-bot-api-secret-token": "x"}):
        with pytest.raises(Untrusted):
            channel.verify(Knock(url, headers, body))


@pytest.mark.parametrize(
    "payload", ["", "garbage", "null", "5", '"x"', "[]", "{}", '{"form": {}}', '{"update_id": "x"}', "\x00"]
)
def test_a_payload_that_makes_no_sense_is_an_error_or_nothing(channel: Channel, payload: str) -> None:
    try:
        assert channel.read(payload) is None
    except ValueError as error:
        assert str(error)  # noqa: PT017 - either is fine, a crash is not


def test_a_provider_that_cannot_be_reached_means_later_and_stops_no_start(channel: Channel) -> None:
    """The settings point at a port where nobody listens."""

    async def attempt() -> NotSent:
        await channel.start(())
        try:
            await channel.send(
                parcel(to="77" if channel.name == "telegram" else "+31612345678", window_open=True)
            )
        except NotSent as error:
            return error
        finally:
            await channel.close()
        raise AssertionError("something was sent to nobody")

    error = asyncio.run(attempt())
    assert (error.failure, error.unusable) == (Failure.LATER, False)


def test_a_channel_can_be_closed_without_a_start_and_twice(channel: Channel) -> None:
    async def twice() -> None:
        await channel.close()
        await channel.start(())
        await channel.close()
        await channel.close()

    asyncio.run(twice())


def test_a_channel_that_is_not_started_sends_later(channel: Channel) -> None:
    with pytest.raises(NotSent) as caught:
        asyncio.run(channel.send(parcel(window_open=True)))
    assert caught.value.failure is Failure.LATER


def test_a_channel_that_cannot_look_up_or_edit_says_so(channel: Channel) -> None:
    if not channel.can_edit:
        with pytest.raises(NotSent):
            asyncio.run(channel.edit(parcel()))


def test_a_process_that_only_receives_loads_no_sending_client() -> None:
    """The web process has the doors and not the sending; the clients cost it memory and seconds."""
    code = (
        "import sys, messages.channels as c\n"
        "for name in c.REGISTRY: c.load(name)\n"
        "print([m for m in ('telegram', 'aiohttp', 'twilio.rest', 'requests') if m in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"

"""When Telegram does not do as hoped: nothing is sent twice, nothing is lost, nobody waits."""

from __future__ import annotations

import asyncio
import socket
import warnings

import pytest

from messages.channels import Button, Failure, NotSent
from sandbox.people import Person
from tests.messages.channels.talking import CHAT, Place, QuickTelegram, refused, settings, talk
from tests.messages.channels.telegramming import heard, notes, parcel


@pytest.mark.parametrize("call", ["getMe", "setWebhook"])
@pytest.mark.parametrize("kind", ["hang", "error_500", "reset_before", "garbage"])
def test_a_start_without_telegram_is_made_up_for_at_the_next_message(
    place: Place, anna: Person, call: str, kind: str
) -> None:
    place.fault("telegram", kind, call)

    async def late(channel: QuickTelegram) -> str:
        await channel.send(parcel())
        return channel.bot_name

    assert talk(QuickTelegram(place.settings), late) == place.sandbox.world.settings.telegram_username
    place.sandbox.world.telegram.say(int(CHAT), "hoi")
    assert heard(place)


def test_a_payer_who_blocked_the_bot_is_not_written_to_again(place: Place, anna: Person) -> None:
    """Trap 11."""
    talk(QuickTelegram(place.settings), lambda _channel: asyncio.sleep(0))
    place.sandbox.world.telegram.block(int(CHAT))
    assert heard(place)[-1].kind == "blocked"
    error = refused(QuickTelegram(place.settings), parcel())
    assert (error.failure, error.unusable) == (Failure.NEVER, True)
    place.sandbox.world.telegram.unblock(int(CHAT))
    assert heard(place)[-1].kind == "unblocked"


def test_a_chat_that_does_not_exist_is_never_tried_again(place: Place) -> None:
    """Trap 17: BadRequest is a NetworkError, and retrying it would never end."""
    error = refused(QuickTelegram(place.settings), parcel())
    assert (error.failure, error.unusable) == (Failure.OTHER_CHANNEL, True)


def test_a_hanging_telegram_holds_up_nobody_and_leaves_the_outcome_unknown(
    place: Place, anna: Person
) -> None:
    """Trap 1."""
    place.fault("telegram", "hang", "sendMessage")

    async def timed(channel: QuickTelegram) -> float:
        loop = asyncio.get_running_loop()
        began = loop.time()
        with pytest.raises(NotSent) as caught:
            await channel.send(parcel())
        assert caught.value.failure is Failure.UNKNOWN
        return loop.time() - began

    assert talk(QuickTelegram(place.settings), timed) < 2.0


@pytest.mark.parametrize(
    "kind",
    ["reset_before", "reset_after", "error_500", "error_500_after", "html_502", "html_502_after", "garbage"],
)
@pytest.mark.parametrize("call", ["sendMessage", "sendPhoto"])
def test_an_answer_that_is_lost_or_broken_leaves_the_outcome_unknown_and_is_not_repeated(
    place: Place, anna: Person, qr_png: bytes, kind: str, call: str
) -> None:
    """Trap 1: Telegram cannot be asked what it sent, so a person has to look."""
    place.fault("telegram", kind, call)
    image = qr_png if call == "sendPhoto" else None
    assert refused(QuickTelegram(place.settings), parcel(image=image)).failure is Failure.UNKNOWN
    carried_out = kind.endswith("_after") or kind == "garbage"
    assert len(notes(place)) == (1 if carried_out else 0)


def test_too_many_messages_are_sent_later_after_the_wait_that_telegram_asks(
    place: Place, anna: Person
) -> None:
    place.fault("telegram", "error_429", "sendMessage")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        error = refused(QuickTelegram(place.settings), parcel())
    assert (error.failure, error.retry_after) == (Failure.LATER, 30.0)
    assert notes(place) == []


def test_a_closed_port_means_later_for_nothing_was_sent() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, but nobody listens
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
        assert refused(QuickTelegram(settings(TELEGRAM_API_URL=url)), parcel()).failure is Failure.LATER


def test_a_wrong_token_means_later_for_the_message_must_not_be_lost(place: Place, anna: Person) -> None:
    wrong = settings(TELEGRAM_API_URL=place.sandbox.url, TELEGRAM_BOT_TOKEN="1:of-another-bot")
    error = refused(QuickTelegram(wrong), parcel())
    assert (error.failure, error.retry_after) == (Failure.LATER, 300.0)


def test_an_answer_that_does_not_fit_a_button_fails_before_anything_is_sent(
    place: Place, anna: Person
) -> None:
    """Trap 24."""
    error = refused(QuickTelegram(place.settings), parcel(buttons=(Button("Tik", "é" * 33),)))
    assert error.failure is Failure.NEVER
    assert notes(place) == []

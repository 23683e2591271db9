"""Telegram over the real client: sent once, shown with its picture and buttons, changed when paid."""

from __future__ import annotations

import asyncio
import socket
import warnings
from datetime import timedelta

import pytest

from core.errors import Unavailable
from messages.channels import Button, Failure, Inbound, NotSent, Parcel
from messages.channels.telegram import Telegram
from sandbox.people import Person
from sandbox.telegram.facts import Note
from tests.messages.channels.talking import CHAT, SECRET, Place, QuickTelegram, refused, send, settings, talk
from tests.messages.channels.talking import parcel as any_parcel


def parcel(body: str = "Betaal *€ 42,50*", **more: object) -> Parcel:
    return any_parcel(body, CHAT, **more)


def notes(place: Place) -> list[Note]:
    """What the bot wrote in Anna's chat."""
    chat = place.sandbox.world.telegram.chat(int(CHAT))
    return [note for note in chat.notes.values() if note.from_bot]


def heard(place: Place) -> list[Inbound]:
    channel = QuickTelegram(place.settings)
    knocks = place.knocks("/webhooks/telegram")
    read = [channel.read(envelope.payload) for knock in knocks for envelope in channel.verify(knock)]
    return [one for one in read if isinstance(one, Inbound)]


def test_a_payer_reads_the_words_with_the_amount_in_bold(place: Place, anna: Person) -> None:
    message_id = send(QuickTelegram(place.settings), parcel("Betaal *€ 42,50* aan <Jansen & Zn>"))
    (note,) = notes(place)
    assert (str(note.id), note.marked.text) == (message_id, "Betaal € 42,50 aan <Jansen & Zn>")
    assert [entity["type"] for entity in note.marked.entities] == ["bold"]


def test_the_qr_code_comes_as_a_picture_with_the_words_under_it(
    place: Place, anna: Person, qr_png: bytes
) -> None:
    send(QuickTelegram(place.settings), parcel("Betaal *nu*", image=qr_png))
    (note,) = notes(place)
    assert note.picture is not None
    assert note.marked.text == "Betaal nu"
    assert place.sandbox.world.media.scan(note.picture.media.id) == "http://127.0.0.1:8000/p/abc"


def test_words_that_do_not_fit_under_a_picture_go_without_it(
    place: Place, anna: Person, qr_png: bytes
) -> None:
    send(QuickTelegram(place.settings), parcel("a" * 1025, image=qr_png))
    (note,) = notes(place)
    assert note.picture is None
    assert len(note.marked.text) == 1025


BUTTONS = (Button("Betalen", url="http://127.0.0.1:8000/p/abc"), Button("Vrijdag", "ik betaal vrijdag"))


def test_a_tapped_button_says_its_answer_and_stops_spinning(place: Place, anna: Person) -> None:
    message_id = send(QuickTelegram(place.settings), parcel(buttons=BUTTONS))
    query = place.sandbox.world.telegram.press(int(CHAT), int(message_id), "ik betaal vrijdag")
    tapped = heard(place)[-1]
    assert (tapped.kind, tapped.text, tapped.reply_to) == ("button", "ik betaal vrijdag", message_id)
    talk(QuickTelegram(place.settings), lambda channel: channel.acknowledge(tapped))
    assert query in place.sandbox.world.telegram.answers


def test_acknowledging_a_tap_too_late_or_not_at_all_is_no_error(place: Place, anna: Person) -> None:
    message_id = send(QuickTelegram(place.settings), parcel(buttons=BUTTONS))
    place.sandbox.world.telegram.press(int(CHAT), int(message_id), "ik betaal vrijdag")
    tapped = heard(place)[-1]
    place.clock.advance(timedelta(minutes=3))
    talk(QuickTelegram(place.settings), lambda channel: channel.acknowledge(tapped))
    place.fault("telegram", "hang", "answerCallbackQuery")
    talk(QuickTelegram(place.settings), lambda channel: channel.acknowledge(tapped))
    assert not place.sandbox.world.telegram.answers


@pytest.mark.parametrize("picture", [True, False])
@pytest.mark.parametrize("believed", [True, False])
def test_a_message_changes_into_paid_and_loses_its_buttons(
    place: Place, anna: Person, qr_png: bytes, picture: bool, believed: bool
) -> None:
    """Also when it is not known any more whether it had a picture."""

    async def pay(channel: QuickTelegram) -> None:
        image = qr_png if picture else None
        message_id = await channel.send(parcel(buttons=BUTTONS, image=image))
        change = parcel("*Betaald*, dank u wel", target_id=message_id, target_has_image=believed)
        await channel.edit(change)
        await channel.edit(change)  # once more changes nothing, which is no error

    talk(QuickTelegram(place.settings), pay)
    (note,) = notes(place)
    assert (note.marked.text, note.keyboard) == ("Betaald, dank u wel", [])
    assert (note.picture is not None) == picture


def test_a_message_that_is_gone_cannot_be_changed(place: Place, anna: Person) -> None:
    for target in ("4711", "", "SM1"):
        with pytest.raises(NotSent) as caught:
            talk(
                QuickTelegram(place.settings),
                lambda channel, target=target: channel.edit(parcel(target_id=target)),  # type: ignore[misc]
            )
        assert caught.value.failure is Failure.NEVER


def test_starting_sets_the_webhook_with_its_secret_for_what_we_read(place: Place, anna: Person) -> None:
    """Trap 10."""
    talk(QuickTelegram(place.settings), lambda _channel: asyncio.sleep(0))
    place.sandbox.world.telegram.say(int(CHAT), "hoi")
    assert "hoi" in [inbound.text for inbound in heard(place)]
    headers = {name.lower(): value for name, value in place.ear.heard[-1].headers.items()}
    assert headers["x-telegram-bot-api-secret-token"] == SECRET


def test_the_deep_link_of_the_bot_brings_its_token_back(place: Place, anna: Person) -> None:
    async def link(channel: QuickTelegram) -> str:
        return channel.deep_link("a-b_C9")

    address = talk(QuickTelegram(place.settings), link)
    assert address == f"https://t.me/{place.sandbox.world.settings.telegram_username}?start=a-b_C9"
    place.sandbox.world.telegram.start(anna, "a-b_C9")
    assert (heard(place)[-1].kind, heard(place)[-1].start_token) == ("start", "a-b_C9")


def test_there_is_no_deep_link_before_the_bot_is_known() -> None:
    with pytest.raises(Unavailable):
        Telegram(settings()).deep_link("abc")


@pytest.mark.parametrize("call", ["getMe", "setWebhook"])
@pytest.mark.parametrize("kind", ["hang", "error_500", "reset_before", "garbage"])
def test_a_start_without_telegram_is_made_up_for_at_the_next_message(
    place: Place, anna: Person, call: str, kind: str
) -> None:
    place.fault("telegram", kind, call)

    async def late(channel: QuickTelegram) -> str:
        await channel.send(parcel())
        return channel.deep_link("abc")

    assert talk(QuickTelegram(place.settings), late).endswith("?start=abc")
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
    assert (error.failure, error.unusable) == (Failure.NEVER, True)


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


def test_many_messages_go_over_one_bot_in_one_loop(place: Place, anna: Person) -> None:
    """Trap 21: a loop or a bot for each send is slow, and breaks after the first."""

    async def crowd(channel: QuickTelegram) -> list[str]:
        return await asyncio.gather(*(channel.send(parcel(f"bericht {n}")) for n in range(40)))

    class Patient(QuickTelegram):
        connect_seconds = total_seconds = 10.0

    ids = talk(Patient(place.settings), crowd)
    texts = {str(note.id): note.marked.text for note in notes(place)}
    assert [texts[message_id] for message_id in ids] == [f"bericht {n}" for n in range(40)]


def test_an_answer_that_does_not_fit_a_button_fails_before_anything_is_sent(
    place: Place, anna: Person
) -> None:
    """Trap 24."""
    error = refused(QuickTelegram(place.settings), parcel(buttons=(Button("Tik", "é" * 33),)))
    assert error.failure is Failure.NEVER
    assert notes(place) == []

"""Telegram over the real client: sent once, shown with its picture and buttons, changed when paid."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from messages.channels import Button, Failure, NotSent
from messages.channels.telegram import Telegram
from sandbox.people import Person
from tests.messages.channels.talking import CHAT, SECRET, Place, QuickTelegram, send, settings, talk
from tests.messages.channels.telegramming import heard, notes, parcel


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


def test_payers_find_the_bot_by_its_name_and_bring_the_token_of_the_link(place: Place, anna: Person) -> None:
    async def name(channel: QuickTelegram) -> str:
        return channel.bot_name

    assert talk(QuickTelegram(place.settings), name) == place.sandbox.world.settings.telegram_username
    place.sandbox.world.telegram.start(anna, "a-b_C9")
    assert (heard(place)[-1].kind, heard(place)[-1].start_token) == ("start", "a-b_C9")


def test_the_bot_has_no_name_before_it_is_known() -> None:
    assert Telegram(settings()).bot_name == ""


def test_many_messages_go_over_one_bot_in_one_loop(place: Place, anna: Person) -> None:
    """Trap 21: a loop or a bot for each send is slow, and breaks after the first."""

    async def crowd(channel: QuickTelegram) -> list[str]:
        return await asyncio.gather(*(channel.send(parcel(f"bericht {n}")) for n in range(40)))

    class Patient(QuickTelegram):
        connect_seconds = total_seconds = 10.0

    ids = talk(Patient(place.settings), crowd)
    texts = {str(note.id): note.marked.text for note in notes(place)}
    assert [texts[message_id] for message_id in ids] == [f"bericht {n}" for n in range(40)]

"""What people type arrives as they typed it, on every channel, and links only who was invited."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.db import Tx
from payments.directory import add_address
from payments.invites import invite
from payments.parties import Address
from payments.requests import of_merchant
from sandbox.people import Person
from tests.bot.stories.watching import BOB, CHAT, all_of, chat, outgoing, phone
from tests.house import ANNA, House

HOSTILE = "Fiets <b>rood</b> & {{1}} *vet*"
STRANGER = 500_000_666


def test_what_a_merchant_types_is_text_and_never_markup(small_house: House) -> None:
    """Trap 24: unescaped HTML on Telegram is refused, or worse, obeyed."""
    request = small_house.ask(channels=["telegram"], send_at="2026-11-23T10:05", description=HOSTILE)
    small_house.joins_telegram(request)
    small_house.move(timedelta(minutes=6))
    assert small_house.heard(request)[-1] == ("request", "sent")
    assert "<b>rood</b> &" in chat(small_house)[-1]


def test_whatsapp_shows_the_values_of_a_template_and_not_their_numbers(small_house: House) -> None:
    """Trap 24: a dict of ContentVariables goes out as its keys, without a complaint."""
    request = small_house.ask(channels=["whatsapp"], description="Grote beurt")
    small_house.settle()
    [body] = phone(small_house, "whatsapp")
    assert "Grote beurt" in body
    assert "42,50" in body
    assert "{{" not in body
    assert body == outgoing(small_house, request)[0].body


@pytest.mark.parametrize("name", ["Zoë Daniëls", "D’Artagnan – ‘graaf’", "Łukasz Żółć"])
def test_an_sms_stays_in_the_cheap_alphabet(small_house: House, name: str) -> None:
    """Trap 24: one curly quote doubles the price of a message."""
    request = small_house.ask(name=name, description="Fiets – “rood”")
    small_house.settle()
    row = outgoing(small_house, request)[0]
    assert row.encoding is not None
    assert row.encoding.startswith("GSM")
    assert row.segments is not None
    assert row.segments <= 2


def test_every_button_in_telegram_can_be_pressed(small_house: House) -> None:
    """Trap 24: more than 64 bytes behind a button, and Telegram refuses the message."""
    request = small_house.ask(channels=["telegram"], send_at="2026-11-23T10:05")
    small_house.joins_telegram(request)
    small_house.move(timedelta(minutes=6))
    notes = small_house.sandbox.world.telegram.chat(CHAT).notes.values()
    pressed = [b for note in notes for row in note.keyboard for b in row if "callback_data" in b]
    assert pressed
    assert all(len(button["callback_data"].encode()) <= 64 for button in pressed)


def make_invite(house: House, request: str) -> str:
    def make(tx: Tx) -> str:
        return invite(tx, of_merchant(tx, house.merchant_id, request), "telegram")

    return house.world.db.run(make)


def starts(house: House, chat_id: int, token: str) -> None:
    house.sandbox.world.people.register(Person("Iemand", ANNA if chat_id == CHAT else "", chat_id))
    house.hands.start("telegram", str(chat_id), token)
    house.sandbox.world.postman.wait_until_idle()
    house.settle()


def linked(house: House) -> set[str]:
    return {address.value for address in all_of(house, Address) if address.channel == "telegram"}


def test_an_invitation_links_one_chat_once(house: House) -> None:
    """Trap 15: who gets hold of a used link learns nothing, not even a name."""
    request = house.ask(channels=["telegram", "sms"], send_at="2026-11-23T12:00")
    token = make_invite(house, request)
    starts(house, CHAT, token)
    starts(house, STRANGER, token)
    assert linked(house) == {str(CHAT)}
    assert chat(house, STRANGER) == []
    house.move(timedelta(hours=2))
    assert house.heard(request)[-1] == ("request", "sent")
    assert chat(house, STRANGER) == []


@pytest.mark.parametrize("token", ["", "a", "x" * 43])
def test_a_guessed_invitation_links_nothing(small_house: House, token: str) -> None:
    """Trap 15."""
    small_house.ask()
    starts(small_house, STRANGER, token)
    assert linked(small_house) == set()
    assert chat(small_house, STRANGER) == []


def test_an_old_invitation_links_nothing(small_house: House) -> None:
    """Trap 15."""
    request = small_house.ask()
    token = make_invite(small_house, request)
    small_house.move(timedelta(days=7, seconds=1))
    starts(small_house, STRANGER, token)
    assert linked(small_house) == set()


def test_a_payer_never_hears_about_anothers_request(small_house: House) -> None:
    """Trap 15: the same start word typed by hand, in another's chat."""
    request = small_house.ask(channels=["telegram"], send_at="2026-11-23T12:00")
    token = make_invite(small_house, request)
    starts(small_house, CHAT, token)
    small_house.sandbox.world.people.register(Person("Iemand", "", STRANGER))
    small_house.hands.start("telegram", str(STRANGER), "")
    small_house.says(f"/start {token}", "telegram", str(STRANGER))
    small_house.says("hoeveel moet ik betalen?", "telegram", str(STRANGER))
    small_house.move(timedelta(hours=3))
    assert chat(small_house, STRANGER) == []


def test_an_answer_goes_to_the_phone_that_asked(small_house: House) -> None:
    """A payer with two numbers writes from the second."""
    request = small_house.ask()
    small_house.settle()

    def second_number(tx: Tx) -> None:
        add_address(tx, of_merchant(tx, small_house.merchant_id, request).payer, "sms", BOB, "merchant")

    small_house.world.db.run(second_number)
    small_house.says("kan ik vrijdag betalen?", who=BOB)
    assert len(phone(small_house, number=BOB)) == 1
    assert len(phone(small_house)) == 1


def test_who_stopped_and_then_joins_a_chat_is_listened_to_there(small_house: House) -> None:
    """To press Start is to come back, on that channel; the others stay silent."""
    request = small_house.ask(channels=["sms"])
    small_house.settle()
    small_house.says("afmelden")
    small_house.joins_telegram(request)
    small_house.says("kan ik vrijdag betalen?", "telegram", str(CHAT))
    assert small_house.request(request).status == "promised"
    assert "vrijdag 27 november" in chat(small_house)[-1]
    small_house.says("stop", "telegram", str(CHAT))
    said, sms = len(chat(small_house)), len(phone(small_house))
    small_house.move(timedelta(days=30))
    assert (len(chat(small_house)), len(phone(small_house))) == (said, sms)

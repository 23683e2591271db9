"""When one channel cannot reach somebody another one is tried, and when none can a person hears of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.db import Tx
from messages.outbox import Outgoing
from tests.bot.stories.watching import addresses, outgoing, person, phone
from tests.house import ANNA, House

BOTH = ["whatsapp", "sms"]


def switched_off(house: House, channel: str) -> None:
    """The merchant took a channel out of the settings while messages for it waited."""
    taken = house.world.channels.pop(channel)  # type: ignore[attr-defined]  # read-only by its type alone
    house.runner.run(taken.close())


def test_who_is_not_on_whatsapp_gets_an_sms(house: House) -> None:
    """Trap 12: Twilio's 201 is no delivery; 63003 comes afterwards."""
    person(house, not_on_whatsapp=True)
    request = house.ask(channels=BOTH)
    house.settle()
    assert house.heard(request) == [("request", "failed"), ("request", "delivered")]
    assert len(phone(house)) == 1
    assert addresses(house)["whatsapp"].unusable_at is not None
    house.move(timedelta(days=4))
    assert house.heard(request)[2:] == [("reminder-1", "delivered")]


def test_free_words_outside_the_window_are_refused_and_go_by_sms(house: House) -> None:
    """Trap 12: without an approved template WhatsApp gives 63016."""
    request = house.ask(channels=BOTH)

    def words_without_template(tx: Tx) -> None:
        row = tx.session.get_one(Outgoing, outgoing(house, request)[0].id)
        row.template = "menu"

    house.world.db.run(words_without_template)
    house.settle()
    assert [status for _, status in house.heard(request)] == ["failed", "delivered"]
    assert addresses(house)["whatsapp"].usable


def test_a_second_message_that_waited_for_the_same_dead_channel_goes_elsewhere_too(house: House) -> None:
    person(house, not_on_whatsapp=True)
    one, two = house.ask(channels=BOTH), house.ask(channels=BOTH)
    house.settle()
    assert house.heard(one)[-1] == house.heard(two)[-1] == ("request", "delivered")
    assert len(phone(house)) == 2


def test_a_channel_that_is_switched_off_gives_way(house: House) -> None:
    request = house.ask(channels=BOTH)
    switched_off(house, "whatsapp")
    house.settle()
    assert house.heard(request) == [("request", "failed"), ("request", "delivered")]
    assert len(phone(house)) == 1


@pytest.mark.parametrize("matter", ["landline", "unreachable"])
def test_who_cannot_be_reached_at_all_is_shown_to_a_person(small_house: House, matter: str) -> None:
    setattr(person(small_house), matter, True)
    request = small_house.ask(channels=["sms"])
    small_house.settle()
    assert small_house.heard(request) == [("request", "failed")]
    assert small_house.request(request).attention == "unreachable"
    assert "unreachable" in small_house.kinds(request)


def test_a_landline_is_reached_by_whatsapp_when_that_is_allowed(small_house: House) -> None:
    person(small_house, landline=True)
    request = small_house.ask(channels=["sms", "whatsapp"])
    small_house.settle()
    assert small_house.heard(request)[-1] == ("request", "delivered")
    assert len(phone(small_house, "whatsapp")) == 1


def test_a_message_that_fell_back_is_not_sent_on_both_when_the_first_arrives_after_all(house: House) -> None:
    """Trap 14: news that comes in the wrong order sends nothing again."""
    person(house, not_on_whatsapp=True)
    request = house.ask(channels=BOTH)
    house.settle()
    before = house.heard(request)
    first = outgoing(house, request)[0]
    assert first.provider_id is not None
    twilio = house.sandbox.world.twilio
    for status in ("sent", "queued"):
        twilio._carrier.move(twilio.get(first.provider_id), status)
    house.sandbox.world.postman.wait_until_idle()
    house.settle()
    assert house.heard(request) == before
    assert house.kinds(request).count("failed") == 1
    assert len(phone(house, number=ANNA)) == 1

"""What a sender of messages can rely on: Twilio's own client, its 201, its codes, its lists."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.http.async_http_client import AsyncTwilioHttpClient
from twilio.rest import Client

from core.clock import ManualClock
from sandbox.people import Person
from sandbox.server import Running
from sandbox.settings import SandboxSettings
from tests.sandbox.conftest import ANNA

SMS = {"to": ANNA, "from_": "+3197010200300"}
WHATSAPP = {"to": f"whatsapp:{ANNA}", "from_": "whatsapp:+3197010200300"}


def test_a_message_is_queued_first_and_delivered_later(twilio: Client, sandbox: Running) -> None:
    message = twilio.messages.create(**SMS, body="Uw fiets is klaar.")
    assert message.status == "queued"
    assert message.sid.startswith("SM")
    assert len(message.sid) == 34
    assert (message.date_sent, message.price, message.error_code) == (None, None, None)
    assert message.direction == "outbound-api"
    sandbox.world.postman.wait_until_idle()
    delivered = message.fetch()
    assert delivered.status == "delivered"
    assert delivered.date_sent is not None


@pytest.mark.filterwarnings("ignore::DeprecationWarning:twilio")
def test_the_asynchronous_client_sends_and_lists_as_well(sandbox: Running, settings: SandboxSettings) -> None:
    async def story() -> tuple[str, list[str]]:
        async with AsyncTwilioHttpClient(timeout=5) as http:
            client = Client(settings.twilio_sid, settings.twilio_token, http_client=http)
            client.api.base_url = sandbox.url
            sent = await client.messages.create_async(**SMS, body="Hoi")
            listed = await client.messages.list_async(to=ANNA, page_size=1)
            return sent.sid, [message.sid for message in listed]

    sid, listed = asyncio.run(story())
    assert listed == [sid]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"to": ""}, 21604),
        ({"to": "+31612"}, 21211),
        ({"to": "0612345678"}, 21211),
        ({"to": "+31201234567"}, 21614),
        ({"from_": None}, 21603),
        ({"from_": "+15005550006"}, 21606),
        ({"from_": "whatsapp:+3197010200300"}, 21910),
        ({"body": None}, 21619),
        ({"body": "a" * 1601}, 21617),
        ({"media_url": ["ftp://x/y"]}, 21620),
        ({"status_callback": "nergens"}, 21609),
        ({"content_sid": "HX" + "0" * 32, "body": None}, 21655),
    ],
)
def test_what_twilio_refuses_at_once_is_refused_with_its_code(
    twilio: Client, asked: dict[str, Any], code: int
) -> None:
    with pytest.raises(TwilioRestException) as caught:
        twilio.messages.create(**{**SMS, "body": "Hoi", **asked})
    assert (caught.value.status, caught.value.code) == (400, code)
    assert twilio.messages.list() == []


def test_an_unknown_whatsapp_sender_is_refused(twilio: Client) -> None:
    with pytest.raises(TwilioRestException) as caught:
        twilio.messages.create(to=f"whatsapp:{ANNA}", from_="whatsapp:+15005550006", body="Hoi")
    assert caught.value.code == 63007


def test_a_closed_country_is_refused(twilio: Client, sandbox: Running) -> None:
    object.__setattr__(sandbox.world.settings, "twilio_closed_countries", frozenset({"BE"}))
    with pytest.raises(TwilioRestException) as caught:
        twilio.messages.create(to="+32470123456", from_=SMS["from_"], body="Hoi")
    assert caught.value.code == 21408


def test_a_wrong_token_is_refused(sandbox: Running, settings: SandboxSettings) -> None:
    client = Client(settings.twilio_sid, "verkeerd")
    client.api.base_url = sandbox.url
    with pytest.raises(TwilioRestException) as caught:
        client.messages("SM" + "0" * 32).fetch()
    assert (caught.value.status, caught.value.code) == (401, 20003)


def test_an_unknown_message_is_not_found(twilio: Client) -> None:
    with pytest.raises(TwilioRestException) as caught:
        twilio.messages("SM" + "0" * 32).fetch()
    assert (caught.value.status, caught.value.code) == (404, 20404)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("a" * 160, "1"),
        ("a" * 161, "2"),
        ("a" * 306, "2"),
        ("a" * 307, "3"),
        ("€" * 80, "1"),
        ("ë" * 70, "1"),
        ("ë" * 71, "2"),
    ],
)
def test_segments_are_counted_as_carriers_do(twilio: Client, text: str, count: str) -> None:
    assert twilio.messages.create(**SMS, body=text).num_segments == count


def test_messages_are_found_by_to_from_and_day(twilio: Client, sandbox: Running, clock: ManualClock) -> None:
    first = twilio.messages.create(**SMS, body="eerste")
    sandbox.world.postman.wait_until_idle()
    clock.advance(timedelta(days=2))
    second = twilio.messages.create(**SMS, body="tweede")
    sandbox.world.postman.wait_until_idle()
    yesterday = clock.now() - timedelta(days=1)
    assert [m.sid for m in twilio.messages.list(to=ANNA)] == [second.sid, first.sid]
    assert [m.sid for m in twilio.messages.list(date_sent_after=yesterday)] == [second.sid]
    assert [m.sid for m in twilio.messages.list(date_sent_before=yesterday)] == [first.sid]
    assert twilio.messages.list(to="+31687654321") == []


def test_a_message_that_was_not_sent_yet_is_missed_by_every_date(
    twilio: Client, settings: SandboxSettings, sandbox: Running, clock: ManualClock
) -> None:
    object.__setattr__(settings, "carrier_seconds", 60.0)
    sid = twilio.messages.create(**SMS, body="Hoi").sid
    assert twilio.messages.list(to=ANNA, date_sent_after=clock.now() - timedelta(hours=1)) == []
    assert [m.sid for m in twilio.messages.list(to=ANNA)] == [sid]


def test_the_list_is_walked_page_by_page(twilio: Client) -> None:
    made = [twilio.messages.create(**SMS, body=f"bericht {n}").sid for n in range(5)]
    assert [message.sid for message in twilio.messages.stream(page_size=2)] == made[::-1]


def test_through_the_messaging_service_the_sender_is_known_later(
    twilio: Client, settings: SandboxSettings, sandbox: Running
) -> None:
    message = twilio.messages.create(
        to=ANNA, messaging_service_sid=settings.twilio_messaging_service, body="Hoi"
    )
    assert (message.status, message.from_, message.num_segments) == ("accepted", None, "0")
    sandbox.world.postman.wait_until_idle()
    assert message.fetch().from_ == settings.twilio_sms_from


def test_a_scheduled_message_can_be_cancelled(
    twilio: Client, settings: SandboxSettings, sandbox: Running, clock: ManualClock
) -> None:
    message = twilio.messages.create(
        to=ANNA,
        messaging_service_sid=settings.twilio_messaging_service,
        body="Hoi",
        schedule_type="fixed",
        send_at=clock.now() + timedelta(hours=1),
    )
    assert message.status == "scheduled"
    assert message.update(status="canceled").status == "canceled"
    clock.advance(timedelta(hours=2))
    sandbox.world.postman.wait_until_idle()
    assert message.fetch().status == "canceled"


def test_a_sent_message_cannot_be_cancelled_but_can_be_emptied_and_deleted(
    twilio: Client, sandbox: Running
) -> None:
    message = twilio.messages.create(**SMS, body="Hoi")
    sandbox.world.postman.wait_until_idle()
    with pytest.raises(TwilioRestException):
        message.update(status="canceled")
    assert message.update(body="").body == ""
    assert message.delete()
    assert twilio.messages.list() == []


@pytest.mark.parametrize(
    ("person", "channel", "status", "code"),
    [
        (Person("Bo", number=ANNA, not_on_whatsapp=True), WHATSAPP, "undelivered", 63003),
        (Person("Bo", number=ANNA, blocked={"whatsapp"}), WHATSAPP, "undelivered", 63014),
        (Person("Bo", number=ANNA, unreachable=True), SMS, "undelivered", 30003),
        (Person("Bo", number=ANNA, blocked={"sms"}), SMS, "undelivered", 30005),
    ],
)
def test_what_is_the_matter_with_a_number_shows_only_after_the_201(
    twilio: Client,
    sandbox: Running,
    person: Person,
    channel: dict[str, str],
    status: str,
    code: int,
) -> None:
    sandbox.world.people.register(person)
    message = twilio.messages.create(**channel, body="Hoi")
    assert message.status == "queued"
    sandbox.world.postman.wait_until_idle()
    failed = message.fetch()
    assert (failed.status, failed.error_code) == (status, code)
    assert failed.error_message


def test_a_number_known_as_a_landline_is_refused_at_once(twilio: Client, sandbox: Running) -> None:
    sandbox.world.people.register(Person("Bo", number=ANNA, landline=True))
    with pytest.raises(TwilioRestException) as caught:
        twilio.messages.create(**SMS, body="Hoi")
    assert caught.value.code == 21614

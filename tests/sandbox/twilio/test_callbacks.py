"""What the product can rely on from Twilio's webhooks: signed, complete, repeated only if nobody listens."""

from __future__ import annotations

import pytest
import requests
from twilio.base.exceptions import TwilioRestException
from twilio.request_validator import RequestValidator
from twilio.rest import Client

from core.clock import ManualClock
from core.ids import SeededIds
from sandbox.letters import Answer, Letter
from sandbox.people import Person
from sandbox.server import Running
from sandbox.settings import SandboxSettings
from sandbox.world import SandboxWorld
from tests.sandbox.conftest import ANNA
from tests.sandbox.ears import Ear, names
from tests.sandbox.twilio.test_messages import SMS, WHATSAPP


def signed(ear: Ear, settings: SandboxSettings) -> list[bool]:
    validator = RequestValidator(settings.twilio_token)
    return [
        validator.validate(ear.url + h.path, h.form, h.headers.get("X-Twilio-Signature", ""))
        for h in ear.heard
    ]


def test_every_status_but_the_first_is_called_back_in_order_and_signed(
    twilio: Client, settings: SandboxSettings, ear: Ear
) -> None:
    message = twilio.messages.create(**SMS, body="Hoi", status_callback=f"{ear.url}/status/7#rc=3")
    heard = ear.wait_for(2)
    assert names(heard, "MessageStatus") == ["sent", "delivered"]
    assert names(heard, "MessageSid") == [message.sid] * 2
    assert heard[0].path == "/status/7"
    assert heard[0].form["AccountSid"] == settings.twilio_sid
    assert signed(ear, settings) == [True, True]


def test_a_failure_carries_its_code(twilio: Client, ear: Ear) -> None:
    twilio.messages.create(**WHATSAPP, body="Hoi", status_callback=f"{ear.url}/status")
    (heard,) = ear.wait_for(1)
    assert (heard.form["MessageStatus"], heard.form["ErrorCode"]) == ("undelivered", "63016")


def test_reading_on_whatsapp_is_called_back(
    twilio: Client, sandbox: Running, anna: Person, ear: Ear, settings: SandboxSettings
) -> None:
    sandbox.world.twilio.say("whatsapp", ANNA, "hallo?")
    twilio.messages.create(**WHATSAPP, body="Hoi", status_callback=f"{ear.url}/status")
    sandbox.world.postman.wait_until_idle()
    sandbox.world.twilio.look("whatsapp", ANNA)
    sandbox.world.postman.wait_until_idle()
    statuses = ear.forms("/status")
    assert [form["MessageStatus"] for form in statuses] == ["sent", "delivered", "read"]
    assert statuses[-1]["EventType"] == "READ"
    assert signed(ear, settings)[-1]


def test_a_refused_callback_is_not_repeated(twilio: Client, sandbox: Running, ear: Ear) -> None:
    ear.answers.extend([500, 500])
    twilio.messages.create(**SMS, body="Hoi", status_callback=f"{ear.url}/status")
    ear.wait_for(2)
    sandbox.world.postman.wait_until_idle()
    assert names(ear.heard, "MessageStatus") == ["sent", "delivered"]


def test_an_answer_arrives_signed_with_who_and_what(
    sandbox: Running, anna: Person, ear: Ear, settings: SandboxSettings
) -> None:
    ear.heard.clear()
    message = sandbox.world.twilio.say("whatsapp", ANNA, "kan ik vrijdag één keer later betalen? 🙏")
    (heard,) = ear.wait_for(1)
    assert heard.path == "/webhooks/twilio/message"
    assert heard.form["MessageSid"] == message.sid
    assert heard.form["From"] == f"whatsapp:{ANNA}"
    assert heard.form["To"] == settings.twilio_whatsapp_from
    assert heard.form["Body"] == "kan ik vrijdag één keer later betalen? 🙏"
    assert heard.form["WaId"] == ANNA.lstrip("+")
    assert heard.form["ProfileName"] == "Anna de Vries"
    assert heard.form["NumMedia"] == "0"
    assert signed(ear, settings) == [True]


def test_an_answer_is_also_in_the_list_of_messages(twilio: Client, sandbox: Running) -> None:
    message = sandbox.world.twilio.say("sms", ANNA, "vrijdag")
    (listed,) = twilio.messages.list(from_=ANNA)
    assert (listed.sid, listed.direction, listed.status) == (message.sid, "inbound", "received")


def test_stop_by_sms_is_obeyed_answered_and_passed_on(twilio: Client, sandbox: Running, ear: Ear) -> None:
    sandbox.world.twilio.say("sms", ANNA, " stop ")
    ear.wait_for(1)
    with pytest.raises(TwilioRestException) as caught:
        twilio.messages.create(**SMS, body="Hoi")
    assert caught.value.code == 21610
    sandbox.world.postman.wait_until_idle()
    (reply,) = twilio.messages.list(to=ANNA)
    assert (reply.direction, reply.status) == ("outbound-reply", "delivered")
    sandbox.world.twilio.say("sms", ANNA, "START")
    assert twilio.messages.create(**SMS, body="Hoi").status == "queued"


def test_stop_on_whatsapp_is_left_to_the_product(twilio: Client, sandbox: Running) -> None:
    sandbox.world.twilio.say("whatsapp", ANNA, "STOP")
    assert twilio.messages.create(**WHATSAPP, body="Hoi").status == "queued"


def test_only_a_connection_that_could_not_be_made_is_tried_again_and_once(
    clock: ManualClock, ids: SeededIds
) -> None:
    tried: list[int] = []

    def nobody_listens(letter: Letter) -> Answer:
        tried.append(letter.attempt)
        return Answer(None, connected=False)

    settings = SandboxSettings(twilio_inbound_url="http://product/webhooks/twilio/message")
    world = SandboxWorld(settings, clock, ids, transport=nobody_listens)
    world.twilio.say("sms", ANNA, "hallo")
    world.postman.run_due()
    world.close()
    assert tried == [1, 2]


def test_the_sandbox_survives_a_product_that_is_down(sandbox: Running, settings: SandboxSettings) -> None:
    object.__setattr__(settings, "twilio_inbound_url", "http://127.0.0.1:9/dicht")
    sandbox.world.twilio.say("sms", ANNA, "hallo")
    assert sandbox.world.postman.wait_until_idle()
    assert requests.get(f"{sandbox.url}/clock", timeout=5).status_code == 200

"""What a sender can rely on with WhatsApp: the window of 24 hours, templates, buttons, pictures."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client
from twilio.rest.content.v1.content import ContentList
from twilio.rest.content.v1.content.approval_create import ApprovalCreateList

from core.clock import ManualClock
from sandbox.server import Running
from sandbox.settings import SandboxSettings
from tests.sandbox.conftest import ANNA
from tests.sandbox.ears import Ear
from tests.sandbox.twilio.test_messages import SMS, WHATSAPP

QUICK = {
    "twilio/quick-reply": {
        "body": "Hoi {{1}}, de nota is {{2}}.",
        "actions": [{"title": "Vrijdag", "id": "friday"}, {"title": "In 3 keer", "id": "in-3"}],
    }
}


def make(twilio: Client, types: dict[str, Any], variables: dict[str, str] | None = None) -> str:
    """Create a template by the official client."""
    body = {"friendly_name": "seintje", "language": "nl", "variables": variables or {}, "types": types}
    request = ContentList.ContentCreateRequest(body)
    return str(twilio.content.v1.contents.create(request).sid)


def approve(twilio: Client, sid: str) -> None:
    request = ApprovalCreateList.ContentApprovalRequest({"name": "seintje_nl", "category": "UTILITY"})
    answer = twilio.content.v1.contents(sid).approval_create.create(request)
    assert answer.status == "received"


def outcome(message: Any, sandbox: Running) -> tuple[str, int | None]:
    sandbox.world.postman.wait_until_idle()
    now = message.fetch()
    return now.status, now.error_code


def test_free_words_outside_the_window_are_accepted_and_fail_later(twilio: Client, sandbox: Running) -> None:
    message = twilio.messages.create(**WHATSAPP, body="Hoi")
    assert message.status == "queued"
    assert outcome(message, sandbox) == ("undelivered", 63016)


def test_the_window_opens_when_the_payer_writes_and_closes_after_24_hours(
    twilio: Client, sandbox: Running, clock: ManualClock
) -> None:
    sandbox.world.twilio.say("whatsapp", ANNA, "hallo?")
    clock.advance(timedelta(hours=24) - timedelta(seconds=1))
    inside = twilio.messages.create(**WHATSAPP, body="Hoi")
    assert outcome(inside, sandbox) == ("delivered", None)
    clock.advance(timedelta(seconds=1))
    outside = twilio.messages.create(**WHATSAPP, body="Hoi")
    assert outcome(outside, sandbox) == ("undelivered", 63016)


def test_an_sms_does_not_open_the_window(twilio: Client, sandbox: Running) -> None:
    sandbox.world.twilio.say("sms", ANNA, "hallo?")
    message = twilio.messages.create(**WHATSAPP, body="Hoi")
    assert outcome(message, sandbox) == ("undelivered", 63016)


def test_an_approved_template_passes_outside_the_window_and_an_unapproved_one_does_not(
    twilio: Client, sandbox: Running
) -> None:
    sid = make(twilio, QUICK)
    variables = json.dumps({"1": "Anna", "2": "€ 42,50"})
    before = twilio.messages.create(**WHATSAPP, content_sid=sid, content_variables=variables)
    assert outcome(before, sandbox) == ("undelivered", 63016)
    approve(twilio, sid)
    after = twilio.messages.create(**WHATSAPP, content_sid=sid, content_variables=variables)
    assert outcome(after, sandbox) == ("delivered", None)
    assert after.fetch().body == "Hoi Anna, de nota is € 42,50."


def test_approval_takes_as_long_as_it_is_set_to(
    twilio: Client, settings: SandboxSettings, clock: ManualClock
) -> None:
    object.__setattr__(settings, "approval_seconds", 60.0)
    sid = make(twilio, QUICK)
    approve(twilio, sid)
    status = twilio.content.v1.contents(sid).approval_fetch().fetch
    assert status().whatsapp["status"] == "pending"
    clock.advance(timedelta(minutes=1))
    assert status().whatsapp["status"] == "approved"


def test_an_unapproved_template_has_at_most_three_buttons(twilio: Client, sandbox: Running) -> None:
    sandbox.world.twilio.say("whatsapp", ANNA, "hallo?")
    four = [{"title": f"Dag {n}", "id": f"d{n}"} for n in range(4)]
    sid = make(twilio, {"twilio/quick-reply": {"body": "Kies", "actions": four}})
    message = twilio.messages.create(**WHATSAPP, content_sid=sid)
    assert outcome(message, sandbox) == ("undelivered", 63005)


@pytest.mark.parametrize("variables", ["{", "[]", '{"1": ""}', '{"1": null}', '{"1": 5}'])
def test_bad_variables_are_refused(twilio: Client, variables: str) -> None:
    sid = make(twilio, QUICK)
    with pytest.raises(TwilioRestException) as caught:
        twilio.messages.create(**WHATSAPP, content_sid=sid, content_variables=variables)
    assert caught.value.code == 21656


def test_a_dict_of_variables_is_refused_because_the_client_sends_its_keys_only(twilio: Client) -> None:
    sid = make(twilio, QUICK)
    with pytest.raises(TwilioRestException) as caught:
        twilio.messages.create(**WHATSAPP, content_sid=sid, content_variables={"1": "Anna", "2": "€ 42,50"})
    assert caught.value.code == 21656


@pytest.mark.parametrize(
    "types",
    [
        {},
        {"twilio/text": {}},
        {"twilio/quick-reply": {"body": "x", "actions": [{"title": "y" * 21}]}},
        {"twilio/quick-reply": {"body": "x", "actions": [{"title": "y"}] * 11}},
        {"whatsapp/card": {"body": "x", "footer": "y" * 61}},
        {"twilio/list-picker": {"body": "x", "button": "y", "items": [{"item": "z" * 25, "id": "1"}]}},
        {"twilio/call-to-action": {"body": "x", "actions": [{"type": "URL", "title": "Betaal"}]}},
    ],
)
def test_a_template_beyond_the_limits_is_refused(twilio: Client, types: dict[str, Any]) -> None:
    with pytest.raises(TwilioRestException) as caught:
        make(twilio, types)
    assert caught.value.status == 400


def test_templates_are_listed_by_absolute_links_and_deleted(twilio: Client) -> None:
    made = [make(twilio, QUICK) for _ in range(3)]
    listed = twilio.content.v1.contents.stream(page_size=2)
    assert [content.sid for content in listed] == made[::-1]
    assert twilio.content.v1.contents(made[0]).delete()
    assert len(twilio.content.v1.contents.list()) == 2


def test_a_card_shows_its_picture_words_and_buttons_on_the_phone(
    twilio: Client, sandbox: Running, ear: Ear, qr_png: bytes
) -> None:
    ear.files["abc.png"] = (qr_png, "image/png")
    card = {
        "body": "Hoi {{1}}",
        "footer": "Fietshuis Jansen",
        "media": [ear.url + "/files/{{2}}.png"],
        "actions": [
            {"type": "URL", "title": "Betaal", "url": "http://127.0.0.1:8000/p/{{2}}"},
            {"type": "QUICK_REPLY", "title": "Vrijdag", "id": "friday"},
        ],
    }
    sid = make(twilio, {"whatsapp/card": card})
    approve(twilio, sid)
    variables = json.dumps({"1": "Anna", "2": "abc"})
    message = twilio.messages.create(**WHATSAPP, content_sid=sid, content_variables=variables)
    assert message.sid.startswith("MM")
    assert outcome(message, sandbox) == ("delivered", None)
    stored = sandbox.world.twilio.get(message.sid)
    assert [(b.title, b.url) for b in stored.rendered.buttons] == [
        ("Betaal", "http://127.0.0.1:8000/p/abc"),
        ("Vrijdag", ""),
    ]
    assert sandbox.world.media.scan(stored.media[0]) == "http://127.0.0.1:8000/p/abc123"


@pytest.mark.parametrize("file", ["weg.png", "pagina.html"])
def test_a_picture_that_cannot_be_fetched_fails_the_message(
    twilio: Client, sandbox: Running, ear: Ear, file: str
) -> None:
    ear.files["pagina.html"] = (b"<html>", "text/html")
    sandbox.world.twilio.say("whatsapp", ANNA, "hallo?")
    message = twilio.messages.create(**WHATSAPP, body="QR", media_url=[f"{ear.url}/files/{file}"])
    assert outcome(message, sandbox) == ("failed", 63019)


def test_over_sms_a_template_shows_its_plain_text_without_buttons(twilio: Client, sandbox: Running) -> None:
    sid = make(twilio, {**QUICK, "twilio/text": {"body": "Antwoord VRIJDAG, {{1}}."}})
    sent = twilio.messages.create(**SMS, content_sid=sid, content_variables='{"1": "Anna"}')
    assert sent.body == "Antwoord VRIJDAG, Anna."
    assert sandbox.world.twilio.get(sent.sid).rendered.buttons == ()


def test_a_list_to_pick_from_never_opens_a_conversation(twilio: Client, sandbox: Running) -> None:
    items = [{"id": "friday", "item": "Vrijdag", "description": "27 november"}]
    sid = make(twilio, {"twilio/list-picker": {"body": "Wanneer?", "button": "Kies", "items": items}})
    approve(twilio, sid)
    outside = twilio.messages.create(**WHATSAPP, content_sid=sid)
    assert outcome(outside, sandbox) == ("undelivered", 63016)
    sandbox.world.twilio.say("whatsapp", ANNA, "hallo?")
    inside = twilio.messages.create(**WHATSAPP, content_sid=sid)
    assert outcome(inside, sandbox) == ("delivered", None)
    assert [b.title for b in sandbox.world.twilio.get(inside.sid).rendered.buttons] == ["Vrijdag"]

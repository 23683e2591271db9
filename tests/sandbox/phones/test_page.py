"""What a visitor without a script can rely on: the threads are there, and every tap and word goes through."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
import requests
from twilio.rest import Client

from core.clock import ManualClock
from sandbox.people import Person
from sandbox.server import Running
from sandbox.telegram.entities import read_text
from tests.sandbox.conftest import ANNA
from tests.sandbox.ears import Ear
from tests.sandbox.phones.visitor import Visitor, said
from tests.sandbox.twilio.test_messages import SMS, WHATSAPP
from tests.sandbox.twilio.test_whatsapp import QUICK, approve, make

BRAM = "+31623456789"
INVITATION = "https://t.me/seintje_bot?start=tok-42"


@pytest.fixture
def visitor(sandbox: Running, browser: requests.Session) -> Visitor:
    return Visitor(browser, sandbox.url)


def quick_replies(twilio: Client, sandbox: Running) -> str:
    sid = make(twilio, QUICK)
    approve(twilio, sid)
    variables = json.dumps({"1": "Anna", "2": "€ 42,50"})
    message = twilio.messages.create(**WHATSAPP, content_sid=sid, content_variables=variables)
    sandbox.world.postman.wait_until_idle()
    return str(message.sid)


def test_the_first_page_shows_a_thread_on_each_of_the_three_phones(
    visitor: Visitor, twilio: Client, sandbox: Running, anna: Person
) -> None:
    quick_replies(twilio, sandbox)
    twilio.messages.create(**SMS, body="Betaal: http://127.0.0.1:8000/p/abc")
    sandbox.world.telegram.send(anna.telegram_id, read_text("Dag <b>Anna</b>", "HTML"), [])
    sandbox.world.postman.wait_until_idle()
    visitor.go()
    assert said(visitor.phone("whatsapp")) == ["Hoi Anna, de nota is € 42,50."]
    assert said(visitor.phone("sms")) == ["Betaal: http://127.0.0.1:8000/p/abc"]
    assert said(visitor.phone("telegram")) == ["/start", "Dag Anna"]
    assert visitor.phone("telegram").one(".bold").text == "Anna"
    link = visitor.phone("sms").one(".text").one("a")
    assert link.attributes["href"] == "http://127.0.0.1:8000/p/abc"
    assert link.attributes["target"] == "_blank"
    assert "noopener" in link.attributes["rel"]


def test_a_page_with_nobody_on_it_says_so(visitor: Visitor) -> None:
    visitor.go()
    assert visitor.status == 200
    assert [len(visitor.phone(c).all(".empty")) for c in ("whatsapp", "sms", "telegram")] == [1, 1, 1]


def test_the_newest_message_is_on_top_of_the_table_and_the_other_one_gets_a_badge(
    visitor: Visitor, twilio: Client, sandbox: Running, clock: ManualClock, anna: Person
) -> None:
    sandbox.world.people.register(Person("Bram Bakker", BRAM))
    twilio.messages.create(**SMS, body="voor Anna")
    sandbox.world.postman.wait_until_idle()
    clock.advance(timedelta(seconds=1))
    twilio.messages.create(**{**SMS, "to": BRAM}, body="voor Bram")
    sandbox.world.postman.wait_until_idle()
    visitor.go()
    assert said(visitor.phone("sms")) == ["voor Bram"]
    chosen, other = visitor.phone("sms").all(".chip")
    assert (chosen.text, other.text) == ("Bram Bakker11 nieuw", "Anna11 nieuw")
    visitor.go(other.attributes["href"])
    assert said(visitor.phone("sms")) == ["voor Anna"]


def test_what_is_typed_reaches_the_shop_and_stands_in_the_thread(
    visitor: Visitor, ear: Ear, anna: Person
) -> None:
    visitor.go()
    visitor.write("sms", "kan ik vrijdag betalen?")
    assert said(visitor.phone("sms")) == ["kan ik vrijdag betalen?"]
    visitor.write("telegram", "in 3 keer")
    assert said(visitor.phone("telegram")) == ["/start", "in 3 keer"]
    heard = ear.wait_for(3)
    assert [h.form["Body"] for h in heard if h.form] == ["kan ik vrijdag betalen?"]
    assert [h.json["message"]["text"] for h in heard if h.json] == ["/start", "in 3 keer"]


def test_a_quick_reply_is_pressed_without_a_script(
    visitor: Visitor, twilio: Client, sandbox: Running, ear: Ear, anna: Person
) -> None:
    sid = quick_replies(twilio, sandbox)
    visitor.go()
    visitor.tap("whatsapp", "In 3 keer")
    assert said(visitor.phone("whatsapp"))[-1] == "In 3 keer"
    pressed = [form for form in (h.form for h in ear.wait_for(2)) if "ButtonPayload" in form]
    assert [(f["ButtonPayload"], f["OriginalRepliedMessageSid"]) for f in pressed] == [("in-3", sid)]


def test_an_inline_button_is_pressed_without_a_script(
    visitor: Visitor, sandbox: Running, ear: Ear, anna: Person
) -> None:
    keyboard = [[{"text": "Later betalen", "callback_data": "later&<x>"}]]
    sandbox.world.telegram.send(anna.telegram_id, read_text("Dag", ""), keyboard)
    visitor.go()
    visitor.tap("telegram", "Later betalen")
    heard = ear.wait_for(2)
    assert [h.json["callback_query"]["data"] for h in heard if "callback_query" in h.json] == ["later&<x>"]


def test_an_answer_to_one_message_quotes_it_and_tells_the_shop_which(
    visitor: Visitor, twilio: Client, sandbox: Running, ear: Ear, anna: Person
) -> None:
    sid = quick_replies(twilio, sandbox)
    visitor.go()
    visitor.go(visitor.phone("whatsapp").one(".reply").attributes["href"])
    visitor.write("whatsapp", "vrijdag")
    assert visitor.phone("whatsapp").one(".quote").text == "Hoi Anna, de nota is € 42,50."
    answers = [h.form for h in ear.wait_for(2) if h.form.get("Body") == "vrijdag"]
    assert [form["OriginalRepliedMessageSid"] for form in answers] == [sid]


def test_looking_at_the_page_reads_nothing_and_answering_does(
    visitor: Visitor, twilio: Client, sandbox: Running, anna: Person
) -> None:
    sid = quick_replies(twilio, sandbox)
    visitor.go()
    assert sandbox.world.twilio.get(sid).status == "delivered"
    visitor.write("whatsapp", "ja")
    assert sandbox.world.twilio.get(sid).status == "read"


def test_an_invitation_in_a_text_opens_the_bot_for_someone_who_never_used_telegram(
    visitor: Visitor, twilio: Client, sandbox: Running, ear: Ear
) -> None:
    sandbox.world.people.register(Person("Anna de Vries", ANNA))
    twilio.messages.create(**SMS, body=f"Liever Telegram? {INVITATION}")
    sandbox.world.postman.wait_until_idle()
    visitor.go()
    visitor.tap("sms", INVITATION)
    assert said(visitor.phone("telegram")) == ["/start tok-42"]
    heard = ear.wait_for(1)
    assert [h.json["message"]["text"] for h in heard if h.json] == ["/start tok-42"]


def test_the_start_button_waits_on_the_telegram_phone_of_who_was_invited(
    visitor: Visitor, twilio: Client, sandbox: Running
) -> None:
    sandbox.world.people.register(Person("Anna de Vries", ANNA, telegram_id=77))
    visitor.go()
    assert visitor.phone("telegram").all("button") == []
    twilio.messages.create(**SMS, body=f"Liever Telegram? {INVITATION}")
    sandbox.world.postman.wait_until_idle()
    visitor.go()
    visitor.tap("telegram", "Start")
    assert said(visitor.phone("telegram")) == ["/start tok-42"]


@pytest.mark.parametrize("channel", ["whatsapp", "sms", "telegram"])
def test_who_blocks_the_shop_cannot_write_until_they_unblock_it(
    visitor: Visitor, sandbox: Running, anna: Person, channel: str
) -> None:
    visitor.go()
    visitor.tap(channel, "Blokkeer Fietshuis Jansen")
    assert channel in anna.blocked
    assert not visitor.has_field(channel)
    visitor.tap(channel, "Deblokkeer")
    assert anna.blocked == set()
    visitor.write(channel, "daar ben ik weer")
    assert said(visitor.phone(channel))[-1] == "daar ben ik weer"


def test_a_button_that_has_gone_says_that_it_did_not_work_and_keeps_the_page(
    visitor: Visitor, sandbox: Running, anna: Person
) -> None:
    _, note = sandbox.world.telegram.send(
        77, read_text("Dag", ""), [[{"text": "Later", "callback_data": "l"}]]
    )
    visitor.go()
    sandbox.world.telegram.edit(77, note.id, None, [])
    visitor.tap("telegram", "Later")
    assert visitor.status == 409
    assert visitor.page.one("#notice").text == "Dat lukt nu niet. Probeer het nog eens."
    assert said(visitor.phone("telegram")) == ["/start", "Dag"]


def test_another_site_cannot_write_in_somebodys_name(sandbox: Running, anna: Person) -> None:
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elders.example"}):
        url = f"{sandbox.url}/phones/hands/sms/{ANNA}/say"
        assert requests.post(url, {"text": "stop"}, headers=headers, timeout=5).status_code == 403
    assert sandbox.world.twilio.everything() == []


def test_the_second_device_goes_where_the_code_says(
    visitor: Visitor, sandbox: Running, anna: Person, qr_png: bytes
) -> None:
    shelf = sandbox.world.media
    picture = sandbox.world.telegram.keep_picture(shelf.keep(qr_png, "image/png"))
    sandbox.world.telegram.send(anna.telegram_id, read_text("Dag", ""), [], picture)
    visitor.go()
    visitor.go(visitor.phone("telegram").one(".scan").attributes["href"])
    assert visitor.page.one("a").attributes["href"] == "http://127.0.0.1:8000/p/abc123"
    refreshes = [m.attributes for m in visitor.page.all("meta") if m.attributes.get("http-equiv")]
    assert [r["content"] for r in refreshes] == ["1;url=http://127.0.0.1:8000/p/abc123"]


def test_days_are_named_as_people_name_them(
    visitor: Visitor, sandbox: Running, clock: ManualClock, anna: Person
) -> None:
    for _ in range(3):
        sandbox.world.twilio.say("sms", ANNA, "hallo")
        clock.advance(timedelta(days=1))
    clock.advance(timedelta(days=-1))
    visitor.go()
    assert [day.text for day in visitor.phone("sms").all(".day")] == [
        "maandag 23 november",
        "Gisteren",
        "Vandaag",
    ]

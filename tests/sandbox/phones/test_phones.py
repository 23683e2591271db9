"""What a person with a phone can rely on: everything arrives, and everything they do is passed on."""

from __future__ import annotations

import json
import threading
import time
from typing import Any

import pytest
import requests
from twilio.rest import Client

from sandbox.people import Person
from sandbox.server import Running
from tests.sandbox.conftest import ANNA
from tests.sandbox.ears import Ear
from tests.sandbox.telegram.conftest import Telling
from tests.sandbox.twilio.test_messages import SMS, WHATSAPP
from tests.sandbox.twilio.test_whatsapp import QUICK, approve, make


class Pocket:
    """The phones over HTTP, as a page or a script uses them."""

    def __init__(self, url: str) -> None:
        self._url = f"{url}/phones"

    def look(self, since: int = 0, wait: float = 0) -> dict[str, Any]:
        query = {"since": since, "wait": wait}
        found: dict[str, Any] = requests.get(f"{self._url}/state", params=query, timeout=10).json()
        return found

    def thread(self, channel: str, who: str = ANNA) -> list[dict[str, Any]]:
        (person,) = [p for p in self.look()["people"] if p["id"] == who]
        messages: list[dict[str, Any]] = person["threads"][channel]["messages"]
        return messages

    def do(self, path: str, status: int = 200, **body: object) -> dict[str, Any]:
        answer = requests.post(f"{self._url}/{path}", json=body, timeout=5)
        assert answer.status_code == status, answer.text
        done: dict[str, Any] = answer.json()
        return done

    def get(self, path: str) -> requests.Response:
        return requests.get(f"{self._url}/{path}", timeout=5)


@pytest.fixture
def pocket(sandbox: Running) -> Pocket:
    return Pocket(sandbox.url)


def test_a_phone_exists_as_soon_as_it_is_sent_something(
    twilio: Client, sandbox: Running, pocket: Pocket
) -> None:
    assert pocket.look()["people"] == []
    twilio.messages.create(**SMS, body="Betaal: http://127.0.0.1/p/abc.")
    sandbox.world.postman.wait_until_idle()
    (message,) = pocket.thread("sms")
    assert (message["mine"], message["status"]) == (False, "delivered")
    assert message["runs"] == [
        {"text": "Betaal: "},
        {"text": "http://127.0.0.1/p/abc", "url": "http://127.0.0.1/p/abc"},
        {"text": "."},
    ]


def test_people_are_registered_with_what_is_the_matter(pocket: Pocket, sandbox: Running) -> None:
    made = pocket.do("people", 201, name="Bo", number=ANNA)
    assert made["telegram_id"] > 0
    again = pocket.do("people", 201, name="Bo Bakker", number=ANNA, language="en")
    assert again["id"] == made["id"] == ANNA
    (person,) = pocket.look()["people"]
    assert (person["name"], person["language"]) == ("Bo Bakker", "en")
    assert again["telegram_id"] == made["telegram_id"]
    for wrong in ({"shoe_size": 43}, {"telegram_id": "77"}, {"landline": "ja"}):
        assert pocket.do("people", 409, name="Bo", **wrong)["error"]


def test_only_what_changed_is_sent_again(pocket: Pocket, sandbox: Running) -> None:
    pocket.do("people", 201, name="Anna", number=ANNA)
    pocket.do("people", 201, name="Bo", number="+31687654321")
    version = pocket.look()["version"]
    assert pocket.look(version)["people"] == []
    pocket.do(f"sms/{ANNA}/say", text="hallo")
    later = pocket.look(version)
    assert [p["name"] for p in later["people"]] == ["Anna"]
    assert later["version"] > version


def test_a_page_can_wait_for_news(pocket: Pocket, sandbox: Running) -> None:
    pocket.do("people", 201, name="Anna", number=ANNA)
    version = pocket.look()["version"]
    threading.Timer(0.1, sandbox.world.twilio.say, ("sms", ANNA, "hallo")).start()
    started = time.monotonic()
    assert pocket.look(version, wait=5)["version"] > version
    assert time.monotonic() - started < 3


def test_an_answer_on_whatsapp_reaches_the_product(pocket: Pocket, ear: Ear) -> None:
    said = pocket.do(f"whatsapp/{ANNA}/say", text="*vrijdag* kan wel")
    (heard,) = ear.wait_for(1)
    assert heard.form["MessageSid"] == said["id"]
    (message,) = pocket.thread("whatsapp")
    assert message["mine"] is True
    assert message["runs"][0] == {"text": "vrijdag", "styles": ["bold"]}
    assert pocket.look()["people"][0]["threads"]["whatsapp"]["window_open"] is True


def test_a_tap_on_a_quick_reply_says_what_it_answers(
    twilio: Client, sandbox: Running, pocket: Pocket, ear: Ear
) -> None:
    sid = make(twilio, QUICK)
    approve(twilio, sid)
    variables = json.dumps({"1": "Anna", "2": "€ 42,50"})
    sent = twilio.messages.create(**WHATSAPP, content_sid=sid, content_variables=variables)
    sandbox.world.postman.wait_until_idle()
    (message,) = pocket.thread("whatsapp")
    assert [row[0]["title"] for row in message["buttons"]] == ["Vrijdag", "In 3 keer"]
    pocket.do(f"whatsapp/{ANNA}/press", message=sent.sid, button="in-3")
    (heard,) = ear.wait_for(1)
    assert heard.form["Body"] == "In 3 keer"
    assert (heard.form["ButtonText"], heard.form["ButtonPayload"]) == ("In 3 keer", "in-3")
    assert heard.form["OriginalRepliedMessageSid"] == sent.sid
    pocket.do(f"whatsapp/{ANNA}/press", 409, message=sent.sid, button="nooit")


def test_an_answer_to_one_message_names_it(
    twilio: Client, sandbox: Running, pocket: Pocket, ear: Ear
) -> None:
    pocket.do(f"whatsapp/{ANNA}/say", text="hallo")
    sent = twilio.messages.create(**WHATSAPP, body="Kan het vrijdag?")
    sandbox.world.postman.wait_until_idle()
    pocket.do(f"whatsapp/{ANNA}/say", text="ja", reply_to=sent.sid)
    assert ear.wait_for(2)[1].form["OriginalRepliedMessageSid"] == sent.sid


def test_reading_shows_in_the_ticks_and_empties_the_unread(
    twilio: Client, sandbox: Running, pocket: Pocket
) -> None:
    pocket.do(f"whatsapp/{ANNA}/say", text="hallo")
    sent = twilio.messages.create(**WHATSAPP, body="Hoi")
    sandbox.world.postman.wait_until_idle()
    (person,) = pocket.look()["people"]
    assert person["threads"]["whatsapp"]["unread"] == 1
    pocket.do(f"whatsapp/{ANNA}/read")
    (person,) = pocket.look()["people"]
    assert person["threads"]["whatsapp"]["unread"] == 0
    assert sent.fetch().status == "read"


def test_a_qr_code_on_the_phone_can_be_scanned(
    twilio: Client, sandbox: Running, pocket: Pocket, ear: Ear, qr_png: bytes
) -> None:
    ear.files["qr.png"] = (qr_png, "image/png")
    pocket.do(f"whatsapp/{ANNA}/say", text="hallo")
    twilio.messages.create(**WHATSAPP, body="Scan mij", media_url=[f"{ear.url}/files/qr.png"])
    sandbox.world.postman.wait_until_idle()
    (media,) = pocket.thread("whatsapp")[1]["media"]
    assert pocket.get(f"media/{media['id']}").content == qr_png
    assert pocket.get(f"scan/{media['id']}").json() == {"text": "http://127.0.0.1:8000/p/abc123"}
    assert pocket.get("scan/nergens").status_code == 404


def test_telegram_on_the_phone_from_start_to_block(pocket: Pocket, sandbox: Running, ear: Ear) -> None:
    who = str(pocket.do("people", 201, name="Anna", number=ANNA)["telegram_id"])
    assert pocket.do(f"telegram/{who}/say", 409, text="hallo")["error"].endswith("chat not found")
    pocket.do(f"telegram/{who}/start", payload="abc")
    telling = Telling(sandbox, sandbox.world.settings.telegram_token)
    markup = {"inline_keyboard": [[{"text": "Vrijdag", "callback_data": "friday"}]]}
    sent = telling(
        lambda bot: bot.send_message(
            int(who), "Hoi <b>Anna</b>", parse_mode="HTML", api_kwargs={"reply_markup": markup}
        )
    )
    start, message = pocket.thread("telegram")
    assert (start["mine"], start["text"]) == (True, "/start abc")
    assert message["runs"] == [{"text": "Hoi "}, {"text": "Anna", "styles": ["bold"]}]
    assert message["buttons"] == [[{"kind": "reply", "title": "Vrijdag", "id": "friday", "url": ""}]]
    pocket.do(f"telegram/{who}/press", message=str(sent.message_id), button="friday")
    pocket.do(f"telegram/{who}/read")
    pocket.do(f"telegram/{who}/block")
    pocket.do(f"telegram/{who}/unblock")
    kinds = [sorted(heard.json)[0] for heard in ear.wait_for(4)]
    assert sorted(kinds) == ["callback_query", "message", "my_chat_member", "my_chat_member"]


def test_whatsapp_can_be_blocked_on_the_phone(twilio: Client, sandbox: Running, pocket: Pocket) -> None:
    pocket.do(f"whatsapp/{ANNA}/say", text="hallo")
    pocket.do(f"whatsapp/{ANNA}/block")
    sent = twilio.messages.create(**WHATSAPP, body="Hoi")
    sandbox.world.postman.wait_until_idle()
    assert sent.fetch().error_code == 63014
    pocket.do(f"whatsapp/{ANNA}/unblock")
    again = twilio.messages.create(**WHATSAPP, body="Hoi")
    sandbox.world.postman.wait_until_idle()
    assert again.fetch().status == "delivered"


@pytest.mark.parametrize(
    "path",
    [
        f"fax/{ANNA}/say",
        f"sms/{ANNA}/dance",
        "sms/0612345678/say",
        "telegram/99/say",
        f"sms/{ANNA}/start",
        f"sms/{ANNA}/press",
        f"sms/{ANNA}/say",
    ],
)
def test_what_cannot_be_done_is_explained(pocket: Pocket, path: str) -> None:
    assert pocket.do(path, 409)["error"]


def test_a_page_elsewhere_cannot_touch_the_phones(sandbox: Running, anna: Person) -> None:
    url = f"{sandbox.url}/phones/sms/{ANNA}/say"
    body = {"text": "ik betaal niet"}
    foreign = {"Origin": "https://boef.example", "Sec-Fetch-Site": "cross-site"}
    assert requests.post(url, json=body, headers=foreign, timeout=5).status_code == 403
    assert requests.post(url, data=body, timeout=5).status_code == 415
    own = {"Origin": sandbox.url, "Sec-Fetch-Site": "same-origin"}
    assert requests.post(url, json=body, headers=own, timeout=5).status_code == 200

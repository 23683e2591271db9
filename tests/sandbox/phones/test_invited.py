"""A link to the bot in the sandbox leads to a page of the sandbox, where one of the phones presses Start."""

from __future__ import annotations

import pytest
import requests
from twilio.rest import Client

from sandbox.people import Person
from sandbox.phones.bubbles import invitation
from sandbox.server import Running
from tests.sandbox.ears import Ear
from tests.sandbox.phones.visitor import Visitor, said
from tests.sandbox.twilio.test_messages import SMS

BRAM = "+31623456789"
LINK = "/t.me/seintje_bot?start=tok-42"


@pytest.fixture
def visitor(sandbox: Running, browser: requests.Session) -> Visitor:
    return Visitor(browser, sandbox.url)


def test_the_page_behind_a_link_presses_start_for_the_one_who_is_chosen(
    visitor: Visitor, sandbox: Running, ear: Ear, anna: Person
) -> None:
    sandbox.world.people.register(Person("Bram Bakker", BRAM))
    page = visitor.go(LINK)
    assert page.one("h1").text == "Open in Telegram (oefenomgeving)"
    forms = {form.one("button").text: form for form in page.all("form")}
    assert set(forms) == {"Start als Anna de Vries", "Start als Bram Bakker"}
    visitor.send(forms["Start als Bram Bakker"], forms["Start als Bram Bakker"].attributes["action"])
    assert said(visitor.phone("telegram")) == ["/start tok-42"]
    starts = [h.json["message"]["text"] for h in ear.wait_for(2)]
    assert starts == ["/start", "/start tok-42"]  # Anna had started before


@pytest.mark.parametrize("path", ["/t.me/another_bot?start=tok-42", "/t.me/", "/t.me/seintje_bot/x"])
def test_another_bot_is_not_here(visitor: Visitor, path: str) -> None:
    visitor.go(path)
    assert visitor.status == 404


def test_the_same_link_in_a_message_is_a_start_button_on_the_phone(
    visitor: Visitor, sandbox: Running, twilio: Client, ear: Ear
) -> None:
    sandbox.world.people.register(Person("Bram Bakker", BRAM))
    twilio.messages.create(**{**SMS, "to": BRAM}, body=f"Telegram? {sandbox.url}{LINK}")
    sandbox.world.postman.wait_until_idle()
    visitor.go()
    visitor.tap("sms", f"{sandbox.url}{LINK}")
    assert said(visitor.phone("telegram")) == ["/start tok-42"]


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/t.me/seintje_bot?start=x",
        "https://127.0.0.1.evil.example/t.me/seintje_bot?start=x",
        "http://127.0.0.1:8000/seintje_bot?start=x",
        "http://127.0.0.1:8000/p/t.me/seintje_bot",
    ],
)
def test_what_only_looks_like_an_invitation_is_an_ordinary_link(url: str) -> None:
    assert invitation(url, "seintje_bot") is None

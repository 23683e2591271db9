"""Whatever a message says, the phones page shows it as words: nothing in it runs, loads or leads astray."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
import qrcode
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

import sandbox.phones
from core.calendar import AMSTERDAM
from core.clock import ManualClock
from core.ids import SeededIds
from sandbox.app import create_app
from sandbox.letters import Answer
from sandbox.people import Person
from sandbox.phones.bubbles import invitation, safe
from sandbox.settings import SandboxSettings
from sandbox.telegram.entities import read_text
from sandbox.world import SandboxWorld
from tests.sandbox.conftest import ANNA
from tests.sandbox.phones.paper import Element, read
from tests.sandbox.phones.visitor import said

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "</div></li></ol></main><h1>U bent gehackt</h1>",
    'http://x.example/"onmouseover="alert(1)',
    "http://x.example/'><script>alert(1)</script>",
    "*<b>vet</b>* _<i>_ ~</span>~",
    "{{ 7 * 7 }}{% raw %}",
    "&lt;b&gt; &amp;amp; &#60;",
    "javascript:alert(1)",
    'https://t.me/seintje_bot?start="><script>',
)
PLAIN = {"a": {"class", "href", "target", "rel"}, "span": {"class"}}
PLAIN["button"] = {"class", "form", "formaction", "data-goes"}


def new_world() -> SandboxWorld:
    clock = ManualClock(datetime(2026, 11, 23, 10, tzinfo=AMSTERDAM))
    world = SandboxWorld(SandboxSettings(), clock, SeededIds(1), transport=lambda _: Answer(200))
    person = world.people.register(Person("Anna de Vries", ANNA, telegram_id=77))
    world.telegram.start(person)
    return world


@pytest.fixture
def world() -> Iterator[SandboxWorld]:
    world = new_world()
    yield world
    world.close()


@pytest.fixture
def client(world: SandboxWorld) -> FlaskClient:
    return create_app(world).test_client()


def page(client: FlaskClient) -> Element:
    return read(client.get("/phones").get_data(as_text=True))


def check_words(shown: Element, text: str) -> None:
    """Each phone ends with just this text, in nothing but links and styled words."""
    for channel in ("whatsapp", "sms", "telegram"):
        words = shown.one(f"#{channel}").all(".text")[-1]
        assert unmarked(words.text) == unmarked(text)
        for element in inside(words):
            assert element.attributes.keys() <= PLAIN[element.tag]
            assert safe(element.attributes.get("href", "http:"))


def unmarked(text: str) -> str:
    """Without WhatsApp's marks, which become styles, and with newlines as HTML keeps them."""
    return re.sub(r"[*_~]", "", text.strip()).replace("\r\n", "\n").replace("\r", "\n")


def inside(element: Element) -> Iterator[Element]:
    for part in element.inside:
        if isinstance(part, Element):
            yield part
            yield from inside(part)


def say_everywhere(world: SandboxWorld, text: str) -> None:
    world.twilio.say("whatsapp", ANNA, text)
    world.twilio.say("sms", ANNA, text)
    world.telegram.send(77, read_text(text, ""), [])


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_message_is_words(world: SandboxWorld, client: FlaskClient, text: str) -> None:
    say_everywhere(world, text)
    check_words(page(client), text)


@settings(max_examples=60, deadline=None)
@given(
    st.text(
        st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n<>&\"'*_~:/.?="), min_size=1
    ).filter(lambda text: text.strip() == text and bool(text))
)
def test_any_message_is_words(text: str) -> None:
    world = new_world()
    say_everywhere(world, text)
    check_words(page(create_app(world).test_client()), text)
    world.close()


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_names_buttons_and_quotes_are_words(text: str) -> None:
    world = new_world()
    world.people.register(Person(text, ANNA, telegram_id=77))
    keyboard = [[{"text": text, "callback_data": text}, {"text": text, "url": text}]]
    _, note = world.telegram.send(77, read_text(text, ""), keyboard)
    world.telegram.say(77, "goed", note.id)
    shown = page(create_app(world).test_client())
    phone = shown.one("#telegram")
    assert shown.all("script") == [s for s in shown.all("script") if "src" in s.attributes]
    assert shown.all("h1") == [shown.one(".bar").one("h1")]
    assert phone.one(".chip").text.startswith(text)
    assert text in [button.text for button in phone.one(".buttons").all("button")]
    assert phone.one(".quote").text == " ".join(text.split())
    assert all(safe(a.attributes["href"]) for a in phone.one(".buttons").all("a"))
    world.close()


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "file:///etc", "//x.example", ""],
)
def test_a_button_to_a_dangerous_address_cannot_be_tapped(
    world: SandboxWorld, client: FlaskClient, url: str
) -> None:
    world.telegram.send(77, read_text("Dag", ""), [[{"text": "Tik", "url": url}]])
    assert page(client).one("#telegram").one(".buttons").all(".button") == []


def test_the_page_carries_a_policy_that_lets_nothing_in(client: FlaskClient) -> None:
    policy = client.get("/phones").headers["Content-Security-Policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == rules["connect-src"] == "'self'"
    assert rules["frame-ancestors"] == "'none'"


def test_nothing_on_the_page_is_inline_or_from_elsewhere(world: SandboxWorld, client: FlaskClient) -> None:
    say_everywhere(world, "Dag")
    for element in inside(page(client)):
        assert element.tag != "style"
        assert not {"style", "onclick", "onload", "srcset"} & element.attributes.keys()
        loads = element.attributes.get("src", "") if element.tag != "link" else element.attributes["href"]
        assert loads.startswith(("/phones/", "data:")) or not loads
    for file in (Path(sandbox.phones.__file__).parent / "static").iterdir():
        assert not re.search(r"https?://|@import|url\(", file.read_text())


@pytest.mark.parametrize(
    ("url", "payload"),
    [
        ("https://t.me/seintje_bot?start=a-b_1", "a-b_1"),
        ("https://telegram.me/Seintje_Bot?start=x", "x"),
        ("https://t.me/seintje_bot", ""),
        ("https://t.me/andere_bot?start=x", None),
        ("https://t.me.example/seintje_bot?start=x", None),
        ("https://x.example/t.me/seintje_bot?start=x", None),
    ],
)
def test_only_an_invitation_to_this_bot_opens_it(url: str, payload: str | None) -> None:
    assert invitation(url, "seintje_bot") == payload


def test_a_scanned_text_that_is_no_web_address_is_shown_and_not_followed(
    world: SandboxWorld, client: FlaskClient
) -> None:
    file = io.BytesIO()
    qrcode.make("javascript:alert(1)").save(file)
    kept = world.media.keep(file.getvalue(), "image/png")
    shown = read(client.get(f"/phones/scanned/{kept.id}").get_data(as_text=True))
    assert shown.all("a") == []
    assert all("http-equiv" not in meta.attributes for meta in shown.all("meta"))
    assert "javascript:alert(1)" in shown.one("main").text


def test_what_the_shop_took_back_is_gone(world: SandboxWorld, client: FlaskClient) -> None:
    _, note = world.telegram.send(77, read_text("foutje", ""), [])
    world.telegram.delete(77, note.id)
    assert said(page(client).one("#telegram")) == ["/start"]

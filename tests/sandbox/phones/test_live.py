"""What a visitor with a real browser can rely on: messages arrive by themselves, and every tap works."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import ConsoleMessage, Error, Locator, Page, expect
from twilio.rest import Client

from core.clock import ManualClock
from sandbox.people import Person
from sandbox.server import Running
from sandbox.telegram.entities import read_text
from tests.browser import Visit
from tests.sandbox.conftest import ANNA
from tests.sandbox.ears import Ear
from tests.sandbox.twilio.test_messages import SMS, WHATSAPP
from tests.sandbox.twilio.test_whatsapp import QUICK, approve, make

pytestmark = pytest.mark.browser
BRAM = "+31623456789"
SOON = 1000  # milliseconds
WIDE = (1440, 900)
SMALLEST_TARGET = 44


@pytest.fixture
def page(visit: Visit, sandbox: Running, anna: Person) -> Iterator[Page]:
    """The phones page with Anna on all three, wide enough for all; it may complain of nothing."""
    page = visit(size=WIDE)
    found = complaints(page)
    page.goto(f"{sandbox.url}/phones")
    yield page
    assert found == []


def complaints(page: Page) -> list[str]:
    """Collect, from now on, script errors and what the content security policy blocked."""
    found: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type == "error" and "502" not in message.text:
            found.append(message.text)

    def broken(error: Error) -> None:
        found.append(str(error))

    page.on("console", heard)
    page.on("pageerror", broken)
    return found


def quick_replies(twilio: Client) -> str:
    sid = make(twilio, QUICK)
    approve(twilio, sid)
    variables = json.dumps({"1": "Anna", "2": "€ 42,50"})
    message = twilio.messages.create(**WHATSAPP, content_sid=sid, content_variables=variables)
    return str(message.sid)


def texts(page: Page, channel: str) -> Locator:
    return page.locator(f"#{channel} .text")


def test_a_message_appears_within_a_second_and_leaves_typed_words_alone(page: Page, twilio: Client) -> None:
    field = page.locator("#sms .composer input[type=text]")
    field.fill("half geschr")
    twilio.messages.create(**SMS, body="Uw fiets is klaar.")
    expect(texts(page, "sms")).to_have_text(["Uw fiets is klaar."], timeout=SOON)
    expect(field).to_have_value("half geschr")
    expect(field).to_be_focused()


def test_words_typed_and_sent_by_enter_reach_the_shop(page: Page, ear: Ear) -> None:
    field = page.locator("#whatsapp .composer input[type=text]")
    field.fill("kan ik vrijdag betalen?")
    field.press("Enter")
    expect(texts(page, "whatsapp")).to_have_text(["kan ik vrijdag betalen?"], timeout=SOON)
    expect(field).to_have_value("")
    expect(field).to_be_focused()
    assert "kan ik vrijdag betalen?" in [heard.form.get("Body") for heard in ear.wait_for(2)]


def test_a_quick_reply_is_tapped(page: Page, twilio: Client, ear: Ear) -> None:
    sid = quick_replies(twilio)
    page.locator("#whatsapp").get_by_role("button", name="In 3 keer").click(timeout=2 * SOON)
    expect(texts(page, "whatsapp").last).to_have_text("In 3 keer", timeout=SOON)
    pressed = [h.form for h in ear.wait_for(2) if "ButtonPayload" in h.form]
    assert [(f["ButtonPayload"], f["OriginalRepliedMessageSid"]) for f in pressed] == [("in-3", sid)]


def test_the_qr_code_is_scanned_by_a_second_device_that_opens_the_link(
    page: Page, sandbox: Running, anna: Person, qr_png: bytes
) -> None:
    page.context.route("http://127.0.0.1:8000/**", lambda route: route.fulfill(body="de betaalpagina"))
    picture = sandbox.world.telegram.keep_picture(sandbox.world.media.keep(qr_png, "image/png"))
    sandbox.world.telegram.send(anna.telegram_id, read_text("Dag", ""), [], picture)
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Scan met een tweede toestel").click()
    opened.value.wait_for_url("http://127.0.0.1:8000/p/abc123", timeout=5 * SOON)
    assert "/phones" in page.url


def test_an_invitation_leads_to_the_telegram_phone_and_presses_start(
    page: Page, sandbox: Running, twilio: Client, ear: Ear
) -> None:
    bram = sandbox.world.people.register(Person("Bram Bakker", BRAM))
    twilio.messages.create(**{**SMS, "to": BRAM}, body="Telegram? https://t.me/seintje_bot?start=tok-42")
    page.locator("#sms").get_by_role("button", name="https://t.me/").click(timeout=2 * SOON)
    expect(texts(page, "telegram")).to_have_text(["/start tok-42"], timeout=SOON)
    expect(page.locator("#telegram .composer input[type=text]")).to_be_focused()
    assert bram.telegram_id


def test_what_is_in_sight_becomes_read_and_what_is_not_does_not(
    page: Page, sandbox: Running, twilio: Client
) -> None:
    seen = quick_replies(twilio)
    expect(texts(page, "whatsapp")).to_have_count(1, timeout=2 * SOON)
    expect(page.locator("#whatsapp .thread")).to_have_attribute("data-unread", "0", timeout=SOON)
    assert sandbox.world.twilio.get(seen).status == "read"
    sandbox.world.twilio.say("whatsapp", BRAM, "hallo")
    other = twilio.messages.create(**{**WHATSAPP, "to": f"whatsapp:{BRAM}"}, body="Dag Bram")
    expect(page.locator("#whatsapp .chip .badge")).to_have_text("11 nieuw", timeout=SOON)
    assert sandbox.world.twilio.get(str(other.sid)).status == "delivered"


def test_a_badge_leads_to_the_other_persons_thread(page: Page, sandbox: Running, twilio: Client) -> None:
    sandbox.world.people.register(Person("Bram Bakker", BRAM))
    twilio.messages.create(**SMS, body="voor Anna")
    expect(texts(page, "sms")).to_have_text(["voor Anna"], timeout=SOON)
    twilio.messages.create(**{**SMS, "to": BRAM}, body="voor Bram")
    chip = page.locator("#sms .chip", has=page.locator(".badge"))
    expect(chip).to_have_text("Bram11 nieuw", timeout=SOON)
    expect(texts(page, "sms")).to_have_text(["voor Anna"])
    chip.click()
    expect(texts(page, "sms")).to_have_text(["voor Bram"], timeout=SOON)
    expect(page.locator("#sms .composer input[type=text]")).to_be_focused()


def test_an_answer_to_one_message_is_begun_by_its_small_sign_and_quotes_it(
    page: Page, twilio: Client
) -> None:
    quick_replies(twilio)
    page.locator("#whatsapp .message").hover(timeout=2 * SOON)
    page.locator("#whatsapp .reply").click()
    field = page.locator("#whatsapp .composer input[type=text]")
    expect(field).to_be_focused(timeout=SOON)
    field.fill("vrijdag")
    field.press("Enter")
    expect(page.locator("#whatsapp .mine .quote")).to_have_text("Hoi Anna, de nota is € 42,50.")
    expect(page.locator("#whatsapp .answering")).to_have_count(0)


def test_the_clock_on_the_phones_follows_the_clock_of_the_demo(page: Page, clock: ManualClock) -> None:
    shown = page.locator("#telegram .status time")
    expect(shown).to_have_text("10:00")
    clock.advance(timedelta(hours=2, minutes=5))
    expect(shown).to_have_text("12:05", timeout=5 * SOON)


def test_a_reader_who_scrolled_up_stays_there_until_they_answer(page: Page, sandbox: Running) -> None:
    for number in range(30):
        sandbox.world.twilio.say("sms", ANNA, f"bericht {number}")
    expect(texts(page, "sms")).to_have_count(30, timeout=2 * SOON)
    box = page.locator("#sms .scroll")
    assert box.evaluate("box => Math.round(box.scrollTop)") == 0, "the newest message is in sight"
    box.evaluate("box => box.scrollTo(0, -400)")
    before = page.locator("#sms .text", has_text="bericht 9").bounding_box()
    sandbox.world.twilio.say("sms", ANNA, "nog een")
    expect(texts(page, "sms")).to_have_count(31, timeout=SOON)
    after = page.locator("#sms .text", has_text="bericht 9").bounding_box()
    assert before is not None
    assert after is not None
    assert abs(after["y"] - before["y"]) < 2
    page.locator("#sms .composer input[type=text]").fill("ja")
    page.keyboard.press("Enter")
    expect(texts(page, "sms").last).to_be_in_viewport(timeout=SOON)


def test_everything_works_by_keyboard(page: Page, sandbox: Running, anna: Person) -> None:
    menu = page.locator("#sms .menu summary")
    menu.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(page.locator("#sms .menu")).not_to_have_attribute("open", "")
    expect(menu).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#sms .over")).to_be_visible(timeout=SOON)
    assert anna.blocked == {"sms"}
    expect(page.locator("#sms .over button")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#sms .composer input[type=text]")).to_be_focused(timeout=SOON)
    assert anna.blocked == set()


def test_a_lost_connection_is_said_and_forgotten(page: Page) -> None:
    page.route("**/phones/state*", lambda route: route.fulfill(status=502, body=""))
    expect(page.locator(".lost")).to_be_visible(timeout=6 * SOON)


@pytest.mark.parametrize("width", [390, 1440])
def test_whatever_can_be_tapped_is_large_enough(
    page: Page, sandbox: Running, twilio: Client, qr_png: bytes, width: int
) -> None:
    picture = sandbox.world.telegram.keep_picture(sandbox.world.media.keep(qr_png, "image/png"))
    keyboard = [[{"text": "Later", "callback_data": "l"}, {"text": "Betaal", "url": "http://127.0.0.1/p/x"}]]
    sandbox.world.telegram.send(77, read_text("Dag", ""), keyboard, picture)
    quick_replies(twilio)
    expect(page.locator(".buttons")).to_have_count(2, timeout=2 * SOON)
    page.set_viewport_size({"width": width, "height": 844})
    small = page.evaluate(
        """smallest => [...document.querySelectorAll("a, button, summary, .composer input[type=text]")]
        .filter((target) => target.offsetParent && !target.closest(".text"))
        .map((target) => [target.outerHTML.slice(0, 80), target.getBoundingClientRect()])
        .filter(([, { width, height }]) => width && Math.min(width, height) < smallest - 0.5)
        .map(([html, { width, height }]) => `${html} ${width}x${height}`)""",
        SMALLEST_TARGET,
    )
    assert small == []


def test_on_a_real_phone_one_phone_fills_the_screen_and_the_others_are_a_tap_away(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.locator("#sms .composer")).not_to_be_in_viewport()
    page.locator(".tabs").get_by_role("link", name="Sms").click()
    expect(page.locator("#sms .composer")).to_be_in_viewport(ratio=0.99)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

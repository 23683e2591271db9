"""The desk in a real Chromium: by keyboard alone, live, narrow, dark, and without scripts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from core.clock import stopwatch
from core.db import Database
from tests.browser import DESKTOP, PHONE, Visit, serving
from tests.making import Shop
from tests.web.desk.test_live import happen
from tests.web.front import PASSWORD, Staff, make_world, open_shop
from web.site import create_site

pytestmark = pytest.mark.browser
_NARROW = (320, 640)


@pytest.fixture
def staff(sqlite_database: Database) -> Staff:
    return sqlite_database.run(open_shop)


@pytest.fixture
def address(sqlite_database: Database) -> Iterator[str]:
    """The address of a site on this machine."""
    with serving(lambda public: create_site(make_world(sqlite_database, public))) as address:
        yield address


def enter(page: Page, address: str, email: str) -> None:
    """Log in by keyboard: the fields have the focus when they are needed."""
    page.goto(f"{address}/login")
    expect(page.locator("#email")).to_be_focused()
    page.keyboard.type(email)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk")
    expect(page.locator("#who")).to_be_focused()


def push(page: Page, who: str = "0612345678") -> str:
    """Type a request and press Enter; return the id of the request."""
    page.keyboard.type(who)
    page.keyboard.press("Tab")
    page.keyboard.type("42,50")
    page.keyboard.press("Tab")
    page.keyboard.type("Reparatie fiets")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/requests/*")
    return page.url.rpartition("/")[2]


def test_an_agent_sends_a_request_by_keyboard_alone_and_sees_the_payment_happen(
    visit: Visit, address: str, staff: Staff, sqlite_database: Database
) -> None:
    page = visit(DESKTOP)
    trouble: list[str] = []
    page.on("console", lambda message: trouble.append(message.text) if message.type == "error" else None)
    enter(page, address, staff.agent)
    request_id = push(page)
    steps = page.locator("#line li")
    now = page.locator("#now")
    expect(now).to_have_text("Het bericht gaat nu weg…")
    for number, (kind, said) in enumerate(
        [
            ("sent", "Verstuurd. We wachten tot het aankomt."),
            ("delivered", "Het bericht staat op de telefoon van de klant."),
            ("opened", "De klant bekijkt het betaalverzoek."),
            ("paid", "Betaald. U hoeft niets meer te doen."),
        ],
        start=1,
    ):
        happen(sqlite_database, request_id, kind)
        began = stopwatch()
        expect(now).to_have_text(said, timeout=4_000)
        assert stopwatch() - began < 3
        expect(page.locator("#line li.done")).to_have_count(number)
        expect(steps.nth(number - 1).locator("time")).to_have_text("10:00:00")
    expect(page.locator("#events li")).to_have_count(5)
    assert trouble == []


def test_an_unknown_send_tells_the_agent_to_ask_the_customer(
    visit: Visit, address: str, staff: Staff, sqlite_database: Database
) -> None:
    page = visit(DESKTOP)
    enter(page, address, staff.agent)
    request_id = push(page)
    happen(sqlite_database, request_id, "unknown")
    expect(page.locator("#now")).to_have_text("Niet zeker of het aankwam: vraag de klant.")
    expect(page.locator("#now")).to_have_class("now trouble")


def test_the_number_is_shown_as_it_is_understood_before_it_is_sent(
    visit: Visit, address: str, staff: Staff, sqlite_database: Database
) -> None:
    Shop(sqlite_database)(merchant_id=staff.merchant_id, payer_name="Anna de Vries")
    page = visit(DESKTOP)
    enter(page, address, staff.agent)
    page.keyboard.type("+31 (0)6 1234 5678")
    expect(page.locator("#who-hint")).to_have_text("06 12345678 · Anna de Vries · WhatsApp")
    page.keyboard.press("Control+a")
    page.keyboard.type("0612")
    expect(page.locator("#who-hint")).to_contain_text("Dit nummer bestaat niet")


def test_after_a_mistake_the_first_wrong_field_has_the_focus(
    visit: Visit, address: str, staff: Staff
) -> None:
    page = visit(DESKTOP)
    enter(page, address, staff.agent)
    page.keyboard.type("0612345678")
    page.keyboard.press("Tab")
    page.keyboard.type("veel")
    page.keyboard.press("Enter")
    expect(page.locator("#amount-wrong")).to_be_visible()
    expect(page.locator("#amount")).to_be_focused()
    expect(page.locator("#who")).to_have_value("0612345678")


@pytest.mark.parametrize("colors", ["light", "dark"])
@pytest.mark.parametrize("size", [_NARROW, PHONE, DESKTOP])
def test_every_page_fits_and_can_be_read_and_tapped(
    visit: Visit, address: str, staff: Staff, sqlite_database: Database, size: tuple[int, int], colors: str
) -> None:
    owed = Shop(sqlite_database)(
        merchant_id=staff.merchant_id,
        description="Reparatie aandrijving" * 5,
        payer_name="Anna " + "de Vries" * 8,
    )
    page = visit(size, colors)
    page.goto(f"{address}/login")
    fits(page, size)
    enter(page, address, staff.agent)
    for path in (
        "/desk",
        "/admin",
        f"/admin/requests/{owed.request_id}",
        f"/desk/requests/{owed.request_id}",
        "/nope",
    ):
        page.goto(address + path)
        fits(page, size)


def fits(page: Page, size: tuple[int, int]) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0], page.url
    small = page.evaluate(_SMALL_TARGETS)
    assert small == [], (page.url, small)
    faint = page.evaluate(_FAINT)
    assert faint == [], (page.url, faint)


# What can be tapped is at least 44 pixels high, unless it is a link within text.
_SMALL_TARGETS = """() => {
  const fields = "input:not([type=hidden], [type=radio], [type=checkbox]), select, .choice label";
  const tapped = `button, .button, .bar a, summary, ${fields}`;
  return [...document.querySelectorAll(tapped)]
    .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 43.5)
    .map(e => e.outerHTML.slice(0, 80));
}"""
# WCAG 2.2 AA: text stands out 4.5 times from what is behind it.
_FAINT = """() => {
  const parts = (color) => (color.match(/[\\d.]+/g) || []).map(Number);
  const linear = (v) => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => .2126 * linear(r) + .7152 * linear(g) + .0722 * linear(b);
  const behind = (e) => {
    for (; e; e = e.parentElement) {
      const color = parts(getComputedStyle(e).backgroundColor);
      if (color.length < 4 || color[3] > 0) return color;
    }
    return [255, 255, 255];
  };
  const ratio = (e) => {
    const one = light(parts(getComputedStyle(e).color)), other = light(behind(e));
    return (Math.max(one, other) + .05) / (Math.min(one, other) + .05);
  };
  return [...document.querySelectorAll("main *, .bar *")]
    .filter(e => e.checkVisibility())
    .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()))
    .map(e => [ratio(e), e.outerHTML.slice(0, 90)])
    .filter(([found]) => found < 4.5);
}"""


def test_without_scripts_the_page_still_fills(
    visit: Visit, address: str, staff: Staff, sqlite_database: Database
) -> None:
    page = visit(DESKTOP, scripts=False)
    enter(page, address, staff.agent)
    request_id = push(page)
    happen(sqlite_database, request_id, "sent")
    expect(page.locator("#line li.done")).to_have_count(1, timeout=6_000)

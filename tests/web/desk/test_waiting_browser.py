"""The queue in a real Chromium: live, by keyboard, narrow, dark, and without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from core.db import Database
from tests.browser import DESKTOP, PHONE, Visit
from tests.making import Owed, Shop
from tests.web.books import said
from tests.web.desk.test_in_a_browser import enter, fits
from tests.web.desk.waiting_room import call_a_person, promise_by, write
from tests.web.front import Staff, open_shop

pytestmark = pytest.mark.browser
_NARROW = (320, 640)


@pytest.fixture
def staff(sqlite_database: Database) -> Staff:
    return sqlite_database.run(open_shop)


@pytest.fixture
def owed(sqlite_database: Database, staff: Staff) -> Owed:
    shop = Shop(sqlite_database)
    return shop(merchant_id=staff.merchant_id, asked_days_ago=1, amount="100.00")


def test_who_asks_for_a_person_appears_without_loading_the_page_again(
    visit: Visit, address: str, staff: Staff, owed: Owed, sqlite_database: Database
) -> None:
    page = visit(DESKTOP)
    trouble: list[str] = []
    page.on("console", lambda message: trouble.append(message.text) if message.type == "error" else None)
    enter(page, address, staff.agent)
    page.get_by_role("link", name="Wacht op antwoord").click()
    expect(page.locator(".waiting")).to_contain_text("Niemand wacht.")
    sqlite_database.run(call_a_person, owed, "disputed", "dispute", "disputed")
    expect(page.locator(".waiting a")).to_contain_text("De klant zegt dat het niet klopt.", timeout=8_000)
    assert trouble == []


def test_an_agent_reads_answers_and_settles_by_keyboard(
    visit: Visit, address: str, staff: Staff, owed: Owed, sqlite_database: Database
) -> None:
    sqlite_database.run(write, owed, "kan iemand bellen?", "sms")
    sqlite_database.run(call_a_person, owed, "asks_a_person", "question")
    page = visit(DESKTOP)
    enter(page, address, staff.agent)
    page.get_by_role("link", name="1 klant wacht op antwoord").focus()
    page.keyboard.press("Enter")
    page.locator(".waiting a").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".talk")).to_contain_text("kan iemand bellen?")
    sqlite_database.run(write, owed, "liefst vandaag nog", "sms")
    page.get_by_label("Uw antwoord aan Anna de Vries").focus()
    page.keyboard.type("We bellen u om drie uur.")
    expect(page.locator(".talk")).to_contain_text("liefst vandaag nog", timeout=8_000)
    expect(page.get_by_label("Uw antwoord aan Anna de Vries")).to_have_value("We bellen u om drie uur.")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Zet de betaallink eronder: € 100,00")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Verstuur, en afgehandeld")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Uw antwoord is onderweg.")
    expect(page.locator(".waiting")).to_contain_text("Niemand wacht.")
    assert [row.template for row in said(sqlite_database, owed)] == ["by-hand"]
    page.reload()
    expect(page.get_by_role("status")).to_have_count(0)


@pytest.mark.parametrize("colors", ["light", "dark"])
@pytest.mark.parametrize("size", [_NARROW, PHONE, DESKTOP])
def test_the_queue_fits_and_can_be_read_and_tapped(  # noqa: PLR0917 - fixtures
    visit: Visit,
    address: str,
    staff: Staff,
    owed: Owed,
    sqlite_database: Database,
    size: tuple[int, int],
    colors: str,
) -> None:
    sqlite_database.run(write, owed, "kan iemand bellen?" * 6, "sms")
    sqlite_database.run(call_a_person, owed, "hardship", "hardship", "hardship")
    sqlite_database.run(promise_by, owed, "hardship", "2026-11-20")
    page = visit(size, colors)
    enter(page, address, staff.agent)
    for path in ("/desk", "/desk/waiting", f"/desk/waiting/{owed.request_id}"):
        page.goto(address + path)
        fits(page, size)
    page.locator("summary").click()
    fits(page, size)


def test_without_scripts_an_answer_still_goes(
    visit: Visit, address: str, staff: Staff, owed: Owed, sqlite_database: Database
) -> None:
    sqlite_database.run(call_a_person, owed, "asks_a_person", "question")
    page = visit(PHONE, scripts=False)
    enter(page, address, staff.agent)
    page.goto(f"{address}/desk/waiting/{owed.request_id}")
    page.get_by_label("Uw antwoord aan Anna de Vries").fill("Dat klopt.")
    page.get_by_role("button", name="Verstuur", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("Uw antwoord is onderweg.")
    assert len(said(sqlite_database, owed)) == 1

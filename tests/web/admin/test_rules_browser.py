"""The merchant's rules in a real Chromium: narrow, dark, and with a mistake on the way."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from core.db import Database
from tests.browser import DESKTOP, PHONE, Visit
from tests.web.desk.test_in_a_browser import fits
from tests.web.front import Staff, log_in, open_shop


@pytest.fixture
def shop_staff(sqlite_database: Database) -> Staff:
    return sqlite_database.run(open_shop)


@pytest.mark.browser
@pytest.mark.parametrize("colors", ["light", "dark"])
@pytest.mark.parametrize("size", [(320, 640), PHONE, DESKTOP])
def test_an_owner_changes_a_rule_corrects_a_mistake_and_sees_it_kept(
    visit: Visit, address: str, shop_staff: Staff, size: tuple[int, int], colors: str
) -> None:
    page = visit(size, colors)
    log_in(page, address, shop_staff.owner)
    page.get_by_role("link", name="Regels").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Regels")
    fits(page, size)
    page.get_by_label("Dagen uitstel").fill("400")
    page.get_by_label("elke week").uncheck()
    page.get_by_role("button", name="Bewaar deze regels").click()
    expect(page.get_by_role("alert")).to_have_text("Er is nog niets bewaard. Kijk de velden hieronder na.")
    expect(page.get_by_label("Dagen uitstel")).to_have_value("400")
    expect(page.get_by_label("elke week")).not_to_be_checked()
    fits(page, size)
    page.get_by_label("Dagen uitstel").fill("21")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Bewaard. Nieuwe afspraken volgen deze regels.")
    expect(page.locator(".events")).to_contain_text("Dagen uitstel van 30 naar 21")
    expect(page.get_by_label("kan niet betalen")).to_be_disabled()

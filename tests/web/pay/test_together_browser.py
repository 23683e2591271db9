"""Paying several requests at once in a real Chromium: by thumb, dark, wide and narrow."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import DESKTOP, PHONE, Visit
from tests.web.pay.house import House
from tests.web.pay.several import token_for_two

pytestmark = pytest.mark.browser

NARROW = (320, 568)


@pytest.fixture
def address(served: House) -> str:
    return served.world.links.url(token_for_two(served))


def test_two_requests_are_paid_with_one_tap_and_thanked_for_by_name(
    served: House, address: str, visit: Visit
) -> None:
    page = visit()
    page.goto(address)
    expect(page.locator(".lines")).to_contain_text("Nieuwe band")
    page.get_by_role("button", name="Betaal € 72,50").click()
    page.wait_for_url("**/bank/**")
    page.locator("button[value=paid]").click()
    page.wait_for_url("**/done*")
    served.ask_the_psp()
    expect(page.get_by_role("heading", level=1)).to_have_text("Gelukt", timeout=20_000)
    expect(page.locator("main")).to_contain_text("€ 72,50 is betaald aan Fietshuis Jansen.")
    expect(page.locator(".lines div")).to_have_count(2)


@pytest.mark.parametrize("path", ["", "/done", "/question", "/real", "/not-me"])
@pytest.mark.parametrize("size", [NARROW, PHONE, DESKTOP], ids=["narrow", "phone", "wide"])
@pytest.mark.parametrize("colors", ["light", "dark"])
def test_nothing_falls_off_the_screen(
    served: House, address: str, visit: Visit, path: str, size: tuple[int, int], colors: str
) -> None:
    served.change(
        amount_cents=1_234_567_89,
        description="Onderhoudsabonnementsverlengingsovereenkomst voor de bakfiets",
        reference="2026-FACTUUR-000000000000000000000000001042",
    )
    page = visit(size=size, colors=colors)
    page.goto(address + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    if size != NARROW:
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]

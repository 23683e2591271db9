"""Pages behind the others in a real Chromium: a code looked up, a day chosen, several in one."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from payments.proofs import prove
from payments.requests import locked
from tests.browser import DESKTOP, PHONE, Visit
from tests.web.pay.house import House
from tests.web.pay.several import token_for_two

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("colors", ["light", "dark"]),
    pytest.mark.parametrize("size", [(320, 568), PHONE, DESKTOP], ids=["narrow", "phone", "wide"]),
]
Size = tuple[int, int]


def opened(visit: Visit, size: Size, colors: str) -> tuple[Page, list[str]]:
    """A page, and what its browser complains about."""
    page, heard = visit(size, colors), list[str]()
    page.on("console", lambda message: heard.append(message.text) if message.type == "error" else None)
    return page, heard


def fits(page: Page, size: Size) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0], page.url


def test_a_code_is_looked_up_and_says_what_it_belongs_to(
    served: House, visit: Visit, size: Size, colors: str
) -> None:
    code = served.world.db.run(
        lambda tx: prove(tx, served.world.links.keyring, locked(tx, served.owed.request_id))
    )
    page, heard = opened(visit, size, colors)
    page.goto(f"{served.world.settings.public_url}/real")
    fits(page, size)
    page.get_by_label("Code van acht tekens").fill(code.lower())
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Hij hoort bij nota ••42 van Fietshuis Jansen.")
    fits(page, size)
    assert heard == []


def test_a_day_is_chosen_from_the_list_and_stands_on_the_page_after(
    served: House, visit: Visit, size: Size, colors: str
) -> None:
    page, heard = opened(visit, size, colors)
    address = f"{served.world.settings.public_url}{served.page}"
    page.goto(address)
    page.get_by_role("link", name="Later betalen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Op welke dag wilt u betalen?")
    fits(page, size)
    assert page.locator(".days button").count() >= 2
    page.get_by_role("button", name="vrijdag 27 november").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Prima, vrijdag 27 november")
    fits(page, size)
    page.get_by_role("link", name="Terug naar de betaalpagina").click()
    expect(page.locator(".note")).to_have_text("U zou vrijdag 27 november betalen. Nu kan ook.")
    assert heard == []


def test_several_in_one_can_be_asked_about_and_said_something_else_of(
    served: House, visit: Visit, size: Size, colors: str
) -> None:
    page, heard = opened(visit, size, colors)
    page.goto(served.world.links.url(token_for_two(served)))
    expect(page.locator(".lines .sum")).to_contain_text("€ 72,50")
    expect(page.get_by_role("link", name="Later betalen")).to_have_count(0)
    page.get_by_role("link", name="Iets anders?").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Iets anders?")
    fits(page, size)
    expect(page.get_by_role("link", name="Ik heb al betaald")).to_have_count(0)
    page.get_by_role("link", name="Ik heb een vraag").click()
    page.get_by_label("Uw vraag").fill("Horen deze bij elkaar?")
    page.get_by_role("button", name="Verstuur mijn vraag").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Uw vraag is verstuurd")
    fits(page, size)
    assert heard == []

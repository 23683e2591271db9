"""Asking a question on the pay page, in a real Chromium: from the list of choices to a person of the shop."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from messages.inbox import Incoming
from tests.browser import DESKTOP, PHONE, Visit
from tests.web.pay.house import House

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_something_else_leads_to_a_field_whose_words_reach_a_person(
    served: House, visit: Visit, size: tuple[int, int]
) -> None:
    page = visit(size)
    page.goto(f"{served.world.settings.public_url}{served.page}/else")
    page.get_by_role("link", name="Ik heb een vraag").click()
    page.get_by_label("Uw vraag").fill("Is de band er ook bij?\nEn de bel?")
    page.get_by_role("button", name="Verstuur mijn vraag").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Uw vraag is verstuurd")
    expect(page.locator("main")).to_contain_text("U hoort binnen één werkdag van ons.")
    kept = served.world.db.read(lambda tx: tx.session.scalars(select(Incoming)).one())
    assert kept.body == "Is de band er ook bij?\nEn de bel?"
    assert served.request().attention == "asks_question"


def test_a_question_that_is_too_long_says_so_at_the_field_and_keeps_every_word(
    served: House, visit: Visit
) -> None:
    page = visit()
    page.goto(f"{served.world.settings.public_url}{served.page}/question")
    field = page.get_by_label("Uw vraag")
    assert field.get_attribute("maxlength") == "500"
    field.evaluate("field => field.removeAttribute('maxlength')")
    field.fill("Waarom? " * 80)
    page.get_by_role("button", name="Verstuur mijn vraag").click()
    expect(page.get_by_role("alert")).to_have_text("Uw vraag is te lang. Er passen 500 tekens in.")
    expect(field).to_have_value(("Waarom? " * 80).strip())
    expect(field).to_have_attribute("aria-invalid", "true")
    assert served.request().attention is None

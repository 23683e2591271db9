"""The login begins in the language of the browser, and has a switch that keeps."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from core.db import Database
from tests.browser import Visit, serving
from tests.web.front import make_world
from web.site import create_site

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("language", "first", "switch", "then", "wrong"),
    [
        ("nl-NL", "Inloggen", "English", "Log in", "do not go together"),
        ("en-GB", "Log in", "Nederlands", "Inloggen", "horen niet bij elkaar"),
    ],
)
def test_the_login_speaks_the_language_that_was_chosen_on_it(  # noqa: PLR0917 - given by name
    visit: Visit, sqlite_database: Database, language: str, first: str, switch: str, then: str, wrong: str
) -> None:
    with serving(lambda public: create_site(make_world(sqlite_database, public))) as address:
        page = visit(language=language)
        page.goto(f"{address}/login?next=/admin")
        expect(page.get_by_role("heading", level=1)).to_have_text(first)
        page.get_by_role("link", name=switch).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(then)
        assert page.locator("input[name=next]").get_attribute("value") == "/admin"
        page.locator("#email").fill("jan@shop.example")
        page.locator("#password").fill("niet het goede wachtwoord")
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_contain_text(wrong)
        expect(page.locator("#email")).to_have_value("jan@shop.example")

"""For who cannot pay nothing on the page asks; for who owes more it says so without saying what for."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import expect

from core.db import Tx
from payments.parties import Payer
from payments.requests import locked
from tests.browser import DESKTOP, PHONE, Visit
from tests.making import Owed, Wanted, make_request
from tests.web.pay.house import House, seen

MORE = "Bij Fietshuis Jansen staat nog 1 ander verzoek open, van € 30,00."


@pytest.fixture
def house(lone_house: House) -> House:
    return lone_house


def owes_more(house: House, asked_days_ago: int | None = 0, **changes: object) -> Owed:
    """Let Anna owe 30.00 for a tire as well."""
    tire = Wanted(amount="30.00", reference="1043", description="Nieuwe band", asked_days_ago=asked_days_ago)
    owed = house.world.db.run(make_request, tire, house.owed.merchant_id, house.owed.payer_id)

    def change(tx: object) -> None:
        for name, value in changes.items():
            setattr(locked(tx, owed.request_id), name, value)  # type: ignore[arg-type]  # a step's own

    house.world.db.run(change)
    return owed


# --- Hardship ---------------------------------------------------------------------------------------


def test_in_hardship_the_page_names_help_and_no_day(house: House) -> None:
    house.change(status="hardship", due_date=date(2026, 11, 1))
    page = seen(house)
    for part in (
        "U hoeft nu niets te doen",
        "Een collega neemt rustig contact met u op",
        "Geldfit (0800-8115)",
    ):
        assert part in page
    assert "Nog open € 42,50" in page
    for part in ("Graag uiterlijk", "Betaaldatum", "1 november", "Scan deze code"):
        assert part not in page


def test_after_a_death_the_page_names_no_help_with_money_and_no_day(house: House) -> None:
    house.change(status="bereaved", due_date=date(2026, 11, 1))
    page = house.client().get(house.page).text
    assert "U hoeft nu niets te doen" in page
    assert "Geldfit" not in page
    assert "1 november" not in page


@pytest.mark.parametrize(
    ("language", "formality", "kind", "button"),
    [
        ("nl", "u", "Gecondoleerd met uw verlies.", "Toch nu betalen?"),
        ("nl", "je", "Gecondoleerd met je verlies.", "Toch nu betalen?"),
        ("en", "u", "sorry for your loss.", "Pay now anyway?"),
    ],
)
def test_after_a_death_the_page_has_kind_words_and_none_about_what_cannot_be_paid(
    house: House, language: str, formality: str, kind: str, button: str
) -> None:
    def speak(tx: Tx) -> None:
        payer = tx.session.get_one(Payer, house.owed.payer_id)
        payer.language, payer.formality = language, formality

    house.world.db.run(speak)
    house.change(status="bereaved")
    page = seen(house)
    assert kind in page
    assert button in page
    for part in ("kijken we wat", "iets betalen", "what is possible", "something anyway", "delen"):
        assert part not in page


@pytest.mark.browser
@pytest.mark.parametrize("colors", ["light", "dark"])
@pytest.mark.parametrize("size", [(320, 568), PHONE, DESKTOP])
def test_in_hardship_paying_is_possible_and_quiet(
    served: House, visit: Visit, size: tuple[int, int], colors: str
) -> None:
    served.change(status="hardship")
    page = visit(size, colors)
    page.goto(f"{served.world.settings.public_url}{served.page}")
    button = page.get_by_role("button", name="Betaal € 42,50")
    expect(button).to_be_hidden()
    expect(page.locator(".amount")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    page.locator("summary", has_text="Toch iets betalen?").click()
    assert button.evaluate("e => getComputedStyle(e).backgroundColor") == "rgba(0, 0, 0, 0)"
    button.click()
    page.wait_for_url("**/bank/**")


# --- What else is open ------------------------------------------------------------------------------


def test_how_much_more_is_open_is_told_and_not_what_for(house: House) -> None:
    assert "ander verzoek" not in seen(house)
    owes_more(house)
    page = house.client().get(house.page).text
    assert MORE in seen(house)
    assert "Stuur mij een link om alles samen te betalen" in seen(house)
    assert "1043" not in page
    assert "Nieuwe band" not in page
    owes_more(house)
    assert "staan nog 2 andere verzoeken open, samen € 60,00." in seen(house)


@pytest.mark.parametrize(
    ("asked", "changes"),
    [
        (None, {}),
        (0, {"status": "paid"}),
        (0, {"status": "cancelled"}),
        (0, {"expires_on": date(2026, 11, 1)}),
        (0, {"status": "hardship"}),
        (0, {"status": "disputed"}),
    ],
)
def test_what_was_not_asked_or_needs_quiet_is_not_told(
    house: House, asked: int | None, changes: dict[str, object]
) -> None:
    owes_more(house, asked, **changes)
    assert "ander verzoek" not in seen(house)


def test_nobody_reads_what_somebody_else_owes(house: House) -> None:
    tire = Wanted(amount="30.00", reference="1043", payer_name="Bram Bos", asked_days_ago=0)
    house.world.db.run(make_request, tire, house.owed.merchant_id)
    house.world.db.run(make_request, Wanted(merchant_name="Bakkerij Bos", asked_days_ago=0))
    assert "ander verzoek" not in seen(house)


# --- Amounts and languages --------------------------------------------------------------------------


@pytest.mark.browser
@pytest.mark.parametrize("size", [(320, 568), PHONE, DESKTOP])
def test_no_amount_is_broken_in_two(served: House, visit: Visit, size: tuple[int, int]) -> None:
    served.change(amount_cents=10_000)
    page = visit(size)
    for path in ("", "/parts"):
        page.goto(f"{served.world.settings.public_url}{served.page}{path}")
        for summary in page.locator("summary").all():
            summary.click()
        assert "€\u00a0" in page.content().replace("&nbsp;", "\u00a0")
        assert "€ " not in page.locator("body").inner_text()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("language", "first", "other"), [("nl-NL", "Kijk na", "English"), ("en-GB", "Check", "Nederlands")]
)
def test_is_this_real_begins_in_the_browsers_language_and_keeps_the_one_that_is_chosen(
    served: House, visit: Visit, language: str, first: str, other: str
) -> None:
    page = visit(language=language)
    page.goto(f"{served.world.settings.public_url}/real")
    expect(page.locator("main button")).to_have_text(first)
    page.get_by_role("link", name=other).click()
    expect(page.locator("main button")).not_to_have_text(first)
    page.locator("#code").fill("XXXXXXXX")
    page.locator("main button").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator("main button")).not_to_have_text(first)

"""After a part was paid: when the next one is due and what happens then, and paying early quietly."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from core.clock import ManualClock
from core.db import Tx
from payments.instalments import move
from payments.parties import Address
from payments.requests import locked
from tests.browser import DESKTOP, PHONE, Visit
from tests.web.pay.house import House, record, seen


@pytest.fixture
def house(lone_house: House) -> House:
    return lone_house


def pays_one_of_three(house: House) -> None:
    house.change(amount_cents=10_000)
    house.client().post(f"{house.page}/parts", data={"count": "3", "interval": "month"})
    record(house, "payment", 3_334)


def next_part_on(house: House, day: date) -> None:
    house.world.db.run(lambda tx: move(tx, locked(tx, house.owed.request_id), 2, day))


@pytest.mark.parametrize("path", ["/done", ""])
def test_after_a_part_the_day_of_the_next_is_named_and_that_a_message_comes_then(
    house: House, path: str
) -> None:
    pays_one_of_three(house)
    page = seen(house, path)
    for part in ("Dank u. We hebben € 33,34 ontvangen.", "U hoeft nu niets te betalen."):
        assert part in page
    assert "woensdag 23 december" in page
    assert "Die dag sturen we u een seintje." in page
    assert "Er staat nog" not in page


def test_where_the_day_is_a_rest_day_it_says_when_we_write(house: House) -> None:
    pays_one_of_three(house)
    next_part_on(house, date(2026, 12, 20))
    page = seen(house)
    assert "Daarom krijgt u op maandag 21 december een seintje." in page
    assert "Die dag sturen" not in page


def test_nobody_is_promised_a_message_that_cannot_arrive(house: House) -> None:
    def stop(tx: Tx) -> None:
        for address in tx.session.scalars(select(Address)):
            address.opted_out_at = tx.now

    pays_one_of_three(house)
    house.world.db.run(stop)
    page = seen(house)
    assert "Bewaar deze link. Dan kunt u hier betalen." in page
    assert "seintje" not in page


def test_on_its_day_the_part_has_its_own_button_again(house: House, clock: ManualClock) -> None:
    pays_one_of_three(house)
    clock.advance(timedelta(days=30))
    html = house.client().get(house.page).text
    assert "hoeft nu niets" not in html
    assert '<details class="early"' not in html
    assert "<button>Betaal €" in html


@pytest.mark.browser
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_paying_early_is_there_for_who_looks_for_it(
    served: House, visit: Visit, size: tuple[int, int], scripts: bool
) -> None:
    pays_one_of_three(served)
    page = visit(size, scripts=scripts)
    page.goto(f"{served.world.settings.public_url}{served.page}")
    button = page.get_by_role("button", name="Betaal € 33,33")
    expect(page.locator(".amount")).to_contain_text("Volgende termijn")
    expect(page.locator(".amount time")).to_have_text("woensdag 23 december")
    expect(button).to_be_hidden()
    page.locator("summary", has_text="Liever eerder betalen?").click()
    expect(button).to_be_visible()
    assert button.evaluate("e => getComputedStyle(e).backgroundColor") == "rgba(0, 0, 0, 0)"
    button.click()
    page.wait_for_url("**/bank/**")

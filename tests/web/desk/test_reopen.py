"""Opening a number again on the page of one who waits: for the owner, with how the shop knows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from bot.decide import Act, Decision
from bot.stories.carry_out import carry_out
from core.clock import ManualClock
from core.db import Database, Tx
from messages.channels.sms import Sms
from payments.parties import opt_out
from payments.requests import locked
from tests.browser import DESKTOP, PHONE, Visit, serving
from tests.making import Owed, Shop
from tests.web.books import kinds, request_of
from tests.web.desk.test_in_a_browser import fits
from tests.web.desk.waiting_room import owed, person, site
from tests.web.front import Visitor, log_in, make_world, open_shop
from web.site import create_site

__all__ = ["owed", "site"]


def disown(tx: Tx, owed: Owed) -> None:
    """Somebody at the number says that they are not the payer."""
    carry_out(tx, locked(tx, owed.request_id), Decision(Act.BLOCK, None, attention="wrong_person"))


def test_an_agent_reads_that_only_the_owner_opens_it(agent: Visitor, owed: Owed, database: Database) -> None:
    assert "hoort toch bij deze klant" not in agent.get(person(owed)).text
    database.run(disown, owed)
    page = agent.get(person(owed)).text
    assert "Alleen de eigenaar kan dit nummer weer openen." in page
    assert "Open dit nummer weer" not in page
    assert agent.post(person(owed, "reopen"), why="told_us").status_code == 403


def test_the_owner_opens_it_with_a_reason_and_once(owner: Visitor, owed: Owed, database: Database) -> None:
    database.run(disown, owed)
    assert "Toch van deze klant?" in owner.get(f"/admin/requests/{owed.request_id}").text
    owner.get(person(owed))
    refused = owner.post(person(owed, "reopen"), why="")
    assert refused.status_code == 422
    assert "Kies eerst hoe u dat weet." in refused.text
    assert owner.post(person(owed, "reopen"), why="papers").status_code == 303
    page = owner.get(person(owed)).text
    assert "Dit nummer is weer open." in page
    assert "Jan Jansen opende dit nummer weer: het staat zo in de papieren." in page
    assert "hoort toch bij deze klant" not in page
    assert ("reopened", "Jan Jansen") in kinds(database, owed)
    assert request_of(database, owed).attention is None
    again = owner.post(person(owed, "reopen"), why="papers")
    assert again.status_code == 409
    assert "Dit nummer is al open." in again.text
    assert "Anna de Vries" in again.text


def test_an_owner_reads_that_who_stopped_since_stays_without_messages(
    owner: Visitor, owed: Owed, database: Database, clock: ManualClock
) -> None:
    database.run(disown, owed)
    clock.advance(timedelta(hours=1))
    database.run(lambda tx: opt_out(tx, locked(tx, owed.request_id).payer))
    owner.get(person(owed))
    owner.post(person(owed, "reopen"), why="papers")
    page = owner.get(person(owed)).text
    assert "Maar de klant wil geen berichten: we schrijven niet." in page
    assert "op zijn vroegst morgen" not in page


@pytest.mark.browser
@pytest.mark.parametrize("colors", ["light", "dark"])
@pytest.mark.parametrize("size", [(320, 640), PHONE, DESKTOP])
def test_an_owner_finds_it_from_the_overview(
    visit: Visit, sqlite_database: Database, size: tuple[int, int], colors: str
) -> None:
    staff = sqlite_database.run(open_shop)
    owed = Shop(sqlite_database)(merchant_id=staff.merchant_id, asked_days_ago=1)
    sqlite_database.run(disown, owed)
    channels = {"sms": Sms(make_world(sqlite_database).settings)}
    with serving(lambda public: create_site(make_world(sqlite_database, public, dict(channels)))) as address:
        page = visit(size, colors)
        log_in(page, address, staff.owner)
        page.get_by_role("link", name="Anna de Vries").first.click()
        page.get_by_role("link", name="Toch van deze klant?").click()
        page.locator("summary", has_text="hoort toch bij deze klant").click()
        fits(page, size)
        page.get_by_label("Hoe weet u dat?").select_option("told_us")
        page.get_by_role("button", name="Open dit nummer weer").click()
        expect(page.get_by_role("status")).to_contain_text("Dit nummer is weer open.")

"""What the overview says of a plan and of words is true, and said plainly."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from core.calendar import local
from core.clock import ManualClock
from core.db import Database, Tx
from messages.inbox import Incoming
from payments import instalments
from payments.parts import divide
from payments.plans import Step
from payments.requests import locked
from payments.timeline import Event
from tests.browser import DESKTOP, PHONE, Visit, serving
from tests.making import Owed, Shop
from tests.web.admin.test_overview import pay
from tests.web.desk.test_in_a_browser import enter
from tests.web.front import Staff, Visitor, make_world, open_shop
from web.admin.why import why
from web.site import create_site
from web.telling import sentence
from web.wording import words


def in_parts(tx: Tx, owed: Owed) -> None:
    """A plan in three parts, of which the first was asked for today and is followed up in three days."""
    request = locked(tx, owed.request_id)
    request.status = "instalments"
    instalments.start(tx, request, divide(request.amount, 3, local(tx.now).date()))


def coming(page: str) -> str:
    found = re.search(r"Volgende bericht: ([^<]*)", page)
    return found[1] if found else ""


def test_the_next_message_is_the_one_that_really_goes(
    owner: Visitor, staff: Staff, shop: Shop, database: Database, clock: ManualClock
) -> None:
    owed = shop(merchant_id=staff.merchant_id, amount="99.00", asked_days_ago=0)
    database.run(in_parts, owed)
    place = f"/admin/requests/{owed.request_id}"
    assert coming(owner.get(place).text) == "de herinnering aan een termijn, do 26 nov, 09:00."
    pay(database, owed.request_id, "33.00")
    assert coming(owner.get(place).text) == "het bericht over een termijn, wo 23 dec, 09:00."
    pay(database, owed.request_id, "33.00", "tr_2")
    assert coming(owner.get(place).text) == "het bericht over een termijn, 23 jan 2027, 09:00."


def test_a_look_by_a_person_is_no_message(
    owner: Visitor, staff: Staff, shop: Shop, database: Database
) -> None:
    owed = shop(merchant_id=staff.merchant_id, amount="99.00", asked_days_ago=0)

    def only_a_look(tx: Tx) -> None:
        in_parts(tx, owed)
        for step in tx.session.query(Step).all():
            step.template = instalments.LATE

    database.run(only_a_look)
    assert coming(owner.get(f"/admin/requests/{owed.request_id}").text) == ""


def test_what_is_paid_in_parts_can_be_listed(
    owner: Visitor, staff: Staff, shop: Shop, database: Database
) -> None:
    owed = shop(merchant_id=staff.merchant_id, payer_name="Piet Part", amount="99.00", asked_days_ago=0)
    shop(merchant_id=staff.merchant_id, payer_name="Hele Hans")
    database.run(in_parts, owed)
    page = owner.get("/admin?show=instalments").text
    assert "Piet Part" in page
    assert "Hele Hans" not in page
    assert '<option value="instalments" selected>In termijnen</option>' in page


def test_words_that_overlap_are_told_once_and_in_their_order() -> None:
    def span(start: int, text: str, led_to: str) -> dict[str, object]:
        return {"start": start, "end": start + len(text), "text": text, "led_to": led_to}

    spans = [
        span(34, "vanaf vrijdag", "start_date"),
        span(0, "kan ik in 3 keer", "instalments"),
        span(7, "in 3 keer", "instalments"),
        span(12, "keer betalen", "instalments"),
        span(0, "kan ik", "machinery"),
    ]
    row = Incoming(reading={"spans": spans})
    assert (
        why(row, words("nl"))
        == "“kan ik in 3 keer betalen”: in delen betalen; “vanaf vrijdag”: vanaf wanneer"
    )
    assert why(Incoming(reading=None), words("nl")) == ""


@pytest.mark.parametrize(
    ("actor", "told"), [("api: first", "Uw systeem"), ("api: kassa", "Uw systeem (kassa)")]
)
def test_a_name_that_only_we_gave_is_not_told(actor: str, told: str, clock: ManualClock) -> None:
    now = clock.now()
    event = Event(kind="created", actor=actor, data={"cents": 4250, "planned": now.isoformat()}, at=now)
    assert sentence(event, words("nl"), now.date()) == f"{told} vroeg €\u00a042,50."


@pytest.mark.browser
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_plan_is_found_in_the_overview_with_what_comes_next(
    visit: Visit, sqlite_database: Database, size: tuple[int, int]
) -> None:
    staff = sqlite_database.run(open_shop)
    owed = Shop(sqlite_database)(merchant_id=staff.merchant_id, amount="99.00", asked_days_ago=0)
    sqlite_database.run(in_parts, owed)
    pay(sqlite_database, owed.request_id, "33.00")
    with serving(lambda public: create_site(make_world(sqlite_database, public))) as address:
        page = visit(size)
        enter(page, address, staff.agent)
        page.goto(f"{address}/admin")
        page.get_by_label("Toon").select_option(label="In termijnen")
        page.get_by_role("button", name="Zoek").click()
        page.get_by_role("link", name="Anna de Vries").click()
        expect(page.locator(".facts")).to_contain_text("het bericht over een termijn, wo 23 dec, 09:00.")
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]

"""Who lowers an amount that nobody tells the payer sees that, and why."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from core.db import Database, Tx
from payments.parties import WRONG_PERSON, opt_out
from payments.plans import plan_next
from payments.requests import PaymentRequest
from tests.making import Owed, Shop
from tests.web.admin.test_lower import place
from tests.web.admin.test_overview import pay
from tests.web.books import request_of, said
from tests.web.front import Staff, Visitor


@pytest.fixture
def asked_days_ago() -> int | None:
    """When the payer was asked; None: not yet."""
    return 1


@pytest.fixture
def owed(shop: Shop, staff: Staff, asked_days_ago: int | None) -> Owed:
    return shop(merchant_id=staff.merchant_id, asked_days_ago=asked_days_ago, amount="50.00")


def stopped(tx: Tx, request: PaymentRequest) -> None:
    opt_out(tx, request.payer)


def of_a_stranger(tx: Tx, request: PaymentRequest) -> None:
    for address in request.payer.addresses:
        address.unusable_at, address.unusable_why = tx.now, WRONG_PERSON


def without_a_number(tx: Tx, request: PaymentRequest) -> None:
    for address in request.payer.addresses:
        address.unusable_at, address.unusable_why = tx.now, "sms 30003"


@pytest.mark.parametrize(
    ("happen", "because"),
    [
        (stopped, "want die wil geen berichten"),
        (of_a_stranger, "want dit nummer is van iemand anders"),
        (without_a_number, "want we hebben geen nummer dat werkt"),
    ],
)
@pytest.mark.parametrize("asked_days_ago", [None, 1])
def test_the_page_never_says_that_a_payer_hears_what_nobody_tells(
    agent: Visitor,
    owed: Owed,
    database: Database,
    happen: Callable[[Tx, PaymentRequest], None],
    because: str,
) -> None:
    database.run(lambda tx: happen(tx, tx.session.get_one(PaymentRequest, owed.request_id)))
    assert "De klant krijgt hier geen bericht over." in agent.get(place(owed)).text
    agent.post(f"{place(owed)}/lower", amount="35,00", why="mistake", was="5000")
    page = agent.get(place(owed)).text
    assert f"Het bedrag is aangepast. De klant krijgt hier geen bericht over, {because}." in page
    assert request_of(database, owed).amount_cents == 35_00
    assert said(database, owed) == []


def test_who_is_asked_later_hears_the_new_amount_in_the_first_message_and_the_page_says_so(
    agent: Visitor, shop: Shop, staff: Staff, database: Database
) -> None:
    owed = shop(merchant_id=staff.merchant_id, amount="50.00")
    database.run(lambda tx: plan_next(tx, tx.session.get_one(PaymentRequest, owed.request_id), tx.now))
    assert "De klant leest het nieuwe bedrag in het eerste bericht." in agent.get(place(owed)).text
    agent.post(f"{place(owed)}/lower", amount="35,00", why="mistake", was="5000")
    assert '<p class="told" role="status">Het bedrag is aangepast.</p>' in agent.get(place(owed)).text


def test_a_first_message_that_never_comes_tells_nobody(
    agent: Visitor, shop: Shop, staff: Staff, database: Database
) -> None:
    owed = shop(merchant_id=staff.merchant_id, amount="50.00")  # nothing is planned, and nothing was sent
    assert "De klant krijgt hier geen bericht over." in agent.get(place(owed)).text
    agent.post(f"{place(owed)}/lower", amount="35,00", why="mistake", was="5000")
    assert "dus de klant weet dit nog niet" in agent.get(place(owed)).text


def test_a_surplus_that_nobody_tells_the_payer_is_not_said_to_be_told(
    agent: Visitor, owed: Owed, database: Database
) -> None:
    pay(database, owed.request_id, "30.00")
    database.run(lambda tx: stopped(tx, tx.session.get_one(PaymentRequest, owed.request_id)))
    agent.get(place(owed))
    page = agent.post(f"{place(owed)}/lower", amount="20,00", why="returned", was="5000").text
    assert "te veel betaald. De klant krijgt hier geen bericht over." in page
    assert "We vertellen de klant" not in page

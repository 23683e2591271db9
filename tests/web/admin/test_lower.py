"""On the page of a request its amount can go down: with a reason, and never to a surplus that nobody saw."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from core.db import Database, Tx
from messages.outbox import Outgoing
from payments.attention import raise_attention
from payments.parties import WRONG_PERSON, opt_out
from payments.plans import plan_next
from payments.requests import PaymentRequest
from payments.timeline import note
from tests.making import Owed, Shop
from tests.web.admin.test_overview import pay
from tests.web.front import Staff, Visitor, open_shop


@pytest.fixture
def agent(site: Flask, staff: Staff) -> Visitor:
    visitor = Visitor(site)
    visitor.login(staff.agent)
    return visitor


@pytest.fixture
def asked_days_ago() -> int | None:
    """When the payer was asked; None: not yet."""
    return 1


@pytest.fixture
def owed(shop: Shop, staff: Staff, asked_days_ago: int | None) -> Owed:
    return shop(merchant_id=staff.merchant_id, asked_days_ago=asked_days_ago, amount="50.00")


def place(owed: Owed) -> str:
    return f"/admin/requests/{owed.request_id}"


def request_of(database: Database, owed: Owed) -> PaymentRequest:
    return database.read(lambda tx: tx.session.get_one(PaymentRequest, owed.request_id))


def said(database: Database, owed: Owed) -> list[str]:
    query = select(Outgoing.template).where(Outgoing.request_id == owed.request_id)
    return database.read(lambda tx: list(tx.session.scalars(query)))


def dispute(tx: Tx, owed: Owed) -> None:
    request = tx.session.get_one(PaymentRequest, owed.request_id)
    request.status = "disputed"
    note(tx, request, "dispute", "payer")
    raise_attention(request, "disputed")


def test_an_agent_grants_a_dispute_and_the_page_tells_who_and_both_amounts(
    agent: Visitor, owed: Owed, database: Database
) -> None:
    database.run(dispute, owed)
    assert f'href="{place(owed)}#lower"' in agent.get(f"/desk/waiting/{owed.request_id}").text
    assert 'name="was" value="5000"' in agent.get(place(owed)).text
    answer = agent.post(f"{place(owed)}/lower", amount="35,00", why="mistake", was="5000")
    assert answer.status_code == 303
    page = agent.get(place(owed)).text
    assert "Het bedrag is aangepast." in page
    line = "Aysha Agent verlaagde het bedrag van €\u00a050,00 naar €\u00a035,00: de nota klopte niet."
    assert line in page
    request = request_of(database, owed)
    assert (request.amount_cents, request.status, request.attention) == (35_00, "open", None)
    assert said(database, owed) == ["amount-lowered"]


@pytest.mark.parametrize(
    ("form", "line"),
    [
        ({"amount": "veel"}, "Typ een bedrag"),
        ({"amount": "50"}, "Kies een lager bedrag"),
        ({"amount": "0"}, "Kies een lager bedrag"),
        ({"why": ""}, "Kies eerst een reden"),
        ({"why": "zomaar"}, "Kies eerst een reden"),
        ({"was": "6000"}, "Het bedrag is net al aangepast"),
        ({"was": "²"}, "Het bedrag is net al aangepast"),
    ],
)
def test_what_cannot_be_says_why_and_keeps_what_was_typed(
    agent: Visitor, owed: Owed, database: Database, form: dict[str, str], line: str
) -> None:
    agent.get(place(owed))
    sent = {"amount": "35,00", "why": "goodwill", "was": "5000"} | form
    answer = agent.post(f"{place(owed)}/lower", **sent)
    assert answer.status_code == 422
    assert line in answer.text
    assert f'value="{sent["amount"]}"' in answer.text
    assert request_of(database, owed).amount_cents == 50_00
    assert said(database, owed) == []


def test_a_surplus_is_told_first_and_only_that_one_is_agreed_to(
    agent: Visitor, owed: Owed, database: Database
) -> None:
    pay(database, owed.request_id, "30.00")
    agent.get(place(owed))
    form = {"amount": "20,00", "why": "returned", "was": "5000"}
    answer = agent.post(f"{place(owed)}/lower", **form)
    assert answer.status_code == 409
    assert "Met dit lagere bedrag is er €\u00a010,00 te veel betaald." in answer.text
    assert request_of(database, owed).amount_cents == 50_00
    pay(database, owed.request_id, "5.00", "tr_2")  # and more comes in while somebody reads that
    again = agent.post(f"{place(owed)}/lower", **form, surplus="1000")
    assert again.status_code == 409
    assert "Met dit lagere bedrag is er €\u00a015,00 te veel betaald." in again.text
    assert agent.post(f"{place(owed)}/lower", **form, surplus="1500").status_code == 303
    request = request_of(database, owed)
    assert (request.amount_cents, request.status, request.attention) == (20_00, "paid", "surplus")
    assert "Te veel betaald" in agent.get(place(owed)).text


def test_a_closed_request_offers_no_other_amount(agent: Visitor, owed: Owed, database: Database) -> None:
    def close(tx: Tx) -> None:
        tx.session.get_one(PaymentRequest, owed.request_id).status = "cancelled"

    database.run(close)
    assert 'id="lower"' not in agent.get(place(owed)).text
    answer = agent.post(f"{place(owed)}/lower", amount="35,00", why="mistake", was="5000")
    assert answer.status_code == 409
    assert "Dit verzoek is afgesloten" in answer.text


def test_nobody_changes_an_amount_at_another_shop(agent: Visitor, shop: Shop, database: Database) -> None:
    other = database.run(open_shop, "Bakkerij Bos")
    theirs = shop(merchant_id=other.merchant_id, amount="50.00")
    agent.get("/admin")
    answer = agent.post(f"{place(theirs)}/lower", amount="35,00", why="mistake", was="5000")
    assert answer.status_code == 404
    assert request_of(database, theirs).amount_cents == 50_00


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

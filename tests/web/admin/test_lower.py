"""On the page of a request its amount can go down: with a reason, and never to a surplus that nobody saw."""

from __future__ import annotations

import pytest

from core.db import Database, Tx
from payments.attention import raise_attention
from payments.requests import PaymentRequest
from payments.timeline import note
from tests.making import Owed, Shop
from tests.web.admin.test_overview import pay
from tests.web.books import request_of, templates
from tests.web.front import Visitor, open_shop


def place(owed: Owed) -> str:
    return f"/admin/requests/{owed.request_id}"


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
    assert 'name="was" value="4250"' in agent.get(place(owed)).text
    answer = agent.post(f"{place(owed)}/lower", amount="35,00", why="mistake", was="4250")
    assert answer.status_code == 303
    page = agent.get(place(owed)).text
    assert "Het bedrag is aangepast." in page
    line = "Aysha Agent verlaagde het bedrag van €\u00a042,50 naar €\u00a035,00: de nota klopte niet."
    assert line in page
    request = request_of(database, owed)
    assert (request.amount_cents, request.status, request.attention) == (35_00, "open", None)
    assert templates(database, owed) == ["amount-lowered"]


@pytest.mark.parametrize(
    ("form", "line"),
    [
        ({"amount": "veel"}, "Typ een bedrag"),
        ({"amount": "42,50"}, "Kies een lager bedrag"),
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
    sent = {"amount": "35,00", "why": "goodwill", "was": "4250"} | form
    answer = agent.post(f"{place(owed)}/lower", **sent)
    assert answer.status_code == 422
    assert line in answer.text
    assert f'value="{sent["amount"]}"' in answer.text
    assert request_of(database, owed).amount_cents == 42_50
    assert templates(database, owed) == []


def test_a_surplus_is_told_first_and_only_that_one_is_agreed_to(
    agent: Visitor, owed: Owed, database: Database
) -> None:
    pay(database, owed.request_id, "30.00")
    agent.get(place(owed))
    form = {"amount": "20,00", "why": "returned", "was": "4250"}
    answer = agent.post(f"{place(owed)}/lower", **form)
    assert answer.status_code == 409
    assert "Met dit lagere bedrag is er €\u00a010,00 te veel betaald." in answer.text
    assert request_of(database, owed).amount_cents == 42_50
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
    answer = agent.post(f"{place(owed)}/lower", amount="35,00", why="mistake", was="4250")
    assert answer.status_code == 409
    assert "Dit verzoek is afgesloten" in answer.text


def test_nobody_changes_an_amount_at_another_shop(agent: Visitor, shop: Shop, database: Database) -> None:
    other = database.run(open_shop, "Bakkerij Bos")
    theirs = shop(merchant_id=other.merchant_id)
    agent.get("/admin")
    answer = agent.post(f"{place(theirs)}/lower", amount="35,00", why="mistake", was="4250")
    assert answer.status_code == 404
    assert request_of(database, theirs).amount_cents == 42_50

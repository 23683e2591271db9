"""Whom the agent's push is for: somebody we know by number or name, one of several, or somebody new."""

from __future__ import annotations

from core.db import Database
from tests.making import Shop
from tests.web.desk.agent import Agent, pushed
from tests.web.front import Staff


def test_a_customer_we_know_is_found_by_number_and_by_name(
    agent: Agent, staff: Staff, shop: Shop, database: Database
) -> None:
    owed = shop(merchant_id=staff.merchant_id, payer_name="Anna de Vries")
    ways = ("0612345678", "+31 6 12 34 56 78", "06-12345678", "anna de vries", "  ANNA  de Vries ")
    for amount, who in enumerate(ways, start=1):
        agent.open_form()
        assert agent.push(who=who, amount=str(amount)).status_code == 303, who
    assert [request.payer_id for request in pushed(database)] == [owed.payer_id] * 5


def test_when_several_share_a_number_the_agent_chooses(
    agent: Agent, staff: Staff, shop: Shop, database: Database
) -> None:
    anna = shop(merchant_id=staff.merchant_id, payer_name="Anna de Vries")
    bram = shop(merchant_id=staff.merchant_id, payer_name="Bram de Vries")
    asked = agent.push(amount="15")
    assert asked.status_code == 409
    assert "Welke klant" in asked.text
    assert anna.payer_id in asked.text
    assert bram.payer_id in asked.text
    assert pushed(database) == []
    assert agent.push(amount="15", payer=bram.payer_id).status_code == 303
    assert pushed(database)[-1].payer_id == bram.payer_id
    agent.open_form()
    agent.push(amount="16", payer="new", name="Cato de Vries")
    assert pushed(database)[-1].payer.name == "Cato de Vries"


def test_a_new_name_at_a_known_number_is_somebody_new(
    agent: Agent, staff: Staff, shop: Shop, database: Database
) -> None:
    shop(merchant_id=staff.merchant_id, payer_name="Anna de Vries")
    agent.push(name="Bram de Vries", amount="15")
    assert [request.payer.name for request in pushed(database)] == ["Bram de Vries"]


def test_a_choice_that_does_not_fit_the_number_is_no_choice(
    agent: Agent, staff: Staff, shop: Shop, database: Database
) -> None:
    other = shop(merchant_id=staff.merchant_id, payer_name="Els", addresses={"sms": "+31687654321"})
    agent.push(payer=other.payer_id, name="Anna")
    assert pushed(database)[-1].payer.name == "Anna"


def test_the_first_field_tells_while_it_is_typed_how_it_is_understood(
    agent: Agent, staff: Staff, shop: Shop
) -> None:
    shop(merchant_id=staff.merchant_id, payer_name="Anna de Vries", addresses={"sms": "+31612345678"})
    known = agent.get("/desk/who?q=0031612345678").json or {}
    assert known == {"text": "06 12345678 · Anna de Vries · SMS", "wrong": False}
    new = agent.get("/desk/who?q=0687654321").json or {}
    assert new == {"text": "06 87654321 · WhatsApp · nieuwe klant", "wrong": False}
    assert (agent.get("/desk/who?q=0612").json or {})["wrong"] is True
    assert (agent.get("/desk/who?q=").json or {}) == {"text": "", "wrong": False}

"""One payer is one row of the queue, and what the page told of it is settled in one go."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from core.db import Database
from tests.making import Owed, Shop
from tests.web.books import request_of
from tests.web.desk.waiting_room import call_a_person, form_of, owed, person, site, write
from tests.web.front import Staff, Visitor

__all__ = ["owed", "site"]


@pytest.fixture
def tire(owed: Owed, shop: Shop) -> Owed:
    """A second request of the same payer."""
    return shop(owed.merchant_id, owed.payer_id, amount="30.00", reference="1043", description="Nieuwe band")


def told(page: str) -> dict[str, list[str]]:
    """The reasons that the form with the answer carries."""
    form = page[page.index('class="card answer"') :]
    return {name: re.findall(rf'name="{name}" value="([^"]+)"', form) for name in ("reason", "also") if form}


def test_two_requests_of_one_payer_are_one_row_with_what_is_owed_together(
    agent: Visitor, owed: Owed, tire: Owed, database: Database
) -> None:
    database.run(call_a_person, owed, "asks_a_person", "question")
    database.run(call_a_person, tire, "disputed", "dispute", "disputed")
    page = agent.get("/desk/waiting").text
    assert page.count('href="/desk/waiting/req') == 1
    for part in ("Reparatie fiets, Nieuwe band", "€\u00a0130,00", "wil iemand spreken", "het niet klopt"):
        assert part in page
    assert "1 klant wacht op antwoord" in agent.get("/desk").text
    assert "Nieuwe band (1043)</a>" in agent.get(person(owed)).text


def test_an_answer_that_settles_takes_every_reason_that_the_page_told(
    agent: Visitor, owed: Owed, tire: Owed, database: Database
) -> None:
    database.run(write, owed, "kan iemand bellen?")
    database.run(call_a_person, owed, "asks_a_person", "question")
    database.run(call_a_person, owed, "not_understood", "understood", act="hand_over", intents=["other"])
    database.run(call_a_person, tire, "asks_a_person", "question")
    page = agent.get(person(owed)).text
    reasons = told(page)
    assert reasons == {
        "reason": ["asks_a_person", "not_understood"],
        "also": [f"{tire.request_id}/asks_a_person"],
    }
    database.run(call_a_person, tire, "hardship", "hardship", "hardship")
    answer = agent.post(
        person(owed, "answer"), form=form_of(page), typed="Dat klopt.", then="settle", **reasons
    )
    assert answer.status_code == 303
    assert request_of(database, owed).attentions == []
    assert request_of(database, tire).attentions == ["hardship"]


def test_nobody_settles_what_is_another_payers(
    agent: Visitor, staff: Staff, owed: Owed, shop: Shop, database: Database
) -> None:
    other = shop(merchant_id=staff.merchant_id, payer_name="Bram Bos")
    for one in (owed, other):
        database.run(call_a_person, one, "asks_a_person", "question")
    agent.get(person(owed))
    agent.post(person(owed, "settle"), reason="asks_a_person", also=f"{other.request_id}/asks_a_person")
    assert request_of(database, owed).attention is None
    assert request_of(database, other).attention == "asks_a_person"


def test_an_agent_settles_what_is_theirs_beside_what_only_the_owner_does(
    agent: Visitor, owed: Owed, database: Database
) -> None:
    database.run(call_a_person, owed, "surplus", "surplus", "paid", cents=100)
    database.run(call_a_person, owed, "asks_a_person", "question", "paid")
    page = agent.get(person(owed)).text
    assert "Dit handelt de eigenaar af" in page
    assert told(page)["reason"] == ["asks_a_person"]
    agent.post(person(owed, "settle"), reason="asks_a_person")
    assert request_of(database, owed).attentions == ["surplus"]


def test_a_row_whose_money_is_in_says_so_instead_of_an_amount(
    site: Flask, agent: Visitor, owed: Owed, database: Database
) -> None:
    database.run(call_a_person, owed, "asks_a_person", "question", "paid")
    page = agent.get("/desk/waiting/rows").text
    assert '<span class="state paid">Betaald</span>' in page
    assert "€" not in page

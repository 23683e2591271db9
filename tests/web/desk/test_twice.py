"""The same request from a second form: told first, and sent only when the agent wants it as well."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from core.clock import ManualClock
from core.crypto import Keyring
from core.db import Database
from core.ids import OsIds
from payments.requests import PaymentRequest
from tests.making import Shop
from tests.web.desk.agent import TYPED, Agent, agent_of
from tests.web.front import Staff, make_world, open_shop
from web.site import create_site


def how_many(database: Database) -> int:
    return database.read(lambda tx: tx.session.scalar(select(func.count(PaymentRequest.id)))) or 0


def tick_box(page: str) -> str:
    """The id of the request that the page tells about, which a tick agrees to."""
    [found] = re.findall(r'name="again" value="([^"]+)"', page)
    return str(found)


def anew(agent: Agent) -> Agent:
    """The same agent with another form open, as in a second tab."""
    agent.open_form()
    return agent


def test_the_same_from_two_forms_is_told_first_and_nothing_that_was_typed_is_lost(
    agent: Agent, database: Database
) -> None:
    agent.push(name="Anna de Vries")
    warned = anew(agent).push(name="Anna de Vries", reference="T-2000")
    assert warned.status_code == 409
    line = "Om 10:00 is al €\u00a042,50 gevraagd aan Anna de Vries, voor: Reparatie fiets."
    assert f"Er is nog niets verstuurd. {line}" in warned.text
    for typed in (*TYPED.values(), "Anna de Vries"):
        if typed != TYPED["reference"]:
            assert f'value="{typed}"' in warned.text
    assert 'value="T-2000"' in warned.text
    assert how_many(database) == 1
    again = tick_box(warned.text)
    sent = agent.push(name="Anna de Vries", reference="T-2000", again=again)
    assert sent.status_code == 303
    assert how_many(database) == 2
    twice = agent.push(name="Anna de Vries", reference="T-2000", again=again)
    assert twice.location == sent.location
    assert how_many(database) == 2


def test_without_a_tick_it_stays_a_question(agent: Agent, database: Database) -> None:
    agent.push(name="Anna")
    anew(agent)
    assert [agent.push(name="Anna").status_code for _ in range(3)] == [409, 409, 409]
    assert how_many(database) == 1


def test_a_tick_agrees_to_the_request_that_was_told_and_to_no_later_one(
    agent: Agent, database: Database
) -> None:
    agent.push(name="Anna")
    told = tick_box(anew(agent).push(name="Anna").text)
    mine = agent.form
    anew(agent).push(name="Anna", again=told)  # a colleague sends it as well meanwhile
    agent.form = mine
    warned = agent.push(name="Anna", again=told)
    assert warned.status_code == 409
    assert tick_box(warned.text) != told
    assert how_many(database) == 2


@pytest.mark.parametrize(
    "typed",
    [
        {"name": "Anna"},
        {"name": "A. de Vries"},
        {"name": "Anna", "description": "  reparatie   FIETS", "reference": "T-9"},
        {"name": "Anna", "description": "De fiets", "reference": "t-1042"},
        {"who": "Anna"},
    ],
)
def test_the_same_person_and_amount_and_one_of_the_lines_is_the_same_request(
    agent: Agent, database: Database, typed: dict[str, str]
) -> None:
    agent.push(name="Anna")
    assert anew(agent).push(**typed).status_code == 409
    assert how_many(database) == 1


@pytest.mark.parametrize(
    "typed",
    [
        {"amount": "42,51"},
        {"who": "06 87654321"},
        {"description": "Nieuwe band", "reference": "T-2000"},
    ],
)
def test_another_amount_person_or_reason_asks_nothing(agent: Agent, typed: dict[str, str]) -> None:
    agent.push(name="Anna")
    assert anew(agent).push(name="Anna", **typed).status_code == 303


def test_what_was_withdrawn_or_is_long_ago_asks_nothing(
    agent: Agent, database: Database, clock: ManualClock
) -> None:
    first = agent.push(name="Anna").location.rpartition("/")[2]
    clock.advance(timedelta(minutes=61))
    second = anew(agent).push(name="Anna").location.rpartition("/")[2]
    assert second != first

    database.run(lambda tx: setattr(tx.session.get_one(PaymentRequest, second), "status", "cancelled"))
    assert anew(agent).push(name="Anna").status_code == 303


def test_the_customer_who_was_chosen_from_several_stays_chosen(
    agent: Agent, staff: Staff, shop: Shop, database: Database
) -> None:
    shop(merchant_id=staff.merchant_id, payer_name="Anna de Vries", amount="1.00")
    bram = shop(merchant_id=staff.merchant_id, payer_name="Bram de Vries", amount="1.00")
    assert agent.push(payer=bram.payer_id).status_code == 303
    warned = anew(agent).push(payer=bram.payer_id)
    assert warned.status_code == 409
    assert f'value="{bram.payer_id}" checked' in warned.text
    assert warned.text.count('type="radio"') == 3
    assert warned.text.count(" checked") == 1


def test_what_another_shop_asked_is_nobodys_business(agent: Agent, site: Flask, database: Database) -> None:
    agent.push(name="Anna")
    other = agent_of(site, database.run(open_shop, "Bakkerij Bos"))
    assert other.push(name="Anna").status_code == 303


def test_two_tabs_at_the_same_moment_send_one_and_ask_about_the_other(
    database_url: str, clock: ManualClock, keyring: Keyring, staff: Staff
) -> None:
    database = Database(database_url, clock, keyring, OsIds())
    site = create_site(make_world(database))
    tabs = [agent_of(site, staff), agent_of(site, staff)]
    with ThreadPoolExecutor(2) as pool:
        found = sorted(pool.map(lambda tab: tab.push(name="Anna").status_code, tabs))
    assert found == [303, 409]
    assert how_many(database) == 1
    database.close()

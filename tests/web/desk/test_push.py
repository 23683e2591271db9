"""The agent's push: typed, sent once, at any hour, and never half done."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import func, select

from core.calendar import AMSTERDAM
from core.clock import ManualClock
from core.crypto import Keyring
from core.db import Database, Tx
from core.ids import OsIds
from messages.outbox import Outgoing
from payments.parties import Payer, opt_out
from tests.making import Shop
from tests.web.desk.agent import TYPED, Agent, agent_of, pushed
from tests.web.front import Staff, make_world
from web.site import create_site


def _messages(database: Database) -> list[Outgoing]:
    return database.read(lambda tx: list(tx.session.scalars(select(Outgoing))))


def test_a_number_an_amount_and_what_for_are_enough(agent: Agent, database: Database) -> None:
    answer = agent.push(name="Anna de Vries")
    (request,) = pushed(database)
    assert (answer.status_code, answer.location) == (303, f"/desk/requests/{request.id}")
    assert (request.amount.value, request.description, request.reference) == (
        "42.50",
        "Reparatie fiets",
        "T-1042",
    )
    (message,) = _messages(database)
    assert (message.template, message.to, message.channel) == ("request", "+31612345678", "whatsapp")
    page = agent.get(answer.location).text
    for shown in ("Anna de Vries", "06 12345678", "WhatsApp", "€\u00a042,50", "Aysha Agent vroeg"):
        assert shown in page


def test_the_message_goes_at_once_also_in_the_evening(
    agent: Agent, database: Database, clock: ManualClock
) -> None:
    clock.set(datetime(2026, 11, 23, 21, 30, tzinfo=AMSTERDAM))
    agent.push(name="Anna")
    (message,) = _messages(database)
    assert message.asked
    assert message.due_at == clock.now()


def test_enter_twice_is_one_request(agent: Agent, database: Database) -> None:
    first, second = agent.push(name="Anna"), agent.push(name="Anna")
    assert first.location == second.location
    assert len(pushed(database)) == len(_messages(database)) == 1


def test_enter_twice_at_the_same_moment_is_one_request(
    database_url: str, clock: ManualClock, keyring: Keyring, staff: Staff
) -> None:
    database = Database(database_url, clock, keyring, OsIds())
    site = create_site(make_world(database))
    agent = agent_of(site, staff)

    def enter(_number: int) -> str:
        other = Agent(site, csrf=agent.csrf, form=agent.form)
        other.client.set_cookie(
            "__Host-session", agent.token, domain="betalen.fietshuis.example", secure=True
        )
        return str(other.push(name="Anna").location)

    with ThreadPoolExecutor(4) as pool:
        places = set(pool.map(enter, range(4)))
    assert len(places) == len(pushed(database)) == len(_messages(database)) == 1
    database.close()


def test_a_form_that_was_sent_and_changed_is_asked_about_and_then_sent(
    agent: Agent, database: Database
) -> None:
    agent.push(name="Anna")
    answer = agent.push(name="Anna", amount="15")
    assert answer.status_code == 409
    assert "al eens verstuurd" in answer.text
    assert 'value="15"' in answer.text
    assert len(pushed(database)) == 1
    agent.form = answer.text.split('name="form" value="')[1].split('"')[0]
    assert agent.push(name="Anna", amount="15").status_code == 303
    assert [request.amount.value for request in pushed(database)] == ["42.50", "15.00"]


@pytest.mark.parametrize(
    ("typed", "field", "says"),
    [
        ({"who": ""}, "who", "Typ een telefoonnummer"),
        ({"who": "0612"}, "who", "Dit nummer bestaat niet"),
        ({"who": "020 794 0800"}, "who", "Dit is geen mobiel nummer: daar komt geen bericht aan."),
        ({"who": "0900-1234"}, "who", "Dit is geen mobiel nummer"),
        ({"who": "Niemand Bekend"}, "who", "Deze naam kennen we niet"),
        ({"amount": ""}, "amount", "Typ een bedrag"),
        ({"amount": "veel"}, "amount", "Dit is geen bedrag"),
        ({"amount": "-5"}, "amount", "Dit is geen bedrag"),
        ({"amount": "0"}, "amount", "Dit bedrag kan niet"),
        ({"amount": "50.000,01"}, "amount", "Dit bedrag kan niet"),
        ({"description": ""}, "description", "Typ waarvoor het is"),
        ({"description": "x" * 141}, "description", "hooguit 140 tekens"),
        ({"description": "Fiets\u202e"}, "description", "Typ één regel"),
        ({"reference": ""}, "reference", "zodat u het terugvindt"),
        ({"reference": "x" * 61}, "reference", "hooguit 60 tekens"),
        ({"name": "x" * 81}, "name", "hooguit 80 tekens"),
        ({"name": "Anna\x00"}, "name", "Typ één regel"),
    ],
)
def test_a_wrong_field_is_named_kept_and_nothing_is_sent(
    agent: Agent, database: Database, typed: dict[str, str], field: str, says: str
) -> None:
    answer = agent.push(**typed)
    assert answer.status_code == 422
    assert says in answer.text.split(f'id="{field}-wrong"')[1].split("</p>")[0]
    assert "Er is nog niets verstuurd" in answer.text
    for name, value in {**TYPED, **typed}.items():
        if value.isascii() and "\x00" not in value:
            assert f'id="{name}" name="{name}" value="{value}"' in answer.text
    assert pushed(database) == []
    assert database.read(lambda tx: tx.session.scalar(select(func.count()).select_from(Payer))) == 0
    assert agent.push(name="Anna").status_code == 303  # the same form, put right, is sent


def test_all_wrong_fields_are_told_at_once(agent: Agent) -> None:
    page = agent.push(who="0612", amount="x", description="", reference="").text
    assert page.count("aria-invalid") == 4


@pytest.mark.parametrize("form", ["", "x", "../../etc", "é" * 20])
def test_a_form_without_an_id_of_ours_sends_nothing(agent: Agent, database: Database, form: str) -> None:
    agent.form = form
    answer = agent.push(name="Anna")
    assert answer.status_code == 422
    assert "te oud" in answer.text
    assert pushed(database) == []


def test_a_customer_who_wants_no_messages_gets_none_and_the_agent_sees_why(
    agent: Agent, staff: Staff, shop: Shop, database: Database
) -> None:
    owed = shop(merchant_id=staff.merchant_id)

    def stop(tx: Tx) -> None:
        opt_out(tx, tx.session.get_one(Payer, owed.payer_id))

    database.run(stop)
    page = agent.get(agent.push(amount="15").location).text
    assert "de klant wil geen berichten" in page
    assert _messages(database) == []


def test_hostile_words_are_shown_as_words(agent: Agent) -> None:
    evil = "<img src=x onerror=alert(1)>{{7*7}}"
    page = agent.get(agent.push(name=evil, description=evil).location).text
    assert "<img src=x" not in page
    assert "&lt;img" in page
    assert "49" not in page.split("<main")[1].split("T-1042")[0]


def test_a_flood_of_pushes_is_slowed_down(
    agent: Agent, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import timedelta

    from web.accounts import throttle

    monkeypatch.setattr(throttle, "PUSH", throttle.Limit("push", 2, timedelta(minutes=10)))
    answers = []
    for amount in ("1", "2", "3"):
        agent.open_form()
        answers.append(agent.push(name="Anna", amount=amount).status_code)
    assert answers == [303, 303, 429]
    assert len(pushed(database)) == 2


def test_an_english_shop_has_an_english_desk(site: Flask, database: Database) -> None:
    from tests.web.front import open_shop

    staff = database.run(open_shop, "Bike House", "en")
    agent = agent_of(site, staff)
    assert "Send a payment request" in agent.get("/desk").text
    page = agent.get(agent.push(name="Anna", amount="42.50").location).text
    assert "€42.50" in page
    assert "The message is leaving now" in page

"""A customer who told of a death is not asked for money anew before the agent was told, and agreed."""

from __future__ import annotations

import re

from sqlalchemy import select

from core.db import Database, Tx
from payments.lifecycle import Verb
from payments.requests import PaymentRequest, locked
from payments.timeline import note
from tests.web.desk.agent import Agent
from tests.web.desk.test_twice import anew, how_many

NEW = {"amount": "12,00", "description": "Nieuwe bel", "reference": "T-3000"}
LINE = "Er is nog niets verstuurd. Anna heeft een overlijden gemeld."


def ticks(page: str) -> list[str]:
    return re.findall(r'name="again" value="([^"]+)"', page)


def tell_of_a_death(database: Database, verb: Verb | None = None) -> str:
    """Let the one request there is stand as after a death, and then move on by `verb`."""

    def tell(tx: Tx) -> str:
        request = locked(tx, tx.session.scalars(select(PaymentRequest.id)).one())
        assert request.move(Verb.BEREAVE)
        note(tx, request, "bereaved", "payer")
        assert verb is None or request.move(verb)
        return str(request.id)

    return database.run(tell)


def test_the_agent_is_told_of_a_death_before_anything_goes_and_loses_nothing_typed(
    agent: Agent, database: Database
) -> None:
    agent.push(name="Anna")
    before = tell_of_a_death(database)
    warned = anew(agent).push(name="Anna", **NEW)
    assert warned.status_code == 409
    assert LINE in warned.text
    assert f'href="/desk/requests/{before}"' in warned.text
    assert all(f'value="{typed}"' in warned.text for typed in NEW.values())
    assert how_many(database) == 1
    assert agent.push(name="Anna", **NEW).status_code == 409
    [tick] = ticks(warned.text)
    assert agent.push(name="Anna", **NEW, again=tick).status_code == 303
    assert how_many(database) == 2


def test_it_stays_told_once_that_request_was_withdrawn(agent: Agent, database: Database) -> None:
    agent.push(name="Anna")
    tell_of_a_death(database, Verb.CANCEL)
    assert anew(agent).push(name="Anna", **NEW).status_code == 409


def test_somebody_with_another_name_at_the_same_number_is_the_same_family(
    agent: Agent, database: Database
) -> None:
    agent.push(name="Anna")
    tell_of_a_death(database)
    assert LINE in anew(agent).push(name="Bram", **NEW).text


def test_anybody_else_is_asked_as_ever(agent: Agent, database: Database) -> None:
    agent.push(name="Anna")
    tell_of_a_death(database)
    assert anew(agent).push(name="Bram", who="06 87654321", **NEW).status_code == 303


def test_a_tick_for_a_death_is_none_for_the_same_request_twice_and_both_are_kept(
    agent: Agent, database: Database
) -> None:
    agent.push(name="Anna")
    tell_of_a_death(database)
    [tick] = ticks(anew(agent).push(name="Anna").text)
    warned = agent.push(name="Anna", again=tick)
    assert warned.status_code == 409
    assert "is al €\u00a042,50 gevraagd" in warned.text
    kept = ticks(warned.text)
    assert kept[0] == tick
    assert how_many(database) == 1
    assert agent.push(name="Anna", again=" ".join(kept)).status_code == 303
    assert how_many(database) == 2

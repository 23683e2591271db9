"""An answer that was typed goes once: twice sent, from two tabs, or after a colleague's, it is told first."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask

from core.clock import ManualClock
from core.crypto import Keyring
from core.db import Database
from core.ids import OsIds
from messages.channels import Channel
from messages.channels.sms import Sms
from tests.making import Owed, Shop
from tests.web.books import kinds, request_of, said
from tests.web.desk.waiting_room import call_a_person, form_of, owed, person, site, write
from tests.web.front import PUBLIC, Staff, Visitor, make_world
from web.site import create_site

__all__ = ["owed", "site"]


@pytest.fixture
def asked(owed: Owed, database: Database) -> Owed:
    """Somebody wrote, and waits for a person."""
    database.run(write, owed, "kan iemand bellen?")
    database.run(call_a_person, owed, "asks_a_person", "question")
    return owed


def seen_of(page: str) -> str:
    return page.split('name="seen" value="')[1].split('"')[0]


def tick_box(page: str) -> str:
    """The id of the answer that the page tells about, which a tick agrees to."""
    [found] = re.findall(r'name="again" value="([^"]+)"', page)
    return str(found)


def typed_of(database: Database, owed: Owed) -> list[str]:
    return [str(row.facts["typed"]) for row in said(database, owed)]


def test_the_same_form_twice_is_one_answer_and_the_agent_is_told(
    agent: Visitor, asked: Owed, database: Database
) -> None:
    form = form_of(agent.get(person(asked)).text)
    for line in ("Uw antwoord is onderweg.", "Dit antwoord was al verstuurd. Het gaat geen tweede keer."):
        assert agent.post(person(asked, "answer"), form=form, seen="", typed="Ik bel u.").status_code == 303
        assert line in agent.get(person(asked)).text
        assert "Ik bel u.</p>" in agent.get(person(asked)).text  # in the thread, while it is still to go
    assert typed_of(database, asked) == ["Ik bel u."]
    assert [actor for kind, actor in kinds(database, asked) if kind == "answered"] == ["Aysha Agent"]


def test_back_and_other_words_in_the_same_form_are_not_swallowed(
    agent: Visitor, asked: Owed, database: Database
) -> None:
    form = form_of(agent.get(person(asked)).text)
    agent.post(person(asked, "answer"), form=form, seen="", typed="Ik bel u vandaag.")
    told = agent.post(person(asked, "answer"), form=form, seen="", typed="Ik bel u morgen.")
    assert told.status_code == 409
    assert "Aysha Agent stuurde al (10:00): “Ik bel u vandaag.”" in told.text
    assert "Ik bel u morgen.</textarea>" in told.text
    assert typed_of(database, asked) == ["Ik bel u vandaag."]
    again = {"seen": seen_of(told.text), "again": tick_box(told.text)}
    answer = agent.post(person(asked, "answer"), form=form_of(told.text), typed="Ik bel u morgen.", **again)
    assert answer.status_code == 303
    assert typed_of(database, asked) == ["Ik bel u vandaag.", "Ik bel u morgen."]


def test_a_colleagues_answer_is_told_before_another_goes_and_what_was_typed_stays(
    agent: Visitor, owner: Visitor, asked: Owed, database: Database, clock: ManualClock
) -> None:
    mine, theirs = agent.get(person(asked)).text, owner.get(person(asked)).text
    owner.post(person(asked, "answer"), form=form_of(theirs), seen=seen_of(theirs), typed="Kom maar langs.")
    clock.advance(timedelta(minutes=3))
    sent = {"form": form_of(mine), "seen": seen_of(mine), "typed": "Ik bel u.", "link": "yes"}
    told = agent.post(person(asked, "answer"), then="settle", reason="asks_a_person", **sent)
    assert told.status_code == 409
    assert "Er is nog niets verstuurd. Jan Jansen stuurde al (10:00): “Kom maar langs.”" in told.text
    assert "Ik bel u.</textarea>" in told.text
    assert 'name="link" value="yes" checked' in told.text
    assert request_of(database, asked).attention == "asks_a_person"
    assert typed_of(database, asked) == ["Kom maar langs."]
    sent |= {"form": form_of(told.text), "seen": seen_of(told.text)}
    assert agent.post(person(asked, "answer"), **sent).status_code == 409
    assert agent.post(person(asked, "answer"), again=tick_box(told.text), **sent).status_code == 303
    assert typed_of(database, asked) == ["Kom maar langs.", "Ik bel u."]


def test_a_tick_agrees_to_the_answer_that_was_told_and_to_no_later_one(
    agent: Visitor, owner: Visitor, asked: Owed, database: Database
) -> None:
    forms = [form_of(agent.get(person(asked)).text) for _ in range(3)]
    agent.post(person(asked, "answer"), form=forms[0], seen="", typed="Een.")
    told = agent.post(person(asked, "answer"), form=forms[1], seen="", typed="Twee.")
    owner.get(person(asked))
    later = owner.get(person(asked)).text
    owner.post(person(asked, "answer"), form=form_of(later), seen=seen_of(later), typed="Drie.")
    answer = agent.post(
        person(asked, "answer"), form=forms[2], seen="", typed="Twee.", again=tick_box(told.text)
    )
    assert answer.status_code == 409
    assert "“Drie.”" in answer.text
    assert typed_of(database, asked) == ["Een.", "Drie."]


def test_what_the_page_shows_needs_no_tick(agent: Visitor, asked: Owed, database: Database) -> None:
    for typed in ("Ik bel u.", "Tot zo!"):
        page = agent.get(person(asked)).text
        sent = {"form": form_of(page), "seen": seen_of(page), "typed": typed}
        assert agent.post(person(asked, "answer"), **sent).status_code == 303
    assert typed_of(database, asked) == ["Ik bel u.", "Tot zo!"]


def test_an_answer_in_the_thread_of_another_bill_of_the_payer_is_told_as_well(
    agent: Visitor, asked: Owed, shop: Shop, staff: Staff, database: Database
) -> None:
    other = shop(merchant_id=staff.merchant_id, payer_id=asked.payer_id, reference="1043", asked_days_ago=1)
    forms = [form_of(agent.get(person(one)).text) for one in (asked, other)]
    agent.post(person(asked, "answer"), form=forms[0], seen="", typed="Ik bel u.")
    told = agent.post(person(other, "answer"), form=forms[1], seen="", typed="Ik bel u.")
    assert told.status_code == 409
    assert "Aysha Agent stuurde al (10:00): “Ik bel u.”" in told.text


def test_two_tabs_at_the_same_moment_send_one_and_ask_about_the_other(
    database_url: str, clock: ManualClock, keyring: Keyring, staff: Staff, shop: Shop
) -> None:
    """Each in the thread of another bill of one payer, so that they hold no request in common."""
    database = Database(database_url, clock, keyring, OsIds())
    first = shop(merchant_id=staff.merchant_id, asked_days_ago=1)
    owing = [first, shop(merchant_id=staff.merchant_id, payer_id=first.payer_id, asked_days_ago=1)]
    world = make_world(database)
    channels: dict[str, Channel] = {"sms": Sms(world.settings)}
    shown = create_site(make_world(database, PUBLIC, channels))
    for _ in range(5):
        tabs = [_tab(shown, staff, one) for one in owing]
        with ThreadPoolExecutor(2) as pool:
            found = pool.map(lambda tab: tab[0].post(person(tab[1], "answer"), **tab[2]).status_code, tabs)
            assert sorted(found) == [303, 409]
        clock.advance(timedelta(minutes=10))
    assert sum(len(said(database, one)) for one in owing) == 5
    database.close()


def _tab(site: Flask, staff: Staff, owed: Owed) -> tuple[Visitor, Owed, dict[str, str]]:
    visitor = Visitor(site)
    visitor.login(staff.agent)
    page = visitor.get(person(owed)).text
    return visitor, owed, {"form": form_of(page), "seen": seen_of(page), "typed": "Ik bel u zo."}

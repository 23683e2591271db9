"""One who waits: the thread, and what an agent does about it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from core.clock import ManualClock
from core.db import Database, Tx
from payments.instalments import agreed
from payments.parties import Address
from tests.making import Owed, Shop
from tests.web.books import kinds, request_of, said
from tests.web.desk.waiting_room import call_a_person, form_of, owed, person, site, write
from tests.web.front import Staff, Visitor

__all__ = ["owed", "site"]


def test_the_thread_shows_what_was_said_and_from_which_words_it_was_understood(
    agent: Visitor, owed: Owed, database: Database
) -> None:
    database.run(write, owed, "kan iemand bellen?")
    database.run(call_a_person, owed, "asks_a_person", "understood", act="hand_over", intents=["human"])
    for path in (person(owed), person(owed, "talk")):
        page = agent.get(path).text
        assert "kan iemand bellen?" in page
        assert "“iemand bellen”: een mens spreken" in page


def test_an_answer_goes_out_at_once_where_the_payer_wrote(
    agent: Visitor, owed: Owed, database: Database
) -> None:
    database.run(write, owed, "kan iemand bellen?")
    database.run(call_a_person, owed, "asks_a_person", "question")
    page = agent.get(person(owed)).text
    assert "Gaat via WhatsApp." in page
    answer = agent.post(person(owed, "answer"), form=form_of(page), typed="Ik bel u\r\nvanmiddag.")
    assert answer.status_code == 303
    [row] = said(database, owed)
    assert (row.template, row.channel, row.asked, row.urgency) == ("by-hand", "whatsapp", True, 0)
    assert row.facts["typed"] == "Ik bel u\nvanmiddag."
    assert [actor for kind, actor in kinds(database, owed) if kind == "answered"] == ["Aysha Agent"]
    assert "Uw antwoord is onderweg." in agent.get(person(owed)).text
    assert request_of(database, owed).attention == "asks_a_person"


def test_an_answer_can_settle_at_once(agent: Visitor, owed: Owed, database: Database) -> None:
    database.run(write, owed, "kan iemand bellen?")
    database.run(call_a_person, owed, "asks_a_person", "question")
    form = form_of(agent.get(person(owed)).text)
    answer = agent.post(
        person(owed, "answer"), form=form, typed="Dat klopt.", then="settle", reason="asks_a_person"
    )
    assert answer.location == "/desk/waiting"
    assert request_of(database, owed).attention is None
    assert len(said(database, owed)) == 1


def test_unasked_an_answer_waits_for_decent_hours(agent: Visitor, owed: Owed, database: Database) -> None:
    database.run(call_a_person, owed, "missed_part", "part_missed", number=2)
    form = form_of(agent.get(person(owed)).text)
    agent.post(person(owed, "answer"), form=form, typed="Zullen we even bellen?")
    assert [(row.channel, row.asked) for row in said(database, owed)] == [("sms", False)]


@pytest.mark.parametrize(
    ("typed", "line"),
    [("  ", "Typ eerst uw antwoord."), ("x" * 301, "Er passen 300 tekens in.")],
)
def test_an_answer_that_cannot_go_stays_on_the_page(
    agent: Visitor, owed: Owed, database: Database, typed: str, line: str
) -> None:
    form = form_of(agent.get(person(owed)).text)
    answer = agent.post(person(owed, "answer"), form=form, typed=typed)
    assert answer.status_code == 422
    assert line in answer.text
    assert said(database, owed) == []


@pytest.mark.parametrize(
    "typed",
    [
        "Betaal op https://betalen.example/1",
        "Kijk op www.fietshuis.nl.",
        "Kijk op fietshuis.nl/betalen",
        "Zie Fietshuis.NL voor meer.",
        "Zie bit.ly/3xY",
        "Zie http\u200bs://betalen.example",
    ],
)
def test_an_answer_with_a_link_is_refused_with_why_and_stays_in_the_box(
    agent: Visitor, owed: Owed, database: Database, typed: str
) -> None:
    form = form_of(agent.get(person(owed)).text)
    answer = agent.post(person(owed, "answer"), form=form, typed=typed)
    assert answer.status_code == 422
    assert "dat alleen onze betaallink te vertrouwen is" in answer.text
    assert "Vink dan aan dat de betaallink eronder komt." in answer.text
    assert f"{typed}</textarea>" in answer.text
    assert said(database, owed) == []


@pytest.mark.parametrize(
    "typed", ["Mail naar info@fietshuis.nl.", "Het is klaar.Ik bel u a.s. vrijdag", "Dat is € 1.250,00 p.p."]
)
def test_an_answer_without_a_link_goes_as_it_is(
    agent: Visitor, owed: Owed, database: Database, typed: str
) -> None:
    form = form_of(agent.get(person(owed)).text)
    assert agent.post(person(owed, "answer"), form=form, typed=typed).status_code == 303
    assert [row.facts["typed"] for row in said(database, owed)] == [typed]


def test_an_answer_takes_the_pay_link_along_when_the_agent_ticks_it(
    agent: Visitor, owed: Owed, database: Database
) -> None:
    page = agent.get(person(owed)).text
    assert "Zet de betaallink eronder: €\u00a0100,00" in page
    agent.post(person(owed, "answer"), form=form_of(page), typed="Dat klopt.", link="yes")
    assert [row.also for row in said(database, owed)] == [["pay-below"]]


def test_nothing_to_pay_is_no_pay_link_to_add(agent: Visitor, owed: Owed, database: Database) -> None:
    database.run(call_a_person, owed, "asks_a_person", "question", "paid")
    page = agent.get(person(owed)).text
    assert 'name="link"' not in page
    answer = agent.post(person(owed, "answer"), form=form_of(page), typed="Zie www.x.nl", link="yes")
    assert "Vink dan aan" not in answer.text
    agent.post(person(owed, "answer"), form=form_of(page), typed="Dank u wel.", link="yes")
    assert [row.also for row in said(database, owed)] == [None]


@pytest.mark.parametrize(
    ("addresses", "hours", "line"),
    [
        ({"whatsapp": "+31612345678"}, 25, "tot 24 uur na het laatste bericht"),
        ({"telegram": "12345"}, 1, "We hebben geen nummer dat werkt."),
    ],
)
def test_when_no_answer_can_be_typed_the_page_says_why(  # noqa: PLR0917 - given by name
    agent: Visitor,
    staff: Staff,
    shop: Shop,
    database: Database,
    clock: ManualClock,
    addresses: dict[str, str],
    hours: int,
    line: str,
) -> None:
    owed = shop(merchant_id=staff.merchant_id, addresses=addresses)
    database.run(write, owed, "kan iemand bellen?", next(iter(addresses)))
    clock.advance(timedelta(hours=hours))
    agent.login(staff.agent)
    page = agent.get(person(owed)).text
    assert line in page
    assert "<textarea" not in page
    assert agent.post(person(owed, "answer"), form="x" * 20, typed="Toch?").status_code == 422
    assert said(database, owed) == []


def test_after_a_stop_nobody_can_type(agent: Visitor, owed: Owed, database: Database) -> None:
    def stop(tx: Tx) -> None:
        for address in tx.session.scalars(select(Address)):
            address.opted_out_at = tx.now

    database.run(stop)
    page = agent.get(person(owed)).text
    assert "De klant wil geen berichten." in page
    assert "<textarea" not in page


def test_settling_takes_away_what_was_seen_and_nothing_that_came_up_since(
    agent: Visitor, owed: Owed, database: Database
) -> None:
    database.run(call_a_person, owed, "asks_a_person", "question")
    agent.get(person(owed))
    database.run(call_a_person, owed, "disputed", "dispute", "disputed")
    assert agent.post(person(owed, "settle"), reason="asks_a_person").status_code == 303
    assert request_of(database, owed).attentions == ["disputed"]
    agent.post(person(owed, "settle"), reason="disputed")
    assert request_of(database, owed).attention is None


def test_money_that_has_to_go_back_is_for_the_owner(
    agent: Visitor, owner: Visitor, owed: Owed, database: Database
) -> None:
    database.run(call_a_person, owed, "surplus", "surplus", cents=100)
    page = agent.get(person(owed)).text
    assert "Dit handelt de eigenaar af" in page
    assert 'value="settle"' not in page
    assert agent.post(person(owed, "settle"), reason="surplus").status_code == 409
    assert request_of(database, owed).attention == "surplus"
    owner.get(person(owed))
    assert owner.post(person(owed, "settle"), reason="surplus").status_code == 303
    assert request_of(database, owed).attention is None


def test_an_agent_lets_the_asking_go_on(agent: Visitor, owed: Owed, database: Database) -> None:
    database.run(call_a_person, owed, "disputed", "dispute", "disputed")
    assert "De herinneringen staan stil" in agent.get(person(owed)).text
    assert agent.post(person(owed, "resume")).status_code == 303
    request = request_of(database, owed)
    assert (request.status, request.attention) == ("open", None)


def test_a_plan_agreed_on_in_hardship_is_real_and_the_payer_hears_it_once(
    agent: Visitor, owed: Owed, database: Database
) -> None:
    database.run(write, owed, "ik kan het niet betalen")
    database.run(call_a_person, owed, "hardship", "hardship", "hardship")
    page = agent.get(person(owed)).text
    assert "4 keer €\u00a025,00, elke maand" in page
    for _ in range(2):
        assert agent.post(person(owed, "plan"), plan="4-month").status_code == 303
    plan = database.read(lambda tx: agreed(tx, owed.request_id))
    assert [part.amount.cents for part in plan] == [2500] * 4
    request = request_of(database, owed)
    assert (request.status, request.attention) == ("instalments", None)
    assert [(row.template, row.channel) for row in said(database, owed)] == [("plan-noted", "whatsapp")]
    assert ("divided", "Aysha Agent") in kinds(database, owed)
    page = agent.get(person(owed)).text
    assert "De klant krijgt bericht." in page
    assert "Aysha Agent sprak af: betalen in 4 keer." in page


def test_an_agent_reads_parts_that_add_up_to_what_is_owed(
    agent: Visitor, owed: Owed, database: Database
) -> None:
    database.run(call_a_person, owed, "hardship", "hardship", "hardship")
    page = agent.get(person(owed)).text
    assert "1 keer €\u00a033,34 en 2 keer €\u00a033,33, elke maand" in page
    assert "3 keer €\u00a033,34" not in page


@pytest.mark.parametrize("plan", ["9-month", "2-year", "", "²-month", "1-month"])
def test_a_plan_that_the_rules_do_not_grant_is_not_made(
    agent: Visitor, owed: Owed, database: Database, plan: str
) -> None:
    database.run(call_a_person, owed, "hardship", "hardship", "hardship")
    agent.get(person(owed))
    answer = agent.post(person(owed, "plan"), plan=plan)
    assert answer.status_code == 409
    assert "Er is niets afgesproken." in answer.text
    assert request_of(database, owed).status == "hardship"

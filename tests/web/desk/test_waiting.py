"""The queue on the desk: who waits for a person, why, and for how long."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from core.clock import ManualClock
from core.db import Database
from tests.making import Owed, Shop
from tests.web.desk.waiting_room import call_a_person, owed, person, promise_by, site, write
from tests.web.front import Staff, Visitor, open_shop

__all__ = ["owed", "site"]


def test_the_longest_wait_stands_first_with_who_what_for_and_why(
    agent: Visitor, staff: Staff, shop: Shop, database: Database, clock: ManualClock
) -> None:
    late = shop(merchant_id=staff.merchant_id, payer_name="Bram Bos", description="Nieuwe ketting")
    early = shop(merchant_id=staff.merchant_id, payer_name="Anna de Vries", description="Reparatie fiets")
    calm = shop(merchant_id=staff.merchant_id, payer_name="Cor Kalm")
    database.run(call_a_person, early, "disputed", "dispute", "disputed")
    clock.advance(timedelta(hours=3))
    database.run(call_a_person, late, "asks_a_person", "question")
    clock.advance(timedelta(hours=2))
    page = agent.get("/desk/waiting").text
    assert page.index(early.request_id) < page.index(late.request_id)
    assert calm.request_id not in page
    for part in ("Anna de Vries", "Reparatie fiets", "De klant zegt dat het niet klopt.", "wacht 5 uur"):
        assert part in page
    assert "wacht 2 uur" in page
    assert "2 klanten wachten op antwoord" in agent.get("/desk").text


def test_a_second_question_does_not_make_the_first_wait_anew(
    agent: Visitor, staff: Staff, owed: Owed, database: Database, clock: ManualClock
) -> None:
    database.run(call_a_person, owed, "asks_a_person", "understood", act="hand_over", intents=["human"])
    clock.advance(timedelta(days=2))
    database.run(call_a_person, owed, "asks_a_person", "question")
    agent.login(staff.agent)
    assert "wacht 2 dagen" in agent.get("/desk/waiting").text


def test_what_was_settled_waits_only_from_when_it_came_up_again(
    agent: Visitor, owed: Owed, database: Database, clock: ManualClock
) -> None:
    database.run(call_a_person, owed, "asks_a_person", "question")
    agent.get(person(owed))
    agent.post(person(owed, "settle"), reason="asks_a_person")
    clock.advance(timedelta(hours=4))
    database.run(call_a_person, owed, "asks_a_person", "question")
    clock.advance(timedelta(hours=1))
    assert "wacht 1 uur" in agent.get("/desk/waiting").text


def test_who_waits_longer_than_was_promised_stands_first_and_the_page_says_so_in_words(
    agent: Visitor, staff: Staff, shop: Shop, database: Database, clock: ManualClock
) -> None:
    longest = shop(merchant_id=staff.merchant_id, payer_name="Bram Bos")
    database.run(call_a_person, longest, "disputed", "dispute", "disputed")
    database.run(promise_by, longest, "disputed", "2026-11-25")
    clock.advance(timedelta(hours=3))
    late = shop(merchant_id=staff.merchant_id, payer_name="Anna de Vries")
    database.run(call_a_person, late, "asks_a_person", "question")
    database.run(promise_by, late, "asks_a_person", "2026-11-24")
    clock.advance(timedelta(days=2))
    agent.login(staff.agent)
    page = agent.get("/desk/waiting").text
    assert page.index(late.request_id) < page.index(longest.request_id)
    words = "Te laat: een antwoord was beloofd voor uiterlijk dinsdag 24 november."
    assert page.count(words) == 1
    assert words in agent.get(person(late)).text
    assert "Beloofd: antwoord uiterlijk woensdag 25 november." in agent.get(person(longest)).text
    assert "Te laat met antwoorden: 1." in agent.get("/desk").text


def test_nobody_waits_and_the_page_says_so(agent: Visitor, owed: Owed) -> None:
    assert "Niemand wacht. Alles loopt." in agent.get("/desk/waiting").text
    assert owed.request_id not in agent.get("/desk/waiting/rows").text
    assert "wacht op antwoord</a></p>" not in agent.get("/desk").text


def test_no_shop_sees_who_waits_at_another(agent: Visitor, shop: Shop, database: Database) -> None:
    other = database.run(open_shop, "Bakkerij Bos")
    theirs = shop(merchant_id=other.merchant_id, payer_name="Geheime Gijs")
    database.run(call_a_person, theirs, "asks_a_person", "question")
    for path in ("/desk/waiting", "/desk/waiting/rows", "/desk"):
        page = agent.get(path).text
        assert "Gijs" not in page
        assert theirs.request_id not in page
    assert agent.get(person(theirs)).status_code == 404


def test_a_script_whose_login_ended_hears_so_plainly(site: Flask, owed: Owed) -> None:
    stranger = Visitor(site)
    assert stranger.get("/desk/waiting/rows").status_code == 401
    assert stranger.get(person(owed, "talk")).status_code == 401


def test_the_list_tells_the_question_itself_and_words_that_nobody_got(
    agent: Visitor, staff: Staff, shop: Shop, database: Database
) -> None:
    asks = shop(merchant_id=staff.merchant_id, payer_name="Anna de Vries")
    unclear = shop(merchant_id=staff.merchant_id, payer_name="Bram Bos")
    speaks = shop(merchant_id=staff.merchant_id, payer_name="Cor Kalm")
    for one, reason, body in (
        (asks, "asks_question", "Kan de fiets ook rood?"),
        (unclear, "not_understood", "qwerty"),
        (speaks, "asks_a_person", "mag ik iemand spreken"),
    ):
        database.run(write, one, body)
        database.run(call_a_person, one, reason, "answer_promised", subject=reason, date="2026-11-24")
    page = agent.get("/desk/waiting").text
    assert "De klant heeft een vraag." in page
    assert "“Kan de fiets ook rood?”" in page
    assert "“qwerty”" in page
    assert "“mag ik iemand spreken”" not in page
    assert page.count("De klant wil iemand spreken.") == 1

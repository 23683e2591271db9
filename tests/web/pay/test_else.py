"""`Something else?`: the verbs of the chat, chosen on the page, with the same outcome and said back there."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from core.db import Tx
from messages.inbox import Incoming
from messages.outbox import Outgoing
from payments.parties import Address, Payer
from payments.plans import planned
from payments.timeline import Event
from tests.web.pay.house import House, record, seen, text
from web.pay.wishes import WISHES, Wish


def tap(house: House, name: str, **form: str) -> tuple[int, str]:
    answer = house.client().post(f"{house.page}/else/{name}", data=form)
    return answer.status_code, text(answer.text)


def events(house: House, kind: str) -> list[Event]:
    query = select(Event).where(Event.request_id == house.owed.request_id, Event.kind == kind)
    return house.world.db.read(lambda tx: list(tx.session.scalars(query)))


def offered(house: House) -> list[str]:
    page = house.client().get(f"{house.page}/else").text
    return [wish.name for wish in WISHES if f'/else/{wish.name}"' in page]


@pytest.mark.parametrize(
    ("name", "form", "kind", "status", "attention", "line"),
    [
        ("already-paid", {}, "check", "checking", "claims_paid", "We vinden nog geen betaling"),
        ("not-right", {}, "dispute", "disputed", "disputed", "We zoeken het eerst uit"),
        ("cannot-pay", {}, "hardship", "hardship", "hardship", "Gratis hulp bij geldzorgen: uw gemeente"),
        ("rest", {"day": "2026-12-07"}, "paused", "paused", None, "Tot maandag 7 december hoort u niets"),
        ("pay-day", {"number": "25"}, "pay_day", "open", None, "rond de 25e van de maand"),
        ("stop", {}, "opted_out", "open", None, "U krijgt van Fietshuis Jansen geen berichten meer."),
    ],
)  # fmt: skip
def test_what_is_chosen_is_done_once_said_back_and_in_the_timeline(  # noqa: PLR0917 - given by name
    house: House, name: str, form: dict[str, str], kind: str, status: str, attention: str | None, line: str
) -> None:
    assert seen(house, f"/else/{name}")
    assert kind not in house.kinds()
    for _ in range(2):
        code, page = tap(house, name, **form)
        assert code == 200
        assert line in page
    assert (house.request().status, house.request().attention) == (status, attention)
    assert [event.actor for event in events(house, kind)] == ["payer"]
    assert [event.actor for event in events(house, "tapped")] == ["payer"]


def test_nothing_is_sent_for_what_is_answered_on_the_page(house: House) -> None:
    for name in ("already-paid", "not-right", "cannot-pay", "stop"):
        tap(house, name)
    assert house.world.db.read(lambda tx: list(tx.session.scalars(select(Outgoing)))) == []


def test_whoever_cannot_pay_is_not_asked_again_and_finds_free_help_before_and_after(house: House) -> None:
    assert "Geldfit (0800-8115)" in seen(house, "/else/cannot-pay")
    _, page = tap(house, "cannot-pay")
    assert "We kijken samen wat kan" in page
    assert "Ik wil in delen betalen" in page
    assert house.world.db.read(lambda tx: list(planned(tx, house.owed.request_id))) == []


def test_in_hardship_parts_are_a_wish_that_a_person_arranges(house: House) -> None:
    tap(house, "cannot-pay")
    assert "In hoeveel keer zou het lukken?" in seen(house, "/parts")
    answer = house.client().post(f"{house.page}/parts", data={"count": "2", "interval": "month"})
    assert "We geven het door aan de collega" in text(answer.text)
    assert house.request().status == "hardship"
    assert [event.data["count"] for event in events(house, "wish")] == [2]


def test_what_is_not_right_can_be_told_in_own_words_which_a_person_reads(house: House) -> None:
    for _ in range(2):
        tap(house, "not-right", text="De bel doet het niet.")
    rows = house.world.db.read(lambda tx: list(tx.session.scalars(select(Incoming))))
    assert [row.body for row in rows if row.body] == ["De bel doet het niet."]
    assert house.kinds().count("question") == 1
    assert tap(house, "not-right", text="x" * 501)[0] == 422


@pytest.mark.parametrize("status", ["open", "promised", "instalments", "disputed", "hardship"])
def test_going_on_is_offered_to_nobody_who_has_no_pause(house: House, status: str) -> None:
    house.change(status=status)
    assert "go-on" not in offered(house)


def test_words_beside_a_choice_promise_an_answer_once(house: House) -> None:
    for _ in range(2):
        tap(house, "not-right", text="De bel doet het niet.")
    assert [event.data["subject"] for event in events(house, "answer_promised")] == ["disputed"]


def test_words_that_come_later_are_read_too_though_a_person_looked_already(house: House) -> None:
    tap(house, "not-right", text="De bel doet het niet.")
    house.change(attention=None, attentions=[])
    tap(house, "not-right", text="En de rem ook niet.")
    assert house.request().attention == "disputed"
    assert house.kinds().count("dispute") == 1
    assert [event.data["subject"] for event in events(house, "answer_promised")] == ["disputed", "disputed"]


def test_a_stop_on_the_page_counts_everywhere_and_can_be_taken_back_there(house: House) -> None:
    query = select(Address.opted_out_at)
    tap(house, "stop")
    assert all(house.world.db.read(lambda tx: list(tx.session.scalars(query))))
    assert "start" in offered(house)
    assert "stop" not in offered(house)
    for _ in range(2):
        _, page = tap(house, "start")
    assert "U krijgt weer berichten van Fietshuis Jansen." in page
    assert not any(house.world.db.read(lambda tx: list(tx.session.scalars(query))))
    assert house.kinds().count("opted_in") == 1


def test_after_a_stop_the_page_still_hears_what_is_wrong(house: House) -> None:
    tap(house, "stop")
    tap(house, "not-right")
    assert house.request().status == "disputed"


@pytest.mark.parametrize(
    ("day", "line"),
    [
        ("2026-11-20", "Die dag is al geweest."),
        ("2027-06-01", "Zo lang stil blijven kan helaas niet. Tot en met vrijdag 22 januari 2027 kan wel."),
        ("morgen", "Kies een dag tot en met"),
        ("", "Kies een dag tot en met"),
    ],
)
def test_a_rest_that_cannot_be_is_answered_with_what_can(house: House, day: str, line: str) -> None:
    code, page = tap(house, "rest", own=day)
    assert code == 422
    assert line in page
    assert house.request().status == "open"


def test_who_used_the_rest_up_is_not_offered_another(house: House) -> None:
    house.change(times_paused=1)
    assert "rest" not in offered(house)
    _, page = tap(house, "rest", day="2026-12-07")
    assert "U heeft uw pauze al gebruikt." in page
    assert house.request().status == "open"


def test_what_rests_can_go_on_again(house: House) -> None:
    assert "go-on" not in offered(house)
    tap(house, "rest", day="2026-12-07")
    assert "go-on" in offered(house)
    for _ in range(2):
        _, page = tap(house, "go-on")
        assert "Er staat € 42,50 open." in page
    assert house.kinds().count("resumed") == 1
    assert house.request().status == "open"


@pytest.mark.parametrize("number", ["", "0", "32", "1,5", "vijf", "²"])
def test_a_pay_day_is_a_day_of_the_month(house: House, number: str) -> None:
    code, page = tap(house, "pay-day", number=number)
    assert code == 422
    assert "Vul een getal in van 1 tot en met 31." in page


def test_a_pay_day_is_offered_for_this_invoice_too(house: House) -> None:
    _, page = tap(house, "pay-day", number="1")
    assert "dinsdag 1 december" in page
    house.client().post(f"{house.page}/later", data={"day": "2026-12-01"})
    assert house.request().quiet_until == date(2026, 12, 1)


def test_whoever_would_rather_be_called_comes_to_a_person(house: House) -> None:
    assert "Liever een telefoontje" in seen(house, "/else/channel")
    _, page = tap(house, "channel", channel="phone")
    assert "neemt contact met u op" in page
    assert house.request().attention == "asks_a_person"
    assert tap(house, "channel", channel="pigeon")[0] == 422


@pytest.mark.parametrize("name", [wish.name for wish in WISHES])
def test_there_is_nothing_to_choose_for_what_is_paid(house: House, name: str) -> None:
    record(house, "payment", 4250)
    house.change(status="paid")
    before = house.kinds()
    for answer in (
        house.client().get(f"{house.page}/else/{name}"),
        house.client().post(f"{house.page}/else/{name}", data={"day": "2026-12-07", "number": "1"}),
        house.client().get(f"{house.page}/else"),
    ):
        assert (answer.status_code, answer.location) == (303, house.page)
    assert house.kinds() == before
    assert "U hoeft niets meer te doen." in seen(house)


def test_a_choice_that_does_not_exist_is_nothing(house: House) -> None:
    assert house.client().get(f"{house.page}/else/wonder").status_code == 404
    assert house.client().post(f"{house.page}/else/wonder").status_code == 404


@pytest.mark.parametrize("name", [wish.name for wish in WISHES])
def test_another_site_cannot_choose_for_the_payer(house: House, name: str) -> None:
    answer = house.client().post(f"{house.page}/else/{name}", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert "tapped" not in house.kinds()


@pytest.mark.parametrize("formality", ["u", "je"])
@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("wish", WISHES, ids=lambda wish: wish.name)
def test_every_choice_can_be_read_in_every_voice(
    lone_house: House, wish: Wish, language: str, formality: str
) -> None:
    def speak(tx: Tx) -> None:
        payer = tx.session.get_one(Payer, lone_house.owed.payer_id)
        payer.language, payer.formality = language, formality

    lone_house.world.db.run(speak)
    form = {"day": "2026-11-29", "number": "27", "channel": "post"}
    answer = lone_house.client().post(f"{lone_house.page}/else/{wish.name}", data=form)
    assert answer.status_code == 200
    assert "{" not in text(answer.text)
    assert "Antwoord *" not in answer.text

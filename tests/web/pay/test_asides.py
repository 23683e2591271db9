"""The quiet links: a question, "is this real?" and "not for me"."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from core.clock import ManualClock
from core.db import Tx
from messages.inbox import Incoming
from messages.outbox import Outgoing
from payments.parties import Address
from payments.requests import PaymentRequest
from tests.web.pay.house import House, record, seen, text
from web.admin.conversation import Part, conversation
from web.wording import words as words_in


def questions(house: House) -> list[Incoming]:
    return house.world.db.read(lambda tx: list(tx.session.scalars(select(Incoming))))


def addresses(house: House) -> list[Address]:
    query = select(Address).where(Address.payer_id == house.owed.payer_id)
    return house.world.db.read(lambda tx: list(tx.session.scalars(query)))


# --- A question -------------------------------------------------------------------------------------


def test_a_question_reaches_a_person_and_is_kept_sealed(house: House) -> None:
    answer = house.client().post(f"{house.page}/question", data={"text": "Is de band er ook bij?"})
    assert "Uw vraag is verstuurd" in text(answer.text)
    row = questions(house)[0]
    assert (row.door, row.state, row.body) == ("page", "done", "Is de band er ook bij?")
    assert row.request_id == house.owed.request_id
    assert house.request().attention == "asks_question"
    assert "question" in house.kinds()
    with house.world.db.engine.connect() as connection:
        kept = connection.exec_driver_sql("SELECT body, payload FROM incoming").one()
    assert "band" not in str(kept)


def test_the_same_question_twice_is_one_question(house: House, clock: ManualClock) -> None:
    for _ in range(2):
        house.client().post(f"{house.page}/question", data={"text": "Is de band er ook bij?"})
    assert len(questions(house)) == 1
    assert house.kinds().count("question") == 1
    clock.advance(timedelta(days=1))
    house.client().post(f"{house.page}/question", data={"text": "Is de band er ook bij?"})
    assert len(questions(house)) == 2


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("", "Schrijf eerst uw vraag."),
        (" \r\n ", "Schrijf eerst uw vraag."),
        ("é" * 501, "Er passen 500 tekens"),
    ],
)
def test_a_question_that_cannot_be_sent_says_why_and_keeps_the_words(
    house: House, words: str, line: str
) -> None:
    answer = house.client().post(f"{house.page}/question", data={"text": words})
    assert answer.status_code == 422
    assert line in text(answer.text)
    assert words.strip() in answer.text
    assert questions(house) == []


def test_five_hundred_letters_fit_and_a_new_line_is_one_of_them(house: House) -> None:
    lines = "\r\n".join(["x" * 49] * 10)
    assert len(lines.replace("\r\n", "\n")) == 499
    answer = house.client().post(f"{house.page}/question", data={"text": lines + "!"})
    assert answer.status_code == 200
    assert len(questions(house)[0].body or "") == 500


def test_a_flood_is_cut_off_with_a_page(house: House) -> None:
    answer = house.client().post(f"{house.page}/question", data={"text": "x" * 40_000})
    assert answer.status_code == 413
    assert "Dat is te veel tekst" in text(answer.text)
    assert "over een minuut" not in text(answer.text)


def test_a_question_is_confirmed_once_where_the_payer_reads_our_messages(house: House) -> None:
    for _ in range(2):
        house.client().post(f"{house.page}/question", data={"text": "Is de band er ook bij?"})
    query = select(Outgoing).where(Outgoing.request_id == house.owed.request_id)
    [row] = house.world.db.read(lambda tx: list(tx.session.scalars(query)))
    assert (row.template, row.asked, row.status) == ("question-passed-on", True, "queued")
    w, today = words_in("nl"), date(2026, 11, 23)

    def thread(tx: Tx) -> list[Part]:
        return conversation(tx, tx.session.get_one(PaymentRequest, house.owed.request_id), w, today)

    assert "Is de band er ook bij?" in [
        part.text for part in house.world.db.read(thread) if part.side == "theirs"
    ]


@pytest.mark.parametrize(
    ("words", "kind", "line"),
    [
        ("Stuur me geen berichten meer", "opted_out", "U krijgt van Fietshuis Jansen geen berichten meer."),
        ("Ik kan dit niet betalen, ik heb geen geld", "hardship", "sturen we geen herinneringen"),
        ("Ik heb dit al betaald", "check", "sturen we geen herinneringen"),
    ],
)
def test_stop_means_stop_and_trouble_is_heard_also_in_the_question_box(
    house: House, words: str, kind: str, line: str
) -> None:
    answer = house.client().post(f"{house.page}/question", data={"text": words})
    assert line in text(answer.text)
    assert kind in house.kinds()
    assert house.request().attention is not None


def test_whoever_asks_hears_when_the_answer_comes(house: House) -> None:
    for words in ("Is de band er ook bij?", "Ik heb dit al betaald", "Ik kan dit niet betalen"):
        answer = house.client().post(f"{house.page}/question", data={"text": words})
        assert "U hoort binnen één werkdag van ons." in text(answer.text), words
    assert "Gratis hulp bij geldzorgen" in text(answer.text)


def test_nobody_is_promised_an_answer_that_cannot_arrive(house: House) -> None:
    house.change_shop(phone="030 123 45 67")
    house.client().post(f"{house.page}/question", data={"text": "Stuur me geen berichten meer"})
    answer = text(house.client().post(f"{house.page}/question", data={"text": "Is de band er bij?"}).text)
    assert "We kunnen u geen bericht sturen. Liever meteen antwoord? Bel 030 123 45 67." in answer
    assert "werkdag" not in answer


def test_a_paid_request_can_still_be_asked_about(house: House) -> None:
    record(house, "payment", 4250)
    house.change(status="paid")
    answer = house.client().post(f"{house.page}/question", data={"text": "Krijg ik een bon?"})
    assert "Uw vraag is verstuurd" in text(answer.text)
    assert house.request().status == "paid"


# --- Is this real? ----------------------------------------------------------------------------------


def test_who_doubts_reads_what_can_be_checked(house: House) -> None:
    house.change_shop(phone="030 123 45 67", website="www.fietshuisjansen.nl")
    page = seen(house, "/real")
    for part in (
        "Dit verzoek komt van Fietshuis Jansen. Het gaat over nota 1042.",
        f"{house.world.settings.public_url}/p/",
        "Geen pincode, geen wachtwoord",
        "op het nummer dat u al kent",
        "030 123 45 67",
        "www.fietshuisjansen.nl",
    ):
        assert part in page


def test_a_page_about_trust_has_no_link_to_somewhere_else(house: House) -> None:
    house.change_shop(website="https://evil.example", phone="0900")
    html = house.client().get(f"{house.page}/real").text
    assert 'href="http' not in html
    assert 'href="tel:' not in html


# --- Not for me -------------------------------------------------------------------------------------


def test_asking_is_this_not_for_you_changes_nothing_and_names_nobody(house: House) -> None:
    page = seen(house, "/not-me")
    assert "Fietshuis" not in page
    assert "42,50" not in page
    assert all(address.opted_out_at is None for address in addresses(house))


def test_not_for_me_stops_every_message_and_closes_the_page(house: House) -> None:
    client = house.client()
    answer = client.post(f"{house.page}/not-me", follow_redirects=True)
    assert "Bedankt voor het melden" in text(answer.text)
    for secret in ("Fietshuis", "42,50", "fiets", "1042", house.token):
        assert secret not in answer.text
    assert all(address.opted_out_at is not None for address in addresses(house))
    assert house.request().attention == "wrong_person"
    assert "wrong_person" in house.kinds()
    assert client.get(house.page).status_code == 404
    assert client.get(f"/q/{house.token}.png").status_code == 404


def test_not_for_me_closes_the_other_links_that_were_sent_and_no_others(house: House) -> None:
    reminder, elsewhere = house.link("reminder-1"), house.link("api")

    def sent(tx: Tx) -> None:
        address = tx.session.scalars(select(Address)).first()
        assert address is not None
        tx.session.add(
            Outgoing(
                id=tx.new_id("out"),
                merchant_id=house.owed.merchant_id,
                request_id=house.owed.request_id,
                payer_id=house.owed.payer_id,
                address_id=address.id,
                channel=address.channel,
                to=address.value,
                chat_index=address.value,
                name="reminder-1",
                template="reminder-1",
                facts={},
                planned_at=tx.now,
                due_at=tx.now,
                created_at=tx.now,
            )
        )

    house.world.db.run(sent)
    house.client().post(f"{house.page}/not-me")
    assert house.client().get(f"/p/{reminder}").status_code == 404
    assert house.client().get(f"/p/{elsewhere}").status_code == 200

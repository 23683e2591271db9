"""The whole story of a request: what was said on both sides, and what happened in between, in order."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest

from core.clock import ManualClock
from core.db import Database, Tx
from messages.inbox import Incoming
from messages.outbox import Outgoing, Sending
from payments.parties import Address
from payments.requests import PaymentRequest
from payments.timeline import note
from tests.making import Owed
from tests.web.front import Visitor


def _message(tx: Tx, owed: Owed, name: str, body: str | None, status: Sending) -> Outgoing:
    address = tx.session.query(Address).filter(Address.payer_id == owed.payer_id).first()
    assert address is not None
    row = Outgoing(
        id=f"out_{name}",
        merchant_id=owed.merchant_id,
        request_id=owed.request_id,
        payer_id=owed.payer_id,
        address_id=address.id,
        channel="whatsapp",
        to=address.value,
        chat_index=address.value,
        name=name,
        template=name.rpartition(":")[2],
        facts={},
        body=body,
        status=status,
        planned_at=tx.now,
        due_at=tx.now + timedelta(days=1),
        created_at=tx.now,
    )
    tx.session.add(row)
    tx.session.flush()
    return row


def say(tx: Tx, owed: Owed, name: str, body: str, status: Sending = Sending.DELIVERED) -> None:
    """A message that went out."""
    row = _message(tx, owed, name, body, status)
    request = tx.session.get_one(PaymentRequest, owed.request_id)
    note(tx, request, "sent", template=row.template, channel="whatsapp", outgoing=row.id)
    note(tx, request, "delivered", "provider", template=row.template, channel="whatsapp", outgoing=row.id)


def hear(tx: Tx, owed: Owed, body: str) -> None:
    """A word of the payer, and what was understood."""
    row = Incoming(id=f"in_{body[:8]}", door="twilio", event_id=body[:8], payload="{}", received_at=tx.now)
    row.next_try_at, row.state, row.channel, row.body = tx.now, "done", "whatsapp", body
    row.merchant_id, row.payer_id, row.request_id = owed.merchant_id, owed.payer_id, owed.request_id
    tx.session.add(row)
    tx.session.flush()
    request = tx.session.get_one(PaymentRequest, owed.request_id)
    note(tx, request, "heard", "payer", channel="whatsapp", incoming=row.id)
    note(tx, request, "promised", "payer", date="2026-11-27")
    note(tx, request, "understood", intents=["reschedule"], act="promise")


def _parts(page: str) -> list[tuple[str, str]]:
    """The (side, words) of every part of the conversation on the page."""
    talk = page.split('<ol class="talk">')[1].split("</ol>")[0]
    items = re.findall(r'<li class="([a-z ]+)">(.*?)</li>', talk, re.DOTALL)
    words = [(side, html.unescape(re.sub(r"<[^>]+>", "", text))) for side, text in items]
    return [(side, re.sub(r"[ \n]+", " ", text).strip()) for side, text in words]


def test_the_story_is_told_in_order_with_bubbles_and_lines(
    owner: Visitor, owed: Owed, database: Database, clock: ManualClock
) -> None:
    database.run(say, owed, "request", "Dag Anna, betaal met één tik. Antwoord *vrijdag*.")
    clock.advance(timedelta(minutes=5))
    database.run(hear, owed, "kan ik vrijdag betalen?")
    clock.advance(timedelta(seconds=1))
    database.run(say, owed, "answer:promise-noted", "Prima. We sturen u op vrijdag 27 november een seintje.")
    parts = _parts(owner.get(f"/admin/requests/{owed.request_id}").text)
    assert [side for side, _ in parts] == ["ours", "theirs", "line", "line", "ours"]
    assert "Dag Anna, betaal met één tik. Antwoord vrijdag." in parts[0][1]
    assert "10:00 · WhatsApp · aangekomen" in parts[0][1]
    assert "Anna de Vries schreef:" in parts[1][1]
    assert "kan ik vrijdag betalen?" in parts[1][1]
    assert parts[2][1].startswith("Begrepen als: later betalen.")
    assert parts[3][1].startswith("De klant koos vrijdag 27 november om te betalen.")
    assert "10:05" in parts[4][1]


def test_what_did_not_go_says_why(owner: Visitor, owed: Owed, database: Database) -> None:
    def withhold(tx: Tx) -> None:
        request = tx.session.get_one(PaymentRequest, owed.request_id)
        _message(tx, owed, "reminder-1", None, Sending.WITHHELD)
        note(tx, request, "withheld", template="reminder-1", channel="whatsapp", reason="opted_out")
        note(tx, request, "waits", template="thanks", until="2026-11-24T06:00:00+00:00", reason="quiet_hours")

    database.run(withhold)
    lines = [text for side, text in _parts(owner.get(f"/admin/requests/{owed.request_id}").text)]
    assert lines[0].startswith("Niet verstuurd: de eerste herinnering. Reden: de klant wil geen berichten.")
    assert lines[1].startswith("Gaat later (di 24 nov, 07:00): het bedankje. Reden: nu is het avond")
    assert len(lines) == 2


@pytest.mark.parametrize(
    ("status", "body", "says"),
    [
        (Sending.QUEUED, None, "WhatsApp · gaat di 24 nov, 10:00"),
        (Sending.CLAIMED, "Dag Anna", "WhatsApp · onderweg"),
        (Sending.UNKNOWN, "Dag Anna", "WhatsApp · niet zeker of het aankwam"),
        (Sending.FAILED, "Dag Anna", "WhatsApp · niet aangekomen"),
    ],
)
def test_a_message_that_is_under_way_shows_where_it_stands(
    owner: Visitor, owed: Owed, database: Database, status: Sending, body: str | None, says: str
) -> None:
    database.run(_message, owed, "reminder-1", body, status)
    ((side, text),) = _parts(owner.get(f"/admin/requests/{owed.request_id}").text)
    assert side.startswith("ours")
    assert says in text
    assert (body or "de eerste herinnering") in text


def test_hostile_words_of_a_payer_stay_words(owner: Visitor, owed: Owed, database: Database) -> None:
    database.run(hear, owed, "<script>alert(1)</script> *<b>vet</b>* {{7*7}}")
    page = owner.get(f"/admin/requests/{owed.request_id}").text
    assert "<script>alert" not in page
    assert "<b>vet" not in page
    assert "&lt;script&gt;" in page
    assert "{{7" in page


def test_money_that_came_and_went_stands_between_the_bubbles(
    owner: Visitor, owed: Owed, database: Database
) -> None:
    def happen(tx: Tx) -> None:
        request = tx.session.get_one(PaymentRequest, owed.request_id)
        for kind in ("payment", "refund", "chargeback", "surplus"):
            note(tx, request, kind, "psp", cents=4250, ref="tr_1")
        note(tx, request, "paid")

    database.run(happen)
    lines = [text for _, text in _parts(owner.get(f"/admin/requests/{owed.request_id}").text)]
    assert [line.partition(":")[0] for line in lines[:3]] == [
        "Betaling ontvangen",
        "Terugbetaald",
        "Teruggeboekt door de bank",
    ]
    assert all("€\u00a042,50" in line for line in lines[:4])
    assert lines[4].startswith("Alles is betaald.")

"""The page of a request promises no message that does not come: it says why nothing does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from bot.stories.by_hand import let_go_on, seen_to
from bot.stories.next_message import coming
from bot.stories.say import Words, say
from core.clock import ManualClock
from core.db import Database, Tx
from payments import parties, plans
from payments.answers import promise_answer
from payments.attention import raise_attention
from payments.lifecycle import Verb
from payments.requests import PaymentRequest, locked
from tests.making import Owed
from tests.web.front import Staff, Visitor


def page(owner: Visitor, owed: Owed) -> str:
    return owner.get(f"/admin/requests/{owed.request_id}").text


def asks(tx: Tx, owed: Owed) -> None:
    request = locked(tx, owed.request_id)
    raise_attention(request, "asks_a_person")
    promise_answer(tx, request, "asks_a_person")


def test_while_an_answer_is_owed_no_message_is_promised(
    owner: Visitor, owed: Owed, database: Database, clock: ManualClock
) -> None:
    assert ", wo 25 nov, 09:00." in page(owner, owed).split("Volgende bericht: ")[1]
    database.run(asks, owed)
    found = page(owner, owed)
    assert "Er gaat nu niets uit: de klant wacht op ons antwoord." in found
    assert "Volgende bericht" not in found
    clock.advance(timedelta(days=1))

    def answered(tx: Tx) -> None:
        seen_to(tx, locked(tx, owed.request_id), {"asks_a_person"}, "Jan")

    database.run(answered)
    what = database.read(lambda tx: coming(tx, locked(tx, owed.request_id)))
    assert what.template == "reminder-1"
    # Three days after the answer, not on the day that was planned.
    assert what.at is not None
    assert what.at >= datetime(2026, 11, 27, 8, tzinfo=UTC)


def stops(tx: Tx, request: PaymentRequest) -> None:
    parties.opt_out(tx, request.payer)


def not_theirs(tx: Tx, request: PaymentRequest) -> None:
    parties.block(tx, request.payer)


def broken(tx: Tx, request: PaymentRequest) -> None:
    for address in request.payer.addresses:
        address.unusable_at = tx.now


def disputes(tx: Tx, request: PaymentRequest) -> None:
    request.move(Verb.DISPUTE)
    plans.drop_steps(tx, request)


def runs_out(tx: Tx, request: PaymentRequest) -> None:
    plans.drop_steps(tx, request)


@pytest.mark.parametrize(
    ("happens", "line"),
    [
        (stops, "de klant wil geen berichten."),
        (not_theirs, "dit nummer is van iemand anders."),
        (broken, "we hebben geen nummer dat werkt."),
        (disputes, "de klant zegt dat het niet klopt."),
        (runs_out, "alles wat gepland was, is verstuurd."),
    ],
)
def test_where_nothing_comes_the_page_says_why(
    owner: Visitor,
    owed: Owed,
    database: Database,
    happens: Callable[[Tx, PaymentRequest], None],
    line: str,
) -> None:
    database.run(lambda tx: happens(tx, locked(tx, owed.request_id)))
    found = page(owner, owed)
    assert line in found
    assert "Volgende bericht" not in found


def test_what_is_paid_needs_no_reason_for_silence(owner: Visitor, owed: Owed, database: Database) -> None:
    def paid(tx: Tx) -> None:
        locked(tx, owed.request_id).status = "paid"

    database.run(paid)
    found = page(owner, owed)
    assert "Volgende bericht" not in found
    assert "Er gaat" not in found
    assert "geen bericht meer" not in found


def test_after_going_on_the_next_message_is_promised_again(
    owner: Visitor, staff: Staff, owed: Owed, database: Database
) -> None:
    database.run(lambda tx: disputes(tx, locked(tx, owed.request_id)))
    database.run(let_go_on, staff.merchant_id, owed.request_id, "Jan")
    assert "Volgende bericht: " in page(owner, owed)


def test_a_message_that_waits_for_our_answer_names_no_day(
    owner: Visitor, owed: Owed, database: Database
) -> None:
    def queued(tx: Tx) -> None:
        request = locked(tx, owed.request_id)
        row = say(tx, request, Words("reminder-1", "reminder-1"))
        assert row is not None
        row.error = "answer_owed"

    database.run(queued)
    assert "WhatsApp · wacht tot de klant antwoord heeft" in page(owner, owed)

"""What came in too much is seen wherever its request is, with what became of giving it back."""

from __future__ import annotations

import pytest

from core.db import Database, Tx
from payments.attention import raise_attention
from payments.refunds import Refund
from payments.requests import PaymentRequest
from tests.making import Owed
from tests.web.admin.test_overview import pay
from tests.web.front import Visitor


@pytest.fixture
def late_payment(owner: Visitor, owed: Owed, database: Database) -> Owed:
    """A request that was withdrawn, and paid all the same."""
    owner.get(story(owed))
    owner.post(f"{story(owed)}/withdraw")
    pay(database, owed.request_id, "42.50", "tr_1", "paid")
    database.run(lambda tx: raise_attention(tx.session.get_one(PaymentRequest, owed.request_id), "surplus"))
    return owed


def story(owed: Owed) -> str:
    return f"/admin/requests/{owed.request_id}"


def gives_back(owner: Visitor, owed: Owed) -> None:
    owner.get(story(owed))
    assert owner.post(f"{story(owed)}/give-back", cents="4250").status_code == 303


def becomes(tx: Tx, /, status: str) -> None:
    [refund] = tx.session.query(Refund).all()
    refund.status = status


def test_a_withdrawn_request_that_was_paid_says_both_and_what_is_too_much(
    owner: Visitor, late_payment: Owed
) -> None:
    page = owner.get(story(late_payment)).text
    assert '<span class="state paid">Betaald</span> <span class="state cancelled">Ingetrokken</span>' in page
    assert "<dt>Te veel betaald</dt><dd>€\u00a042,50</dd>" in page
    assert "Er is te veel betaald. Geef het terug." in page
    assert "Pas het bedrag aan" not in page
    row = owner.get("/admin").text
    assert "€\u00a042,50 te\u00a0veel" in row
    assert '<span class="state cancelled">Ingetrokken</span>' in row


def test_it_is_found_among_what_was_withdrawn(owner: Visitor, late_payment: Owed) -> None:
    for show in ("cancelled", "paid"):
        assert story(late_payment) in owner.get(f"/admin?show={show}").text


def test_once_asked_for_the_page_says_that_it_is_on_its_way_and_asks_nobody(
    owner: Visitor, agent: Visitor, late_payment: Owed
) -> None:
    gives_back(owner, late_payment)
    page = owner.get(story(late_payment)).text
    assert "Geef het terug" not in page
    assert "<dt>Op weg terug</dt><dd>€\u00a042,50<br>" in page
    row = owner.get("/admin").text
    assert "€\u00a042,50 op\u00a0weg\u00a0terug" in row
    assert "te\u00a0veel" not in row
    assert 'class="state call"' not in row
    assert "Geef het terug" not in agent.get(f"/desk/waiting/{late_payment.request_id}").text


@pytest.mark.parametrize(
    ("status", "line"),
    [
        ("unknown", "We zoeken uit of de bank het kreeg."),
        ("queued", "Wacht bij Mollie tot er genoeg geld is."),
        ("processing", "De bank is ermee bezig."),
    ],
)
def test_where_the_refund_is_stands_beside_it(
    owner: Visitor, late_payment: Owed, database: Database, status: str, line: str
) -> None:
    gives_back(owner, late_payment)
    database.run(becomes, status)
    assert line in owner.get(story(late_payment)).text


def test_a_refund_that_failed_is_offered_again(
    owner: Visitor, late_payment: Owed, database: Database
) -> None:
    gives_back(owner, late_payment)
    database.run(becomes, "failed")
    page = owner.get(story(late_payment)).text
    assert "Op weg terug" not in page
    assert "Geef €\u00a042,50 terug" in page


def test_a_withdrawn_request_has_no_amount_to_lower(owner: Visitor, late_payment: Owed) -> None:
    owner.get(story(late_payment))
    answer = owner.post(f"{story(late_payment)}/lower", amount="10", why="agreed", was="4250")
    assert answer.status_code == 409

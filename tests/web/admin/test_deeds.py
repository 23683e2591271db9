"""What the buttons of a request do, and what they leave alone."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from core.db import Database, Tx
from payments.plans import Step, promise
from payments.promises import PromiseToPay
from payments.requests import PaymentRequest
from tests.making import Owed, Shop
from tests.web.admin.test_overview import pay
from tests.web.books import kinds, request_of, templates
from tests.web.front import Staff, Visitor


def _steps(database: Database, owed: Owed) -> list[tuple[str, date]]:
    query = select(Step).where(Step.request_id == owed.request_id, Step.state == "planned")
    return database.read(lambda tx: [(s.template, s.local_date) for s in tx.session.scalars(query)])


def _do(visitor: Visitor, owed: Owed, deed: str, **form: str) -> int:
    return visitor.post(f"/admin/requests/{owed.request_id}/{deed}", **form).status_code


def test_a_pause_keeps_silent_until_its_day_and_then_goes_on(
    owner: Visitor, owed: Owed, database: Database
) -> None:
    assert _do(owner, owed, "pause", until="2026-12-24") == 303
    request = request_of(database, owed)
    assert (request.status, request.quiet_until) == ("paused", date(2026, 12, 24))
    assert _steps(database, owed) == [("hold-over", date(2026, 12, 24))]
    assert request.times_paused == 0  # the payer can still ask for their own
    assert kinds(database, owed) == [("paused", "Jan Jansen")]


def test_a_pause_before_the_first_message_only_moves_that_message(
    owner: Visitor, staff: Staff, shop: Shop, database: Database
) -> None:
    owed = shop(merchant_id=staff.merchant_id)
    assert _do(owner, owed, "pause", until="2026-12-24") == 303
    assert _steps(database, owed) == [("request", date(2026, 12, 24))]


def test_a_pause_puts_a_promise_aside_without_calling_it_broken(
    owner: Visitor, owed: Owed, database: Database
) -> None:
    database.run(
        lambda tx: promise(tx, tx.session.get_one(PaymentRequest, owed.request_id), date(2026, 11, 27))
    )
    assert _do(owner, owed, "pause", until="2026-12-24") == 303
    outcomes = database.read(lambda tx: list(tx.session.scalars(select(PromiseToPay.outcome))))
    assert outcomes == ["replaced"]


@pytest.mark.parametrize("until", ["", "2026-11-23", "2026-11-01", "2028-01-01", "morgen", "2026-02-30"])
def test_a_pause_needs_a_day_that_can_be(owner: Visitor, owed: Owed, database: Database, until: str) -> None:
    answer = owner.post(f"/admin/requests/{owed.request_id}/pause", until=until)
    assert answer.status_code == 422
    assert "Kies een dag na vandaag" in answer.text
    assert request_of(database, owed).status == "open"
    assert kinds(database, owed) == []


@pytest.mark.parametrize("status", ["promised", "paused", "disputed", "checking", "hardship"])
@pytest.mark.parametrize("role", ["owner", "agent"])
def test_what_waits_goes_on_again_by_the_owner_and_by_an_agent(
    site: Flask, staff: Staff, owed: Owed, database: Database, status: str, role: str
) -> None:
    def wait(tx: Tx) -> None:
        request = tx.session.get_one(PaymentRequest, owed.request_id)
        request.status, request.attention, request.quiet_until = status, "disputed", date(2026, 12, 24)

    database.run(wait)
    visitor = Visitor(site)
    visitor.login(staff.owner if role == "owner" else staff.agent)
    assert "Ga weer verder" in visitor.get(f"/admin/requests/{owed.request_id}").text
    assert _do(visitor, owed, "resume") == 303
    request = request_of(database, owed)
    assert (request.status, request.attention, request.quiet_until) == ("open", None, None)
    assert [template for template, _ in _steps(database, owed)] == ["reminder-1"]
    assert kinds(database, owed) == [("resumed", "Jan Jansen" if role == "owner" else "Aysha Agent")]


def test_what_was_paused_before_it_was_asked_is_asked_when_it_goes_on(
    owner: Visitor, staff: Staff, shop: Shop, database: Database
) -> None:
    owed = shop(merchant_id=staff.merchant_id)
    _do(owner, owed, "pause", until="2026-12-24")
    assert _do(owner, owed, "resume") == 303
    assert _steps(database, owed) == [("request", date(2026, 11, 23))]


def test_what_does_not_wait_cannot_be_let_go_on(owner: Visitor, owed: Owed, database: Database) -> None:
    assert _do(owner, owed, "resume") == 409
    assert kinds(database, owed) == []


def test_a_withdrawn_request_is_asked_for_no_more_and_the_payer_hears_so(
    owner: Visitor, owed: Owed, database: Database
) -> None:
    assert _do(owner, owed, "withdraw") == 303
    request = request_of(database, owed)
    assert request.status == "cancelled"
    assert request.cancelled_at is not None
    assert _steps(database, owed) == []
    assert templates(database, owed) == ["withdrawn"]
    assert kinds(database, owed) == [("cancelled", "Jan Jansen")]
    assert _do(owner, owed, "withdraw") == 409
    assert templates(database, owed) == ["withdrawn"]


def test_a_payer_who_was_not_asked_yet_hears_nothing_of_it(
    owner: Visitor, staff: Staff, shop: Shop, database: Database
) -> None:
    owed = shop(merchant_id=staff.merchant_id)
    assert _do(owner, owed, "withdraw") == 303
    assert templates(database, owed) == []


def test_what_was_paid_in_part_is_offered_back_after_withdrawing(
    owner: Visitor, owed: Owed, database: Database
) -> None:
    pay(database, owed.request_id, "20.00")
    assert _do(owner, owed, "withdraw") == 303
    assert request_of(database, owed).attention == "surplus"
    assert "Geef €\u00a020,00 terug" in owner.get(f"/admin/requests/{owed.request_id}").text


def test_what_is_paid_cannot_be_withdrawn(owner: Visitor, owed: Owed, database: Database) -> None:
    pay(database, owed.request_id, "42.50", status="paid")
    assert _do(owner, owed, "withdraw") == 409
    assert request_of(database, owed).cancelled_at is None
    assert "Trek in" not in owner.get(f"/admin/requests/{owed.request_id}").text


def test_what_somebody_looked_at_needs_nobody_any_more(
    owner: Visitor, owed: Owed, database: Database
) -> None:
    def mark(tx: Tx) -> None:
        tx.session.get_one(PaymentRequest, owed.request_id).attention = "asks_a_person"

    database.run(mark)
    assert "De klant wil iemand spreken" in owner.get(f"/admin/requests/{owed.request_id}").text
    assert _do(owner, owed, "settle") == _do(owner, owed, "settle") == 303
    assert request_of(database, owed).attention is None
    assert kinds(database, owed) == [("attention_done", "Jan Jansen")]
    page = owner.get(f"/admin/requests/{owed.request_id}").text
    assert "Jan Jansen heeft dit bekeken: De klant wil iemand spreken." in page


def test_news_is_told_once_after_a_deed_and_made_up_news_never(owner: Visitor, owed: Owed) -> None:
    page = f"/admin/requests/{owed.request_id}"
    assert _do(owner, owed, "pause", until="2026-12-24") == 303
    assert "De herinneringen staan stil." in owner.get(page).text
    assert 'role="status"' not in owner.get(page).text
    for made_up in ("x", "wrong", "../paused", "b"):
        owner.client.set_cookie("news", made_up, domain="betalen.fietshuis.example", path=page)
        assert 'role="status"' not in owner.get(page).text
        assert 'role="status"' not in owner.get(f"{page}?news=paused").text

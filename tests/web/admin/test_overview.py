"""The overview: four figures that add up, and one list in which everything can be found."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from core.clock import ManualClock
from core.db import Database, Tx
from payments.checkouts import Checkout
from payments.ledger import record
from payments.psp import Fact
from payments.requests import PaymentRequest
from tests.making import Shop, make_checkout
from tests.web.front import Staff, Visitor
from web.admin.figures import figures
from web.admin.listing import PAGE, page_of, wanted


@pytest.fixture
def owner(site: Flask, staff: Staff) -> Visitor:
    visitor = Visitor(site)
    visitor.login(staff.owner)
    return visitor


def pay(database: Database, request_id: str, amount: str, psp_id: str = "tr_1", status: str = "") -> None:
    """Write a payment in the ledger, as a report of the PSP would."""

    def write(tx: Tx) -> None:
        checkout: Checkout = make_checkout(tx, request_id, psp_id)
        cents = int(amount.replace(".", ""))
        record(tx, checkout, [Fact("payment", psp_id, cents, "EUR", tx.now)])
        request = tx.session.get_one(PaymentRequest, request_id)
        request.status = status or request.status

    database.run(write)


def test_the_figures_add_up(database: Database, staff: Staff, shop: Shop) -> None:
    us = staff.merchant_id
    shop(merchant_id=us, amount="100.00", due_date=date(2026, 12, 1))
    half = shop(merchant_id=us, amount="50.00", due_date=date(2026, 11, 22), asked_days_ago=9)
    whole = shop(merchant_id=us, amount="30.00", due_date=date(2026, 11, 22), asked_days_ago=9)
    pay(database, half.request_id, "20.00", "tr_half")
    pay(database, whole.request_id, "30.00", "tr_whole", "paid")

    def look(tx: Tx) -> None:
        tx.session.get_one(PaymentRequest, half.request_id).attention = "disputed"

    database.run(look)
    found = database.read(figures, us)
    assert (found.outstanding.value, found.outstanding_count) == ("130.00", 2)
    assert (found.paid_today.value, found.paid_today_count) == ("50.00", 2)
    assert (found.late.value, found.late_count) == ("30.00", 1)
    assert found.attention_count == 1


def test_today_ends_at_midnight_in_amsterdam(
    database: Database, staff: Staff, shop: Shop, clock: ManualClock
) -> None:
    from datetime import UTC, datetime

    owed = shop(merchant_id=staff.merchant_id)
    clock.set(datetime(2026, 11, 23, 22, 59, tzinfo=UTC))  # 23:59 in Amsterdam
    pay(database, owed.request_id, "42.50")
    assert database.read(figures, staff.merchant_id).paid_today.value == "42.50"
    clock.set(datetime(2026, 11, 23, 23, 1, tzinfo=UTC))
    assert database.read(figures, staff.merchant_id).paid_today.value == "0.00"


def test_an_empty_shop_is_invited_to_begin(owner: Visitor) -> None:
    page = owner.get("/admin").text
    assert "Er zijn nog geen betaalverzoeken" in page
    assert "€\u00a00,00" in page


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("1042", {"1042", "10425"}),
        ("anna de vries", {"1042"}),
        ("  Anna   DE Vries", {"1042"}),
        ("Anna", {"1042"}),
        ("vries anna", {"1042"}),
        ("VRI", {"1042"}),
        ("de", {"1042"}),
        ("ri", set()),
        ("Zoe", {"T-7"}),
        ("zoë b", {"T-7"}),
        ("ZOË", {"T-7"}),
        ("bram zoe", set()),
        ("042", {"1042", "10425"}),
        ("t-7", {"T-7"}),
        ("0612345678", {"1042"}),
        ("+31 6 12345678", {"1042"}),
        ("%", set()),
        ("_", set()),
        ("0612", {"1042"}),
        ("06 3456 7890", {"T-7"}),
        ("567890", {"T-7"}),
        ("0031 6 1234", {"1042"}),
        ("+31 (0)6 12345678", {"1042"}),
        ("062", {"10425"}),
        ("T-7", {"T-7"}),
        ("'; DROP TABLE payer", set()),
    ],
)
def test_a_search_finds_by_reference_name_and_number(
    database: Database, staff: Staff, shop: Shop, typed: str, found: set[str]
) -> None:
    us = staff.merchant_id
    shop(merchant_id=us, reference="1042", payer_name="Anna de Vries", addresses={"sms": "+31612345678"})
    shop(merchant_id=us, reference="10425", payer_name="Bram", addresses={"sms": "+31623456789"})
    shop(merchant_id=us, reference="T-7", payer_name="Zoë Bâtard", addresses={"sms": "+31634567890"})
    page, _ = database.read(page_of, us, wanted(typed, "", ""))
    assert {request.reference for request in page} == found


@pytest.mark.parametrize(
    ("show", "found"),
    [
        ("owing", {"new", "late", "look"}),
        ("late", {"late"}),
        ("attention", {"look"}),
        ("paid_today", {"paid"}),
        ("paid", {"paid"}),
        ("planned", {"new"}),
        ("nonsense", {"new", "late", "look", "paid"}),
        ("", {"new", "late", "look", "paid"}),
    ],
)
def test_each_figure_leads_to_what_it_counts(
    database: Database, staff: Staff, shop: Shop, show: str, found: set[str]
) -> None:
    us = staff.merchant_id
    shop(merchant_id=us, reference="new")
    shop(merchant_id=us, reference="late", asked_days_ago=9, due_date=date(2026, 11, 22))
    look = shop(merchant_id=us, reference="look", asked_days_ago=1)
    paid = shop(merchant_id=us, reference="paid", asked_days_ago=1)
    pay(database, paid.request_id, "42.50", status="paid")

    def mark(tx: Tx) -> None:
        tx.session.get_one(PaymentRequest, look.request_id).attention = "hardship"

    database.run(mark)
    page, _ = database.read(page_of, us, wanted("", show, ""))
    assert {request.reference for request in page} == found


def test_a_long_list_comes_page_by_page_and_keeps_what_was_looked_for(
    owner: Visitor, staff: Staff, shop: Shop
) -> None:
    for number in range(PAGE + 2):
        shop(merchant_id=staff.merchant_id, reference=f"R-{number:02d}")
    shop(merchant_id=staff.merchant_id, reference="X-1")
    first = owner.get("/admin?q=R-").text
    following = first.split('href="/admin?q=R-&amp;')[1].split('"')[0].replace("&amp;", "&")
    second = owner.get(f"/admin?q=R-&{following}").text
    assert first.count("<tr>") - 1 == PAGE
    assert second.count("<tr>") - 1 == 2
    assert "X-1" not in first + second
    assert "Volgende" not in second


def test_an_answer_of_nothing_says_how_to_look(owner: Visitor, staff: Staff, shop: Shop) -> None:
    shop(merchant_id=staff.merchant_id)
    assert "Typ een deel van de naam" in owner.get("/admin?q=Niemand").text


def test_what_was_typed_comes_back_as_text(owner: Visitor) -> None:
    page = owner.get("/admin?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page

"""The overview: four figures that add up, and one list in which everything can be found."""

from __future__ import annotations

from datetime import date

import pytest

from core.clock import ManualClock
from core.db import Database, Tx
from core.money import Money
from payments import instalments
from payments.checkouts import Checkout
from payments.ledger import record
from payments.parts import Part
from payments.psp import Fact
from payments.requests import PaymentRequest
from tests.making import Owed, Shop, make_checkout
from tests.web.front import Staff, Visitor
from web.admin.figures import figures
from web.admin.listing import PAGE, page_of, wanted


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


def in_parts(tx: Tx, /, owed: Owed, *days: date) -> None:
    """Agree on a part of 10.00 on each of `days`."""
    request = tx.session.get_one(PaymentRequest, owed.request_id)
    request.status = "instalments"
    plan = [Part(number, day, Money(10_00)) for number, day in enumerate(days, start=1)]
    instalments.start(tx, request, plan)


def test_a_request_that_is_paid_twice_today_is_one_request(
    database: Database, staff: Staff, shop: Shop
) -> None:
    one = shop(merchant_id=staff.merchant_id, amount="50.00", asked_days_ago=1)
    pay(database, one.request_id, "20.00", "tr_1")
    pay(database, one.request_id, "30.00", "tr_2", "paid")
    found = database.read(figures, staff.merchant_id)
    assert (found.paid_today.value, found.paid_today_count) == ("50.00", 1)


@pytest.mark.parametrize(
    ("days", "paid", "late"),
    [
        ((date(2026, 11, 24), date(2026, 12, 24)), "", "0.00"),  # all to come
        ((date(2026, 11, 23), date(2026, 12, 23)), "", "0.00"),  # the first is due today
        ((date(2026, 11, 20), date(2026, 12, 20)), "", "10.00"),
        ((date(2026, 11, 20), date(2026, 12, 20)), "4.00", "6.00"),
        ((date(2026, 11, 20), date(2026, 12, 20)), "10.00", "0.00"),
        ((date(2026, 10, 20), date(2026, 11, 20)), "4.00", "16.00"),
        ((date(2026, 10, 20), date(2026, 11, 20)), "15.00", "5.00"),
    ],
)
def test_who_pays_in_parts_is_late_with_the_parts_that_should_be_in(  # noqa: PLR0917 - a table
    database: Database,
    owner: Visitor,
    staff: Staff,
    shop: Shop,
    days: tuple[date, ...],
    paid: str,
    late: str,
) -> None:
    us = staff.merchant_id
    owed = shop(merchant_id=us, amount="20.00", due_date=date(2026, 11, 1), asked_days_ago=30)
    database.run(in_parts, owed, *days)
    if paid:
        pay(database, owed.request_id, paid)
    found = database.read(figures, us)
    assert (found.late.value, found.late_count) == (late, int(late != "0.00"))
    page, _ = database.read(page_of, us, wanted("", "late", ""))
    assert [one.id for one in page] == ([owed.request_id] if late != "0.00" else [])
    assert ('<span class="state call">Te laat</span>' in owner.get("/admin").text) == (late != "0.00")


def test_the_list_tells_what_is_paid_and_open_and_when_the_next_part_is_due(
    database: Database, owner: Visitor, staff: Staff, shop: Shop
) -> None:
    owed = shop(merchant_id=staff.merchant_id, amount="20.00", due_date=date(2026, 11, 1), asked_days_ago=30)
    database.run(in_parts, owed, date(2026, 11, 20), date(2026, 12, 20))
    pay(database, owed.request_id, "10.00")
    page = owner.get("/admin").text
    assert "€\u00a010,00\u00a0betaald, €\u00a010,00\u00a0open" in page
    assert '<span class="quiet">termijn</span> 20 dec 2026' in page


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

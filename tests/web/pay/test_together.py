"""The page that pays several requests at once: each with what it is for, one total, one button."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from core.db import Tx
from payments.checkouts import Checkout
from payments.requests import PaymentRequest, locked
from payments.shares import of_checkout
from payments.timeline import Event
from tests.web.pay.house import House, rows, text
from tests.web.pay.several import token_for_two


@pytest.fixture
def page(house: House) -> str:
    """The address of the page for Anna's two requests."""
    return f"/p/{token_for_two(house)}"


def ids(house: House) -> list[str]:
    query = select(PaymentRequest.id).order_by(PaymentRequest.id)
    return house.world.db.read(lambda tx: list(tx.session.scalars(query)))


def seen(house: House, path: str) -> str:
    answer = house.client().get(path)
    assert answer.status_code == 200
    return text(answer.text)


def pays(house: House, page: str) -> None:
    answer = house.client().post(f"{page}/pay", data={"cents": "7250"})
    assert answer.status_code == 303
    house.sandbox.world.mollie.pay(answer.location.rpartition("/")[2])
    house.client().get(f"{page}/done")
    house.ask_the_psp()


def withdraws(house: House, request_id: str) -> None:
    def step(tx: Tx) -> None:
        request = locked(tx, request_id)
        request.status, request.cancelled_at = "cancelled", tx.now

    house.world.db.run(step)


def test_each_request_is_named_with_its_amount_and_the_total_stands_on_the_button(
    house: House, page: str
) -> None:
    shown = seen(house, page)
    for part in ("Reparatie fiets", "Nota 1042", "€ 42,50", "Nieuwe band", "Nota 1043", "€ 30,00"):
        assert part in shown
    assert "Samen € 72,50" in shown
    assert "Betaal € 72,50" in shown
    assert "U betaalt dit in één keer:" in shown


@pytest.mark.parametrize(
    ("language", "formality", "said"),
    [
        ("nl", "je", "Je betaalt dit in één keer:"),
        ("nl", "u", "U betaalt dit in één keer:"),
        ("en", "u", "You pay this in one go:"),
    ],
)
def test_it_speaks_as_the_payer_does(
    house: House, page: str, language: str, formality: str, said: str
) -> None:
    def step(tx: Tx) -> None:
        payer = locked(tx, house.owed.request_id).payer
        payer.language, payer.formality = language, formality

    house.world.db.run(step)
    assert said in seen(house, page)


def test_looking_leaves_nothing_but_that_a_person_looked_at_each(house: House, page: str) -> None:
    before = rows(house)
    house.client("WhatsApp/2.23").get(page)
    house.client("WhatsApp/2.23").get(page.replace("/p/", "/q/") + ".png")
    assert rows(house) == before
    house.client().get(page)
    house.client().get(page)
    query = select(Event.request_id).where(Event.kind == "opened").order_by(Event.request_id)
    assert house.world.db.read(lambda tx: list(tx.session.scalars(query))) == ids(house)
    assert rows(house) == before + 2


def test_the_tap_opens_one_checkout_for_the_total_with_a_share_for_each(house: House, page: str) -> None:
    house.client().post(f"{page}/pay", data={"cents": "7250"})
    house.client().post(f"{page}/pay", data={"cents": "7250"})
    [payment] = house.sandbox.world.mollie.everything()
    assert payment.order.amount.cents == 7250
    assert payment.order.description == "Fietshuis Jansen 1042, 1043"
    query = select(Checkout)
    [checkout] = house.world.db.read(lambda tx: list(tx.session.scalars(query)))
    shares = house.world.db.read(of_checkout, checkout.id)
    assert [share.amount_cents for share in shares] == [4250, 3000]


def test_an_amount_that_changed_is_shown_before_it_is_charged(house: House, page: str) -> None:
    withdraws(house, ids(house)[1])
    answer = house.client().post(f"{page}/pay", data={"cents": "7250"})
    assert answer.status_code == 409
    shown = text(answer.text)
    assert "Het bedrag is intussen veranderd." in shown
    assert "Betaal € 42,50" in shown
    assert "€ 30,00 Niet meer nodig" in shown
    assert house.sandbox.world.mollie.everything() == []


def test_coming_back_tells_the_truth_and_then_says_thanks_for_each(house: House, page: str) -> None:
    answer = house.client().post(f"{page}/pay", data={"cents": "7250"})
    assert "We kijken of uw betaling is gelukt" in seen(house, f"{page}/done")
    house.sandbox.world.mollie.pay(answer.location.rpartition("/")[2])
    house.client().get(f"{page}/done")
    house.ask_the_psp()
    shown = seen(house, f"{page}/done")
    assert "€ 72,50 is betaald aan Fietshuis Jansen." in shown
    assert "€ 42,50 Betaald" in shown
    assert "€ 30,00 Betaald" in shown


def test_what_was_paid_together_shows_on_the_page_of_each(house: House, page: str) -> None:
    pays(house, page)
    assert "€ 42,50 is betaald." in seen(house, house.page)
    assert "€ 72,50 is betaald." in seen(house, page)
    assert house.client().post(f"{page}/pay").status_code == 409


def test_a_payment_in_one_go_is_looked_for_from_the_page_of_one_of_them(house: House, page: str) -> None:
    house.client().post(f"{page}/pay", data={"cents": "7250"})
    assert "Heeft u net betaald?" in seen(house, house.page)


def test_a_withdrawn_request_is_waited_for_while_its_payment_is_under_way(house: House, page: str) -> None:
    house.client().post(f"{page}/pay", data={"cents": "7250"})
    for one in ids(house):
        withdraws(house, one)
    assert "We kijken of uw betaling is gelukt" in seen(house, f"{page}/done")


@pytest.mark.parametrize("path", ["/later", "/parts"])
def test_a_day_or_parts_are_chosen_for_one_request_at_a_time(house: House, page: str, path: str) -> None:
    assert house.client().get(page + path).location == page
    answer = house.client().post(page + path, data={"day": "2026-11-27", "count": "2"})
    assert answer.location == page
    assert house.request().status == "open"
    assert "Later betalen" not in seen(house, page)


def test_a_question_is_about_all_of_them(house: House, page: str) -> None:
    house.client().post(f"{page}/question", data={"text": "Klopt dit wel allemaal?"})
    query = select(PaymentRequest.attention)
    assert None not in house.world.db.read(lambda tx: list(tx.session.scalars(query)))


def test_not_for_me_closes_the_page_and_tells_of_each(house: House, page: str) -> None:
    house.client().post(f"{page}/not-me")
    assert house.client().get(page).status_code == 404
    query = select(PaymentRequest.attention)
    assert set(house.world.db.read(lambda tx: list(tx.session.scalars(query)))) == {"wrong_person"}


def test_is_this_real_names_every_reference(house: House, page: str) -> None:
    assert "nota 1042, 1043" in seen(house, f"{page}/real")

"""From the tap to the thanks: the amount that was shown, one attempt, and the truth on the way back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.clock import ManualClock
from core.errors import OutcomeUnknown, Refused, SeintjeError, Unavailable
from payments.psp import Opened, Order
from payments.psp.mollie import Mollie
from payments.requests import locked
from payments.timeline import note
from tests.making import Wanted
from tests.web.pay.house import House, furnished, make_app, record, seen, text
from web.pay.door import WAITS


def test_a_tap_leads_to_the_bank_with_the_amount_that_was_shown(house: House) -> None:
    answer = house.client().post(f"{house.page}/pay", data={"cents": "4250"})
    assert answer.status_code == 303
    payment = house.sandbox.world.mollie.everything()[0]
    assert answer.location == f"{house.sandbox.url}/bank/{payment.id}"
    assert payment.order.amount.cents == 4250
    assert payment.order.redirect_url == f"{house.world.links.url(house.token)}/done"


def test_a_second_tap_goes_on_with_the_same_attempt(house: House) -> None:
    house.tap()
    house.tap()
    assert len(house.sandbox.world.mollie.everything()) == 1


def test_an_amount_that_changed_is_shown_before_it_is_charged(house: House) -> None:
    record(house, "payment", 2000)
    answer = house.client().post(f"{house.page}/pay", data={"cents": "4250"})
    assert answer.status_code == 409
    assert "Het bedrag is intussen veranderd." in text(answer.text)
    assert "Betaal € 22,50" in text(answer.text)
    assert house.sandbox.world.mollie.everything() == []


def test_coming_back_before_the_bank_told_us_is_no_success(house: House) -> None:
    house.sandbox.world.mollie.pay(house.tap())
    answer = house.client().get(f"{house.page}/done")
    assert "We kijken of uw betaling is gelukt" in text(answer.text)
    assert "Gelukt" not in text(answer.text)
    assert f'http-equiv="refresh" content="2;url={house.page}/done?n=1"' in answer.text


def test_coming_back_makes_us_ask_the_psp_at_once(house: House, clock: ManualClock) -> None:
    house.sandbox.world.mollie.pay(house.tap())
    clock.advance(timedelta(seconds=3))
    house.client().get(f"{house.page}/done")
    house.ask_the_psp()
    assert "€ 42,50 is betaald aan Fietshuis Jansen." in seen(house, "/done")


def test_the_page_asks_ever_less_often_and_then_lets_the_payer_go(house: House) -> None:
    house.tap()
    assert sum(WAITS) == 120
    assert list(WAITS) == sorted(WAITS)
    for turn, wait in enumerate(WAITS):
        html = house.client().get(f"{house.page}/done?n={turn}").text
        assert f'content="{wait};url={house.page}/done?n={turn + 1}"' in html
    last = house.client().get(f"{house.page}/done?n={len(WAITS)}").text
    assert "http-equiv" not in last
    assert "U kunt deze pagina sluiten. Zodra we het weten, krijgt u bericht." in text(last)


@pytest.mark.parametrize("turn", ["-3", "x", "99999999999999999999"])
def test_nonsense_in_the_address_does_not_break_the_wait(house: House, turn: str) -> None:
    house.tap()
    assert house.client().get(f"{house.page}/done?n={turn}").status_code == 200


def test_paying_ends_in_thanks_with_a_bit_of_party(house: House) -> None:
    house.sandbox.world.mollie.pay(house.tap())
    house.client().get(f"{house.page}/done")
    house.ask_the_psp()
    answer = house.client().get(f"{house.page}/done")
    assert "Gelukt" in text(answer.text)
    assert 'class="thanks party"' in answer.text
    assert house.request().status == "paid"


@pytest.mark.parametrize("kind", ["hardship", "dispute"])
def test_thanks_are_quiet_after_a_hard_time(house: House, kind: str) -> None:
    house.world.db.run(lambda tx: note(tx, locked(tx, house.owed.request_id), kind))
    house.sandbox.world.mollie.pay(house.tap())
    house.client().get(f"{house.page}/done")
    house.ask_the_psp()
    html = house.client().get(f"{house.page}/done").text
    assert "Gelukt" in text(html)
    assert "party" not in html


def test_an_old_payment_is_stated_without_a_party(house: House, clock: ManualClock) -> None:
    house.sandbox.world.mollie.pay(house.tap())
    house.client().get(f"{house.page}/done")
    house.ask_the_psp()
    clock.advance(timedelta(hours=2))
    html = house.client().get(f"{house.page}/done").text
    assert "€ 42,50 is betaald." in text(html)
    assert "party" not in html


@pytest.mark.parametrize(
    ("ending", "line"),
    [
        ("fail", "De betaling is niet gelukt. Er is niets afgeschreven."),
        ("cancel", "De betaling is afgebroken. Er is niets afgeschreven."),
        ("expire", "De vorige betaling is verlopen. Er is niets afgeschreven."),
    ],
)
def test_a_payment_that_did_not_work_is_explained_and_open_for_another_try(
    house: House, ending: str, line: str
) -> None:
    first = house.tap()
    getattr(house.sandbox.world.mollie, ending)(first)
    house.client().get(f"{house.page}/done")
    house.ask_the_psp()
    assert line in seen(house, "/done")
    assert "Betaal € 42,50" in seen(house, "/done")
    assert house.tap() != first


def test_who_looks_again_while_paying_is_told_how_to_see_what_became_of_it(house: House) -> None:
    house.tap()
    assert "Heeft u net betaald? Dan kijken we of het is gelukt." in seen(house)


def test_a_part_that_came_in_is_thanked_for_and_the_rest_can_be_paid(house: House) -> None:
    record(house, "payment", 2000)
    page = seen(house, "/done")
    assert "We hebben € 20,00 ontvangen. Er staat nog € 22,50 open." in page
    assert "Betaal € 22,50" in page


def test_a_payment_in_another_tab_settles_this_one(house: House) -> None:
    """The second attempt is still open at the bank, but nothing is owed any more."""
    house.tap()
    record(house, "payment", 4250)
    house.change(status="paid")
    assert "Gelukt" in seen(house, "/done")


def test_a_paid_request_cannot_be_paid_again(house: House) -> None:
    record(house, "payment", 4250)
    house.change(status="paid")
    answer = house.client().post(f"{house.page}/pay")
    assert answer.status_code == 409
    assert "€ 42,50 is betaald." in text(answer.text)
    assert house.sandbox.world.mollie.everything() == []


@pytest.mark.parametrize("status", ["expired", "refunded", "charged_back"])
def test_a_page_that_was_left_open_cannot_pay_what_has_no_button_now(house: House, status: str) -> None:
    house.change(status=status)
    assert house.client().post(f"{house.page}/pay").status_code == 409
    assert house.sandbox.world.mollie.everything() == []


def test_a_payment_after_a_withdrawal_is_not_called_a_success(house: House) -> None:
    record(house, "payment", 4250)
    house.change(status="paid", cancelled_at=house.clock.now())
    page = seen(house, "/done")
    assert "Niet meer nodig" in page
    assert "Gelukt" not in page


def test_who_paid_while_the_shop_withdrew_is_not_told_that_nothing_was_owed(house: House) -> None:
    payment = house.tap()
    house.change(status="cancelled", cancelled_at=house.clock.now())
    house.sandbox.world.mollie.pay(payment)
    assert "We kijken of uw betaling is gelukt" in seen(house, "/done")
    house.ask_the_psp()
    assert "U heeft al € 42,50 betaald. Dat krijgt u terug." in seen(house, "/done")


def test_coming_back_without_ever_having_tapped_shows_the_page(house: House) -> None:
    assert "Betaal € 42,50" in seen(house, "/done")


def test_reloading_the_answer_to_a_tap_shows_the_page_and_pays_nothing(house: House) -> None:
    answer = house.client().get(f"{house.page}/pay")
    assert (answer.status_code, answer.location) == (303, house.page)
    assert house.checkouts() == []


class Deaf(Mollie):
    """Mollie on a bad day: every order ends the same way."""

    error: SeintjeError

    def open(self, order: Order) -> Opened:  # noqa: ARG002 - the signature is the port's
        raise self.error


@pytest.mark.parametrize(
    ("error", "status", "line"),
    [
        (Unavailable("down"), 503, "De betaaldienst antwoordt nu niet. Er is niets afgeschreven."),
        (OutcomeUnknown("hung up"), 503, "Probeer het over een minuut nog eens."),
        (Refused("no such method"), 409, "De betaaldienst kan deze betaling nu niet openen."),
    ],
)
def test_a_psp_that_does_not_open_is_explained_and_the_button_stays(
    house: House, error: SeintjeError, status: int, line: str
) -> None:
    psp = Deaf(house.world.settings)
    psp.error = error
    world = type(house.world)(**{**vars(house.world), "psp": psp})
    other = furnished(world, make_app(world), house.clock, house.sandbox, Wanted(asked_days_ago=0))
    answer = other.client().post(f"{other.page}/pay")
    assert answer.status_code == status
    assert line in text(answer.text)
    assert "Betaal € 42,50" in text(answer.text)
    assert ("Retry-After" in answer.headers) == (status == 503)

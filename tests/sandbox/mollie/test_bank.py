"""What a payer can rely on at the bank: one choice, and a way back to the shop."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import requests

from core.clock import ManualClock
from sandbox.server import Running
from tests.sandbox.mollie.test_payments import order

SHOP = "http://127.0.0.1:9/p/abc/done"


def choose(browser: requests.Session, url: str, status: str) -> requests.Response:
    return browser.post(url, data={"status": status}, allow_redirects=False, timeout=5)


def test_the_page_shows_the_amount_and_what_it_is_for(mollie: Any, browser: requests.Session) -> None:
    payment = mollie.payments.create(order())
    page = browser.get(payment.checkout_url, timeout=5).text
    assert "€\u00a042,50" in page
    assert "Reparatie fiets, nota 1042" in page
    assert "Betaald" in page
    assert mollie.payments.get(payment.id).is_open()


@pytest.mark.parametrize("status", ["paid", "failed", "canceled", "expired"])
def test_each_choice_decides_and_leads_back(mollie: Any, browser: requests.Session, status: str) -> None:
    payment = mollie.payments.create(order(redirectUrl=SHOP))
    answer = choose(browser, payment.checkout_url, status)
    assert (answer.status_code, answer.headers["Location"]) == (303, SHOP)
    assert mollie.payments.get(payment.id).status == status


def test_who_cancels_goes_where_the_shop_asked(mollie: Any, browser: requests.Session) -> None:
    payment = mollie.payments.create(order(redirectUrl=SHOP, cancelUrl=f"{SHOP}?nee"))
    answer = choose(browser, payment.checkout_url, "canceled")
    assert answer.headers["Location"] == f"{SHOP}?nee"


def test_a_payment_that_is_over_says_how_it_ended(mollie: Any, browser: requests.Session) -> None:
    payment = mollie.payments.create(order(redirectUrl=SHOP))
    choose(browser, payment.checkout_url, "paid")
    again = choose(browser, payment.checkout_url, "failed")
    assert again.headers["Location"].endswith(f"/bank/{payment.id}")
    page = browser.get(payment.checkout_url, timeout=5).text
    assert "Deze betaling is gelukt" in page
    assert 'value="failed"' not in page


def test_an_expired_payment_takes_no_money(
    mollie: Any, browser: requests.Session, clock: ManualClock
) -> None:
    payment = mollie.payments.create(order())
    clock.advance(timedelta(minutes=20))
    choose(browser, payment.checkout_url, "paid")
    assert mollie.payments.get(payment.id).is_expired()


def test_the_bank_can_take_a_paid_amount_back(mollie: Any, browser: requests.Session) -> None:
    payment = mollie.payments.create(order())
    choose(browser, payment.checkout_url, "paid")
    choose(browser, payment.checkout_url, "chargeback")
    assert mollie.payments.get(payment.id)["amountChargedBack"]["value"] == "42.50"
    assert "Teruggeboekt" in browser.get(payment.checkout_url, timeout=5).text


def test_another_site_cannot_decide_for_the_payer(mollie: Any, browser: requests.Session) -> None:
    payment = mollie.payments.create(order())
    browser.headers["Origin"] = "https://boef.example"
    assert choose(browser, payment.checkout_url, "paid").status_code == 403
    assert mollie.payments.get(payment.id).is_open()


def test_an_unknown_payment_has_a_page_that_says_so(sandbox: Running, browser: requests.Session) -> None:
    answer = browser.get(f"{sandbox.url}/bank/tr_nergens123", timeout=5)
    assert answer.status_code == 404
    assert "niet bekend" in answer.text

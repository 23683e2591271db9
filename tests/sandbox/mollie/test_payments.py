"""What a merchant can rely on when making and reading payments through Mollie's own client."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import requests
from mollie.api.error import (
    BadRequestError,
    NotFoundError,
    UnauthorizedError,
    UnprocessableEntityError,
)

from core.clock import ManualClock
from sandbox.server import Running


def order(**changes: Any) -> dict[str, Any]:
    return {
        "amount": {"value": "42.50", "currency": "EUR"},
        "description": "Reparatie fiets, nota 1042",
        "redirectUrl": "http://127.0.0.1:8000/p/abc/done",
        "method": "ideal",
        "metadata": {"request": "req_1"},
        **changes,
    }


def test_a_new_payment_is_open_for_a_quarter_of_an_hour(mollie: Any, sandbox: Running) -> None:
    payment = mollie.payments.create(order())
    assert payment.id.startswith("tr_")
    assert len(payment.id) == len("tr_") + 10
    assert (payment.status, payment.mode, payment.method) == ("open", "test", "ideal")
    assert payment.amount == {"value": "42.50", "currency": "EUR"}
    assert payment.metadata == {"request": "req_1"}
    assert payment.checkout_url == f"{sandbox.url}/bank/{payment.id}"
    assert payment.expires_at == "2026-11-23T09:15:00+00:00"


def test_a_paid_payment_says_when_and_by_whom(mollie: Any, sandbox: Running) -> None:
    payment = mollie.payments.create(order())
    sandbox.world.mollie.pay(payment.id, "A. de Vries")
    paid = mollie.payments.get(payment.id)
    assert paid.is_paid()
    assert paid.details["consumerName"] == "A. de Vries"
    assert paid.amount_remaining == {"value": "42.50", "currency": "EUR"}
    assert paid.checkout_url is None


def test_a_payment_expires_when_the_clock_passes_its_end(mollie: Any, clock: ManualClock) -> None:
    payment = mollie.payments.create(order())
    clock.advance(timedelta(minutes=15))
    assert mollie.payments.get(payment.id).is_expired()


def test_an_ideal_payment_cannot_be_cancelled_by_the_merchant(mollie: Any) -> None:
    payment = mollie.payments.create(order())
    assert payment.is_cancelable is False
    with pytest.raises(UnprocessableEntityError, match="cannot be cancelled"):
        mollie.payments.delete(payment.id)


def test_a_payment_without_a_preset_method_can_be_cancelled(mollie: Any) -> None:
    payment = mollie.payments.create(order(method=None))
    assert mollie.payments.delete(payment.id).is_canceled()


def test_the_merchant_can_change_where_the_payer_returns_to(mollie: Any) -> None:
    payment = mollie.payments.create(order())
    changed = mollie.payments.update(payment.id, {"redirectUrl": "http://127.0.0.1/elders"})
    assert changed.redirect_url == "http://127.0.0.1/elders"


@pytest.mark.parametrize("value", ["42.5", "42", "42,50", "042.505", "-1.00", 42.5, None])
def test_an_amount_without_exactly_two_decimals_is_refused(mollie: Any, value: object) -> None:
    with pytest.raises(UnprocessableEntityError) as caught:
        mollie.payments.create(order(amount={"value": value, "currency": "EUR"}))
    assert caught.value.field == "amount.value"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"description": ""}, "description"),
        ({"redirectUrl": None}, "redirectUrl"),
        ({"webhookUrl": "nergens"}, "webhookUrl"),
        ({"method": "goudstaven"}, "method"),
        ({"amount": {"value": "1.00", "currency": "USD"}}, "amount.currency"),
        ({"amount": {"value": "0.00", "currency": "EUR"}}, "amount"),
        ({"metadata": {"x": "y" * 1100}}, "metadata"),
    ],
)
def test_a_wrong_field_is_named(mollie: Any, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(UnprocessableEntityError) as caught:
        mollie.payments.create(order(**changes))
    assert caught.value.field == field


def test_an_unknown_payment_and_an_unknown_resource_are_not_found(mollie: Any) -> None:
    with pytest.raises(NotFoundError):
        mollie.payments.get("tr_nergens123")
    with pytest.raises(NotFoundError):
        mollie.customers.list()


def test_a_wrong_key_is_refused(mollie: Any) -> None:
    mollie.set_api_key("test_verkeerd")
    with pytest.raises(UnauthorizedError):
        mollie.payments.list()


def test_the_list_is_walked_page_by_page_through_its_own_links(mollie: Any, sandbox: Running) -> None:
    made = [mollie.payments.create(order(description=f"nota {n}")).id for n in range(5)]
    first = mollie.payments.list(limit=2)
    assert first["_links"]["next"]["href"].startswith(f"{sandbox.url}/v2/payments?")
    second = first.get_next()
    third = second.get_next()
    walked = [payment.id for page in (first, second, third) for payment in page]
    assert walked == made[::-1]
    assert not third.has_next()
    assert [payment.id for payment in third.get_previous()] == [payment.id for payment in second]


def test_an_unknown_cursor_is_a_bad_request(mollie: Any) -> None:
    with pytest.raises(BadRequestError) as caught:
        mollie.payments.list(**{"from": "tr_nergens123"})
    assert caught.value.field == "from"


def test_ideal_is_the_one_method(mollie: Any) -> None:
    assert [method.id for method in mollie.methods.list()] == ["ideal"]
    assert mollie.methods.get("ideal").minimum_amount == {"value": "0.01", "currency": "EUR"}


def test_a_body_that_is_no_json_is_a_bad_request(sandbox: Running) -> None:
    answer = requests.post(
        f"{sandbox.url}/v2/payments",
        data="{",
        headers={"Authorization": f"Bearer {sandbox.world.settings.mollie_key}"},
        timeout=5,
    )
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/hal+json"


def test_the_method_that_the_payer_chose_is_known_afterwards(mollie: Any, sandbox: Running) -> None:
    payment = mollie.payments.create(order(method=None))
    assert payment.method is None
    sandbox.world.mollie.pay(payment.id)
    assert mollie.payments.get(payment.id).method == "ideal"

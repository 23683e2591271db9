"""What a merchant can rely on when money goes back: refunds, and chargebacks that stay silent in `status`."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from mollie.api.error import ConflictError, UnprocessableEntityError

from core.clock import ManualClock
from sandbox.server import Running
from tests.sandbox.ears import Ear


def euros(value: str) -> dict[str, dict[str, str]]:
    return {"amount": {"value": value, "currency": "EUR"}}


@pytest.fixture
def paid(mollie: Any, sandbox: Running, ear: Ear) -> Any:
    payment = mollie.payments.create(
        {
            **euros("42.50"),
            "description": "nota 1042",
            "redirectUrl": "http://127.0.0.1/klaar",
            "webhookUrl": f"{ear.url}/webhooks/mollie",
            "method": "ideal",
        }
    )
    sandbox.world.mollie.pay(payment.id)
    ear.wait_for(1)
    return mollie.payments.get(payment.id)


def test_a_refund_goes_to_the_bank_and_is_told_on_the_way(
    paid: Any, mollie: Any, clock: ManualClock, ear: Ear
) -> None:
    refund = paid.refunds.create(euros("10.00"))
    assert (refund.status, refund.payment_id) == ("queued", paid.id)
    clock.advance(timedelta(hours=2))
    ear.wait_for(2)
    assert paid.refunds.get(refund.id).status == "processing"
    clock.advance(timedelta(hours=22))
    ear.wait_for(3)
    assert paid.refunds.get(refund.id).status == "refunded"
    after = mollie.payments.get(paid.id, embed="refunds")
    assert after.is_paid()
    assert after.amount_refunded == {"value": "10.00", "currency": "EUR"}
    assert after.amount_remaining == {"value": "32.50", "currency": "EUR"}
    assert [row["id"] for row in after["_embedded"]["refunds"]] == [refund.id]


def test_a_refund_can_be_taken_back_until_it_is_with_the_bank(
    paid: Any, mollie: Any, sandbox: Running
) -> None:
    refund = paid.refunds.create(euros("10.00"))
    paid.refunds.delete(refund.id)
    assert paid.refunds.get(refund.id).status == "canceled"
    assert mollie.payments.get(paid.id).amount_remaining["value"] == "42.50"

    second = paid.refunds.create(euros("5.00"))
    sandbox.world.mollie.move_refund(paid.id, second.id, "processing")
    with pytest.raises(UnprocessableEntityError):
        paid.refunds.delete(second.id)


def test_the_same_refund_twice_within_an_hour_is_refused(paid: Any, clock: ManualClock) -> None:
    paid.refunds.create(euros("10.00"))
    with pytest.raises(ConflictError, match="duplicate"):
        paid.refunds.create(euros("10.00"))
    clock.advance(timedelta(hours=1))
    assert paid.refunds.create(euros("10.00")).status == "queued"


def test_no_more_is_given_back_than_was_paid(paid: Any) -> None:
    with pytest.raises(UnprocessableEntityError):
        paid.refunds.create(euros("42.51"))


def test_an_open_payment_has_nothing_to_refund(mollie: Any) -> None:
    payment = mollie.payments.create(
        {**euros("5.00"), "description": "x", "redirectUrl": "http://127.0.0.1/klaar"}
    )
    with pytest.raises(UnprocessableEntityError):
        payment.refunds.create(euros("5.00"))


def test_a_chargeback_leaves_the_payment_paid_and_shows_in_its_amounts(
    paid: Any, mollie: Any, sandbox: Running, ear: Ear
) -> None:
    back = sandbox.world.mollie.charge_back(paid.id)
    ear.wait_for(2)
    after = mollie.payments.get(paid.id, embed="chargebacks")
    assert after.is_paid()
    assert after.status == "paid"
    assert after["amountChargedBack"] == {"value": "42.50", "currency": "EUR"}
    assert [row.id for row in after.chargebacks.list()] == [back.id]

    sandbox.world.mollie.reverse_chargeback(paid.id, back.id)
    ear.wait_for(3)
    assert after.chargebacks.get(back.id).reversed_at is not None
    assert mollie.payments.get(paid.id)["amountChargedBack"]["value"] == "0.00"


def test_all_refunds_and_chargebacks_are_listed_across_payments(
    paid: Any, mollie: Any, sandbox: Running
) -> None:
    refund = paid.refunds.create(euros("1.00"))
    back = sandbox.world.mollie.charge_back(paid.id)
    assert [row.id for row in mollie.refunds.list()] == [refund.id]
    assert [row.id for row in mollie.chargebacks.list()] == [back.id]

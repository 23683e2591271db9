"""What the product can rely on from Mollie's webhook: an id, nothing else, and ten tries."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from core.clock import ManualClock
from sandbox.server import Running
from tests.sandbox.ears import Ear
from tests.sandbox.mollie.test_payments import order


def create(mollie: Any, ear: Ear) -> str:
    payment = mollie.payments.create(order(webhookUrl=f"{ear.url}/webhooks/mollie/1"))
    return str(payment.id)


def test_only_the_id_is_told_and_only_when_something_ended(mollie: Any, sandbox: Running, ear: Ear) -> None:
    payment_id = create(mollie, ear)
    sandbox.world.postman.wait_until_idle()
    assert ear.heard == []
    sandbox.world.mollie.fail(payment_id)
    (heard,) = ear.wait_for(1)
    assert heard.path == "/webhooks/mollie/1"
    assert heard.form == {"id": payment_id}


def test_expiry_is_told_when_the_clock_gets_there(mollie: Any, clock: ManualClock, ear: Ear) -> None:
    payment_id = create(mollie, ear)
    clock.advance(timedelta(minutes=16))
    (heard,) = ear.wait_for(1)
    assert heard.form == {"id": payment_id}
    assert mollie.payments.get(payment_id).is_expired()


def test_a_webhook_that_is_not_accepted_comes_again_after_one_and_three_minutes(
    mollie: Any, sandbox: Running, clock: ManualClock, ear: Ear
) -> None:
    ear.answers.extend([500, 404])
    sandbox.world.mollie.pay(create(mollie, ear))
    ear.wait_for(1)
    sandbox.world.postman.wait_until_idle()
    assert len(ear.heard) == 1
    clock.advance(timedelta(minutes=1))
    ear.wait_for(2)
    sandbox.world.postman.wait_until_idle()
    clock.advance(timedelta(minutes=2))
    ear.wait_for(3)
    sandbox.world.postman.wait_until_idle()
    assert sandbox.world.postman.next_due() is None or len(ear.heard) == 3


def test_mollie_gives_up_after_ten_tries_in_twenty_six_hours(
    mollie: Any, sandbox: Running, clock: ManualClock, ear: Ear
) -> None:
    ear.answers.extend([500] * 12)
    sandbox.world.mollie.pay(create(mollie, ear))
    for count in range(1, 11):
        ear.wait_for(count)
        sandbox.world.postman.wait_until_idle()
        clock.advance(timedelta(hours=24))
    sandbox.world.postman.wait_until_idle()
    assert len(ear.heard) == 10

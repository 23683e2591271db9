"""What the product can rely on from Mollie's webhook: an id, nothing else, and ten tries."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from core.clock import ManualClock
from core.ids import SeededIds
from sandbox.letters import Answer, Letter
from sandbox.mollie.facts import Amount, Order
from sandbox.server import Running
from sandbox.settings import SandboxSettings
from sandbox.world import SandboxWorld
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


def test_a_webhook_that_is_not_accepted_comes_again(
    mollie: Any, sandbox: Running, clock: ManualClock, ear: Ear
) -> None:
    ear.answers.append(404)
    sandbox.world.mollie.pay(create(mollie, ear))
    ear.wait_for(1)
    sandbox.world.postman.wait_until_idle()
    assert len(ear.heard) == 1
    clock.advance(timedelta(minutes=1))
    ear.wait_for(2)


def test_mollie_gives_up_after_ten_tries_in_twenty_six_hours(clock: ManualClock, ids: SeededIds) -> None:
    start, tried = clock.now(), []

    def refuse(_: Letter) -> Answer:
        tried.append((clock.now() - start) / timedelta(minutes=1))
        return Answer(500)

    world = SandboxWorld(SandboxSettings(), clock, ids, transport=refuse)
    payment = world.mollie.create_payment(Order(Amount(100), "x", webhook_url="http://product/mollie"))
    world.mollie.pay(payment.id)
    while (due := world.postman.next_due()) is not None:
        clock.set(max(due, clock.now()))
        world.postman.run_due()
    world.close()
    assert tried == [0, 1, 3, 7, 15, 31, 60, 120, 240, 1560]

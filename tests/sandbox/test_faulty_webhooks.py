"""What goes wrong by plan with what the providers tell us, and what payers and banks do by plan."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from twilio.rest import Client as TwilioClient

from core.clock import ManualClock
from sandbox.faults import Fault
from sandbox.people import Person
from sandbox.server import Running
from tests.sandbox.ears import Ear, names
from tests.sandbox.mollie.test_payments import order
from tests.sandbox.twilio.test_messages import SMS, WHATSAPP


def statuses(ear: Ear) -> list[str]:
    return names(ear.heard, "MessageStatus")


def test_a_dropped_webhook_never_comes(twilio: TwilioClient, sandbox: Running, ear: Ear) -> None:
    sandbox.world.plan.add([Fault("twilio", "drop", "status")])
    twilio.messages.create(**SMS, body="Hoi", status_callback=f"{ear.url}/status")
    ear.wait_for(1)
    sandbox.world.postman.wait_until_idle()
    assert statuses(ear) == ["delivered"]


def test_a_duplicated_webhook_comes_twice(twilio: TwilioClient, sandbox: Running, ear: Ear) -> None:
    sandbox.world.plan.add([Fault("twilio", "duplicate", "status")])
    twilio.messages.create(**SMS, body="Hoi", status_callback=f"{ear.url}/status")
    ear.wait_for(3)
    assert sorted(statuses(ear)) == ["delivered", "sent", "sent"]


def test_reordered_webhooks_come_the_wrong_way_round(
    twilio: TwilioClient, sandbox: Running, ear: Ear
) -> None:
    sandbox.world.plan.add([Fault("twilio", "reorder", "status")])
    twilio.messages.create(**SMS, body="Hoi", status_callback=f"{ear.url}/status")
    ear.wait_for(2)
    assert statuses(ear) == ["delivered", "sent"]


def test_a_webhook_held_back_for_a_next_one_that_never_comes_comes_anyway(
    mollie: Any, sandbox: Running, ear: Ear, clock: ManualClock
) -> None:
    sandbox.world.plan.add([Fault("mollie", "reorder", "payment")])
    payment = mollie.payments.create(order(webhookUrl=f"{ear.url}/mollie"))
    sandbox.world.mollie.pay(payment.id)
    sandbox.world.postman.wait_until_idle()
    assert ear.heard == []
    clock.advance(timedelta(seconds=5))
    ear.wait_for(1)


def test_a_delayed_webhook_comes_when_its_time_has_come(
    mollie: Any, sandbox: Running, ear: Ear, clock: ManualClock
) -> None:
    sandbox.world.plan.add([Fault("mollie", "delay", "payment", seconds=90)])
    payment = mollie.payments.create(order(webhookUrl=f"{ear.url}/mollie"))
    sandbox.world.mollie.pay(payment.id)
    sandbox.world.postman.wait_until_idle()
    assert ear.heard == []
    clock.advance(timedelta(seconds=90))
    ear.wait_for(1)


def test_a_dropped_update_does_not_hold_up_the_chat(sandbox: Running, anna: Person, ear: Ear) -> None:
    sandbox.world.plan.add([Fault("telegram", "drop", "update")])
    sandbox.world.telegram.say(77, "weg")
    sandbox.world.telegram.say(77, "aangekomen")
    heard = ear.wait_for(2)
    assert heard[1].json["message"]["text"] == "aangekomen"


def test_a_payment_can_still_be_paid_after_its_hour_by_plan(
    mollie: Any, sandbox: Running, clock: ManualClock
) -> None:
    sandbox.world.plan.add([Fault("mollie", "late_expiry", seconds=600)])
    payment = mollie.payments.create(order())
    clock.advance(timedelta(minutes=20))
    assert mollie.payments.get(payment.id).status == "open"
    sandbox.world.mollie.pay(payment.id)
    assert mollie.payments.get(payment.id).status == "paid"


def test_a_paid_payment_is_charged_back_later_by_plan(
    mollie: Any, sandbox: Running, clock: ManualClock, ear: Ear
) -> None:
    sandbox.world.plan.add([Fault("mollie", "chargeback", seconds=3600)])
    payment = mollie.payments.create(order(webhookUrl=f"{ear.url}/mollie"))
    sandbox.world.mollie.pay(payment.id)
    ear.wait_for(1)
    clock.advance(timedelta(hours=1))
    ear.wait_for(2)
    assert mollie.payments.get(payment.id)["amountChargedBack"]["value"] == "42.50"


def test_a_payer_blocks_whatsapp_by_plan(twilio: TwilioClient, sandbox: Running, ear: Ear) -> None:
    sandbox.world.plan.add([Fault("twilio", "blocked")])
    twilio.messages.create(**WHATSAPP, body="Hoi", status_callback=f"{ear.url}/status")
    (heard,) = ear.wait_for(1)
    assert heard.form["ErrorCode"] == "63014"

"""Webhooks that come twice, late, in another order or not at all change what is known, never what is true."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.stories import reconcile
from bot.stories.paid import reported
from tests.bot.stories.watching import chat, goes_wrong, happened, incoming, payments, phone
from tests.house import ANNA, House

_MINUTE = timedelta(minutes=1)
_ON_THE_WAY = ["duplicate", "delay", "reorder", "drop"]


@pytest.mark.parametrize("kind", _ON_THE_WAY)
def test_statuses_of_twilio_only_go_forward(small_house: House, kind: str) -> None:
    """Trap 14."""
    goes_wrong(small_house, "twilio", kind, "status", seconds=30)
    request = small_house.ask(channels=["whatsapp"])
    small_house.settle()
    small_house.hands.read("whatsapp", ANNA)
    for _ in range(3):
        small_house.move(_MINUTE)
    assert happened(small_house) == [kind]
    assert small_house.heard(request) == [("request", "read")]
    told = [event for event in small_house.kinds(request) if event in {"sent", "delivered", "read"}]
    assert sorted(set(told)) == sorted(told)


def test_when_no_status_comes_at_all_the_message_is_sent_and_the_plan_goes_on(small_house: House) -> None:
    """Trap 12: a 201 is `sent`, never `delivered`."""
    goes_wrong(small_house, "twilio", "drop", "status", times=99)
    request = small_house.ask()
    small_house.settle()
    assert small_house.heard(request) == [("request", "sent")]
    small_house.move(timedelta(days=3))
    assert small_house.heard(request)[-1] == ("reminder-1", "sent")


@pytest.mark.parametrize(("api", "call"), [("twilio", "message"), ("telegram", "update")])
@pytest.mark.parametrize("kind", ["duplicate", "delay", "reorder"])
def test_a_reply_is_answered_once_however_it_comes_in(house: House, api: str, call: str, kind: str) -> None:
    """Trap 13: the same MessageSid or update_id twice is one word of the payer."""
    channel = "sms" if api == "twilio" else "telegram"
    request = house.ask(channels=[channel], send_at="2026-11-23T10:05")
    who = ANNA
    if channel == "telegram":
        house.joins_telegram(request)
        who = "500000001"
    house.move(timedelta(minutes=6))
    goes_wrong(house, api, kind, call, seconds=30)
    house.says("kan ik vrijdag betalen?", channel, who)
    for _ in range(2):
        house.move(_MINUTE)
    assert happened(house) == [kind]
    templates = [template for template, _ in house.heard(request)]
    assert templates.count("promise-noted") == 1
    assert house.request(request).times_promised == 1
    assert len([row for row in incoming(house) if row.body == "kan ik vrijdag betalen?"]) == 1


def test_two_replies_that_overtake_each_other_both_count(small_house: House) -> None:
    house = small_house
    request = house.ask()
    house.settle()
    goes_wrong(house, "twilio", "reorder", "message")
    house.hands.say("sms", ANNA, "ik betaal vrijdag", "")
    house.says("bedankt!")
    house.move(_MINUTE)
    assert house.kinds(request).count("heard") == 2
    assert house.request(request).status == "promised"


@pytest.mark.parametrize("kind", _ON_THE_WAY)
def test_a_payment_counts_once_however_its_webhook_comes_in(house: House, kind: str) -> None:
    """Traps 2 and 16."""
    request = house.ask()
    house.settle()
    goes_wrong(house, "mollie", kind, "payment", seconds=20)
    house.pays(request)
    for _ in range(3):
        house.move(_MINUTE)
    assert happened(house) == [kind]
    assert house.ledger(request) == [("payment", 4250)]
    assert [template for template, _ in house.heard(request)] == ["request", "thanks"]


def test_a_hint_that_comes_while_the_psp_is_being_asked_is_not_lost(house: House) -> None:
    """Trap 16: the answer is older than the hint, so there is something new to ask."""
    request = house.ask()
    house.settle()
    payment = house.tap(request)
    house.clock.advance(timedelta(seconds=11))
    [question] = reconcile.to_ask(house.world, [])
    old_answer = house.world.psp.report(payment)
    house.sandbox.world.mollie.pay(payment)
    house.sandbox.world.postman.wait_until_idle()
    house.world.db.run(reported, house.world, question.checkout_id, old_answer, question.retry_at)
    assert house.ledger(request) == []
    house.settle()
    assert house.ledger(request) == [("payment", 4250)]


def test_a_chargeback_that_comes_by_itself_reaches_a_person(house: House) -> None:
    """Trap 7."""
    request = house.ask()
    house.settle()
    goes_wrong(house, "mollie", "chargeback", "payment", seconds=86_400)
    house.pays(request)
    assert house.request(request).status == "paid"
    house.move(timedelta(days=1, minutes=1))
    assert house.request(request).status == "charged_back"
    assert house.request(request).attention == "charged_back"


@pytest.mark.parametrize("channel", ["whatsapp", "telegram"])
def test_a_block_at_the_moment_of_sending_counts_on_every_channel(small_house: House, channel: str) -> None:
    """Trap 11."""
    house = small_house
    request = house.ask(channels=[channel, "sms"], send_at="2026-11-23T10:05")
    if channel == "telegram":
        house.joins_telegram(request)
    api, call = ("twilio", "CreateMessage") if channel == "whatsapp" else ("telegram", "send*")
    goes_wrong(house, api, "blocked", call)
    house.move(timedelta(minutes=6))
    assert happened(house) == ["blocked"]
    assert house.heard(request)[-1] == ("request", "failed")
    house.move(timedelta(days=20))
    assert phone(house) == []
    assert "opted_out" in house.kinds(request)


def test_the_doors_call_nobody(small_house: House) -> None:
    """Trap 20: a webhook is answered by storing it; the PSP is asked, and the reply sent, by the worker."""
    house = small_house
    request = house.ask(channels=["telegram"], send_at="2026-11-23T10:05")
    house.joins_telegram(request)
    house.move(timedelta(minutes=6))
    payment, said = house.tap(request), len(chat(house))
    for api in ("mollie", "twilio", "telegram"):
        goes_wrong(house, api, "slow", seconds=0.01)
        goes_wrong(house, api, "hang", seconds=0.1, after=1)
    house.hands.say("telegram", "500000001", "ik betaal vrijdag", "")
    house.sandbox.world.mollie.pay(payment)
    assert house.sandbox.world.postman.wait_until_idle()
    assert happened(house) == []
    assert len(chat(house)) == said
    assert payments(house) == [payment]
    house.sandbox.world.plan.left = [f for f in house.sandbox.world.plan.left if f.kind == "slow"]
    house.settle()
    assert "slow" in happened(house)
    assert house.ledger(request) == [("payment", 4250)]

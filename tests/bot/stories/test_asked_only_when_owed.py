"""Nobody is asked for what is not owed at that moment, and stop means stop; the timeline says why."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.stories import deliver, fall_due
from payments.parties import opt_in, opt_out
from payments.requests import of_merchant
from tests.bot.stories.watching import (
    addresses,
    cancel,
    chat,
    goes_wrong,
    happened,
    person,
    phone,
    planned,
    templates,
    why,
)
from tests.house import ANNA, House

_WEEKS = timedelta(days=40)


def queued(house: House) -> str:
    """A request whose message is in the outbox, and not yet claimed."""
    request = house.ask(channels=["sms", "whatsapp"])
    assert house.heard(request) == [("request", "queued")]
    return request


def test_a_message_that_was_paid_for_while_it_waited_does_not_go(house: House) -> None:
    """Trap 8: what is owed is looked at in the transaction that claims the message."""
    request = house.ask()
    house.settle()
    house.move(timedelta(days=2))
    payment = house.tap(request)
    house.sandbox.world.mollie.pay(payment)
    house.sandbox.world.postman.wait_until_idle()
    house.clock.advance(timedelta(days=1))
    fall_due.fall_due(house.world)  # the reminder is in the outbox before the payment is known
    assert house.heard(request)[-1] == ("reminder-1", "queued")
    house.settle()
    # The PSP's answer and the claim race: either it waits until that is known, or it is known already.
    assert why(house, request, "waits") in ([], ["paying_now"])
    house.move(timedelta(minutes=2))
    assert ("reminder-1", "withheld") in house.heard(request)
    assert why(house, request, "withheld") == ["paid"]
    assert len(phone(house)) == 2


def test_a_stop_between_queue_and_claim_is_heeded(house: House) -> None:
    """Trap 11."""
    request = queued(house)
    house.world.db.run(lambda tx: opt_out(tx, of_merchant(tx, house.merchant_id, request).payer))
    house.settle()
    assert house.heard(request) == [("request", "withheld")]
    assert why(house, request, "withheld") == ["opted_out"]
    assert phone(house) == []


def test_a_request_that_was_cancelled_while_it_waited_does_not_go(house: House) -> None:
    request = queued(house)
    cancel(house, request)
    house.settle()
    assert house.heard(request) == [("request", "withheld")]
    assert why(house, request, "withheld") == ["cancelled"]


@pytest.mark.parametrize("word", ["stop", "AFMELDEN", "ik wil geen berichten meer", "unsubscribe"])
@pytest.mark.parametrize("channel", ["sms", "whatsapp"])
def test_stop_on_one_channel_silences_all(small_house: House, channel: str, word: str) -> None:
    """Trap 11: opt-out is about the person, not about the channel."""
    house = small_house
    request = house.ask(channels=["whatsapp", "sms"])
    other = house.ask(channels=["sms"], send_at="2026-11-30T10:00")
    house.settle()
    house.says(word, channel)
    said = len(phone(house, "sms")) + len(phone(house, "whatsapp"))
    house.move(_WEEKS)
    assert templates(house, request) == ["request", "opted-out"]
    assert house.heard(other) in ([], [("request", "withheld")])
    assert why(house, other, "withheld") == ["opted_out"]
    assert len(phone(house, "sms")) + len(phone(house, "whatsapp")) == said
    assert all(address.opted_out_at for address in addresses(house).values())


def test_stop_is_heard_before_anything_was_asked(house: House) -> None:
    """Trap 11: somebody joined a chat and says stop before the first request goes."""
    request = house.ask(channels=["telegram", "sms"], send_at="2026-11-23T12:00")
    house.joins_telegram(request)
    house.says("stop", "telegram", "500000001")
    house.move(timedelta(hours=3))
    assert templates(house, request) == ["telegram-welcome", "opted-out"]
    assert phone(house) == []
    assert why(house, request, "withheld") == ["opted_out"]


def test_a_stop_that_only_twilio_heard_counts_on_every_channel(house: House) -> None:
    """Traps 11 and 16: the webhook with STOP was lost; 21610 tells it after all."""
    request = house.ask(channels=["sms", "whatsapp"])
    house.settle()
    goes_wrong(house, "twilio", "drop", "message")
    house.says("STOP")
    assert happened(house) == ["drop"]
    house.move(_WEEKS)
    assert templates(house, request) == ["request", "reminder-1"]
    assert house.heard(request)[-1] == ("reminder-1", "failed")
    assert phone(house, "whatsapp") == []
    assert addresses(house)["whatsapp"].opted_out_at is not None


def test_who_stopped_and_comes_back_is_reached_again(house: House) -> None:
    request = house.ask()
    house.settle()
    house.says("STOP")
    house.says("START")
    assert addresses(house)["sms"].usable
    house.world.db.run(lambda tx: opt_in(tx, of_merchant(tx, house.merchant_id, request).payer, "test"))
    house.move(timedelta(days=4))
    assert house.heard(request)[-1] == ("reminder-1", "delivered")


def test_who_blocks_the_bot_is_left_alone(house: House) -> None:
    """Trap 11: to block is to say stop."""
    request = house.ask(channels=["telegram", "sms"], send_at="2026-11-23T10:05")
    house.joins_telegram(request)
    house.move(timedelta(minutes=6))
    house.hands.block("telegram", "500000001")
    house.sandbox.world.postman.wait_until_idle()
    house.move(_WEEKS)
    assert templates(house, request) == ["telegram-welcome", "request"]
    assert phone(house) == []


def test_a_block_that_is_only_heard_at_the_next_send_counts_too(house: House) -> None:
    """Trap 11: Telegram's 403."""
    request = house.ask(channels=["telegram", "sms"], send_at="2026-11-23T10:05")
    house.joins_telegram(request)
    house.move(timedelta(minutes=6))
    goes_wrong(house, "telegram", "drop", "update")
    house.hands.block("telegram", "500000001")
    house.move(_WEEKS)
    assert house.heard(request)[-1] == ("reminder-1", "failed")
    assert len(chat(house)) == 2
    assert phone(house) == []


def test_a_promise_is_kept_silent_and_a_broken_one_is_reminded_in_rhythm(house: House) -> None:
    request = house.ask()
    house.settle()
    house.says("ik betaal vrijdag")
    house.move_to(date(2026, 11, 26))
    assert templates(house, request) == ["request", "promise-noted"]
    house.move_to(date(2026, 11, 27))
    assert templates(house, request)[-1] == "promise-due"
    house.move_to(date(2026, 11, 28))
    assert templates(house, request)[-1] == "promise-due"
    house.move_to(date(2026, 11, 30))
    assert templates(house, request)[-1] == "reminder-1"


def test_a_pause_is_rest_until_its_day_and_resuming_ends_it(house: House) -> None:
    request = house.ask()
    house.settle()
    house.says("pauzeer tot 10 december")
    assert house.request(request).status == "paused"
    house.move_to(date(2026, 12, 9))
    assert templates(house, request) == ["request", "pause-noted"]
    house.move_to(date(2026, 12, 10))
    assert templates(house, request)[-1] == "pause-over"
    assert house.request(request).status == "open"


def test_after_its_last_day_a_request_is_not_asked_for_but_a_payment_counts(house: House) -> None:
    request = house.ask(expires_on="2026-11-25")
    house.settle()
    payment = house.tap(request)
    house.at_the_bank(payment, "canceled")
    house.move_to(date(2026, 11, 26))
    assert house.request(request).status == "expired"
    assert planned(house, request) == []
    house.move(_WEEKS)
    assert templates(house, request) == ["request"]
    house.pays(request)
    assert house.ledger(request) == [("payment", 4250)]


def test_a_claim_looks_at_what_was_decided_a_moment_ago(house: House) -> None:
    """Trap 8: a promise between queue and claim."""
    request = house.ask()
    house.settle()
    house.clock.advance(timedelta(days=3))
    fall_due.fall_due(house.world)
    house.hands.say("sms", ANNA, "ik betaal volgende week vrijdag", "")
    house.sandbox.world.postman.wait_until_idle()
    from bot.stories import hear

    hear.hear(house.world)
    assert [job.parcel.template for job in deliver.claim_due(house.world, []).claimed] == ["promise-noted"]
    assert why(house, request, "withheld") == ["promised"]
    assert person(house).number == ANNA

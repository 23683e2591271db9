"""When a provider does not answer, nobody gets the same message twice, and nothing stays in the dark."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.stories import deliver
from bot.stories.outcome import Outcome
from messages.channels import Failure, NotSent
from tests.bot.stories.watching import chat, goes_wrong, happened, outgoing, phone
from tests.house import House

_MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize("kind", ["reset_after", "error_500_after", "html_502_after", "garbage"])
@pytest.mark.parametrize("channel", ["sms", "whatsapp"])
def test_a_send_whose_answer_was_lost_is_looked_up_and_not_repeated(
    small_house: House, kind: str, channel: str
) -> None:
    """Trap 1: Twilio acted, we do not know; a second POST would be a second payment request."""
    house = small_house
    goes_wrong(house, "twilio", kind, "CreateMessage")
    goes_wrong(house, "twilio", "drop", "status", times=9)
    request = house.ask(channels=[channel])
    house.settle()
    assert kind in happened(house)
    assert house.heard(request) == [("request", "unknown")]
    house.move(_MINUTE)
    assert house.heard(request) == [("request", "delivered")]
    assert len(phone(house, channel)) == 1
    house.move(timedelta(hours=1))
    assert len(phone(house, channel)) == 1
    assert house.kinds(request).count("sent") == 1


def test_a_callback_settles_a_lost_send_before_any_look_up(house: House) -> None:
    """Trap 1: the status callback's path carries our own id, so that it finds its message."""
    goes_wrong(house, "twilio", "reset_after", "CreateMessage")
    request = house.ask()
    house.settle()
    assert happened(house) == ["reset_after"]
    assert house.heard(request) == [("request", "delivered")]
    assert house.request(request).attention is None
    assert len(phone(house)) == 1


def test_a_lost_send_that_never_was_goes_to_a_person_and_is_not_repeated(house: House) -> None:
    """Trap 1: no trace at Twilio is no proof either; somebody decides."""
    goes_wrong(house, "twilio", "reset_before", "CreateMessage")
    request = house.ask()
    house.settle()
    for _ in range(40):
        house.move(_MINUTE)
    assert house.heard(request) == [("request", "unknown")]
    assert phone(house) == []
    assert house.request(request).attention == "unknown_send"
    assert "not_found" in house.kinds(request)


def test_a_look_up_that_gets_no_answer_is_no_answer(house: House) -> None:
    """While Twilio is down nothing is learned about a lost send; it is looked up once Twilio is back."""
    goes_wrong(house, "twilio", "reset_after", "CreateMessage")
    goes_wrong(house, "twilio", "drop", "status", times=9)
    goes_wrong(house, "twilio", "error_500", "ListMessage", times=9999)
    request = house.ask()
    house.settle()
    for _ in range(40):
        house.move(_MINUTE)
    assert house.request(request).attention is None
    house.sandbox.world.plan.clear()
    house.move(timedelta(minutes=6))
    assert house.heard(request) == [("request", "delivered")]


def test_who_decides_about_a_lost_send_need_not_once_it_turned_up(house: House) -> None:
    goes_wrong(house, "twilio", "reset_after", "CreateMessage")
    goes_wrong(house, "twilio", "delay", "status", times=9, seconds=3600)
    goes_wrong(house, "twilio", "error_500", "ListMessage", times=0)
    request = house.ask()
    house.settle()
    house.world.db.run(lambda tx: _give_up_looking(tx, outgoing(house, request)[0].id))
    house.move(timedelta(hours=2))
    assert house.heard(request) == [("request", "delivered")]
    assert house.request(request).attention is None


def _give_up_looking(tx: object, outgoing_id: str) -> None:
    from core.db import Tx
    from messages.outbox import Outgoing
    from payments.requests import locked

    assert isinstance(tx, Tx)
    row = tx.session.get_one(Outgoing, outgoing_id)
    row.look_up_at = None
    locked(tx, row.request_id).attention = "unknown_send"


def test_a_lost_telegram_message_stays_unknown_and_is_shown_to_a_person(house: House) -> None:
    """Trap 1: Telegram cannot look up what was sent."""
    request = house.ask(channels=["telegram"], send_at="2026-11-23T10:05")
    house.joins_telegram(request)
    goes_wrong(house, "telegram", "reset_after", "send*")
    house.move(timedelta(minutes=6))
    assert happened(house) == ["reset_after"]
    house.move(timedelta(hours=2))
    assert house.heard(request) == [("telegram-welcome", "sent"), ("request", "unknown")]
    assert len(chat(house)) == 2
    assert house.request(request).attention == "unknown_send"


def test_a_message_whose_worker_died_is_looked_up_not_sent_again(house: House) -> None:
    """Trap 1: killed between claim and record; what was claimed never goes back to the queue."""
    request = house.ask()
    [job] = deliver.claim_due(house.world, []).claimed  # and the worker dies here
    house.settle()
    assert house.heard(request) == [("request", "claimed")]
    house.move(timedelta(seconds=121))
    assert house.heard(request) == [("request", "unknown")]
    late = deliver.send  # the provider had it after all: it was on the wire when the worker died
    house.runner.run(late(house.world, job))
    house.move(_MINUTE)
    assert house.heard(request) == [("request", "delivered")]
    assert len(phone(house)) == 1


def test_delivered_may_be_heard_before_our_own_answer_is_recorded(house: House) -> None:
    request = house.ask()
    [job] = deliver.claim_due(house.world, []).claimed
    outcome = house.runner.run(deliver.send(house.world, job))
    house.settle()
    assert house.heard(request) == [("request", "delivered")]
    deliver.record_all(house.world, [outcome])
    house.settle()
    assert house.heard(request) == [("request", "delivered")]
    assert [kind for kind in house.kinds(request) if kind in {"sent", "delivered"}] == ["sent", "delivered"]


def test_news_of_an_attempt_that_is_over_changes_nothing(house: House) -> None:
    request = house.ask()
    [job] = deliver.claim_due(house.world, []).claimed
    parcel = job.parcel
    refused = Outcome(parcel.outgoing_id, parcel.attempt, error=NotSent(Failure.LATER, "429"))
    deliver.record_all(house.world, [refused])
    house.move(timedelta(seconds=5))
    assert house.heard(request) == [("request", "delivered")]
    old = Outcome(parcel.outgoing_id, parcel.attempt, error=NotSent(Failure.UNKNOWN, "timeout"))
    deliver.record_all(house.world, [old, refused])
    house.settle()
    assert house.heard(request) == [("request", "delivered")]
    assert len(phone(house)) == 1


def test_a_promise_made_while_the_send_was_still_unknown_stands(house: House) -> None:
    """The payer got it, and answered before we knew that it had been sent."""
    goes_wrong(house, "twilio", "reset_after", "CreateMessage")
    goes_wrong(house, "twilio", "drop", "status", times=2)
    request = house.ask()
    house.settle()
    house.says("kan ik vrijdag betalen?")
    assert house.request(request).status == "promised"
    house.move(_MINUTE)
    assert house.heard(request)[0] == ("request", "delivered")
    assert house.request(request).status == "promised"
    assert str(house.request(request).quiet_until) == "2026-11-27"


def test_a_provider_that_hangs_is_given_up_on_in_time(small_house: House) -> None:
    """Trap 18: Twilio's client has no time limit of its own; ours ends the wait, and the send is unknown."""
    sms = small_house.world.channels["sms"]
    small_house.runner.run(sms.close())
    sms.total_seconds = 0.5  # type: ignore[attr-defined]  # as every channel of Twilio's has
    small_house.runner.run(sms.start(()))
    goes_wrong(small_house, "twilio", "hang_after", "CreateMessage", seconds=4.0)
    request = small_house.ask()
    small_house.runner.run(small_house._round())
    assert small_house.heard(request) == [("request", "unknown")]

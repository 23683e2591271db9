"""Payment requests, as merchants and replies find them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.clock import ManualClock
from core.db import Database, Tx
from core.errors import Missing
from payments.checkouts import Checkout
from payments.guards import paying_until, why_silent
from payments.ledger import Balance
from payments.policy import Policy
from payments.requests import PaymentRequest, last_asked, locked, of_merchant
from payments.timeline import note, timeline
from tests.making import Shop, make_checkout, today


def test_a_merchant_sees_no_request_of_another(database: Database, shop: Shop) -> None:
    mine, yours = shop(), shop()
    assert database.read(of_merchant, mine.merchant_id, mine.request_id).id == mine.request_id
    for request_id in (yours.request_id, "req_absent"):
        with pytest.raises(Missing, match=f"no payment request {request_id}"):
            database.read(of_merchant, mine.merchant_id, request_id)
    with pytest.raises(Missing):
        database.run(locked, "req_absent")


def test_a_reply_is_about_what_was_asked_last_and_is_still_owed(database: Database, shop: Shop) -> None:
    older = shop(asked_days_ago=9)
    newer = shop(older.merchant_id, older.payer_id, asked_days_ago=2)
    paid = shop(older.merchant_id, older.payer_id, asked_days_ago=1)
    shop(older.merchant_id, older.payer_id)  # never asked about

    def asked_last(tx: Tx) -> str | None:
        found = last_asked(tx, [older.payer_id])
        return found.id if found else None

    database.run(lambda tx: setattr(locked(tx, paid.request_id), "status", "paid"))
    assert database.read(asked_last) == newer.request_id
    database.run(lambda tx: setattr(locked(tx, newer.request_id), "status", "cancelled"))
    assert database.read(asked_last) == older.request_id
    database.run(lambda tx: setattr(locked(tx, older.request_id), "status", "paid"))
    assert database.read(asked_last) == paid.request_id, "of what is settled, the latest"


def test_who_was_not_asked_yet_may_have_something_to_say_too(database: Database, shop: Shop) -> None:
    owed = shop()
    found = database.read(last_asked, [owed.payer_id])
    assert found is not None
    assert found.id == owed.request_id
    assert database.read(last_asked, []) is None


def test_nothing_owed_is_not_asked_for_whatever_the_status_says(database: Database, shop: Shop) -> None:
    owed = shop()

    def why(tx: Tx, paid: int) -> str | None:
        return why_silent(locked(tx, owed.request_id), Balance("EUR", 4250, paid), today(tx))

    assert database.run(why, 4249) is None
    assert database.run(why, 4250) == "paid"


def test_after_its_last_day_a_request_is_not_asked_for(
    database: Database, shop: Shop, clock: ManualClock
) -> None:
    owed = shop()
    database.run(lambda tx: setattr(locked(tx, owed.request_id), "expires_on", today(tx)))

    def why(tx: Tx) -> str | None:
        return why_silent(locked(tx, owed.request_id), Balance("EUR", 4250), today(tx))

    assert database.run(why) is None
    clock.advance(timedelta(days=1))
    assert database.run(why) == "expired"


@pytest.mark.parametrize("status", ["promised", "paused"])
def test_rest_lasts_until_its_day_and_no_longer(
    database: Database, shop: Shop, clock: ManualClock, status: str
) -> None:
    owed = shop()

    def agree(tx: Tx) -> None:
        request = locked(tx, owed.request_id)
        request.status, request.quiet_until = status, today(tx) + timedelta(days=2)

    def why(tx: Tx) -> str | None:
        return why_silent(locked(tx, owed.request_id), Balance("EUR", 4250), today(tx))

    database.run(agree)
    assert database.run(why) == status
    clock.advance(timedelta(days=1))
    assert database.run(why) == status
    clock.advance(timedelta(days=1))
    assert database.run(why) is None


def test_nobody_is_asked_while_they_may_be_paying(database: Database, shop: Shop, clock: ManualClock) -> None:
    owed = shop()

    def until(tx: Tx) -> object:
        return paying_until(tx, tx.session.get_one(PaymentRequest, owed.request_id))

    assert database.read(until) is None
    since = clock.now()
    checkout_id = database.run(lambda tx: make_checkout(tx, owed.request_id, "tr_1").id)
    assert database.read(until) == since + timedelta(minutes=15)
    clock.advance(timedelta(minutes=15))
    assert database.read(until) == clock.now() + timedelta(minutes=1), "the PSP has not told how it ended"
    database.run(lambda tx: setattr(tx.session.get_one(Checkout, checkout_id), "status", "expired"))
    assert database.read(until) is None


def test_a_psp_that_is_silent_for_days_does_not_silence_us_for_ever(
    database: Database, shop: Shop, clock: ManualClock
) -> None:
    owed = shop()
    checkout_id = database.run(lambda tx: make_checkout(tx, owed.request_id, "tr_1").id)
    clock.advance(timedelta(days=1))

    def until(tx: Tx, next_check_in: timedelta) -> object:
        tx.session.get_one(Checkout, checkout_id).next_check_at = tx.now + next_check_in
        return paying_until(tx, locked(tx, owed.request_id))

    assert database.run(until, timedelta(hours=20)) is None
    assert database.run(until, timedelta(seconds=30)) == clock.now() + timedelta(minutes=1)


def test_a_timeline_tells_everything_in_order_and_goes_on_where_a_reader_was(
    database: Database, shop: Shop
) -> None:
    owed, other = shop(), shop()

    def tell(tx: Tx) -> None:
        for kind in ("created", "sent", "opened"):
            note(tx, locked(tx, owed.request_id), kind, "provider", cents=4250)
        note(tx, locked(tx, other.request_id), "created")

    database.run(tell)
    events = database.read(timeline, owed.request_id)
    assert [(event.kind, event.actor, event.data) for event in events] == [
        ("created", "provider", {"cents": 4250}),
        ("sent", "provider", {"cents": 4250}),
        ("opened", "provider", {"cents": 4250}),
    ]
    later = database.read(timeline, owed.request_id, events[1].id)
    assert [event.kind for event in later] == ["opened"]


def test_a_policy_survives_being_stored_and_new_rules_have_defaults() -> None:
    strict = Policy(reminder_days=(1, 2), postpone_days=7, channels=("sms",))
    assert Policy.of(strict.stored()) == strict
    assert Policy.of(None) == Policy.of({}) == Policy()
    assert Policy.of({"reminder_days": [5], "a_rule_of_a_later_version": True}) == Policy(reminder_days=(5,))

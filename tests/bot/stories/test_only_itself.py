"""Whatever hangs, fails or is broken delays only itself."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
import requests
from sqlalchemy import update

from core.db import Tx
from messages.outbox import Outgoing
from tests.bot.stories.watching import BOB, addresses, goes_wrong, happened, incoming, mended, outgoing, phone
from tests.house import House

_MINUTE = timedelta(minutes=1)


def test_a_poisoned_inbox_row_delays_only_itself_and_ends_up_dead(house: House) -> None:
    """Trap 20: what cannot be read was stored and acknowledged; the round goes on without it."""
    request = house.ask()
    house.settle()
    _poison(house)
    house.says("kan ik vrijdag betalen?")
    assert house.request(request).status == "promised"
    poisoned = incoming(house)
    assert [row.state for row in poisoned].count("new") == 2
    for _ in range(20):
        house.move(_MINUTE)
    assert [row.state for row in incoming(house)].count("dead") == 2
    assert all(row.error for row in incoming(house) if row.state == "dead")


def _poison(house: House) -> None:
    """Two updates that come with the right secret, and make no sense."""
    url = f"{house.world.settings.public_url}/webhooks/telegram"
    secret = {"X-Telegram-Bot-Api-Secret-Token": house.world.settings.telegram_webhook_secret}
    broken: list[dict[str, Any]] = [{"message": {"chat": 12}}, {"callback_query": []}]
    for number, body in enumerate(broken, start=900):
        answer = requests.post(url, json={"update_id": number} | body, headers=secret, timeout=5)
        assert answer.status_code == 200


def test_a_message_that_cannot_be_made_delays_only_itself(house: House) -> None:
    """The worst of the batch comes first, and the rest goes."""
    broken, fine = house.ask(), house.ask(phone=BOB, name="Bob")

    def break_it(tx: Tx) -> None:
        tx.session.execute(
            update(Outgoing).where(Outgoing.request_id == broken).values(template="no-such-template")
        )

    house.world.db.run(break_it)
    house.settle()
    assert house.heard(broken) == [("no-such-template", "failed")]
    assert house.request(broken).attention == "message_failed"
    assert house.heard(fine) == [("request", "delivered")]


def test_a_step_that_cannot_be_taken_delays_only_itself_and_is_told(house: House) -> None:
    from payments.plans import Step

    broken = house.ask(send_at="2026-11-23T12:00")
    fine = house.ask(phone=BOB, name="Bob", send_at="2026-11-23T12:00")

    def break_it(tx: Tx) -> None:
        # A name that is too long for its place: PostgreSQL refuses the row, SQLite the foreign key below.
        tx.session.execute(update(Step).where(Step.request_id == broken).values(template="x" * 40))

    house.world.db.run(break_it)
    house.move(timedelta(hours=3))
    assert [status for _, status in house.heard(broken)] == ["failed"]
    assert house.request(broken).attention == "message_failed"
    assert house.heard(fine) == [("request", "delivered")]


def test_a_provider_that_cannot_be_reached_is_tried_later_and_others_go_on(house: House) -> None:
    """No connection, so nothing was sent: the message waits, ever longer, and WhatsApp goes on."""
    sms = house.world.channels["sms"]
    base = sms._client.api.base_url  # type: ignore[attr-defined]  # as every channel of Twilio's has
    sms._client.api.base_url = "http://127.0.0.1:9"  # type: ignore[attr-defined]  # nobody listens there
    waiting, going = house.ask(channels=["sms"]), house.ask(phone=BOB, name="Bob", channels=["whatsapp"])
    for _ in range(4):
        house.move(_MINUTE)
    row = outgoing(house, waiting)[0]
    assert (row.status, row.error) == ("queued", "no connection")
    assert 3 <= row.attempt <= 6
    assert house.heard(going) == [("request", "delivered")]
    sms._client.api.base_url = base  # type: ignore[attr-defined]  # and somebody does again
    house.move(timedelta(hours=2))
    assert house.heard(waiting)[0] == ("request", "delivered")
    assert len(phone(house)) == 1


def test_a_provider_that_stays_away_gives_way_to_another_channel(house: House) -> None:
    goes_wrong(house, "twilio", "error_429", "CreateMessage", times=9, seconds=5)
    request = house.ask(channels=["sms", "whatsapp"])
    for _ in range(24):
        house.move(timedelta(minutes=30))
    assert [row.channel for row in outgoing(house, request)][:2] == ["sms", "whatsapp"]
    assert house.heard(request)[1] == ("request", "delivered")


@pytest.mark.parametrize("channel", ["sms", "telegram"])
def test_a_provider_that_says_not_so_fast_is_given_the_time_it_asks_for(
    small_house: House, channel: str
) -> None:
    """A 429 was not processed, so it may be repeated, after Retry-After."""
    house = small_house
    request = house.ask(channels=[channel], send_at="2026-11-23T10:05")
    if channel == "telegram":
        house.joins_telegram(request)
    api, call = ("twilio", "CreateMessage") if channel == "sms" else ("telegram", "send*")
    goes_wrong(house, api, "error_429", call, seconds=90)
    house.move(timedelta(minutes=6))
    asked = house.clock.now()
    assert happened(house) == ["error_429"]
    row = outgoing(house, request)[-1]
    assert row.status == "queued"
    assert 85 <= (row.due_at - asked).total_seconds() <= 91
    house.move(timedelta(seconds=80))
    assert outgoing(house, request)[-1].status == "queued"
    house.move(timedelta(seconds=20))
    assert outgoing(house, request)[-1].status in {"sent", "delivered"}


def test_a_message_telegram_refuses_for_good_is_tried_once(small_house: House) -> None:
    """Trap 17: BadRequest is a NetworkError to the client's class tree, and no reason to try again."""
    house = small_house
    request = house.ask(channels=["telegram"], send_at="2026-11-23T10:05")
    house.joins_telegram(request)
    house.sandbox.world.telegram._chats.clear()
    for _ in range(30):
        house.move(_MINUTE)
    assert outgoing(house, request)[-1].attempt == 1
    assert house.heard(request)[-1] == ("request", "failed")
    assert addresses(house)["telegram"].unusable_at is not None


def test_what_a_database_cannot_take_of_one_outcome_does_not_stop_the_others(house: House) -> None:
    from bot.stories import deliver
    from bot.stories.outcome import Outcome

    broken, fine = house.ask(), house.ask(phone=BOB, name="Bob")
    jobs = deliver.claim_due(house.world, []).claimed
    assert len(jobs) == 2
    ours = {row.id: row.request_id for request in (broken, fine) for row in outgoing(house, request)}
    told = {broken: _bad(), fine: "SM1"}
    ids = [job.parcel.outgoing_id for job in jobs]
    outcomes = [Outcome(row_id, 1, provider_id=told[ours[row_id]]) for row_id in ids]
    deliver.record_all(house.world, outcomes)
    assert house.heard(fine) == [("request", "sent")]
    assert house.heard(broken) == [("request", "claimed")]
    mended(house)
    house.move(timedelta(minutes=3))
    assert house.heard(broken) == [("request", "unknown")]


def _bad() -> str:
    """An id that no database takes as text."""
    return str(json.loads('["\\ud800"]')[0])

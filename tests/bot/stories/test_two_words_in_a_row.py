"""Two messages in a row give one outcome, the last; what belongs together is read together."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select

from messages import inbox
from messages.inbox import Incoming
from payments.promises import PromiseToPay
from tests.bot.stories.watching import outgoing
from tests.house import ANNA, House


def promises(house: House, request: str) -> list[tuple[date, str]]:
    query = select(PromiseToPay).where(PromiseToPay.request_id == request).order_by(PromiseToPay.id)
    return house.world.db.read(lambda tx: [(row.day, row.outcome) for row in tx.session.scalars(query)])


def brings(house: House, *texts: str) -> None:
    """Anna types these in a row, before anything is answered."""
    for text in texts:
        house.hands.say("sms", ANNA, text, "")
        house.sandbox.world.postman.wait_until_idle()
    house.settle()


def test_two_words_in_a_row_are_one_promise_for_the_last_day_and_one_answer(house: House) -> None:
    request = house.ask()
    house.settle()
    brings(house, "vrijdag", "nee zaterdag")
    assert promises(house, request) == [(date(2026, 11, 27), "replaced"), (date(2026, 11, 28), "open")]
    assert house.request(request).times_promised == 1
    assert house.heard(request)[1:] == [("promise-noted", "withheld"), ("promise-noted", "delivered")]
    assert "corrected" in [event.data.get("reason") for event in house.events(request)]


def test_a_correction_within_ten_minutes_does_not_use_up_a_postponement(house: House) -> None:
    request = house.ask()
    house.settle()
    house.says("vrijdag")
    house.move(timedelta(minutes=9))
    house.says("toch zaterdag")
    assert house.request(request).times_promised == 1
    house.move(timedelta(minutes=11))
    house.says("donderdag")
    assert house.request(request).times_promised == 2


def test_a_row_of_corrections_is_one_postponement_for_ten_minutes_and_no_longer(house: House) -> None:
    request = house.ask()
    house.settle()
    house.says("vrijdag")
    counted = []
    for day in ("zaterdag", "dinsdag 1 december", "woensdag 2 december", "donderdag 3 december"):
        house.move(timedelta(minutes=6))
        house.says(f"nee toch {day}")
        counted.append(house.request(request).times_promised)
    assert counted == [1, 2, 2, 2]
    assert house.heard(request)[-1][0] == "promise-too-often"
    assert house.request(request).quiet_until == date(2026, 12, 2)


def test_every_postponement_after_the_corrections_counts_also_after_going_on(house: House) -> None:
    request = house.ask()
    house.settle()
    house.says("vrijdag")
    house.says("hervat")
    house.says("zaterdag")
    assert house.request(request).times_promised == 2
    house.move(timedelta(minutes=20))
    house.says("dinsdag 1 december")
    assert house.heard(request)[-1][0] == "promise-too-often"


def test_a_rest_and_a_day_in_turns_do_not_put_it_off_for_nothing(house: House) -> None:
    request = house.ask()
    house.settle()
    for words in ("vrijdag", "pauze tot 1 december", "zaterdag"):
        house.says(words)
        house.move(timedelta(minutes=6))
    found = house.request(request)
    assert (found.times_promised, found.times_paused) == (1, 1)


def test_rest_that_becomes_a_day_is_not_used_up(house: House) -> None:
    request = house.ask()
    house.settle()
    house.says("pauze tot 1 december")
    house.says("of nee, vrijdag betaal ik")
    found = house.request(request)
    assert (found.status, found.times_paused, found.times_promised) == ("promised", 0, 1)


def test_a_correction_after_a_wish_for_two_takes_both_along(house: House) -> None:
    both = [house.ask(), house.ask(description="Nieuwe band")]
    house.settle()
    house.says("ik betaal alles vrijdag")
    house.says("nee zaterdag")
    for request in both:
        assert house.request(request).quiet_until == date(2026, 11, 28)
        assert house.request(request).times_promised == 1


def test_every_word_is_kept_and_worked_off_also_when_it_is_half_a_sentence(house: House) -> None:
    request = house.ask()
    house.settle()
    brings(house, "ik heb nog niet", "betaald")
    assert house.request(request).status == "open"
    query = select(Incoming).where(Incoming.body.is_not(None)).order_by(Incoming.id)
    rows = house.world.db.read(lambda tx: list(tx.session.scalars(query)))
    assert [(row.body, row.state, row.request_id) for row in rows] == [
        ("ik heb nog niet", "done", request),
        ("betaald", "done", request),
    ]
    assert len([row for row in outgoing(house, request) if row.asked]) == 1


def test_a_stop_is_heard_whatever_comes_behind_it(house: House) -> None:
    request = house.ask()
    house.settle()
    brings(house, "geen berichten meer", "ik betaal vrijdag")
    assert house.heard(request)[1] == ("opted-out", "delivered")
    assert len(house.heard(request)) == 2


def test_the_word_that_was_said_last_counts_also_when_it_came_first(house: House) -> None:
    request = house.ask(channels=["telegram"], send_at="2026-11-23T10:30")
    house.joins_telegram(request, 500_000_009)
    house.move(timedelta(minutes=31))
    said = datetime(2026, 11, 23, 9, 32, tzinfo=UTC)
    for event, text, after in (("900002", "zaterdag", 20), ("900001", "vrijdag", 0)):
        at = int((said + timedelta(seconds=after)).timestamp())
        _deliver(house, event, text, at)
        house.settle()
    assert house.request(request).quiet_until == date(2026, 11, 28)
    assert [event.data.get("act") for event in house.events(request) if event.kind == "understood"] == [
        "promise",
        "overtaken",
    ]
    assert len([row for row in outgoing(house, request) if row.template == "promise-noted"]) == 1


def _deliver(house: House, event: str, text: str, at: int) -> None:
    person = {"id": 500_000_009, "is_bot": False, "first_name": "Anna"}
    message = {
        "message_id": int(event),
        "date": at,
        "chat": {"id": 500_000_009, "type": "private", "first_name": "Anna"},
        "from": person,
        "text": text,
    }
    payload = json.dumps({"update_id": int(event), "message": message})
    house.world.db.run(inbox.store, "telegram", event, payload)

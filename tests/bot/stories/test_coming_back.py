"""After a stop, a pause or a hold the plan goes on where it was; nothing is lost and nothing said twice."""

from __future__ import annotations

from datetime import date, time, timedelta

from bot.stories.by_hand import hold, let_go_on
from bot.stories.say import Words, say
from core.db import Tx
from messages.outbox import Sending
from payments.directory import add_address
from payments.requests import of_merchant
from tests.bot.stories.watching import BOB, outgoing, phone, planned, templates
from tests.house import ANNA, House


def test_a_reminder_that_fell_due_during_a_stop_comes_after_the_start(house: House) -> None:
    request = house.ask()
    house.settle()
    house.says("STOP")
    house.move_to(date(2026, 11, 26))
    assert templates(house, request) == ["request", "opted-out"]
    house.says("START")
    house.move_to(date(2026, 11, 27))
    assert house.heard(request)[-1] == ("reminder-1", "delivered")
    house.move(timedelta(days=4))
    assert templates(house, request)[-1] == "reminder-2"


def test_a_first_message_that_fell_due_during_a_stop_comes_after_the_start(house: House) -> None:
    asked = house.ask()
    waiting = house.ask(send_at="2026-11-24T10:00")
    house.settle()
    house.says("STOP")
    house.move_to(date(2026, 11, 25))
    assert house.heard(waiting) == []
    house.says("START")
    house.move_to(date(2026, 11, 26))
    house.move_to(date(2026, 11, 27))
    assert house.heard(waiting)[0] == ("request", "delivered")
    assert "reminder-1" in templates(house, asked)


def test_a_step_that_is_still_to_come_is_planned_once(house: House) -> None:
    request = house.ask()
    house.settle()
    house.says("STOP")
    house.says("START")
    assert len(planned(house, request)) == 1


def test_a_stop_counts_for_a_number_that_is_added_later(house: House) -> None:
    request = house.ask()
    house.settle()
    house.says("STOP")

    def new_number(tx: Tx) -> bool:
        payer = of_merchant(tx, house.merchant_id, request).payer
        return add_address(tx, payer, "sms", BOB, "merchant").usable

    assert house.world.db.run(new_number) is False
    house.move(timedelta(days=30))
    assert phone(house, number=BOB) == []


def test_start_opens_the_shared_number_for_everybody_and_nothing_else(house: House) -> None:
    """Decision 10: a stop counts for whoever shares the number, and so does the way back."""
    other = house.ask(name="A. de Vries", channels=["sms"])
    house.settle()
    house.move(timedelta(minutes=1))
    anna = house.ask(channels=["sms"])  # the one that a word is about
    house.settle()

    def another_number(tx: Tx) -> None:
        add_address(tx, of_merchant(tx, house.merchant_id, other).payer, "sms", BOB, "merchant")

    def usable(tx: Tx) -> dict[str, bool]:
        both = [of_merchant(tx, house.merchant_id, one).payer for one in (anna, other)]
        sms = [(p.name, a) for p in both for a in p.addresses if a.channel == "sms"]
        return {f"{name} {address.value}": address.usable for name, address in sms}

    house.world.db.run(another_number)
    house.says("STOP")
    assert house.world.db.read(lambda tx: not any(usable(tx).values()))
    house.says("START")
    found = house.world.db.read(usable)
    assert found == {
        f"Anna de Vries {ANNA}": True,
        f"A. de Vries {ANNA}": True,
        f"A. de Vries {BOB}": False,
    }
    house.move_to(date(2026, 11, 26))
    house.move_to(date(2026, 11, 27))
    assert "reminder-1" in templates(house, anna)
    assert "reminder-1" in templates(house, other)


def test_hervat_before_the_first_message_leaves_that_message_where_it_was(house: House) -> None:
    request = house.ask(channels=["telegram"], send_at="2026-11-24T10:00")
    house.joins_telegram(request)
    house.says("hervat", "telegram", "500000001")
    assert [step.template for step in planned(house, request)] == ["request"]
    house.move_to(date(2026, 11, 24), time(10))
    assert house.heard(request)[-1] == ("request", "sent")


def test_hervat_after_a_promise_before_the_first_message_plans_it_anew(house: House) -> None:
    request = house.ask(channels=["telegram"], send_at="2026-11-30T10:00")
    house.joins_telegram(request)
    house.says("ik betaal op 4 december", "telegram", "500000001")
    house.says("hervat", "telegram", "500000001")
    [first] = [step for step in planned(house, request) if step.template == "request"]
    assert first.local_date == date(2026, 11, 24)


def test_a_hold_repeats_no_reminder_and_the_rhythm_goes_on_after_it(house: House) -> None:
    request = house.ask()
    house.settle()
    house.move_to(date(2026, 11, 26))
    assert templates(house, request)[-1] == "reminder-1"
    house.world.db.run(hold, house.merchant_id, request, date(2026, 12, 6), "Jan")  # a Sunday
    house.move_to(date(2026, 12, 7))
    assert house.heard(request)[-1] == ("hold-over", "delivered")
    assert "vroeg" not in house.bodies(request)[-1]
    house.move_to(date(2026, 12, 11))
    assert templates(house, request) == ["request", "reminder-1", "hold-over", "reminder-2"]


def test_a_held_request_that_was_never_asked_goes_out_when_it_is_let_go_on(house: House) -> None:
    request = house.ask(send_at="2026-11-24T10:00")
    house.world.db.run(hold, house.merchant_id, request, date(2026, 12, 7), "Jan")
    house.world.db.run(let_go_on, house.merchant_id, request, "Jan")
    house.settle()
    assert house.heard(request) == [("request", "delivered")]
    assert [step.template for step in planned(house, request)] == ["reminder-1"]


def test_an_answer_belongs_to_what_the_payer_got_and_not_to_what_was_held_back(house: House) -> None:
    """A message that could not go is no question of ours that the payer answers."""
    request = house.ask()
    house.settle()
    house.says("blablabla")
    assert templates(house, request)[-1] == "menu"

    def held_back(tx: Tx) -> None:
        row = say(tx, of_merchant(tx, house.merchant_id, request), Words("thanks", "held back"))
        assert row is not None
        row.status = Sending.WITHHELD

    house.world.db.run(held_back)
    house.says("blablabla")
    assert outgoing(house, request)[-1].template == "menu-again"  # the second in a row

"""When a payer is asked again: after 3, 7 and 14 days, unless they said something else."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from core.calendar import local
from core.clock import ManualClock
from core.db import Database, Tx
from payments import promises
from payments.plans import (
    PROMISE_OVER,
    Step,
    drop_steps,
    due,
    pause,
    plan_expiry,
    plan_reminder,
    plan_step,
    planned,
    promise,
)
from payments.promises import PromiseToPay
from payments.requests import PaymentRequest
from tests.making import Owed, Shop

MONDAY = date(2026, 11, 23)
FRIDAY = date(2026, 11, 27)


@pytest.fixture
def owed(shop: Shop) -> Owed:
    """A request that is asked for the first time today."""
    return shop(asked_days_ago=0)


class Plan:
    """One request's plan, in the words of a test."""

    def __init__(self, database: Database, owed: Owed) -> None:
        self._database, self._id = database, owed.request_id

    def remind(self) -> tuple[str, date] | None:
        def step(tx: Tx) -> tuple[str, date] | None:
            made = plan_reminder(tx, tx.session.get_one(PaymentRequest, self._id))
            return (made.template, made.local_date) if made else None

        return self._database.run(step)

    def asked(self) -> None:
        """The step that is due was done, and the message went."""

        def step(tx: Tx) -> None:
            tx.session.get_one(PaymentRequest, self._id).last_asked_at = tx.now
            for made in planned(tx, self._id):
                made.state = "done"

        self._database.run(step)

    def promise(self, day: date) -> None:
        self._database.run(lambda tx: promise(tx, tx.session.get_one(PaymentRequest, self._id), day))

    def pause(self, until: date) -> None:
        self._database.run(lambda tx: pause(tx, tx.session.get_one(PaymentRequest, self._id), until))

    def to_come(self) -> list[tuple[str, date]]:
        steps = self._database.read(planned, self._id)
        return [(step.template, step.local_date) for step in steps]

    def promises(self) -> list[tuple[date, str]]:
        query = select(PromiseToPay).order_by(PromiseToPay.made_at, PromiseToPay.day)
        made = self._database.read(lambda tx: tx.session.scalars(query).all())
        return [(one.day, one.outcome) for one in made]


@pytest.fixture
def plan(database: Database, owed: Owed) -> Plan:
    return Plan(database, owed)


def test_reminders_come_3_7_and_14_days_after_the_first_message_and_then_no_more(
    plan: Plan, clock: ManualClock
) -> None:
    days = []
    while (following := plan.remind()) is not None:
        template, day = following
        days.append((template, (day - MONDAY).days))
        clock.set(datetime.combine(day, time(9), tzinfo=UTC))
        plan.asked()
    assert days == [("reminder-1", 3), ("reminder-2", 7), ("reminder-3", 14)]


def test_a_reminder_goes_at_the_hour_the_merchant_chose(database: Database, shop: Shop) -> None:
    owed = shop(asked_days_ago=0, rules={"ask_at": "18:15", "reminder_days": [5]})
    Plan(database, owed).remind()
    [step] = database.read(planned, owed.request_id)
    assert local(step.due_at).replace(tzinfo=None) == datetime.combine(
        MONDAY + timedelta(days=5), time(18, 15)
    )


def test_nobody_is_reminded_of_what_was_never_asked(database: Database, shop: Shop) -> None:
    assert Plan(database, shop()).remind() is None


def test_one_reminder_is_planned_at_a_time(plan: Plan) -> None:
    assert plan.remind() is not None
    assert plan.remind() is None
    assert len(plan.to_come()) == 1


def test_after_downtime_a_reminder_is_tomorrow_at_the_earliest(plan: Plan, clock: ManualClock) -> None:
    clock.advance(timedelta(days=38))
    assert plan.remind() == ("reminder-1", MONDAY + timedelta(days=40))  # 1 January is a holiday


def test_a_promise_silences_everything_until_its_day(plan: Plan) -> None:
    plan.remind()
    plan.promise(FRIDAY)
    assert plan.to_come() == [("promise-due", FRIDAY)]
    assert plan.promises() == [(FRIDAY, "open")]


def test_a_later_promise_replaces_an_earlier_one(
    plan: Plan, database: Database, owed: Owed, clock: ManualClock
) -> None:
    plan.promise(FRIDAY)
    clock.advance(timedelta(hours=1))
    plan.promise(FRIDAY + timedelta(days=3))
    assert plan.to_come() == [("promise-due", FRIDAY + timedelta(days=3))]
    assert [outcome for _, outcome in plan.promises()] == ["replaced", "open"]
    request = database.read(lambda tx: tx.session.get_one(PaymentRequest, owed.request_id))
    assert (request.quiet_until, request.times_promised) == (FRIDAY + timedelta(days=3), 2)


def test_a_pause_replaces_a_promise_and_counts_apart(plan: Plan, database: Database, owed: Owed) -> None:
    plan.promise(FRIDAY)
    plan.pause(date(2026, 12, 31))
    assert plan.to_come() == [("pause-over", date(2026, 12, 31))]
    assert [outcome for _, outcome in plan.promises()] == ["replaced"]
    request = database.read(lambda tx: tx.session.get_one(PaymentRequest, owed.request_id))
    assert (request.times_promised, request.times_paused) == (1, 1)


@pytest.mark.parametrize(("kept", "outcome"), [(True, "kept"), (False, "broken")])
def test_how_a_promise_ended_is_remembered(
    plan: Plan, database: Database, owed: Owed, kept: bool, outcome: str
) -> None:
    plan.promise(FRIDAY)
    database.run(lambda tx: promises.end(tx, tx.session.get_one(PaymentRequest, owed.request_id), kept=kept))
    assert plan.promises() == [(FRIDAY, outcome)]


def test_after_a_promise_the_rhythm_goes_on_and_nothing_is_caught_up(plan: Plan, clock: ManualClock) -> None:
    plan.remind()
    clock.advance(timedelta(days=3))
    plan.asked()
    plan.promise(MONDAY + timedelta(days=20))
    clock.advance(timedelta(days=17))
    plan.asked()
    assert plan.remind() == ("reminder-2", MONDAY + timedelta(days=24))


def test_a_reminder_that_was_dropped_for_a_promise_is_not_lost(plan: Plan, clock: ManualClock) -> None:
    plan.remind()
    plan.promise(FRIDAY)
    clock.advance(timedelta(days=4))
    plan.asked()
    assert plan.remind() == ("reminder-1", FRIDAY + timedelta(days=3))


def test_names_are_unique_so_that_the_same_reason_never_asks_twice(plan: Plan, database: Database) -> None:
    for number in range(3):
        plan.promise(FRIDAY + timedelta(days=number))
    names = database.read(lambda tx: list(tx.session.scalars(select(Step.name).order_by(Step.id))))
    messages = [
        name for name in names if name not in {PROMISE_OVER, f"{PROMISE_OVER}-2", f"{PROMISE_OVER}-3"}
    ]
    assert sorted(messages) == ["promise", "promise-2", "promise-3"]
    assert len(names) == len(set(names)) == 6


def test_a_planned_moment_is_kept_in_local_time_also_across_a_change_of_the_clocks(
    database: Database, owed: Owed
) -> None:
    def step(tx: Tx) -> list[datetime]:
        request = tx.session.get_one(PaymentRequest, owed.request_id)
        moments = [datetime(2027, 3, day, 9, 30) for day in (27, 29)]  # noqa: DTZ001 - local by design
        return [plan_step(tx, request, "x", "reminder-1", moment).due_at for moment in moments]

    assert database.run(step) == [
        datetime(2027, 3, 27, 8, 30, tzinfo=UTC),
        datetime(2027, 3, 29, 7, 30, tzinfo=UTC),
    ]


def test_only_what_is_due_and_not_taken_back_is_due(
    plan: Plan, database: Database, owed: Owed, clock: ManualClock
) -> None:
    plan.promise(FRIDAY)
    assert database.run(due, 10) == []
    clock.set(datetime(2026, 11, 27, 7, 59, 59, tzinfo=UTC))
    assert database.run(due, 10) == []
    clock.advance(timedelta(seconds=1))
    assert [step.template for step in database.run(due, 10)] == ["promise-due"]
    assert database.run(lambda tx: drop_steps(tx, tx.session.get_one(PaymentRequest, owed.request_id))) == 1
    assert database.run(due, 10) == []


def test_two_workers_never_take_the_same_step(postgres_database: Database, clock: ManualClock) -> None:
    owed = Shop(postgres_database)(asked_days_ago=0)
    Plan(postgres_database, owed).promise(FRIDAY)
    clock.set(datetime(2026, 11, 27, 9, tzinfo=UTC))

    def both(tx: Tx) -> tuple[int, int]:
        return len(due(tx, 10)), len(postgres_database.run(due, 10))

    assert postgres_database.run(both) == (1, 0)


def test_the_end_of_a_request_is_no_message_and_survives_a_promise(
    plan: Plan, database: Database, owed: Owed, clock: ManualClock
) -> None:
    database.run(lambda tx: plan_expiry(tx, tx.session.get_one(PaymentRequest, owed.request_id), FRIDAY))
    plan.promise(FRIDAY)
    assert plan.to_come() == [("promise-due", FRIDAY)]
    clock.set(datetime(2026, 11, 27, 23, 1, tzinfo=UTC))
    assert {step.template for step in database.run(due, 10)} == {"promise-due", "expire", "promise-over"}

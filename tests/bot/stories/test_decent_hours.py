"""Nothing unasked at night, on Sundays or on holidays; after downtime no burst, one a person a day."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

import pytest

from core.calendar import AMSTERDAM, DecentHours, local
from messages.outbox import Outgoing
from tests.bot.stories.watching import BOB, all_of, outgoing, phone, why
from tests.house import House


def sent_at(house: House, request: str) -> list[datetime]:
    return [local(row.sent_at) for row in outgoing(house, request) if row.sent_at is not None]


def run(house: House, days: int, step: timedelta = timedelta(hours=1)) -> None:
    """Let the worker live through some days."""
    until = house.clock.now() + timedelta(days=days)
    while house.clock.now() < until:
        house.move(step)


@pytest.mark.parametrize(
    ("asked", "goes"),
    [
        ("2026-11-28T20:00", "2026-11-30 09:00"),  # a Saturday at the stroke of eight
        ("2026-11-29T12:00", "2026-11-30 09:00"),  # a Sunday
        ("2026-11-30T06:59", "2026-11-30 09:00"),
        ("2026-12-24T21:00", "2026-12-28 09:00"),  # Christmas, then a weekend: Saturday is a holiday too
        ("2027-04-26T20:30", "2027-04-28 09:00"),  # King's Day
    ],
)
def test_what_is_planned_for_an_indecent_hour_waits_for_the_next_decent_one(
    small_house: House, asked: str, goes: str
) -> None:
    request = small_house.ask(send_at=asked)
    small_house.clock.set(datetime.fromisoformat(asked).replace(tzinfo=AMSTERDAM))
    small_house.settle()
    assert phone(small_house) == []
    small_house.move(timedelta(minutes=(60 - local(small_house.clock.now()).minute) % 60))
    run(small_house, 4)
    [moment] = sent_at(small_house, request)[:1]
    assert f"{moment:%Y-%m-%d %H:%M}" == goes


@pytest.mark.parametrize(
    ("asked", "reminded_at"),
    [
        ("2026-10-23T10:00", datetime(2026, 10, 26, 8, 0, tzinfo=UTC)),  # summer time ended on the 25th
        (
            "2027-03-25T10:00",
            datetime(2027, 3, 30, 7, 0, tzinfo=UTC),
        ),  # on the 28th; then Easter
    ],
)
def test_a_reminder_comes_at_the_same_local_hour_on_either_side_of_summer_time(
    small_house: House, asked: str, reminded_at: datetime
) -> None:
    """Trap 19: planned moments are local; UTC is derived when they are planned."""
    house = small_house
    house.clock.set(datetime.fromisoformat(asked).replace(tzinfo=AMSTERDAM))
    request = house.ask()
    house.settle()
    run(house, 6)
    [_, reminder, *_] = outgoing(house, request)
    assert reminder.template == "reminder-1"
    assert reminder.claimed_at is not None
    assert timedelta() <= reminder.claimed_at - reminded_at < timedelta(seconds=5)


def test_an_answer_to_the_payer_may_go_at_night(house: House) -> None:
    request = house.ask()
    house.settle()
    house.move_to(date(2026, 11, 24), time(2, 30))
    house.says("kan ik vrijdag betalen?")
    assert house.heard(request)[-1] == ("promise-noted", "delivered")


def test_news_of_an_old_payment_waits_for_the_morning(house: House) -> None:
    request = house.ask()
    house.settle()
    payment = house.tap(request)
    house.sandbox.world.plan.clear()
    house.clock.set(datetime(2026, 11, 23, 10, 10, tzinfo=AMSTERDAM))
    house.sandbox.world.mollie.pay(payment)
    house.sandbox.world.postman.wait_until_idle()
    house.move_to(date(2026, 11, 24), time(3))  # the worker was down all day
    assert house.heard(request)[-1] == ("thanks", "queued")
    house.move_to(date(2026, 11, 24), time(7))
    assert house.heard(request)[-1] == ("thanks", "delivered")


@pytest.mark.parametrize("down", [(10, time(3)), (10, time(12)), (13, time(23))])
def test_after_ten_days_of_downtime_nobody_gets_a_burst(house: House, down: tuple[int, time]) -> None:
    """Failure model, downtime: window and quota are part of the claim."""
    hours = DecentHours()
    requests = [house.ask(send_at=f"2026-11-2{day}T10:00") for day in (4, 5, 6)]
    requests += [house.ask(phone=BOB, name="Bob", send_at="2026-11-24T10:00")]
    days, at = down
    house.move_to(date(2026, 11, 23) + timedelta(days=days), at)  # the first look since then
    run(house, 12, timedelta(hours=3))
    sent = [row for row in all_of(house, Outgoing) if row.sent_at is not None]
    a_day = Counter((row.payer_id, local(row.sent_at).date()) for row in sent)
    assert max(a_day.values()) == 1
    assert all(hours.allow(row.sent_at) for row in sent)
    assert all(house.heard(request)[0] == ("request", "delivered") for request in requests)
    assert "one_a_day" in why(house, requests[2], "waits") + why(house, requests[1], "waits")


def test_two_requests_made_on_one_day_go_on_that_day(house: House) -> None:
    """A request that goes on time is business; only reminders and stragglers share one place a day."""
    one, two = house.ask(), house.ask()
    house.settle()
    assert house.heard(one) == house.heard(two) == [("request", "delivered")]


def test_reminders_of_two_requests_share_the_days(house: House) -> None:
    one, two = house.ask(), house.ask()
    house.settle()
    run(house, 5, timedelta(hours=3))
    days = [moment.date() for request in (one, two) for moment in sent_at(house, request)[1:]]
    assert sorted(days) == [date(2026, 11, 26), date(2026, 11, 27)]

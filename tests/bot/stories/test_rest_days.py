"""A day on which nothing may be sent: said back, with the day on which we write, at the merchant's hour."""

from __future__ import annotations

from datetime import date, time

import pytest

from core.calendar import local
from payments.plans import PROMISE_OVER
from payments.promises import PromiseToPay
from tests.bot.stories.watching import all_of, outgoing, planned
from tests.house import House

SUNDAY, MONDAY = date(2026, 11, 29), date(2026, 11, 30)


def open_request(house: House, **changes: object) -> str:
    request = house.ask(**changes)
    house.settle()
    return request


def test_a_promise_for_a_sunday_says_that_we_write_on_monday_and_does(house: House) -> None:
    request = open_request(house)
    house.says("ik betaal op 29 november")
    said = house.bodies(request)[-1]
    assert house.heard(request)[-1][0] == "promise-noted-rest"
    assert "zondag 29 november" in said
    assert "maandag 30 november" in said
    house.move_to(SUNDAY, time(12))
    house.move_to(MONDAY, time(8, 59))
    assert house.heard(request)[-1][0] == "promise-noted-rest"
    house.move_to(MONDAY, time(9))
    assert house.heard(request)[-1] == ("promise-due", "delivered")
    assert "zondag 29 november" in house.bodies(request)[-1]  # the day that the payer chose


def test_a_pause_until_christmas_says_when_we_write(small_house: House) -> None:
    request = open_request(small_house)
    small_house.says("pauze tot 25 december")
    assert small_house.heard(request)[-1][0] == "pause-noted-rest"
    assert "vrijdag 25 december" in small_house.bodies(request)[-1]
    assert "maandag 28 december" in small_house.bodies(request)[-1]
    assert [step.local_date for step in planned(small_house, request)] == [date(2026, 12, 28)]


def test_nobody_is_promised_a_message_after_the_last_day(small_house: House) -> None:
    request = open_request(small_house, expires_on="2026-11-29")
    small_house.says("ik betaal op 29 november")
    assert small_house.heard(request)[-1][0] == "promise-too-far"
    assert "zaterdag 28 november" in small_house.bodies(request)[-1]


@pytest.mark.parametrize(
    ("send_at", "goes"),
    [
        ("2026-11-29T11:00", "2026-11-30 09:00"),
        ("2026-11-28T21:00", "2026-11-30 09:00"),
        ("2026-11-27T03:00", "2026-11-27 09:00"),
        ("2026-11-27T07:30", "2026-11-27 07:30"),
    ],
)
def test_a_request_for_an_indecent_moment_waits_for_the_merchants_hour(
    small_house: House, send_at: str, goes: str
) -> None:
    request = small_house.ask(send_at=send_at)
    [step] = planned(small_house, request)
    assert f"{local(step.due_at):%Y-%m-%d %H:%M}" == goes


def test_what_was_held_up_by_the_night_waits_for_the_merchants_hour(house: House) -> None:
    """The worker was down when the reminder was due, and came back at night."""
    request = open_request(house)
    house.move_to(date(2026, 11, 26), time(21))
    assert house.heard(request)[-1] == ("reminder-1", "queued")
    house.move_to(date(2026, 11, 27), time(7))
    assert house.heard(request)[-1] == ("reminder-1", "queued")
    house.move_to(date(2026, 11, 27), time(9))
    assert house.heard(request)[-1] == ("reminder-1", "delivered")
    assert outgoing(house, request)[-1].sent_at is not None


def outcomes(house: House) -> list[str]:
    return [made.outcome for made in sorted(all_of(house, PromiseToPay), key=lambda made: made.made_at)]


def test_a_promise_is_broken_the_day_after_also_when_no_reminder_follows(house: House) -> None:
    request = open_request(house)
    house.move_to(date(2026, 11, 26))
    house.move_to(date(2026, 11, 30))
    house.move_to(date(2026, 12, 7))
    assert house.heard(request)[-1][0] == "reminder-3"
    house.says("ik betaal op 10 december")
    house.move_to(date(2026, 12, 10), time(23))
    assert outcomes(house) == ["open"]
    house.move_to(date(2026, 12, 11), time(1))
    assert outcomes(house) == ["broken"]
    assert house.heard(request)[-1][0] == "promise-due"  # and nothing is said about it
    assert PROMISE_OVER not in {step.template for step in planned(house, request)}


def test_who_goes_on_early_broke_no_promise(house: House) -> None:
    request = open_request(house)
    house.says("ik betaal vrijdag")
    house.says("hervat")
    assert house.heard(request)[-1][0] == "resumed"
    assert outcomes(house) == ["replaced"]
    house.move_to(date(2026, 12, 1))
    assert outcomes(house) == ["replaced"]


def test_a_promise_that_was_kept_stays_kept(house: House) -> None:
    request = open_request(house)
    house.says("ik betaal vrijdag")
    house.move_to(date(2026, 11, 27), time(10))
    house.pays(request)
    house.move_to(date(2026, 12, 1))
    assert outcomes(house) == ["kept"]


def test_parts_on_rest_days_are_said_back_with_the_day_on_which_we_write(small_house: House) -> None:
    small_house.move_to(date(2026, 11, 25), time(10))
    request = open_request(small_house, amount={"value": "100.00", "currency": "EUR"})
    small_house.says("in 2 keer")
    small_house.pays(request)  # and the second is on Christmas, a Friday
    assert small_house.heard(request)[-1][0] == "instalment-paid-rest"
    assert "vrijdag 25 december" in small_house.bodies(request)[-1]
    assert "maandag 28 december" in small_house.bodies(request)[-1]
    small_house.says("kan het op 26 december?")
    assert small_house.heard(request)[-1][0] == "part-moved-rest"
    assert "maandag 28 december" in small_house.bodies(request)[-1]
    small_house.move_to(date(2026, 12, 28))
    assert small_house.heard(request)[-1] == ("instalment-due", "delivered")


def test_a_plan_that_begins_later_says_so_when_a_part_is_on_a_rest_day(small_house: House) -> None:
    request = open_request(small_house, amount={"value": "100.00", "currency": "EUR"})
    small_house.says("in 2 keer vanaf 29 november")
    assert small_house.heard(request)[-1][0] == "plan-noted-later-rest"


def test_who_asks_for_the_deadline_hears_when_we_write_about_a_chosen_sunday(small_house: House) -> None:
    request = open_request(small_house)
    small_house.says("ik betaal op 29 november")
    small_house.says("wanneer moet ik uiterlijk betalen?")
    assert "maandag 30 november" in small_house.bodies(request)[-1]


def test_no_part_moves_to_a_rest_day_after_which_it_can_not_be_paid(small_house: House) -> None:
    request = open_request(
        small_house, amount={"value": "100.00", "currency": "EUR"}, expires_on="2026-12-27"
    )
    small_house.says("in 2 keer")
    small_house.pays(request)
    small_house.says("kan het op 27 december?")
    assert small_house.heard(request)[-1][0] == "part-too-far"
    assert "donderdag 24 december" in small_house.bodies(request)[-1]

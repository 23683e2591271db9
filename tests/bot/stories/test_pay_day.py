"""A payer's own day of the month: new requests wait for it, plans fall on it."""

from __future__ import annotations

from datetime import date

from payments.instalments import agreed
from payments.plans import FIRST
from tests.bot.stories.watching import planned
from tests.house import House

NAMES_THE_27TH = "ik krijg mijn salaris altijd op de 27e"


def named_the_27th(house: House) -> str:
    """It is Saturday 21 November 2026; the bill that was asked about stays as it is."""
    request = house.ask()
    house.settle()
    house.says(NAMES_THE_27TH)
    return request


def days(house: House, request: str) -> list[date]:
    return [step.local_date for step in planned(house, request) if step.template == FIRST]


def test_a_new_request_without_a_day_of_its_own_waits_for_the_pay_day(house: House) -> None:
    named_the_27th(house)
    assert days(house, house.ask()) == [date(2026, 11, 27)]


def test_a_pay_day_that_is_a_month_away_is_waited_for_when_nothing_is_due_before(house: House) -> None:
    named_the_27th(house)
    house.move_to(date(2026, 11, 30))
    request = house.ask()
    assert days(house, request) == [date(2026, 12, 28)]  # the 27th is a Sunday
    assert house.request(request).due_date >= date(2026, 12, 28)


def test_what_must_be_paid_before_the_pay_day_is_asked_for_in_time(small_house: House) -> None:
    named_the_27th(small_house)
    request = small_house.ask(due_date="2026-11-26")
    soon = small_house.ask(expires_on="2026-11-26")
    assert days(small_house, request) == days(small_house, soon) == []  # taken at once


def test_the_merchants_own_moment_counts(small_house: House) -> None:
    named_the_27th(small_house)
    assert days(small_house, small_house.ask(send_at="2026-11-25T09:00")) == [date(2026, 11, 25)]


def test_what_was_planned_already_follows_the_pay_day_when_that_is_in_time(house: House) -> None:
    later = house.ask(send_at="2026-11-25T09:00", due_date="2026-12-10")
    too_soon = house.ask(send_at="2026-11-25T09:00", due_date="2026-11-26")
    named_the_27th(house)
    assert days(house, later) == [date(2026, 11, 27)]
    assert days(house, too_soon) == [date(2026, 11, 25)]
    assert "moved" in house.kinds(later)
    assert "moved" not in house.kinds(too_soon)


def test_a_plan_begins_on_the_pay_day_and_stays_on_it(house: House) -> None:
    request = named_the_27th(house)
    house.says("in 2 keer")
    parts = house.world.db.read(agreed, request)
    assert [part.due_on for part in parts] == [date(2026, 11, 27), date(2026, 12, 27)]


def test_a_plan_keeps_to_the_last_day_of_the_month_after_a_short_one(small_house: House) -> None:
    request = small_house.ask(amount={"value": "90.00", "currency": "EUR"})
    small_house.settle()
    small_house.says("mijn loon komt altijd op de 31e")
    small_house.says("in 3 keer")
    parts = small_house.world.db.read(agreed, request)
    assert [part.due_on for part in parts] == [date(2026, 11, 30), date(2026, 12, 31), date(2027, 1, 31)]


def test_no_day_is_offered_for_a_bill_that_is_not_agreed_with(small_house: House) -> None:
    request = small_house.ask()
    small_house.settle()
    small_house.says("het klopt niet, ik heb niets besteld")
    small_house.says(NAMES_THE_27TH)
    assert small_house.heard(request)[-1][0] == "pay-day-noted"

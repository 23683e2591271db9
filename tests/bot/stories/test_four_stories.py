"""The four stories, through the official clients and the sandbox over HTTP."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from tests.house import ANNA, House


@pytest.mark.parametrize("channel", ["whatsapp", "sms"])
def test_a_payer_is_asked_pays_and_is_thanked(house: House, channel: str) -> None:
    request = house.ask(channels=[channel])
    house.settle()
    assert house.heard(request) == [("request", "delivered")]

    house.pays(request)
    assert house.heard(request) == [("request", "delivered"), ("thanks", "delivered")]
    assert house.ledger(request) == [("payment", 4250)]
    assert house.request(request).status == "paid"


def test_a_payer_who_names_a_day_hears_nothing_until_then(house: House) -> None:
    request = house.ask()
    house.settle()
    house.says("kan ik vrijdag betalen?")
    assert "vrijdag 27 november" in house.bodies(request)[-1]
    assert house.request(request).status == "promised"

    house.move_to(date(2026, 11, 26))
    assert [template for template, _ in house.heard(request)] == ["request", "promise-noted"]

    house.move_to(date(2026, 11, 27))
    assert [template for template, _ in house.heard(request)][-1] == "promise-due"

    house.pays(request)
    assert [template for template, _ in house.heard(request)][-1] == "thanks"
    house.move(timedelta(days=30))
    assert len(house.heard(request)) == 4


def test_reminders_come_after_three_seven_and_fourteen_days(house: House) -> None:
    request = house.ask()
    house.settle()
    seen = []
    for _ in range(20):
        before = len(house.heard(request))
        house.move(timedelta(days=1))
        if len(house.heard(request)) > before:
            seen.append(house.clock.now().date())
    assert [template for template, _ in house.heard(request)] == [
        "request",
        "reminder-1",
        "reminder-2",
        "reminder-3",
    ]
    assert seen == [date(2026, 11, 26), date(2026, 11, 30), date(2026, 12, 7)]


def test_stop_is_confirmed_once_and_nothing_follows(house: House) -> None:
    request = house.ask(channels=["whatsapp", "sms"])
    house.settle()
    house.says("stop")
    house.move(timedelta(days=30))
    assert [template for template, _ in house.heard(request)] == ["request", "opted-out"]


def test_a_push_goes_at_once_also_in_the_evening(house: House) -> None:
    house.clock.set(house.clock.now().replace(hour=20))
    request = house.ask(on_the_phone=True, channels=["sms"])
    house.settle()
    assert house.heard(request) == [("request", "delivered")]


def test_an_unasked_request_in_the_evening_waits_for_the_morning(house: House) -> None:
    house.move_to(date(2026, 11, 28), time(21))  # a Saturday
    request = house.ask(channels=["sms"])
    house.settle()
    assert house.heard(request) == []
    house.move_to(date(2026, 11, 29), time(12))  # Sunday
    assert house.heard(request) == []
    house.move_to(date(2026, 11, 30), time(9))
    assert house.heard(request) == [("request", "delivered")]


def test_a_telegram_payer_presses_start_once_and_is_asked_there(house: House) -> None:
    request = house.ask(channels=["telegram"], send_at="2026-11-23T10:05")
    house.joins_telegram(request)
    house.move(timedelta(minutes=6))
    assert [template for template, _ in house.heard(request)] == ["telegram-welcome", "request"]
    house.pays(request)
    assert [template for template, _ in house.heard(request)][-2:] == ["paid-edit", "thanks"]


def test_a_payer_whose_name_nobody_asked_is_not_greeted_with_a_number(house: House) -> None:
    request = house.ask(on_the_phone=True, name=ANNA)
    house.settle()
    assert house.bodies(request)[0].startswith("Dag meneer of mevrouw,")

"""A message that we send unasked invites to name a day only where one would be granted."""

from __future__ import annotations

from datetime import date, timedelta

from tests.bot.stories.watching import phone
from tests.house import House


def told(house: House, request: str) -> list[str]:
    return [name for name, _ in house.heard(request)]


def promised_twice(house: House) -> str:
    request = house.ask()
    house.settle()
    for day in ("dinsdag", "vrijdag"):
        house.says(f"ik betaal {day}")
        house.move(timedelta(minutes=20))
    return request


def test_whoever_may_choose_no_day_any_more_is_pointed_to_a_person(small_house: House) -> None:
    request = promised_twice(small_house)
    small_house.move_to(date(2026, 11, 27))
    assert told(small_house, request)[-1] == "promise-due-no-day"
    assert "VRAAG" in phone(small_house)[-1]
    assert "andere dag" not in phone(small_house)[-1]
    small_house.move_to(date(2026, 11, 30), small_house.clock.now().time().replace(hour=12))
    assert told(small_house, request)[-1] == "reminder-1-no-day"


def test_the_rhythm_and_the_answers_are_those_of_every_reminder(small_house: House) -> None:
    request = promised_twice(small_house)
    small_house.move_to(date(2026, 11, 27))
    assert small_house.request(request).status == "open"
    for _ in range(40):
        small_house.move(timedelta(days=1))
    assert [name for name in told(small_house, request) if name.startswith("reminder")] == [
        "reminder-1-no-day",
        "reminder-2-no-day",
        "reminder-3-no-day",
    ]


def test_whoever_may_choose_a_day_is_invited_to(small_house: House) -> None:
    request = small_house.ask()
    small_house.settle()
    small_house.says("ik betaal vrijdag")
    small_house.move_to(date(2026, 11, 27))
    assert told(small_house, request)[-1] == "promise-due"


def test_parts_that_are_open_together_are_not_put_off_by_a_word(small_house: House) -> None:
    request = small_house.ask(amount={"value": "90.00", "currency": "EUR"})
    small_house.settle()
    small_house.says("in 3 keer")
    before = len(phone(small_house))
    for _ in range(70):
        small_house.move(timedelta(days=1))
    said = {name: body for (name, _), body in zip(
        small_house.heard(request), small_house.bodies(request), strict=True)}  # fmt: skip
    assert len(phone(small_house)) > before
    assert "instalment-due-more" in said
    for name, body in said.items():
        if name.endswith("-more"):
            assert "VRIJDAG" not in body

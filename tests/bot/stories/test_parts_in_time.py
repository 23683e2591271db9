"""The messages of a plan: nothing that was agreed falls silent for good, and nobody is asked all the time."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from bot.stories.by_hand import let_go_on
from payments import instalments
from payments.plans import Step
from tests.bot.stories.watching import all_of
from tests.house import House

EUROS = {"value": "100.00", "currency": "EUR"}
_DAY = timedelta(days=1)


def divided(house: House, words: str = "in 2 keer") -> str:
    """€ 100,00 that Anna pays in parts, the first of them today: Monday 23 November."""
    request = house.ask(amount=EUROS)
    house.settle()
    house.says(words)
    return request


def asks(house: House, request: str) -> list[str]:
    """The messages that ask for a part."""
    return [template for template, _ in house.heard(request) if template.startswith("instalment-")]


def days(house: House, until: date) -> None:
    """Live day by day at nine, until a day."""
    now = house.clock.now().date()
    while now < until:
        now += _DAY
        house.move_to(now, time(9, 1))


def resolved(house: House, request: str) -> None:
    house.world.db.run(let_go_on, house.merchant_id, request, "user")
    house.settle()


@pytest.mark.parametrize("day", [date(2026, 12, 23), date(2026, 12, 24), date(2027, 1, 5), date(2027, 3, 1)])
def test_a_part_whose_day_passed_during_a_dispute_is_asked_for_when_it_is_resolved(
    small_house: House, day: date
) -> None:
    request = divided(small_house)
    small_house.pays(request)
    small_house.move_to(date(2026, 12, 21))
    small_house.says("het klopt niet, ik heb hem kapot teruggekregen")
    small_house.move_to(day, time(11))
    resolved(small_house, request)
    assert asks(small_house, request)[-1] == "instalment-due"
    days(small_house, day + timedelta(days=12))
    assert asks(small_house, request)[-2:] == ["instalment-due", "instalment-missed"]
    assert small_house.request(request).attention == "missed_part"


def test_two_parts_that_passed_in_silence_are_asked_for_in_one_message(small_house: House) -> None:
    request = divided(small_house, "in 3 keer")
    small_house.pays(request)
    small_house.move_to(date(2026, 12, 21))
    small_house.says("het klopt niet")
    small_house.move_to(date(2027, 2, 1), time(11))
    said = len(asks(small_house, request))
    resolved(small_house, request)
    days(small_house, date(2027, 2, 3))
    assert asks(small_house, request)[said:] == ["instalment-due-more"]
    assert "€ 66,66" in small_house.bodies(request)[-1]


@pytest.mark.parametrize("walk", [True, False])
def test_a_part_whose_day_passed_during_a_stop_is_asked_for_after_the_start(
    small_house: House, *, walk: bool
) -> None:
    request = divided(small_house)
    small_house.pays(request)
    small_house.move_to(date(2026, 12, 21))
    small_house.says("STOP")
    if walk:
        days(small_house, date(2027, 1, 5))
    small_house.move_to(date(2027, 1, 5), time(11))
    assert asks(small_house, request) == ["instalment-paid"]
    small_house.says("START")
    assert asks(small_house, request) == ["instalment-paid", "instalment-due"]
    days(small_house, date(2027, 1, 14))
    assert asks(small_house, request)[1:] == ["instalment-due", "instalment-missed"]


def test_a_part_that_was_asked_for_today_is_not_asked_for_again_after_a_start(small_house: House) -> None:
    request = divided(small_house)
    small_house.pays(request)
    small_house.move_to(date(2026, 12, 23))
    small_house.says("STOP")
    small_house.says("START")
    assert asks(small_house, request) == ["instalment-paid", "instalment-due"]
    days(small_house, date(2027, 1, 5))
    assert asks(small_house, request)[1:] == ["instalment-due", "instalment-missed"]


def test_the_look_of_a_person_is_not_lost_with_a_pause_in_the_asking(small_house: House) -> None:
    request = divided(small_house)
    small_house.move_to(date(2026, 11, 26))
    assert asks(small_house, request) == ["instalment-missed"]
    small_house.says("het klopt niet")
    resolved(small_house, request)
    late = [step for step in all_of(small_house, Step, request) if step.template == instalments.LATE]
    assert late[-1].state == "planned"
    small_house.move_to(date(2026, 12, 1))
    assert small_house.request(request).attention == "missed_part"


def test_who_misses_a_weekly_part_is_asked_together_with_the_next(small_house: House) -> None:
    request = divided(small_house, "in 3 keer per week")
    days(small_house, date(2026, 12, 20))
    assert asks(small_house, request) == [
        "instalment-due-more",
        "instalment-due-more",
        "instalment-missed-more",
    ]
    assert small_house.request(request).attention == "missed_part"


def test_a_promised_day_that_passed_during_a_stop_is_asked_about_after_the_start(small_house: House) -> None:
    request = small_house.ask()
    small_house.settle()
    small_house.says("vrijdag")
    small_house.says("STOP")
    days(small_house, date(2026, 12, 2))
    small_house.says("START")
    assert small_house.heard(request)[-1] == ("promise-due", "delivered")
    assert "vrijdag 27 november" in small_house.bodies(request)[-1]


def test_rest_that_ended_during_a_stop_is_over_after_the_start(small_house: House) -> None:
    request = small_house.ask()
    small_house.settle()
    small_house.says("pauze tot 1 december")
    small_house.says("STOP")
    days(small_house, date(2026, 12, 3))
    small_house.says("START")
    assert small_house.heard(request)[-1] == ("pause-over", "delivered")


def test_after_downtime_a_missed_part_is_asked_for_with_the_next_one_alone(small_house: House) -> None:
    request = divided(small_house, "in 3 keer")
    small_house.move_to(date(2026, 12, 23))
    small_house.move_to(date(2026, 12, 24))
    assert asks(small_house, request) == ["instalment-due-more"]


def test_what_is_asked_names_the_amount_that_is_charged(small_house: House) -> None:
    """Rule 10, with two parts overdue."""
    request = divided(small_house, "in 3 keer")
    days(small_house, date(2026, 12, 23))
    small_house.move_to(date(2026, 12, 28))
    assert asks(small_house, request)[-2:] == ["instalment-due-more", "instalment-missed-more"]
    assert "€ 66,67" in small_house.bodies(request)[-1]
    small_house.says("wat is het bedrag?")
    assert "Daarvan is € 66,67 nu aan de beurt." in small_house.bodies(request)[-1]
    small_house.says("het klopt niet")
    small_house.says("hervat")
    assert small_house.heard(request)[-1] == ("resumed-part", "delivered")
    assert "€ 66,67" in small_house.bodies(request)[-1]

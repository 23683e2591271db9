"""A promised answer that did not come is owned up to, once and in decent hours, and never in need."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from bot.stories.answer_by_hand import Typed, answer, own
from core.db import Tx
from payments.timeline import Event
from tests.bot.stories.watching import asked, templates
from tests.house import House
from web.desk.waiting import waiting
from web.wording import words

LATE = "answer-overdue"
WEDNESDAY = date(2026, 11, 25)  # an answer was promised by Tuesday


@pytest.fixture
def house(small_house: House) -> House:
    """What is told here does not depend on the database; the dialogues run on both."""
    return small_house


def answers(house: House, request: str, form: str = "a-form-of-twenty-letters") -> None:
    def type_it(tx: Tx) -> None:
        mine = own(tx, house.merchant_id, request)
        answer(tx, house.world, [mine], Typed(form, "We kijken het na.", "Jan"))

    house.world.db.run(type_it)
    house.settle()


def told(house: House, request: str) -> list[Event]:
    return [event for event in house.events(request) if event.kind == "answer_overdue"]


def late(house: House, request: str) -> int:
    """How often it went out; what waits or was held back did not."""
    held_back = {"queued", "withheld"}
    return sum(template == LATE and status not in held_back for template, status in house.heard(request))


def test_who_got_no_answer_in_time_hears_so_with_a_new_day(house: House) -> None:
    request = asked(house, "mag ik iemand spreken?")
    house.move_to(date(2026, 11, 24), time(19))
    assert late(house, request) == 0
    house.move_to(WEDNESDAY, time(9, 1))
    body = house.bodies(request)[-1]
    assert "uiterlijk dinsdag 24 november antwoord" in body
    assert "donderdag 26 november" in body
    assert [event.data for event in told(house, request)] == [{"date": "2026-11-26"}]


def test_it_goes_once_however_long_it_takes_and_whatever_else_is_asked(house: House) -> None:
    request = asked(house, "mag ik iemand spreken?")
    house.move_to(WEDNESDAY)
    house.says("hallo, komt er nog iemand? ik wil iemand spreken")
    for _ in range(20):
        house.move(timedelta(days=1))
    assert late(house, request) == 1


def test_nothing_goes_when_the_answer_came(house: House) -> None:
    request = asked(house, "mag ik iemand spreken?")
    answers(house, request)
    house.move(timedelta(days=10))
    assert late(house, request) == 0
    assert not told(house, request)


def test_a_new_wait_after_an_answer_is_told_again(house: House) -> None:
    request = asked(house, "mag ik iemand spreken?")
    house.move_to(WEDNESDAY)
    answers(house, request)
    house.says("kan de fiets ook rood gespoten worden?")
    house.move(timedelta(days=5))
    assert late(house, request) == 2


def test_a_second_wait_that_began_before_the_look_at_the_first_is_told_when_it_is_late(house: House) -> None:
    request = asked(house, "mag ik iemand spreken?")
    house.move_to(date(2026, 11, 24))
    answers(house, request)
    house.says("kan de fiets ook rood gespoten worden?")
    house.move_to(WEDNESDAY, time(23))
    assert late(house, request) == 0
    house.move_to(date(2026, 11, 26), time(9, 1))
    assert late(house, request) == 1
    assert "uiterlijk woensdag 25 november antwoord" in house.bodies(request)[-1]
    house.move(timedelta(days=10))
    assert late(house, request) == 1


def test_one_person_hears_it_once_for_all_that_waits(house: House) -> None:
    first = asked(house, "mag ik iemand spreken?")
    second = asked(house, description="Nieuwe band", reference="1043")
    house.says("er klopt iets niet met nota 1043")
    house.move(timedelta(days=5))
    assert late(house, first) + late(house, second) == 1


def test_it_waits_for_a_day_on_which_we_write_and_for_the_morning(house: House) -> None:
    house.move_to(date(2026, 11, 27), time(15))  # a Friday
    request = asked(house, "mag ik iemand spreken?")
    house.move_to(date(2026, 12, 1), time(8, 50))
    assert late(house, request) == 0
    house.move_to(date(2026, 12, 1), time(9, 1))
    assert late(house, request) == 1


@pytest.mark.parametrize("says", ["mijn man is overleden", "ik kan het echt niet betalen"])
def test_in_need_and_in_mourning_nothing_goes_and_the_desk_is_told(house: House, says: str) -> None:
    request = asked(house, says)
    before = templates(house, request)
    house.move_to(WEDNESDAY)
    house.move(timedelta(days=10))
    assert templates(house, request) == before
    assert [event.data["reason"] for event in told(house, request)] == ["held"]
    withheld = [event.data for event in house.events(request) if event.kind == "withheld"]
    assert [data["template"] for data in withheld] == [LATE]


def test_in_mourning_about_one_bill_nothing_goes_about_another(house: House) -> None:
    first = asked(house, "mag ik iemand spreken?")
    house.says("mijn man is overleden")
    house.move(timedelta(days=10))
    assert late(house, first) == 0


def test_after_a_stop_nothing_goes(house: House) -> None:
    request = asked(house, "mag ik iemand spreken?")
    house.says("stop")
    house.move(timedelta(days=5))
    assert late(house, request) == 0


def test_the_desk_shows_what_is_late_first(house: House) -> None:
    request = asked(house, "mag ik iemand spreken?")
    house.move_to(WEDNESDAY)
    lines = house.world.db.read(waiting, house.merchant_id, words("nl"))
    assert lines[0].request.id == request
    assert lines[0].late


def test_an_answer_that_came_before_the_message_could_go_keeps_it_back(house: House) -> None:
    request = asked(house, "mag ik iemand spreken?")
    house.clock.set(house.clock.now().replace(day=25, hour=20))  # the worker was down, until after hours
    house.settle()
    assert templates(house, request)[-1] == LATE
    answers(house, request)
    house.move_to(date(2026, 11, 26), time(10))
    assert late(house, request) == 0
    assert (LATE, "withheld") in house.heard(request)

"""The queue says who waits longer than we promised: from the first word that nobody answered."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from bot.stories.answer_by_hand import Typed, answer, own
from bot.stories.by_hand import looked_at
from core.db import Tx
from tests.house import House
from tests.making import Wanted, make_request
from tests.web.desk.waiting_room import call_a_person
from web.desk.waiting import Waiting, how_many, waiting
from web.wording import words

# It is Monday 23 November.
_TUESDAY = "Beloofd: antwoord uiterlijk dinsdag 24 november."
_LATE = "Te laat: een antwoord was beloofd voor uiterlijk dinsdag 24 november."
_PERSON = "mag ik iemand spreken?"


@pytest.fixture
def house(small_house: House) -> House:
    return small_house


def asks(house: House, text: str = _PERSON, **changes: object) -> str:
    request = house.ask(**changes)
    house.settle()
    house.says(text)
    return request


def queue(house: House) -> list[Waiting]:
    return list(house.world.db.read(waiting, house.merchant_id, words("nl")))


def answers(house: House, request: str) -> None:
    def type_it(tx: Tx) -> None:
        typed = Typed(tx.ids.token(18), "We kijken het na.", "Jan")
        answer(tx, house.world, [own(tx, house.merchant_id, request)], typed)

    house.world.db.run(type_it)
    house.settle()


def test_the_promised_day_itself_is_in_time_and_the_day_after_it_is_late(house: House) -> None:
    asks(house)
    house.move_to(date(2026, 11, 24), time(23))
    [line] = queue(house)
    assert (line.promised, line.late) == (_TUESDAY, False)
    house.move_to(date(2026, 11, 25), time(0, 1))
    [line] = queue(house)
    assert (line.promised, line.late) == (_LATE, True)
    assert house.world.db.read(how_many, house.merchant_id) == (1, 1)


@pytest.mark.parametrize(
    ("first", "then"),
    [(_PERSON, "wanneer hoor ik nou iets?"), ("klopt niet", "de kraan lekt nog"), ("al betaald", "gisteren")],
)
def test_whoever_writes_again_is_not_put_off(house: House, first: str, then: str) -> None:
    asks(house, first)
    for _ in range(2):
        house.move(timedelta(days=1))
        house.says(then)
    house.move(timedelta(hours=1))
    [line] = queue(house)
    assert (line.waits, line.promised, line.late) == ("wacht 2 dagen", _LATE, True)


def test_a_word_that_is_not_understood_does_not_make_a_plea_for_time_wait_anew(house: House) -> None:
    asks(house)
    for _ in range(3):  # the third time a person is asked for more time
        house.move(timedelta(days=1))
        house.says("ik betaal over een week")
    before = queue(house)[0].since
    house.move(timedelta(days=1))
    house.says("hm")
    house.says("ik betaal over een week")
    assert queue(house)[0].since == before


def test_an_answer_ends_what_is_late_and_the_next_word_waits_from_then(house: House) -> None:
    request = asks(house)
    house.move(timedelta(days=3))
    answers(house, request)
    house.move(timedelta(hours=2))
    [line] = queue(house)
    assert (line.waits, line.promised, line.late) == ("beantwoord, 2 uur geleden", "", False)
    house.says("nee, ik wil echt iemand spreken")
    house.move(timedelta(hours=3))
    [line] = queue(house)
    assert (line.waits, line.late) == ("wacht 3 uur", False)
    assert line.promised == "Beloofd: antwoord uiterlijk vrijdag 27 november."


def test_what_is_late_stands_first_then_who_waits_then_who_was_answered(house: House) -> None:
    late = asks(house)

    def others(tx: Tx) -> None:
        bram = make_request(tx, Wanted(payer_name="Bram"), house.merchant_id)
        call_a_person(tx, bram, "surplus", "surplus", "paid", cents=100)

    house.world.db.run(others)
    house.move(timedelta(days=3))
    names = [(line.name, line.late) for line in queue(house)]
    assert names == [("Anna de Vries", True), ("Bram", False)]
    answers(house, late)
    assert [line.name for line in queue(house)] == ["Bram", "Anna de Vries"]


def test_a_question_that_was_settled_and_comes_again_gets_a_promise_of_its_own(house: House) -> None:
    request = asks(house)
    house.world.db.run(looked_at, house.merchant_id, request, "Jan")
    house.move(timedelta(days=3))
    assert queue(house) == []
    house.says(_PERSON)
    [line] = queue(house)
    assert (line.late, line.promised) == (False, "Beloofd: antwoord uiterlijk vrijdag 27 november.")

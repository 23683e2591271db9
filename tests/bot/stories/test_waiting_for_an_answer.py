"""Whoever was promised an answer by a person is not reminded until it is there, and nobody is forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta

import pytest

from bot.stories.answer_by_hand import Typed, answer, own
from bot.stories.by_hand import looked_at
from bot.stories.pay_page_answers import ask_person
from core.db import Tx
from tests.bot.stories.watching import asked, phone, templates, why
from tests.house import House
from web.desk.waiting import waiting
from web.wording import words

_FORM = "a-form-of-twenty-letters"


@pytest.fixture
def house(small_house: House) -> House:
    """What is told here does not depend on the database; the dialogues run on both."""
    return small_house


def queue(house: House) -> Sequence[tuple[str, str]]:
    """Who waits on the desk, and for how long."""
    lines = house.world.db.read(waiting, house.merchant_id, words("nl"))
    return [(line.request.id, line.waits.removeprefix("wacht ")) for line in lines]


def answers(house: House, request: str) -> None:
    def type_it(tx: Tx) -> None:
        answer(
            tx, house.world, [own(tx, house.merchant_id, request)], Typed(_FORM, "We kijken het na.", "Jan")
        )

    house.world.db.run(type_it)
    house.settle()


def settles(house: House, request: str) -> None:
    house.world.db.run(looked_at, house.merchant_id, request, "Jan")


@pytest.mark.parametrize(
    "says",
    [("mag ik iemand spreken?",), ("kan de fiets ook rood gespoten worden?",), ("qwerty asdf", "zxcv bnmm")],
    ids=["a person", "a question", "not understood"],
)
def test_a_payer_who_waits_for_us_is_not_reminded_however_long_it_takes(
    house: House, says: tuple[str, ...]
) -> None:
    request = asked(house, *says)
    for _ in range(30):
        house.move(timedelta(days=1))
    assert not [name for name in templates(house, request) if name.startswith("reminder")]
    assert why(house, request, "waits") == ["answer_owed"]
    assert queue(house) == [(request, "1 maand")]


def test_the_timeline_says_which_answer_was_promised(house: House) -> None:
    request = asked(house, "mag ik iemand spreken?")
    [promised] = [event for event in house.events(request) if event.kind == "answer_promised"]
    assert promised.data == {"subject": "asks_a_person", "date": "2026-11-24"}


def test_reminders_go_on_some_days_after_a_person_answered(house: House) -> None:
    request = asked(house, "mag ik iemand spreken?")
    house.move_to(date(2026, 12, 2), time(14))
    answers(house, request)
    house.move_to(date(2026, 12, 5), time(12))
    assert templates(house, request)[-1] == "by-hand"
    house.move_to(date(2026, 12, 7))
    assert templates(house, request)[-1] == "reminder-1"


def test_reminders_go_on_some_days_after_a_person_marked_it_done(house: House) -> None:
    request = asked(house, "mag ik iemand spreken?")
    house.move_to(date(2026, 12, 1), time(9))
    settles(house, request)
    house.move_to(date(2026, 12, 3), time(12))
    assert "reminder-1" not in templates(house, request)
    house.move_to(date(2026, 12, 4), time(12))
    assert templates(house, request)[-1] == "reminder-1"
    assert queue(house) == []


def test_another_question_after_an_answer_is_waited_for_as_well(house: House) -> None:
    request = asked(house, "mag ik iemand spreken?")
    answers(house, request)
    house.move(timedelta(hours=1))
    house.says("kan de fiets ook rood gespoten worden?")
    house.move(timedelta(days=20))
    assert "reminder-1" not in templates(house, request)


def test_what_else_the_payer_owes_rests_too_but_a_new_bill_is_told(house: House) -> None:
    first = asked(house)
    second = asked(house, "mag ik iemand spreken?", description="Nieuwe band")
    house.move(timedelta(days=10))
    assert templates(house, first) == ["request"]
    third = asked(house, description="Bel")
    assert templates(house, third) == ["request"]
    assert [ident for ident, _ in queue(house)] == [second]


def test_a_day_chosen_after_the_question_is_kept(house: House) -> None:
    request = asked(house, "mag ik iemand spreken?", "ik betaal vrijdag")
    house.move_to(date(2026, 11, 27))
    assert templates(house, request)[-1] == "promise-due"
    house.move(timedelta(days=10))
    assert templates(house, request)[-1] == "promise-due"


def test_a_day_and_a_wish_for_a_person_in_one_message_is_kept_and_in_the_queue(house: House) -> None:
    request = asked(house)
    house.move(timedelta(days=2))
    house.says("ik betaal vrijdag, stuur het liever per mail")
    house.move_to(date(2026, 11, 27), time(10))
    assert set(templates(house, request)[-2:]) == {"promise-due", "answer-overdue"}
    assert queue(house) == [(request, "2 dagen")]


def test_a_day_that_was_chosen_is_kept_though_a_question_came_after_it(house: House) -> None:
    """ "We sturen u op vrijdag een seintje" was a promise of ours too."""
    request = asked(house, "ik betaal vrijdag", "kan de fiets ook rood gespoten worden?")
    house.move_to(date(2026, 11, 27), time(12))
    assert templates(house, request)[-1] == "promise-due"
    house.move(timedelta(days=15))
    assert templates(house, request)[-1] == "promise-due"


def test_a_part_comes_on_its_day_and_is_not_called_missed_while_an_answer_is_owed(house: House) -> None:
    big = {"amount": {"value": "100.00", "currency": "EUR"}}
    request = asked(house, "in 2 keer vanaf 27 november", "mag ik iemand spreken?", **big)
    house.move(timedelta(days=20))
    parts_told = [name for name in templates(house, request) if name.startswith("instalment")]
    assert parts_told == ["instalment-due"]
    assert house.request(request).attentions == ["asks_a_person"]


def test_who_got_a_no_and_a_way_to_pay_does_not_wait_for_anybody(house: House) -> None:
    """A third day is for a person, but nobody promised to write."""
    request = asked(house, "ik betaal vrijdag")
    house.move(timedelta(minutes=20))
    house.says("toch liever zaterdag 28 november")
    house.move(timedelta(minutes=20))
    house.says("liever dinsdag 8 december")
    assert templates(house, request)[-1] == "promise-too-often"
    house.move_to(date(2026, 11, 28), time(12))
    assert templates(house, request)[-1] == "promise-due-no-day"


def test_a_question_on_the_page_is_waited_for_as_well(house: House) -> None:
    request = asked(house)
    token = house.token(request)
    house.world.db.run(ask_person, token, "Klopt het zadel wel?", house.world.links.keyring)
    house.move(timedelta(days=20))
    assert templates(house, request) == ["request", "question-passed-on", "answer-overdue"]
    assert queue(house) == [(request, "3 weken")]


def test_a_reminder_that_lay_in_the_outbox_when_the_question_came_waits_too(house: House) -> None:
    first = asked(house)
    second = asked(house, description="Nieuwe band")
    house.move_to(date(2026, 11, 26), time(9, 5))  # one of the two went, the other waits for its day
    house.says("mag ik iemand spreken?")
    house.move(timedelta(days=5))
    reminders = [body for body in phone(house) if "staat nog" in body]
    assert len(reminders) == 1
    settles(house, queue(house)[0][0])
    house.move(timedelta(days=4))
    assert {"reminder-1"} <= {*templates(house, first)} & {*templates(house, second)}

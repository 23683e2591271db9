"""A promised answer about one bill leaves the payer in peace about all, and holds nothing against them."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from bot.stories.by_hand import looked_at
from bot.stories.pay_page_answers import ask_person
from payments.promises import PromiseToPay
from tests.bot.stories.watching import all_of, templates, why
from tests.house import House


@pytest.fixture
def house(small_house: House) -> House:
    """What is told here does not depend on the database; the dialogues run on both."""
    return small_house


def outcomes(house: House, request: str) -> list[str]:
    return [made.outcome for made in all_of(house, PromiseToPay, request)]


def done(house: House, request: str) -> None:
    house.world.db.run(looked_at, house.merchant_id, request, "Jan")


def two(house: House, says: str) -> tuple[str, str]:
    """Return the request that waits for a person, and the other one."""
    about = house.ask()
    house.settle()
    house.says(says)
    other = house.ask(description="Nieuwe band")
    house.settle()
    assert house.request(about).attentions
    assert not house.request(other).attentions
    return about, other


@pytest.mark.parametrize("says", ["klopt niet", "al betaald"])
def test_the_other_bill_is_not_reminded_of_until_a_person_looked(house: House, says: str) -> None:
    about, other = two(house, says)
    house.move(timedelta(days=15))
    assert not [name for name in templates(house, other) if name.startswith("reminder")]
    assert why(house, other, "waits") == ["answer_owed"]
    done(house, about)
    house.move(timedelta(days=5))
    assert [name for name in templates(house, other) if name.startswith("reminder")] == ["reminder-1"]


@pytest.mark.parametrize("text", ["dit klopt niet", "stop met die berichten"])
def test_a_question_on_the_page_that_holds_or_stops_is_owed_an_answer_too(house: House, text: str) -> None:
    request = house.ask()
    house.settle()
    house.world.db.run(ask_person, house.token(request), text, house.world.links.keyring)
    assert [e for e in house.events(request) if e.kind == "answer_promised"]


def test_a_promise_is_not_broken_while_our_own_message_about_it_waits(house: House) -> None:
    promised = house.ask()
    house.settle()
    house.says("ik betaal vrijdag")
    disputed = house.ask(description="Nieuwe band")
    house.settle()
    house.says("de nieuwe band klopt niet")
    assert house.request(disputed).attentions == ["disputed"]
    house.move_to(date(2026, 12, 1), time(14))
    assert outcomes(house, promised) == ["open"]
    done(house, disputed)
    house.move_to(date(2026, 12, 2), time(12))
    assert templates(house, promised)[-1] == "promise-due"
    assert outcomes(house, promised) == ["open"]
    house.move(timedelta(days=3))
    assert outcomes(house, promised) == ["broken"]


def test_a_day_chosen_after_the_question_passes_as_ever(house: House) -> None:
    request = house.ask()
    house.settle()
    house.says("mag ik iemand spreken?")
    house.says("ik betaal vrijdag")
    house.move_to(date(2026, 11, 28), time(12))
    assert outcomes(house, request) == ["broken"]


def test_a_part_is_not_counted_missed_while_an_answer_is_owed(house: House) -> None:
    request = house.ask(amount={"value": "100.00", "currency": "EUR"})
    house.settle()
    house.says("in 2 keer vanaf 27 november")
    house.move_to(date(2026, 11, 27), time(14))
    house.move_to(date(2026, 12, 1), time(14))
    assert templates(house, request)[-1] == "instalment-missed"
    house.says("mag ik iemand spreken?")
    house.move(timedelta(days=15))
    assert house.request(request).attentions == ["asks_a_person"]
    done(house, request)
    house.move(timedelta(days=6))
    assert house.request(request).attentions == ["missed_part"]

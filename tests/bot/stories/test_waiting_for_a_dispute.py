"""A promised answer about one bill leaves the payer in peace about all, and holds nothing against them."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from bot.stories.by_hand import looked_at
from bot.stories.pay_page_answers import ask_person
from payments.promises import PromiseToPay
from tests.bot.stories.watching import all_of, asked, templates, why
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
    about = asked(house, says)
    other = asked(house, description="Nieuwe band")
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
    request = asked(house)
    house.world.db.run(ask_person, house.token(request), text, house.world.links.keyring)
    assert [e for e in house.events(request) if e.kind == "answer_promised"]


def promised_and_another(house: House) -> tuple[str, str]:
    """Return a request that is promised for Friday, and another one."""
    promised = asked(house, "ik betaal vrijdag")
    other = asked(house, description="Nieuwe band")
    return promised, other


@pytest.mark.parametrize("says", ["de nieuwe band klopt niet", "de nieuwe band heb ik al betaald"])
def test_a_day_chosen_for_one_bill_is_kept_though_another_is_contested(house: House, says: str) -> None:
    promised, contested = promised_and_another(house)
    house.says(says)
    assert house.request(promised).attention is None
    assert house.request(contested).attention in {"disputed", "claims_paid"}
    house.move_to(date(2026, 11, 27), time(12))
    assert templates(house, promised)[-1] == "promise-due"
    house.move(timedelta(days=10))
    assert templates(house, promised)[-1] == "promise-due"
    assert templates(house, contested).count("reminder-1") == 0
    assert outcomes(house, promised) == ["broken"]


@pytest.mark.parametrize("says", ["ik heb geen geld, ik kan het niet betalen", "mijn man is overleden"])
def test_a_promise_is_not_broken_while_our_own_message_about_it_waits(house: House, says: str) -> None:
    promised, other = promised_and_another(house)
    house.world.db.run(ask_person, house.token(other), says, house.world.links.keyring)
    assert house.request(other).status in {"hardship", "bereaved"}
    house.move_to(date(2026, 12, 1), time(14))
    assert "promise-due" not in templates(house, promised)
    assert outcomes(house, promised) == ["open"]
    done(house, other)
    house.move_to(date(2026, 12, 2), time(12))
    assert templates(house, promised)[-1] == "promise-due"
    assert outcomes(house, promised) == ["open"]
    house.move(timedelta(days=3))
    assert outcomes(house, promised) == ["broken"]


def test_a_day_chosen_after_the_question_passes_as_ever(house: House) -> None:
    request = asked(house, "mag ik iemand spreken?", "ik betaal vrijdag")
    house.move_to(date(2026, 11, 28), time(12))
    assert outcomes(house, request) == ["broken"]


def test_a_part_is_not_counted_missed_while_an_answer_is_owed(house: House) -> None:
    big = {"value": "100.00", "currency": "EUR"}
    request = asked(house, "in 2 keer vanaf 27 november", amount=big)
    house.move_to(date(2026, 11, 27), time(14))
    house.move_to(date(2026, 12, 1), time(14))
    assert templates(house, request)[-1] == "instalment-missed"
    house.says("mag ik iemand spreken?")
    house.move(timedelta(days=15))
    assert house.request(request).attentions == ["asks_a_person"]
    done(house, request)
    house.move(timedelta(days=6))
    assert house.request(request).attentions == ["missed_part"]

"""A family in mourning is not asked for money anew by a machine, and gets no glad words."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.stories.by_hand import looked_at
from tests.bot.stories.watching import BOB, asked, templates, why
from tests.house import House

DIED = "mijn man is overleden"


@pytest.fixture
def house(small_house: House) -> House:
    """What is told here does not depend on the database; the dialogues run on both."""
    return small_house


def new(house: House, **changes: object) -> str:
    request = house.ask(description="Nieuwe band", **changes)
    house.settle()
    return request


@pytest.mark.parametrize("name", ["Anna", "Bram"])
def test_a_new_request_to_that_number_waits_for_a_person(house: House, name: str) -> None:
    first = asked(house, DIED)
    assert house.request(first).status == "bereaved"
    request = new(house, name=name)
    house.move(timedelta(days=10))
    assert templates(house, request) == []
    assert house.request(request).attentions == ["bereaved"]
    assert why(house, request, "waits") == ["answer_owed"]
    house.world.db.run(looked_at, house.merchant_id, request, "Jan")
    house.move(timedelta(days=2))
    assert templates(house, request) == ["request"]


def test_anybody_else_gets_a_new_request_as_ever(house: House) -> None:
    asked(house, DIED)
    request = new(house, name="Bram", phone=BOB)
    assert templates(house, request) == ["request"]
    assert house.request(request).attention is None


def test_who_owes_more_and_told_of_no_death_gets_it_as_ever(house: House) -> None:
    asked(house, "klopt niet")
    assert templates(house, new(house)) == ["request"]


def test_who_wants_to_pay_several_after_a_death_hears_from_a_person_and_no_glad_words(house: House) -> None:
    first, second = asked(house), new(house)
    house.says(f"{DIED}, dit gaat over alles")
    house.says(DIED)
    assert {house.request(one).status for one in (first, second)} == {"bereaved"}
    before = len(house.bodies(first) + house.bodies(second))
    house.says("stuur de link maar, ik betaal alles")
    said = (house.bodies(first) + house.bodies(second))[-1]
    assert len(house.bodies(first) + house.bodies(second)) == before + 1
    assert "Fijn" not in said
    assert "collega" in said
    assert {house.request(one).status for one in (first, second)} == {"bereaved"}

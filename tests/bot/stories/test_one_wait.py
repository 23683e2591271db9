"""Who waits for a person: one conversation is one wait, and money ends what a colleague answered."""

from __future__ import annotations

import pytest

from bot.stories.answer_by_hand import Typed, answer
from bot.stories.by_hand import seen_to
from bot.stories.waits import conversation_of
from bot.stories.withdraw import withdraw
from core.db import Tx
from tests.bot.stories.watching import phone
from tests.house import House
from web.desk.waiting import how_many, waiting
from web.wording import words

TIRE = {"description": "Nieuwe band", "reference": "1043", "amount": {"value": "30.00", "currency": "EUR"}}


@pytest.fixture
def house(small_house: House) -> House:
    return small_house


def writes(
    house: House,
    request_id: str,
    text: str = "Dag Anna,\n\nDat klopt.\nGroet, Aysha",
    *,
    with_link: bool = False,
) -> None:
    """An agent answers from the page of the request."""

    def step(tx: Tx) -> None:
        conversation = conversation_of(tx, house.merchant_id, request_id)
        answer(tx, house.world, conversation, Typed(tx.ids.token(18), text, "Aysha", with_link))

    house.world.db.run(step)
    house.settle()


def asks_about_both(house: House) -> tuple[str, str]:
    """Anna is sent the link for two requests, and asks something about it that only a person can say."""
    both = house.ask(), house.ask(**TIRE)
    house.settle()
    house.says("ik wil alles betalen")
    house.says("kan ik iemand spreken over allebei?")
    assert [house.request(one).attention for one in both] == ["asks_a_person"] * 2
    return both


def rows(house: House) -> list[tuple[str, list[str]]]:
    found = house.world.db.read(waiting, house.merchant_id, words("nl"))
    return [(line.what, list(line.whys)) for line in found]


def test_an_answer_arrives_with_its_lines_and_one_greeting(house: House) -> None:
    asked = house.ask()
    house.settle()
    house.says("kan iemand mij bellen?")
    writes(house, asked)
    assert phone(house)[-1] == "Dag Anna,\n\nDat klopt.\nGroet, Aysha\nFietshuis Jansen"


def test_an_answer_brings_the_pay_link_below_it_as_long_as_something_is_owed(house: House) -> None:
    asked = house.ask()
    house.settle()
    house.says("kan iemand mij bellen?")
    writes(house, asked, "Dat klopt.", with_link=True)
    first, _, link = phone(house)[-1].rpartition("\n")
    assert first == "Dat klopt.\nGroet, Fietshuis Jansen\nHier betaalt u € 42,50 aan Fietshuis Jansen:"
    assert "/p/" in link

    def type_it(tx: Tx) -> None:
        conversation = conversation_of(tx, house.merchant_id, asked)
        answer(tx, house.world, conversation, Typed(tx.ids.token(18), "Dank u.", "Aysha", with_link=True))

    house.world.db.run(type_it)  # and before it goes, nothing is owed any more
    house.world.db.run(withdraw, house.world, house.merchant_id, asked, "Jan")
    house.settle()
    assert "Dank u.\nGroet, Fietshuis Jansen" in phone(house)


def test_words_about_two_requests_are_one_row_with_its_reasons_together(house: House) -> None:
    bike, _ = asks_about_both(house)
    assert rows(house) == [("Reparatie fiets, Nieuwe band", ["De klant wil iemand spreken."])]
    assert house.world.db.read(how_many, house.merchant_id) == (1, 0)

    def settle(tx: Tx) -> None:
        for one in conversation_of(tx, house.merchant_id, bike):
            seen_to(tx, one, set(one.attentions), "Aysha")

    house.world.db.run(settle)
    assert rows(house) == []


def test_paying_ends_the_wait_of_whoever_was_answered(house: House) -> None:
    bike, tire = asks_about_both(house)
    writes(house, bike)
    for one in (bike, tire):
        assert house.request(one).attention == "asks_a_person"
        house.pays(one)
    assert rows(house) == []


def test_paying_ends_no_wait_for_an_answer_that_was_promised(house: House) -> None:
    asked = house.ask()
    house.settle()
    house.says("kan iemand mij bellen?")
    writes(house, asked)
    house.says("ik wil toch echt iemand spreken")
    house.pays(asked)
    assert rows(house) == [("Reparatie fiets", ["De klant wil iemand spreken."])]


def test_thanks_after_an_answer_are_no_new_question(house: House) -> None:
    asked = house.ask()
    house.settle()
    house.says("kan iemand mij bellen?")
    writes(house, asked)
    house.says("dank je wel")
    house.pays(asked)
    assert rows(house) == []

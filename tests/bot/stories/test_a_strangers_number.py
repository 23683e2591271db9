"""Somebody who is not the payer: not another word to them, whatever they answer, and no link that opens."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.stories.pay_page import look
from core.errors import Missing
from tests.bot.stories.watching import outgoing, phone
from tests.house import House


def links_sent(house: House, request: str) -> list[str]:
    return [row.token for row in outgoing(house, request) if row.token]


@pytest.mark.parametrize("words", ["start", "START", "hervat", "ja", "vrijdag"])
def test_nothing_that_a_stranger_answers_opens_the_number_again(small_house: House, words: str) -> None:
    request = small_house.ask()
    small_house.settle()
    small_house.says("verkeerd nummer, ik ben Anna niet")
    assert small_house.heard(request)[-1] == ("wrong-person", "delivered")
    said = len(phone(small_house))
    small_house.says(words)
    small_house.move(timedelta(days=30))
    ours = [body for body in phone(small_house)[said:] if "re-subscribed" not in body]
    assert ours == []
    assert small_house.request(request).attention == "wrong_person"


def test_every_link_that_went_to_a_stranger_is_dead_and_the_shops_own_is_not(house: House) -> None:
    repair = house.ask()
    tire = house.ask(description="Nieuwe band")
    house.settle()
    house.says("ik wil alles betalen")
    tokens = [*links_sent(house, repair), *links_sent(house, tire)]
    assert len(tokens) == 3
    house.says("verkeerd nummer")
    for token in tokens:
        with pytest.raises(Missing):
            house.world.db.read(look, token)
    assert house.world.db.read(look, house.token(tire)).reference == house.request(tire).reference


def test_a_stop_after_everything_at_once_stops_everything(house: House, two: tuple[str, str]) -> None:
    house.says("ik wil alles betalen")
    house.says("stop met die berichten")
    assert "geen berichten meer" in phone(house)[-1]
    said = phone(house)
    house.move(timedelta(days=30))
    assert phone(house) == said
    assert two

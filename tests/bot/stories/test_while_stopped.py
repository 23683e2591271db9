"""What a payer asks for during a stop is granted at the start, unless it was taken back or settled."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from bot.decide import Act, decide
from bot.stories.by_hand import hold
from bot.stories.carry_out import carry_out
from bot.stories.pay_page_choices import in_parts, on_page
from core.db import Tx
from payments.requests import locked
from payments.timeline import note
from tests.house import House


@pytest.fixture
def house(small_house: House) -> House:
    return small_house


def wished(house: House) -> str:
    """A request whose payer stopped and then asked for a day."""
    asked = house.ask()
    house.settle()
    house.says("STOP")
    house.move(timedelta(minutes=5))
    house.says("ik betaal 15 december")
    house.move(timedelta(minutes=5))
    return asked


def starts(house: House, asked: str) -> str:
    house.says("START")
    assert "opted_in" in house.kinds(asked)
    return house.request(asked).status


@pytest.mark.parametrize("between", [(), ("dank je",)])
def test_a_day_that_was_asked_for_during_a_stop_is_granted_at_the_start(
    house: House, between: tuple[str, ...]
) -> None:
    asked = wished(house)
    for words in between:
        house.says(words)
        house.move(timedelta(minutes=5))
    assert starts(house, asked) == "promised"
    assert house.request(asked).quiet_until == date(2026, 12, 15)


@pytest.mark.parametrize("words", ["laat maar, ik heb al betaald", "laat maar", "ik kan niet betalen"])
def test_a_wish_that_was_taken_back_is_not_granted(house: House, words: str) -> None:
    asked = wished(house)
    house.says(words)
    house.move(timedelta(minutes=5))
    assert starts(house, asked) == "open"
    assert "promised" not in house.kinds(asked)


def rested(tx: Tx, house: House, asked: str) -> None:
    hold(tx, house.merchant_id, asked, date(2026, 12, 20), "Jan Jansen")


def divided(tx: Tx, house: House, asked: str) -> None:
    del house
    request = locked(tx, asked)
    decision = decide(in_parts(2, "month"), on_page(tx, request))
    if decision.act is not Act.DIVIDE:  # during a stop only a person agrees on parts
        raise AssertionError(decision)
    carry_out(tx, request, decision, "Jan Jansen")


def answered(tx: Tx, house: House, asked: str) -> None:
    del house
    note(tx, locked(tx, asked), "answered", "Jan Jansen", channel="sms")


@pytest.mark.parametrize(
    ("deed", "status"), [(rested, "paused"), (divided, "instalments"), (answered, "open")]
)
def test_what_a_person_did_about_it_meanwhile_stands(
    house: House, deed: Callable[[Tx, House, str], None], status: str
) -> None:
    asked = wished(house)
    house.world.db.run(lambda tx: deed(tx, house, asked))
    house.move(timedelta(minutes=5))
    assert starts(house, asked) == status
    assert "promised" not in house.kinds(asked)

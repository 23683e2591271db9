"""After a stop one thing is answered besides "start": whoever asks how to pay gets the link, once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.bot.stories.watching import phone
from tests.house import House

ASKS = "hoe kan ik nu nog betalen?"
LINK = "link-after-stop"
_WEEKS = timedelta(days=40)


def templates(house: House, request: str) -> list[str]:
    return [template for template, _ in house.heard(request)]


def stopped(house: House, said: str = "ik wil geen berichten meer") -> str:
    request = house.ask()
    house.settle()
    house.says(said)
    house.move(timedelta(days=2))
    return request


@pytest.mark.parametrize("text", [ASKS, "waar is de link?", "stuur me de betaallink", "how can I still pay?"])
def test_whoever_asks_how_to_pay_gets_the_link_and_nothing_else_starts(house: House, text: str) -> None:
    request = stopped(house)
    house.says(text)
    assert house.heard(request)[-1] == (LINK, "delivered")
    assert "/p/" in phone(house)[-1]
    assert house.request(request).attention is None
    house.move(_WEEKS)
    assert house.heard(request)[-1][0] == LINK


def test_the_link_goes_once_and_a_person_sees_what_else_is_asked(house: House) -> None:
    request = stopped(house)
    house.says(ASKS)
    house.move(timedelta(days=1))
    house.says(ASKS)
    assert templates(house, request).count(LINK) == 1
    assert house.request(request).attention == "wrote_after_stop"


@pytest.mark.parametrize(
    "text",
    ["kan ik vrijdag betalen?", "waar is dit voor?", "in 3 keer graag", "hoe gaat het?", "betaal morgen"],
)
def test_no_other_question_is_answered_after_a_stop(house: House, text: str) -> None:
    request = stopped(house)
    before = len(phone(house))
    house.says(text)
    assert len(phone(house)) == before
    assert house.request(request).attention == "wrote_after_stop"


def test_what_a_person_looks_into_is_not_asked_for_with_a_link(house: House) -> None:
    request = house.ask()
    house.settle()
    house.says("dit klopt niet")
    house.move(timedelta(minutes=20))
    house.says("ik wil geen berichten meer")
    house.move(timedelta(minutes=20))
    house.says(ASKS)
    assert LINK not in templates(house, request)


def test_nothing_reaches_a_number_that_the_carrier_closed(house: House) -> None:
    request = stopped(house, "STOP")
    before = phone(house)
    house.says(ASKS)
    house.move(_WEEKS)
    assert phone(house) == before
    assert (LINK, "delivered") not in house.heard(request)


def test_a_number_of_somebody_else_gets_no_link(house: House) -> None:
    request = stopped(house, "verkeerd nummer")
    house.says(ASKS)
    assert LINK not in templates(house, request)


def test_whoever_paid_meanwhile_is_not_sent_to_pay(house: House) -> None:
    request = stopped(house)
    house.pays(request)
    house.says(ASKS)
    assert LINK not in templates(house, request)

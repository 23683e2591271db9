""" "De andere" in a message of its own is the one of two that was not just spoken of."""

from __future__ import annotations

import pytest

from tests.house import House


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("de ketting is betaald", "de andere doe ik morgen"),
        ("I paid the chain", "I'll pay the other one on Wednesday"),
    ],
)
def test_a_claim_stands_and_the_other_bill_gets_the_day(small_house: House, first: str, then: str) -> None:
    chain = small_house.ask(description="De ketting, chain", reference="1042")
    brakes = small_house.ask(description="Remblokken, brakes", reference="1043")
    small_house.settle()
    small_house.says(first)
    assert small_house.request(chain).status == "checking"
    small_house.says(then)
    assert small_house.request(chain).status == "checking"
    assert small_house.request(brakes).status == "promised"

"""A plan ends with its request: withdrawn or past its last day, nothing is told of parts any more."""

from __future__ import annotations

from datetime import date

from bot.stories.withdraw import withdraw
from payments import instalments
from tests.bot.stories.test_parts_in_time import EUROS, divided
from tests.house import House


def test_a_withdrawn_request_has_no_parts_and_gives_back_what_came(small_house: House) -> None:
    request = divided(small_house)
    small_house.pays(request)
    small_house.world.db.run(withdraw, small_house.world, small_house.merchant_id, request, "user")
    small_house.settle()
    assert small_house.world.db.read(lambda tx: instalments.agreed(tx, request)) == ()
    small_house.says("wat is het bedrag?")
    assert small_house.heard(request)[-1][0] == "withdrawn"


def test_a_plan_that_expires_is_for_a_person(small_house: House) -> None:
    request = small_house.ask(amount=EUROS, expires_on="2027-01-11")
    small_house.settle()
    small_house.says("in 2 keer")
    small_house.pays(request)
    small_house.move_to(date(2027, 1, 13))
    assert (small_house.request(request).status, small_house.request(request).attention) == (
        "expired",
        "missed_part",
    )
    assert small_house.world.db.read(lambda tx: instalments.agreed(tx, request)) == ()
    small_house.says("wat is het bedrag?")
    assert small_house.heard(request)[-1][0] == "expired-passed-on"

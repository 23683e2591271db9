"""What a payer says while a plan runs: a day, "al betaald", a button of long ago."""

from __future__ import annotations

from datetime import date

import pytest

from bot.stories.pay_page import look
from payments import instalments
from tests.bot.stories.test_parts_in_time import days, divided, resolved
from tests.house import House


def parts_of(house: House, request: str) -> list[tuple[int, date]]:
    agreed = house.world.db.read(lambda tx: instalments.agreed(tx, request))
    return [(part.number, part.due_on) for part in agreed]


@pytest.mark.parametrize("first", ["het klopt niet", "ik heb al betaald"])
def test_a_day_during_a_plan_that_a_person_looks_into_is_for_that_person(
    small_house: House, first: str
) -> None:
    request = divided(small_house)
    agreed = parts_of(small_house, request)
    small_house.says(first)
    status = small_house.request(request).status
    small_house.says("ik betaal vrijdag")
    assert small_house.request(request).status == status
    assert small_house.heard(request)[-1] == ("handed-over", "delivered")
    assert "asks_more_time" in small_house.request(request).attentions
    assert parts_of(small_house, request) == agreed
    assert small_house.world.db.read(look, small_house.token(request)).latest is None
    resolved(small_house, request)
    small_house.move_to(date(2026, 12, 23))
    assert small_house.heard(request)[-1][0].startswith("instalment-")

"""Paying in parts on the page: what is offered is granted, and what is not says why."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape

import pytest

from core.clock import ManualClock
from payments.instalments import agreed
from tests.web.pay.house import House, record, seen, text


def divide(house: House, count: int, interval: str = "month") -> tuple[int, str]:
    answer = house.client().post(f"{house.page}/parts", data={"count": str(count), "interval": interval})
    return answer.status_code, text(answer.text)


def plan(house: House) -> list[tuple[date, int]]:
    found = house.world.db.read(lambda tx: agreed(tx, house.owed.request_id))
    return [(part.due_on, part.amount.cents) for part in found]


def offers(house: House) -> list[tuple[str, int]]:
    page = house.client().get(f"{house.page}/parts").text
    forms = re.findall(r'name="interval" value="(\w+)">(.*?)</form>', page, re.S)
    return [(kind, int(count)) for kind, inner in forms for count in re.findall(r'value="(\d+)"', inner)]


@pytest.mark.parametrize(
    ("interval", "second"), [("month", date(2026, 12, 23)), ("week", date(2026, 11, 30))]
)
def test_parts_go_by_the_month_or_by_the_week(house: House, interval: str, second: date) -> None:
    for _ in range(2):
        status, page = divide(house, 2, interval)
        assert status == 200
        assert "Prima, in 2 keer" in page
    assert plan(house) == [(date(2026, 11, 23), 2125), (second, 2125)]
    assert house.kinds().count("divided") == 1


def test_what_is_shown_never_adds_up_to_more_than_is_owed(house: House) -> None:
    house.change(amount_cents=10_000)
    page = seen(house, "/parts")
    assert "In 2 keer € 50,00" in page
    assert "In 3 keer: eerst € 33,34, daarna € 33,33" in page
    house.change(amount_cents=14_003)
    assert "In 5 keer: 3 keer € 28,01, daarna € 28,00" in seen(house, "/parts")


@pytest.mark.parametrize("left", [None, 20, 40, 100])
def test_all_that_is_offered_is_granted(house: House, left: int | None) -> None:
    expires = date(2026, 11, 23) + timedelta(days=left) if left else None
    house.change(amount_cents=20_000, expires_on=expires)
    found = offers(house)
    assert found
    for interval, count in found:
        house.change(status="open")
        assert "Prima, in" in divide(house, count, interval)[1], (interval, count)


def test_a_number_that_cannot_be_says_so_and_shows_what_can(house: House) -> None:
    status, page = divide(house, 3)
    assert status == 422
    assert "Zo kan het niet. Hieronder staat wat wel kan." in page
    assert "In 2 keer € 21,25" in page
    assert plan(house) == []


def test_what_is_too_small_to_divide_says_so_and_leads_on(house: House) -> None:
    house.change(amount_cents=2_000)
    assert "/parts" not in house.client().get(house.page).text
    status, page = divide(house, 2)
    assert status == 409
    assert "Er is te weinig over om te delen" in page
    assert "Later betalen" in page


def test_a_plan_that_stands_is_changed_by_a_person(house: House) -> None:
    house.change(amount_cents=10_000)
    divide(house, 2)
    status, page = divide(house, 3)
    assert status == 409
    assert "U betaalt al in delen." in page
    assert len(plan(house)) == 2


def test_in_a_plan_the_page_names_the_days_of_the_parts_and_no_other(house: House) -> None:
    assert "Graag uiterlijk" in seen(house)
    divide(house, 2)
    page = seen(house)
    assert "Graag uiterlijk" not in page
    assert "woensdag 23 december" in page


def test_the_part_that_is_next_moves_to_the_chosen_day_and_the_others_stay(
    house: House, clock: ManualClock
) -> None:
    house.change(amount_cents=10_000)
    divide(house, 3)
    record(house, "payment", 3_334)
    clock.advance(timedelta(days=1))
    assert "Deze termijn later" in seen(house)
    assert "Welke dag wordt het voor termijn 2 van 3?" in seen(house, "/later")
    for _ in range(2):
        answer = house.client().post(f"{house.page}/later", data={"day": "2026-12-30"})
        assert "Termijn 2 van 3 (€ 33,33) valt nu op woensdag 30 december." in text(answer.text)
    assert [day for day, _ in plan(house)] == [date(2026, 11, 23), date(2026, 12, 30), date(2027, 1, 23)]
    assert house.kinds().count("part_moved") == 1
    assert house.request().attention is None


def test_a_part_never_moves_past_the_next_one(house: House) -> None:
    divide(house, 2)
    shown = unescape(house.client().get(f"{house.page}/later").text)
    assert 'max="2026-12-22"' in shown
    answer = house.client().post(f"{house.page}/later", data={"day": "2026-12-24"})
    assert answer.status_code == 422
    assert "Het kan tot en met dinsdag 22 december." in text(answer.text)


def test_nobody_is_said_to_look_at_a_plan_when_nobody_does(house: House) -> None:
    divide(house, 2)
    house.change(times_promised=2)
    assert "/later" not in house.client().get(house.page).text
    page = seen(house, "/later")
    assert "Een collega kijkt al mee" not in page
    assert "Samen een dag kiezen" in page

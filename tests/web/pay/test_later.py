"""Another day to pay: chosen on the page, under the same rules as in chat."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from bot.decide.days import suggestions
from core.calendar import is_rest_day
from core.db import Tx
from payments.parties import Address
from payments.plans import planned
from tests.web.pay.house import House, record, seen, text

MONDAY = date(2026, 11, 23)


def choose(house: House, day: str, field: str = "day") -> tuple[int, str]:
    answer = house.client().post(f"{house.page}/later", data={field: day})
    return answer.status_code, text(answer.text)


def test_a_chosen_day_is_said_back_in_full_and_silences_us_until_then(house: House) -> None:
    status, page = choose(house, "2026-11-27")
    assert status == 200
    assert "Prima, vrijdag 27 november" in page
    assert "Tot die tijd hoort u niets van ons." in page
    steps = house.world.db.read(lambda tx: list(planned(tx, house.owed.request_id)))
    assert [(step.template, step.local_date) for step in steps] == [("promise-due", date(2026, 11, 27))]
    assert house.request().quiet_until == date(2026, 11, 27)


def test_the_page_names_the_day_that_stands(house: House) -> None:
    assert '<time datetime="2026-12-01">' in house.client().get(house.page).text
    choose(house, "2026-12-04")
    page = house.client().get(house.page).text
    assert '<time datetime="2026-12-04">' in page
    assert '<time datetime="2026-12-01">' not in page


def test_a_day_from_the_date_picker_counts_the_same(house: House) -> None:
    assert "Prima, woensdag 23 december" in choose(house, "2026-12-23", field="own")[1]


def test_a_double_tap_is_one_promise(house: House) -> None:
    choose(house, "2026-11-27")
    assert "Prima, vrijdag 27 november" in choose(house, "2026-11-27")[1]
    assert house.request().times_promised == 1
    assert house.kinds().count("promised") == 1


@pytest.mark.parametrize(
    ("day", "line"),
    [
        ("2026-11-20", "Die dag is al geweest. Kies een dag tot en met woensdag 23 december."),
        ("2026-12-24", "Zo ver vooruit kan helaas niet. Het kan tot en met woensdag 23 december."),
        ("2026-02-30", "Kies een dag tot en met woensdag 23 december."),
        ("morgen", "Kies een dag tot en met woensdag 23 december."),
        ("", "Kies een dag tot en met woensdag 23 december."),
    ],
)
def test_a_day_that_cannot_be_is_answered_with_what_can(house: House, day: str, line: str) -> None:
    status, page = choose(house, day, field="own")
    assert status == 422
    assert line in page
    assert house.request().status == "open"


def test_choosing_today_leads_to_the_button(house: House) -> None:
    answer = house.client().post(f"{house.page}/later", data={"day": "2026-11-23"})
    assert (answer.status_code, answer.location) == (303, house.page)


def test_no_day_after_the_last_one_on_which_the_link_works(house: House) -> None:
    house.change(expires_on=date(2026, 11, 28))
    status, page = choose(house, "2026-11-30")
    assert status == 422
    assert "tot en met zaterdag 28 november" in page
    assert 'max="2026-11-28"' in house.client().get(f"{house.page}/later").text


def test_whoever_moved_the_day_often_is_led_to_a_person(house: House) -> None:
    house.change(times_promised=2)
    assert "/later" not in house.client().get(house.page).text
    assert "Samen een dag kiezen" in seen(house, "/later")
    _, page = choose(house, "2026-11-27")
    assert "Samen een dag kiezen" in page
    assert house.request().attention == "asks_more_time"
    assert house.request().status == "open"


def test_a_promise_is_never_confirmed_that_was_not_made(house: House) -> None:
    house.change(status="hardship")
    _, page = choose(house, "2026-11-27")
    assert "Een collega kijkt al mee" in page
    assert "Prima" not in page
    assert house.request().status == "hardship"


def test_whoever_gets_no_messages_is_not_promised_one(house: House) -> None:
    def stop(tx: Tx) -> None:
        for address in tx.session.scalars(select(Address)):
            address.opted_out_at = tx.now

    house.world.db.run(stop)
    page = choose(house, "2026-11-27")[1]
    assert "Bewaar deze link" in page
    assert "seintje" not in page


def test_there_is_no_day_to_choose_for_what_is_paid(house: House) -> None:
    record(house, "payment", 4250)
    house.change(status="paid")
    assert house.client().get(f"{house.page}/later").location == house.page
    assert house.client().post(f"{house.page}/later", data={"day": "2026-11-27"}).location == house.page


@pytest.mark.parametrize("offset", range(40))
def test_suggested_days_lie_ahead_and_within_policy(offset: int) -> None:
    today = MONDAY + timedelta(days=offset)
    days = suggestions(today, today + timedelta(days=9))
    assert list(days) == sorted(set(days))
    assert all(today < day <= today + timedelta(days=9) for day in days)
    friday = today + timedelta(days=(4 - today.weekday()) % 7 or 7)
    assert friday in days or is_rest_day(friday)
    assert not [day for day in days if is_rest_day(day)]


def test_a_rest_day_is_said_back_with_the_day_on_which_we_write(house: House) -> None:
    for _ in range(2):  # also after a double tap
        page = choose(house, "2026-11-29", field="own")[1]
        assert "Prima, zondag 29 november" in page
        assert "Daarom krijgt u op maandag 30 november een seintje." in page
    steps = house.world.db.read(lambda tx: list(planned(tx, house.owed.request_id)))
    assert [(step.template, step.local_date) for step in steps] == [("promise-due", date(2026, 11, 30))]


def test_no_day_can_be_chosen_on_which_we_could_only_write_too_late(house: House) -> None:
    house.change(expires_on=date(2026, 11, 29))
    assert 'max="2026-11-28"' in house.client().get(f"{house.page}/later").text
    assert choose(house, "2026-11-29", field="own")[0] == 422

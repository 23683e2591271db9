"""Nobody is written to unasked at night, on Sundays or on holidays, and never earlier than agreed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.calendar import AMSTERDAM, DecentHours, is_rest_day, local, moment, next_working_day

HOURS = DecentHours()
MINUTE = timedelta(minutes=1)


def amsterdam(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


def changes_of_the_clock() -> list[datetime]:
    """The first instant after every change of the clocks in Amsterdam, 2026 up to and including 2040."""
    hour = datetime(2026, 1, 1, tzinfo=UTC)
    found = []
    while hour.year < 2041:
        if local(hour).utcoffset() != local(hour - timedelta(hours=1)).utcoffset():
            found.append(hour)
        hour += timedelta(hours=1)
    return found


CHANGES = changes_of_the_clock()


def test_every_change_of_the_clocks_to_2040_is_known() -> None:
    assert len(CHANGES) == 30


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: str(change.date()))
def test_around_a_change_of_the_clocks_nothing_is_ever_early(change: datetime) -> None:
    for quarter in range(-16, 17):
        wanted = local(change).replace(tzinfo=None) + quarter * timedelta(minutes=15)
        instant = moment(wanted.date(), wanted.time())
        shown = local(instant).replace(tzinfo=None)
        assert shown - wanted in {timedelta(0), timedelta(hours=1)}
        an_hour_before = local(instant - timedelta(hours=1)).replace(tzinfo=None)
        assert an_hour_before != wanted, "a time that comes twice is its first occurrence"


def test_a_time_that_spring_skips_comes_as_much_later() -> None:
    assert local(moment(date(2026, 3, 29), time(2, 30))).time() == time(3, 30)


def test_a_time_that_autumn_repeats_is_its_first_occurrence() -> None:
    assert moment(date(2026, 10, 25), time(2, 30)) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    folded = time(2, 30, fold=1)
    assert moment(date(2026, 10, 25), folded) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


HOLIDAYS = {
    2026: "01-01 04-03 04-05 04-06 04-27 05-05 05-14 05-24 05-25 12-25 12-26",
    2027: "01-01 03-26 03-28 03-29 04-27 05-05 05-06 05-16 05-17 12-25 12-26",
    # Easter Monday is the day after 31 March; King's Day falls on a Saturday.
    2030: "01-01 04-19 04-21 04-22 04-27 05-05 05-30 06-09 06-10 12-25 12-26",
    # King's Day would be a Sunday, so it is kept on the 26th.
    2031: "01-01 04-11 04-13 04-14 04-26 05-05 05-22 06-01 06-02 12-25 12-26",
}


@pytest.mark.parametrize("year", HOLIDAYS)
def test_the_recognised_dutch_holidays_and_sundays_are_rest_days_and_no_others(year: int) -> None:
    holidays = {date.fromisoformat(f"{year}-{day}") for day in HOLIDAYS[year].split()}
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]
    rest = {day for day in days if is_rest_day(day)}
    assert rest == holidays | {day for day in days if day.isoweekday() == 7}


@pytest.mark.parametrize(
    ("at", "decent"),
    [
        ("2026-11-23T06:59:59.999999", False),
        ("2026-11-23T07:00", True),
        ("2026-11-23T19:59:59.999999", True),
        ("2026-11-23T20:00", False),
        ("2026-11-28T12:00", True),  # a Saturday
        ("2026-11-29T12:00", False),  # a Sunday
        ("2026-12-25T12:00", False),
        ("2026-04-03T12:00", False),  # Good Friday
    ],
)
def test_decent_hours_are_from_seven_to_eight_on_ordinary_days(at: str, decent: bool) -> None:
    assert HOURS.allow(amsterdam(at)) is decent
    assert HOURS.allow(amsterdam(at).astimezone(UTC)) is decent


@pytest.mark.parametrize(
    ("at", "follows"),
    [
        ("2026-11-23T12:34:56", "2026-11-23T12:34:56"),
        ("2026-11-23T05:00", "2026-11-23T07:00"),
        ("2026-11-23T20:00", "2026-11-24T07:00"),
        ("2026-11-28T23:00", "2026-11-30T07:00"),  # over Sunday
        ("2026-12-24T21:00", "2026-12-28T07:00"),  # over Christmas, Boxing Day and a Sunday
        ("2026-12-31T21:00", "2027-01-02T07:00"),  # over New Year's Day
        ("2026-03-28T22:00", "2026-03-30T07:00"),  # over the night in which spring takes an hour
    ],
)
def test_what_may_not_go_now_goes_at_the_first_decent_moment(at: str, follows: str) -> None:
    assert HOURS.next(amsterdam(at)) == amsterdam(follows).astimezone(UTC)


@given(
    st.integers(0, 14 * 365 * 24 * 60).map(
        lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + minutes * MINUTE
    ),
    st.sampled_from([HOURS, DecentHours(time(9), time(17, 30)), DecentHours(time(7), time(7, 1))]),
)
def test_the_next_decent_moment_is_decent_and_none_comes_before_it(
    instant: datetime, hours: DecentHours
) -> None:
    follows = hours.next(instant)
    assert follows >= instant
    assert hours.allow(follows)
    assert HOURS.allow(follows), "a merchant's hours never go beyond the law's"
    assert follows == instant or not hours.allow(follows - MINUTE)
    samples = (instant + (follows - instant) * part / 97 for part in range(97))
    assert follows == instant or not any(hours.allow(sample) for sample in samples)


@pytest.mark.parametrize(
    ("opens", "closes"),
    [(time(6, 59), time(20)), (time(7), time(20, 1)), (time(12), time(12)), (time(15), time(9))],
)
def test_hours_beyond_the_laws_cannot_be_set(opens: time, closes: time) -> None:
    with pytest.raises(ValueError, match="07:00 and 20:00"):
        DecentHours(opens, closes)


@pytest.mark.parametrize(
    ("day", "follows"),
    [
        (date(2026, 11, 23), date(2026, 11, 23)),
        (date(2026, 11, 28), date(2026, 11, 30)),
        (date(2026, 4, 3), date(2026, 4, 7)),  # Good Friday to the Tuesday after Easter
        (date(2026, 12, 25), date(2026, 12, 28)),
    ],
)
def test_a_working_day_is_no_weekend_and_no_holiday(day: date, follows: date) -> None:
    assert next_working_day(day) == follows

"""Which day a phrase means, and when a careful person asks first."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import holidays
import pytest

from bot.understanding import Ask, understand
from bot.understanding.lexicon.feasts import FEASTS

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
WEDNESDAY = datetime(2026, 11, 18, 10, tzinfo=AMSTERDAM)


@pytest.mark.parametrize(
    ("text", "ask"),
    [
        ("volgende vrijdag", Ask.WHICH_DAY),
        ("next friday", Ask.WHICH_DAY),
        ("volgend weekend", Ask.WHICH_DAY),
        ("woensdag", Ask.WHICH_DAY),
        ("de 18e", Ask.WHICH_DAY),
        ("de 31e", Ask.WHICH_DAY),
        ("vrijdag of zaterdag", Ask.WHICH_DAY),
        ("30 februari", Ask.IMPOSSIBLE_DATE),
        ("31-4-2027", Ask.IMPOSSIBLE_DATE),
        ("maandag 27 november", Ask.CONTRADICTION),
        ("gisteren betaal ik", Ask.PAST_DATE),
        ("15 november 2026", Ask.PAST_DATE),
        ("over een paar weken", Ask.WHEN),
        ("na mijn salaris", Ask.PAY_DAY),
    ],
)
def test_doubt_is_asked_about_and_never_guessed(text: str, ask: Ask) -> None:
    reading = understand(text, now=WEDNESDAY)
    assert (reading.clarify, reading.ask_code) == (True, ask)
    assert not {"date", "datetime", "date_range"} & set(reading.slots)


def test_the_two_days_of_a_doubt_come_as_choices() -> None:
    reading = understand("volgende vrijdag", now=WEDNESDAY)
    assert reading.choices == ("2026-11-20", "2026-11-27")


@pytest.mark.parametrize("hour", [0, 1, 3])
def test_tomorrow_just_after_midnight_is_asked_about(hour: int) -> None:
    late = datetime(2026, 11, 18, hour, 20, tzinfo=AMSTERDAM)
    reading = understand("ik betaal morgen", now=late)
    assert reading.clarify
    assert reading.choices == ("2026-11-18", "2026-11-19")


def test_tomorrow_by_day_is_the_next_day() -> None:
    assert understand("ik betaal morgen", now=WEDNESDAY).slots == {"date": "2026-11-19"}


def test_an_hour_that_summer_time_skips_is_asked_about() -> None:
    saturday = datetime(2027, 3, 27, 12, tzinfo=AMSTERDAM)
    reading = understand("zondag 28 maart om 02:30 's nachts", now=saturday)
    assert reading.clarify
    assert "datetime" not in reading.slots


def test_clock_times_carry_the_offset_of_that_day() -> None:
    winter = understand("1 maart 2027 om 15:00", now=WEDNESDAY).slots["datetime"]
    summer = understand("1 juli 2027 om 15:00", now=WEDNESDAY).slots["datetime"]
    assert winter == "2027-03-01T15:00:00+01:00"
    assert summer == "2027-07-01T15:00:00+02:00"


def test_the_day_is_counted_in_amsterdam_whatever_the_zone_of_now() -> None:
    late_in_new_york = datetime(2026, 11, 18, 20, tzinfo=ZoneInfo("America/New_York"))
    assert understand("ik betaal vrijdag", now=late_in_new_york).slots == {"date": "2026-11-20"}
    assert understand("vandaag nog", now=late_in_new_york).slots == {"date": "2026-11-19"}


def test_a_naive_now_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        understand("vrijdag", now=datetime(2026, 11, 18))  # noqa: DTZ001 - the mistake under test


def test_an_unknown_context_is_refused() -> None:
    with pytest.raises(ValueError, match="nonsense"):
        understand("vrijdag", "nonsense", now=WEDNESDAY)


@pytest.mark.parametrize("year", range(2024, 2041))
def test_dutch_feasts_fall_where_the_official_calendar_has_them(year: int) -> None:
    official = {day: name for day, name in holidays.country_holidays("NL", years=year).items()}
    expected = {
        "eerste paasdag": 0,
        "tweede paasdag": 0,
        "hemelvaart": 0,
        "tweede pinksterdag": 0,
        "koningsdag": 0,
        "eerste kerstdag": 0,
        "tweede kerstdag": 0,
        "nieuwjaar": 0,
    }
    for name in expected:
        assert FEASTS[name](year)[0] in official, (name, year)


def test_feasts_are_the_next_ones() -> None:
    after_christmas = datetime(2026, 12, 28, 9, tzinfo=AMSTERDAM)
    assert understand("ik betaal met kerst", now=after_christmas).slots == {"date": "2027-12-25"}
    assert understand("ik betaal na oud en nieuw", now=after_christmas).slots == {
        "date": date(2027, 1, 1).isoformat()
    }


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("vrijdag om 9 uur", {"datetime": "2026-11-20T09:00:00+01:00"}),
        ("vrijdagmiddag", {"date": "2026-11-20", "part_of_day": "afternoon"}),
        ("volgende week", {"date_range": ["2026-11-23", "2026-11-29"]}),
        ("komend weekend", {"date_range": ["2026-11-21", "2026-11-22"]}),
        ("gisteren betaald", {"paid_date": "2026-11-17"}),
        ("pauze tot 1 januari", {"until": "2027-01-01"}),
        ("50 euro per maand", {"instalment_amount": "50.00", "interval": "month"}),
    ],
)
def test_slots_carry_the_agreed_names_and_shapes(text: str, slots: dict[str, object]) -> None:
    assert dict(understand(text, now=WEDNESDAY).slots) == slots

"""Thousands of dates written by rule, each with its day counted independently of the grammar."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.understanding import Ask, understand

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NL_MONTHS = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]
EN_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
NL_DAYS = ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"]
EN_DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
MOMENTS = [
    datetime(2026, 11, 18, 10, tzinfo=AMSTERDAM),
    datetime(2027, 2, 26, 23, 30, tzinfo=AMSTERDAM),
    datetime(2028, 2, 28, 8, tzinfo=AMSTERDAM),
    datetime(2026, 12, 31, 12, tzinfo=AMSTERDAM),
]


def _suffix(day: int) -> str:
    if day in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


def _full_dates(now: datetime) -> Iterator[tuple[str, date]]:
    """Every day of the coming year, in each of the ways to write it out."""
    for offset in range(1, 365):
        day = now.date() + timedelta(offset)
        nl, en = NL_MONTHS[day.month - 1], EN_MONTHS[day.month - 1]
        nl_day, en_day = NL_DAYS[day.weekday()], EN_DAYS[day.weekday()]
        yield f"ik betaal {day.day} {nl}", day
        yield f"ik betaal op {day.day} {nl} {day.year}", day
        yield f"kan het op {nl_day} {day.day} {nl}?", day
        yield f"ik betaal de {day.day}e {nl[:3] if nl != 'maart' else 'mrt'}", day
        yield f"ik betaal op {day:%d-%m-%Y}", day
        yield f"ik betaal {day.day}/{day.month}/{day:%y}", day
        yield f"ik betaal {day.isoformat()}", day
        yield f"i will pay on {en} {day.day}", day
        yield f"i will pay {en} {day.day}{_suffix(day.day)}, {day.year}", day
        yield f"can i pay on {en_day} the {day.day}{_suffix(day.day)} of {en}?", day
        yield f"i will pay {day.day} {en[:3]} {day.year}", day


@pytest.mark.parametrize("now", MOMENTS, ids=lambda now: now.date().isoformat())
def test_every_written_out_day_of_the_coming_year_is_that_day(now: datetime) -> None:
    for text, day in _full_dates(now):
        if (day.month, day.day) == (2, 29) and str(day.year) not in text and "/28" not in text:
            continue
        reading = understand(text, now=now)
        if _just_gone(day, now.date()) and not _year_said(text, day):
            assert reading.ask_code is Ask.PAST_DATE, text
            continue
        assert (reading.slots.get("date"), reading.clarify) == (day.isoformat(), False), text


def _just_gone(day: date, today: date) -> bool:
    """Whether this day of the month went by within the past 31 days."""
    gone = [today - timedelta(n) for n in range(1, 32)]
    return (day.month, day.day) in [(past.month, past.day) for past in gone]


def _year_said(text: str, day: date) -> bool:
    return str(day.year) in text or f"/{day:%y}" in text


def _lengths(now: datetime) -> Iterator[tuple[str, date]]:
    today = now.date()
    for count in range(2, 60):
        yield f"ik betaal over {count} dagen", today + timedelta(count)
        yield f"kan ik binnen {count} dagen betalen?", today + timedelta(count)
        yield f"i will pay in {count} days", today + timedelta(count)
        yield f"i will pay {count} days from now", today + timedelta(count)
    for count in range(2, 12):
        yield f"ik betaal over {count} weken", today + timedelta(7 * count)
        yield f"i can pay {count} weeks from today", today + timedelta(7 * count)
        index = today.year * 12 + today.month - 1 + count
        year, month = divmod(index, 12)
        last = monthrange(year, month + 1)[1]
        yield f"ik betaal over {count} maanden", date(year, month + 1, min(today.day, last))


@pytest.mark.parametrize("now", MOMENTS, ids=lambda now: now.date().isoformat())
def test_counting_days_weeks_and_months_is_exact(now: datetime) -> None:
    for text, day in _lengths(now):
        reading = understand(text, now=now)
        assert (reading.slots.get("date"), reading.clarify) == (day.isoformat(), False), text


def _weekdays(now: datetime) -> Iterator[tuple[str, date]]:
    today = now.date()
    monday = today - timedelta(today.weekday())
    for number in range(7):
        ahead = (number - today.weekday()) % 7
        next_week = monday + timedelta(7 + number)
        yield f"volgende week {NL_DAYS[number]} betaal ik", next_week
        yield f"{NL_DAYS[number]} volgende week graag", next_week
        yield f"can i pay {EN_DAYS[number]} next week?", next_week
        coming = today + timedelta(ahead or 7)
        yield f"komende {NL_DAYS[number]} betaal ik", coming
        yield f"i will pay the coming {EN_DAYS[number]}", coming
        if ahead:
            yield f"ik betaal {NL_DAYS[number]}", today + timedelta(ahead)
            yield f"i will pay on {EN_DAYS[number]}", today + timedelta(ahead)
            yield f"{NL_DAYS[number]} over een week graag", today + timedelta(ahead + 7)


@pytest.mark.parametrize("offset", range(7))
def test_weekdays_are_the_next_ones_on_every_day_of_the_week(offset: int) -> None:
    now = MOMENTS[0] + timedelta(offset)
    for text, day in _weekdays(now):
        reading = understand(text, now=now)
        assert (reading.slots.get("date"), reading.clarify) == (day.isoformat(), False), text


def _nth_weekdays(year: int) -> Iterator[tuple[str, date]]:
    for month in range(1, 13):
        for number in range(7):
            days = [
                date(year, month, day)
                for day in range(1, monthrange(year, month)[1] + 1)
                if date(year, month, day).weekday() == number
            ]
            for nth, (dutch, english) in enumerate(
                (("eerste", "first"), ("tweede", "second"), ("derde", "third"), ("vierde", "fourth"))
            ):
                yield f"ik betaal de {dutch} {NL_DAYS[number]} van {NL_MONTHS[month - 1]} {year}", days[nth]
                yield (
                    f"i will pay the {english} {EN_DAYS[number]} of {EN_MONTHS[month - 1]} {year}",
                    days[nth],
                )
            yield f"ik betaal de laatste {NL_DAYS[number]} van {NL_MONTHS[month - 1]} {year}", days[-1]
            yield f"i will pay the last {EN_DAYS[number]} of {EN_MONTHS[month - 1]} {year}", days[-1]


def test_the_nth_weekday_of_a_month_is_counted_right() -> None:
    for text, day in _nth_weekdays(2027):
        assert understand(text, now=MOMENTS[0]).slots.get("date") == day.isoformat(), text


def test_a_weekday_that_contradicts_its_date_is_always_asked_about() -> None:
    now = MOMENTS[0]
    for offset in range(1, 120):
        day = now.date() + timedelta(offset)
        wrong = NL_DAYS[(day.weekday() + 1 + offset % 6) % 7]
        reading = understand(f"ik betaal {wrong} {day.day} {NL_MONTHS[day.month - 1]}", now=now)
        assert reading.clarify, reading
        assert "date" not in reading.slots


def test_clock_times_are_read_the_dutch_way() -> None:
    hours = ["een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf"]
    now = MOMENTS[0]
    for number, word in enumerate(hours, 1):
        afternoon = 12 if number < 7 else 0
        for text, hour, minute in (
            (f"morgen om {word} uur", number, 0),
            (f"morgen om half {word}", number - 1, 30),
            (f"morgen om kwart over {word}", number, 15),
            (f"morgen om tien over half {word}", number - 1, 40),
            (f"morgen om kwart voor {word}", number - 1, 45),
        ):
            at = (hour + (12 if hour and hour < 7 and (hour, minute) < (6, 30) else 0)) % 24
            said = str(understand(text, now=now).slots.get("datetime"))[:16]
            if hour == 0:
                at = 12 if number == 1 else at
                assert said in (f"2026-11-19T12:{minute:02}", f"2026-11-19T00:{minute:02}"), text
            else:
                assert said == f"2026-11-19T{at:02}:{minute:02}", (text, afternoon)

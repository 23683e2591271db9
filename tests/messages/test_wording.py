"""Amounts and days as people write them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from core.money import Money
from messages.segments import measure
from messages.wording import day, in_words, money, short_day

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("cents", "dutch", "english"),
    [
        (4250, "€ 42,50", "€42.50"),
        (5, "€ 0,05", "€0.05"),
        (104250, "€ 1.042,50", "€1,042.50"),
        (1_000_000_00, "€ 1.000.000,00", "€1,000,000.00"),
        (0, "€ 0,00", "€0.00"),
        (-1250, "-€ 12,50", "-€12.50"),
    ],
)
def test_an_amount_reads_as_people_write_it(cents: int, dutch: str, english: str) -> None:
    assert money(Money(cents), "nl") == dutch
    assert money(Money(cents), "en") == english


def test_no_cent_is_lost_in_a_large_amount() -> None:
    assert money(Money(10_000_000_00 - 1), "nl") == "€ 9.999.999,99"
    assert money(Money(90_071_992_547_409_93), "en") == "€90,071,992,547,409.93"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_euro_sign_is_never_longer_in_an_sms_than_the_letters_eur(language: str) -> None:
    """It counts double; this is why SMS keeps it all the same."""
    for before in range(130, 170):
        text = "x" * before + money(Money(4250), language)
        assert measure(text).segments <= measure(text.replace("€ ", "€").replace("€", "EUR ")).segments


@pytest.mark.parametrize(
    ("when", "dutch", "english"),
    [
        (date(2026, 11, 27), "vrijdag 27 november", "Friday 27 November"),
        (date(2026, 12, 31), "donderdag 31 december", "Thursday 31 December"),
        (date(2027, 1, 1), "vrijdag 1 januari 2027", "Friday 1 January 2027"),
        (date(2025, 12, 31), "woensdag 31 december 2025", "Wednesday 31 December 2025"),
        (date(2028, 2, 29), "dinsdag 29 februari 2028", "Tuesday 29 February 2028"),
    ],
)
def test_a_day_is_named_in_full_with_the_year_only_when_it_is_another_one(
    when: date, dutch: str, english: str
) -> None:
    assert day(when, "nl", TODAY) == dutch
    assert day(when, "en", TODAY) == english


def test_a_day_on_a_button_is_short() -> None:
    assert short_day(date(2026, 11, 27), "nl") == "vr 27 nov"
    assert short_day(date(2026, 11, 27), "en") == "Fri 27 Nov"


def test_a_count_is_a_number() -> None:
    assert in_words(3, "nl", TODAY) == "3"


@pytest.mark.parametrize("value", [1.5, True, None, datetime(2026, 11, 27, tzinfo=UTC), ["x"]])
def test_what_is_not_a_fact_has_no_words(value: object) -> None:
    with pytest.raises(TypeError, match="cannot be put in words"):
        in_words(value, "nl", TODAY)

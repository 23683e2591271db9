"""Money is whole cents: what people write is read exactly or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.money import MOST_CENTS, Money

CENTS = st.integers(0, MOST_CENTS)


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("42.50", 4250),
        ("42,50", 4250),
        ("42,5", 4250),
        ("42", 4200),
        ("€ 42,50", 4250),
        ("€42,50", 4250),
        ("\u20ac\u00a042,50", 4250),
        ("42,50 €", 4250),
        ("EUR 42.50", 4250),
        ("42.50 EUR", 4250),
        ("42,-", 4200),
        ("1.042,50", 104250),
        ("1 042,50", 104250),
        ("1\u00a0042,50", 104250),
        ("1\u202f042,50", 104250),
        ("1.042", 104200),
        ("1.000.000,01", 100000001),
        ("0,01", 1),
        ("  42.50\n", 4250),
    ],
)
def test_what_people_write_is_read_exactly(text: str, cents: int) -> None:
    assert Money.parse(text) == Money(cents)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "€",
        "vijf",
        "42.5055",
        "4,2,5",
        "1.04,50",
        "-5",
        "+5",
        "42.50.1",
        "٤٢",
        "1e3",
        "0x10",
        "42 50",
        "5 5",
    ],
)
def test_what_is_not_one_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not an amount"):
        Money.parse(text)


def test_an_amount_that_must_be_a_slip_is_refused() -> None:
    assert Money.parse("10.000.000,00").cents == MOST_CENTS
    with pytest.raises(ValueError, match="10 million"):
        Money.parse("10.000.000,01")


@pytest.mark.parametrize(
    ("text", "cents"), [("42.50", 4250), ("42.5", 4250), ("42", 4200), ("1042.05", 104205)]
)
def test_what_systems_write_is_read_exactly(text: str, cents: int) -> None:
    assert Money.exact(text) == Money(cents)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "42.",
        ".50",
        "42.505",
        "1.042",
        "1.042,50",
        "1,042.50",
        "42,50",
        " 42.50",
        "-42.50",
        "€42.50",
        "٤٢",
    ],
)
def test_a_system_that_writes_for_people_is_refused_so_that_nothing_becomes_a_thousandfold(text: str) -> None:
    with pytest.raises(ValueError, match=r"such as 1042\.50"):
        Money.exact(text)


@given(CENTS)
def test_what_we_write_for_a_provider_is_read_back_as_it_was(cents: int) -> None:
    assert Money.exact(Money(cents).value) == Money.parse(Money(cents).value) == Money(cents)


@given(CENTS)
def test_an_amount_in_dutch_is_read_back_as_it_was(cents: int) -> None:
    dutch = f"€ {cents // 100:,}".replace(",", ".") + f",{cents % 100:02d}"
    assert Money.parse(dutch) == Money(cents)


@given(CENTS, st.integers(1, 60))
def test_instalments_add_up_to_the_cent_and_are_as_equal_as_can_be(cents: int, count: int) -> None:
    parts = Money(cents).parts(count)
    assert sum(part.cents for part in parts) == cents
    assert len(parts) == count
    assert parts[0].cents - parts[-1].cents in {0, 1}
    assert list(parts) == sorted(parts, reverse=True)


@given(st.integers(-MOST_CENTS, MOST_CENTS), st.integers(-MOST_CENTS, MOST_CENTS))
def test_adding_and_taking_away_undo_each_other(one: int, other: int) -> None:
    assert Money(one) + Money(other) - Money(other) == Money(one)
    assert Money(one) + -Money(one) == Money(0)
    assert bool(Money(one)) == (one != 0)


def test_a_negative_amount_is_written_with_its_sign_in_front() -> None:
    assert Money(-5).value == "-0.05"


def test_euros_and_pounds_never_add_up() -> None:
    with pytest.raises(ValueError, match="EUR and GBP"):
        Money(1) + Money(1, "GBP")
    with pytest.raises(ValueError, match="EUR and GBP"):
        Money(1) - Money(1, "GBP")

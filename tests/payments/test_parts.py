"""Paying in parts adds up, whatever is owed, in how many parts, and whatever was paid of it."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.money import Money
from payments import parts
from payments.parts import MONTH, WEEK, Part
from payments.policy import Policy

MONDAY = date(2026, 11, 23)
POLICY = Policy()
amounts = st.integers(min_value=100, max_value=5_000_000).map(Money)
counts = st.integers(min_value=2, max_value=24)
intervals = st.sampled_from([MONTH, WEEK])
days = st.dates(min_value=date(2026, 1, 1), max_value=date(2032, 12, 31))


def total(plan: tuple[Part, ...]) -> int:
    return sum(part.amount.cents for part in plan)


@given(amounts, counts, days, intervals)
def test_the_parts_of_a_sum_add_up_to_it_and_differ_by_a_cent_at_most(
    owed: Money, count: int, first: date, interval: str
) -> None:
    plan = parts.divide(owed, count, first, interval)
    cents = [part.amount.cents for part in plan]
    assert sum(cents) == owed.cents
    assert max(cents) - min(cents) <= 1
    assert cents == sorted(cents, reverse=True)
    assert [part.number for part in plan] == list(range(1, count + 1))


@given(amounts, st.integers(min_value=1, max_value=5_000_000).map(Money), days, intervals)
def test_parts_of_a_fixed_amount_add_up_too(owed: Money, each: Money, first: date, interval: str) -> None:
    if owed.cents // each.cents > 1000:
        return
    plan = parts.divide_by(owed, each, first, interval)
    assert total(plan) == owed.cents
    assert all(part.amount == each for part in plan[:-1])
    assert 0 < plan[-1].amount.cents <= each.cents


@st.composite
def lowered(draw: st.DrawFn) -> tuple[tuple[Part, ...], Money]:
    """What is left of a plan, of which some may be paid, and less than that."""
    plan = draw(st.builds(parts.divide, amounts, counts, days, intervals))
    before = parts.left(plan, Money(draw(st.integers(min_value=2, max_value=total(plan)))))
    return before, Money(draw(st.integers(min_value=1, max_value=total(before) - 1)))


@given(lowered())
def test_what_is_left_of_the_parts_of_a_lower_amount_adds_up_and_keeps_its_days(
    less: tuple[tuple[Part, ...], Money],
) -> None:
    before, remaining = less
    after = parts.shortened(before, remaining)
    assert total(after) == remaining.cents
    assert [(part.number, part.due_on) for part in after] == [(part.number, part.due_on) for part in before]
    unpaid = [(was, now) for was, now in zip(before, after, strict=True) if now.amount]
    assert all(now == was for was, now in unpaid[:-1])
    # The last one may take along what became too little to ask for by itself.
    assert unpaid[-1][1].amount.cents < unpaid[-1][0].amount.cents + 5_00


@given(lowered())
def test_no_part_of_a_lower_amount_is_too_small_to_ask_for_unless_it_was_or_it_is_all(
    less: tuple[tuple[Part, ...], Money],
) -> None:
    before, remaining = less
    unpaid = [
        (was, now) for was, now in zip(before, parts.shortened(before, remaining), strict=True) if now.amount
    ]
    assert len(unpaid) == 1 or all(now.amount.cents >= min(5_00, was.amount.cents) for was, now in unpaid)


@given(days, counts, intervals)
def test_parts_fall_due_one_after_the_other_on_the_same_day(first: date, count: int, interval: str) -> None:
    dues = [part.due_on for part in parts.divide(Money(100_00), count, first, interval)]
    assert dues[0] == first
    assert dues == sorted(set(dues))
    for before, after in pairwise(dues):
        distance = (after - before).days
        assert distance == 7 if interval == WEEK else 28 <= distance <= 31
        # The same day of the month, or its last one in a month that is too short.
        assert interval == WEEK or after.day == first.day or (after + timedelta(days=1)).day == 1


def test_the_last_day_of_a_month_stays_the_last() -> None:
    dues = [part.due_on for part in parts.divide(Money(100_00), 4, date(2026, 12, 31))]
    assert dues == [date(2026, 12, 31), date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31)]


@given(amounts, counts, st.lists(st.integers(min_value=-2_000_000, max_value=2_000_000), max_size=8))
def test_what_is_left_of_the_parts_is_what_is_left_of_the_sum_whatever_came_and_went(
    owed: Money, count: int, moves: list[int]
) -> None:
    plan = parts.divide(owed, count, MONDAY)
    for received in (sum(moves[: n + 1]) for n in range(len(moves))):
        remaining = Money(max(owed.cents - received, 0))
        still = parts.left(plan, remaining)
        assert total(still) == remaining.cents
        assert all(part.amount.cents >= 0 for part in still)
        # Money goes to the oldest part first: once one is open, all after it are untouched.
        opened = [part.amount.cents for part in still]
        first_open = next((at for at, cents in enumerate(opened) if cents), len(opened))
        assert opened[first_open + 1 :] == [part.amount.cents for part in plan[first_open + 1 :]]


@given(amounts, counts, st.integers(min_value=0, max_value=5_000_000), st.integers(0, 800))
def test_never_more_is_due_than_is_left_and_in_the_end_all_of_it(
    owed: Money, count: int, received: int, later: int
) -> None:
    plan = parts.divide(owed, count, MONDAY)
    remaining = Money(max(owed.cents - received, 0))
    due = parts.due(plan, remaining, MONDAY + timedelta(days=later))
    assert 0 <= due.cents <= remaining.cents
    assert parts.due(plan, remaining, plan[-1].due_on) == remaining
    assert parts.charge(plan, remaining, MONDAY).cents <= remaining.cents
    assert bool(parts.charge(plan, remaining, MONDAY)) == bool(remaining)


def test_who_pays_every_part_on_its_day_pays_the_sum_and_then_nothing() -> None:
    plan = parts.divide(Money(100_00), 3, MONDAY)
    remaining = Money(100_00)
    for part in plan:
        charge = parts.charge(plan, remaining, part.due_on)
        assert charge == part.amount
        remaining = remaining - charge
    assert remaining == Money(0)
    assert parts.upcoming(plan, remaining) is None


def test_a_part_can_be_paid_ahead_of_its_day() -> None:
    plan = parts.divide(Money(90_00), 3, MONDAY)
    assert parts.due(plan, Money(60_00), MONDAY) == Money(0)
    assert parts.charge(plan, Money(60_00), MONDAY) == Money(30_00)


def test_money_that_goes_back_is_due_again_with_the_oldest_part() -> None:
    plan = parts.divide(Money(60_00), 2, MONDAY)  # agreed after 40.00 of 100.00 was paid
    assert parts.due(plan, Money(100_00), MONDAY) == Money(70_00)


def test_without_parts_all_that_is_left_is_due() -> None:
    assert parts.due((), Money(12_34), MONDAY) == Money(12_34)
    assert parts.charge((), Money(12_34), MONDAY) == Money(12_34)


@pytest.mark.parametrize(
    ("cents", "most"), [(39_99, 1), (40_00, 2), (42_50, 2), (60_00, 3), (119_99, 5), (120_00, 6), (900_00, 6)]
)
def test_each_part_is_at_least_twenty_euros_and_there_are_six_at_most(cents: int, most: int) -> None:
    assert parts.most_parts(Money(cents), POLICY) == most


@pytest.mark.parametrize(
    ("plan", "allowed"),
    [
        (parts.divide(Money(60_00), 3, MONDAY), True),
        (parts.divide(Money(60_00), 3, MONDAY, WEEK), True),
        (parts.divide(Money(60_00), 4, MONDAY), False),
        (parts.divide(Money(900_00), 7, MONDAY), False),
        (parts.divide(Money(60_00), 1, MONDAY), False),
        (parts.divide(Money(60_00), 3, MONDAY + timedelta(days=30)), True),
        (parts.divide(Money(60_00), 3, MONDAY + timedelta(days=31)), False),
        (parts.divide(Money(60_00), 3, MONDAY - timedelta(days=1)), False),
        (parts.divide_by(Money(110_00), Money(50_00), MONDAY), False),
        (parts.divide_by(Money(120_00), Money(50_00), MONDAY), True),
    ],
)
def test_a_plan_keeps_to_the_merchants_rules(plan: tuple[Part, ...], allowed: bool) -> None:
    assert parts.within(plan, MONDAY, POLICY) is allowed


def test_no_part_falls_due_after_the_last_day_to_pay() -> None:
    plan = parts.divide(Money(60_00), 3, MONDAY)
    assert parts.within(plan, MONDAY, POLICY, plan[-1].due_on)
    assert not parts.within(plan, MONDAY, POLICY, plan[-1].due_on - timedelta(days=1))


def test_no_part_falls_due_on_a_rest_day_after_which_it_can_not_be_asked_for() -> None:
    christmas = date(2026, 12, 25)
    plan = parts.divide(Money(60_00), 2, date(2026, 11, 25))
    assert plan[-1].due_on == christmas
    assert not parts.within(plan, MONDAY, POLICY, christmas)
    assert parts.within(plan, MONDAY, POLICY, date(2026, 12, 28))

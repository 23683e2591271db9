"""No words and no rules, however extreme, make deciding fail or take long."""

from __future__ import annotations

import time
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.decide import Known, decide, promise_for
from bot.stories.pay_page_choices import in_parts
from bot.understanding import Intent, Reading, understand
from core.calendar import AMSTERDAM
from core.money import Money
from payments import parts
from payments.lifecycle import Status
from payments.policy import Policy

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 10, tzinfo=AMSTERDAM)
_LONG = 0.5  # seconds, on a busy machine; what this is about took minutes or all memory

numbers = st.sampled_from([0, 1, 2, 3, 30, 10_000, 10**9])
policies = st.builds(
    Policy,
    postpone_days=numbers,
    postpone_times=numbers,
    pause_days=numbers,
    pause_times=numbers,
    parts_most=numbers,
    part_least_cents=numbers,
    part_first_days=numbers,
)
cents = st.sampled_from([1, 2, 99, 4250, 5_000_000, 1_000_000_000])
days = st.sampled_from(
    [TODAY, TODAY + timedelta(days=1), date(2027, 5, 1), date(2036, 12, 31), date(1999, 1, 1)]
)
iso = days.map(date.isoformat)
amounts = st.sampled_from(["0.00", "0.01", "1", "50.00", "99999999999", "9" * 400, "12.345"])
slots = st.fixed_dictionaries(
    {},
    optional={
        "instalments": st.sampled_from([0, 1, 2, 7, 1000, 10**12]),
        "instalment_amount": amounts,
        "interval": st.sampled_from(["week", "month"]),
        "start_date": iso,
        "date": iso,
        "until": iso,
        "date_range": st.tuples(iso, iso).map(sorted),
        "day_of_month": st.sampled_from([1, 31]),
        "topic": st.sampled_from(["amount", "deadline", "how", "other"]),
    },
)
readings = st.builds(
    Reading,
    intents=st.lists(st.sampled_from(Intent), min_size=1, max_size=2, unique=True).map(tuple),
    slots=slots,
)


@st.composite
def knowns(draw: st.DrawFn) -> Known:
    remaining = Money(draw(cents))
    plan = draw(st.sampled_from([(), parts.divide(remaining, 2, TODAY)]))
    return Known(
        today=TODAY,
        status=draw(st.sampled_from(Status)),
        policy=draw(policies),
        remaining=remaining,
        attempts=draw(st.booleans()),
        due_date=draw(days),
        times_promised=draw(st.integers(0, 3)),
        last_day=draw(st.none() | days),
        plan=plan,
        plan_is_fresh=draw(st.booleans()),
    )


@settings(max_examples=600, deadline=None)
@given(reading=readings, known=knowns(), count=st.sampled_from([-1, 0, 1, 2, 6, 10**9]), day=days)
def test_deciding_never_fails_and_never_takes_long(
    reading: Reading, known: Known, count: int, day: date
) -> None:
    begin = time.perf_counter()
    decide(reading, known)
    decide(in_parts(count, "month"), known)
    promise_for(day, known)
    assert time.perf_counter() - begin < _LONG


@pytest.mark.parametrize("owed", [42_50, 50_000_00])
@pytest.mark.parametrize("least", [0, 1, 20_00])
@pytest.mark.parametrize(
    "words",
    ["ik betaal 0,01 euro per maand", "0,01 euro per week", "99999999999 euro per maand", "in 99999 keer"],
)
def test_extreme_words_get_an_answer(words: str, least: int, owed: int) -> None:
    reading = understand(words, None, now=NOW, language="nl")
    known = Known(TODAY, Status.OPEN, Policy(part_least_cents=least), Money(owed))
    begin = time.perf_counter()
    assert decide(reading, known).answer
    assert time.perf_counter() - begin < _LONG

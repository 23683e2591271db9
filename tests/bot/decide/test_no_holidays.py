"""Days that we propose ourselves are days on which we write; who names a holiday gets it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.decide import Act, Decision, Known, decide
from bot.understanding import understand
from core.calendar import AMSTERDAM, is_rest_day
from core.money import Money
from payments.lifecycle import Status
from payments.parts import divide
from payments.policy import Policy

OPEN = Known(date(2026, 11, 23), Status.OPEN, Policy(), remaining=Money(90_00))


def said(text: str, known: Known, language: str = "nl") -> Decision:
    now = datetime.combine(known.today, time(10), AMSTERDAM)
    return decide(understand(text, known.move, now=now, language=language), known)


def days(decision: Decision) -> list[date]:
    return [day for option in decision.options if isinstance(day := option.facts.get("day"), date)]


@pytest.mark.parametrize(
    "today",
    [
        date(2026, 12, 18),  # a week later it is Christmas, and two weeks later New Year
        date(2026, 12, 24),
        date(2027, 3, 22),  # before Easter Monday and Good Friday
        date(2027, 4, 20),  # before King's Day
        date(2027, 4, 29),  # before Ascension Day
        date(2027, 5, 10),  # before Whit Monday
    ],
)
@pytest.mark.parametrize("text", ["later betalen", "gisteren", "later", "mag ik een pauze?"])
def test_around_the_holidays_no_holiday_is_proposed(today: date, text: str) -> None:
    found = days(said(text, replace(OPEN, today=today)))
    assert found
    assert not [day for day in found if is_rest_day(day)]


@settings(max_examples=300, deadline=None)
@given(
    st.dates(date(2026, 1, 1), date(2028, 12, 31)),
    st.sampled_from(["later betalen", "gisteren", "1 juni 2030", "pauze tot 1 juni 2030", "30 februari"]),
    st.booleans(),
)
def test_whatever_the_day_what_we_propose_is_no_sunday_and_no_holiday(
    today: date, text: str, in_parts: bool
) -> None:
    known = replace(OPEN, today=today)
    if in_parts:
        known = replace(known, status=Status.INSTALMENTS, plan=divide(Money(90_00), 3, today))
    decision = said(text, known)
    assert not [day for day in days(decision) if is_rest_day(day)]
    latest = decision.facts.get("latest")
    assert not isinstance(latest, date) or not is_rest_day(latest)


def test_who_names_a_holiday_gets_it() -> None:
    decision = said("ik betaal eerste kerstdag", OPEN)
    assert (decision.act, decision.day) == (Act.NOTHING, None)  # beyond the thirty days of the rules
    decision = said("ik betaal eerste kerstdag", replace(OPEN, today=date(2026, 12, 1)))
    assert (decision.act, decision.day, decision.answer) == (
        Act.PROMISE,
        date(2026, 12, 25),
        "promise-noted-rest",
    )


def test_the_days_that_a_payer_may_have_meant_stay_to_choose_from() -> None:
    decision = said("volgende vrijdag", replace(OPEN, today=date(2026, 12, 15)))
    assert days(decision) == [date(2026, 12, 18), date(2026, 12, 25)]


def test_a_pay_day_on_a_holiday_is_proposed_for_the_day_after_it() -> None:
    known = replace(OPEN, today=date(2026, 12, 20))
    decision = said("mijn salaris komt altijd op de 1e", known)
    assert decision.answer == "pay-day-offered"
    assert days(decision) == [date(2027, 1, 2)]


def test_where_only_rest_days_are_left_one_of_them_is_still_proposed() -> None:
    known = replace(OPEN, today=date(2026, 12, 24), policy=replace(Policy(), postpone_days=2))
    assert days(said("later betalen", known)) == [date(2026, 12, 25)]

"""What the intents alone do not tell: all of a plan, parts after a promise, and the weekday of today."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.decide import Act, Decision, decide
from bot.decide.whole import is_wish_to_pay, whole_of_a_plan
from bot.understanding import Intent
from core.money import Money
from payments.lifecycle import Status
from payments.policy import Policy
from tests.bot.decide.monday import FRIDAY, OPEN, PLAN, TODAY, read


@pytest.mark.parametrize(
    "text", ["toch niet, ik betaal nu alles", "ik betaal de rest nu", "ik betaal alles nu"]
)
def test_all_of_a_plan_gets_the_link_for_the_whole(text: str) -> None:
    decision = whole_of_a_plan(read(text), PLAN)
    assert decision == Decision(Act.LINK, "pay-link-rest")


def test_paying_now_in_a_plan_is_about_the_part() -> None:
    assert whole_of_a_plan(read("ik betaal nu"), PLAN) is None
    assert whole_of_a_plan(read("ik betaal nu alles"), OPEN) is None


@pytest.mark.parametrize("text", ["alles nu", "nu alles", "alles in een keer", "alles graag"])
def test_all_of_it_now_is_a_wish_to_pay(text: str) -> None:
    reading = read(text)
    assert reading.intents == (Intent.PAY_NOW,) or is_wish_to_pay(reading)


@pytest.mark.parametrize(
    "text", ["alles vrijdag", "alles klopt niet", "alles al betaald", "alles in 3 keer", "nu"]
)
def test_all_with_anything_else_is_no_wish_to_pay_now(text: str) -> None:
    assert not is_wish_to_pay(read(text))


def test_parts_after_a_promise_begin_on_the_promised_day() -> None:
    promised = replace(OPEN, status=Status.PROMISED, remaining=Money(90_00), quiet_until=FRIDAY)
    decision = decide(read("in 3 keer"), promised)
    assert [part.due_on for part in decision.parts] == [FRIDAY, date(2026, 12, 27), date(2027, 1, 27)]
    named = decide(read("in 3 keer vanaf 1 december"), promised)
    assert named.parts[0].due_on == date(2026, 12, 1)


def test_a_promised_day_beyond_the_first_part_of_the_rules_starts_today() -> None:
    strict = replace(OPEN, policy=Policy(part_first_days=2), status=Status.PROMISED, quiet_until=FRIDAY)
    assert decide(read("in 2 keer"), strict).parts[0].due_on == TODAY


@pytest.mark.parametrize("text", ["maandag of vrijdag", "vrijdag of maandag", "monday or friday"])
def test_the_weekday_of_today_among_others_is_today_or_a_week_from_now(text: str) -> None:
    decision = decide(read(text), OPEN)
    assert [option.kind for option in decision.options] == ["now", "day", "day"]
    assert [option.facts.get("day") for option in decision.options[1:]] == [FRIDAY, date(2026, 11, 30)]

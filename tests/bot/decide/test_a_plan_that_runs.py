"""What is said in a plan: that it stands, that it should begin later, or go by the week."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.decide import Act, Decision, Known, decide
from bot.understanding import Context, Intent, understand
from core.money import Money
from payments.parts import WEEK, divide
from tests.bot.decide.monday import NOW, TODAY
from tests.bot.decide.monday import PLAN as RUNNING

OWED = Money(90_00)
PLAN = replace(RUNNING, move=Context.DONE)
WEEKLY = replace(PLAN, plan=divide(OWED, 3, TODAY, WEEK))
FRESH = replace(PLAN, plan_is_fresh=True)


def said(text: str, known: Known) -> Decision:
    return decide(understand(text, known.move, now=NOW, language="nl"), known)


@pytest.mark.parametrize("text", ["ja", "ok", "yes", "prima"])
def test_a_yes_to_a_plan_of_a_moment_ago_hears_that_it_stands(text: str) -> None:
    decision = said(text, FRESH)
    assert (decision.act, decision.answer) == (Act.NOTHING, "plan-stands")
    assert decision.facts == {"number": 1, "count": 3, "part": Money(30_00), "date": TODAY}
    assert said(text, PLAN).answer is None


def test_every_month_said_of_a_monthly_plan_says_the_same_plan_again() -> None:
    decision = said("elke maand", FRESH)
    assert (decision.act, decision.parts) == (Act.DIVIDE, PLAN.plan)
    assert said("elke maand", PLAN).answer == "tell-plan"


def test_every_week_said_of_a_monthly_plan_of_a_moment_ago_changes_how_often() -> None:
    decision = said("elke week", FRESH)
    assert (decision.act, decision.parts) == (Act.DIVIDE, WEEKLY.plan)


def test_another_rhythm_later_on_is_for_a_person() -> None:
    assert said("elke week", PLAN).act is Act.HAND_OVER
    assert said("in 3 keer elke week", PLAN).act is Act.HAND_OVER


def test_a_plan_of_which_a_part_is_paid_is_not_made_anew_by_its_rhythm_alone() -> None:
    paid = replace(FRESH, plan=(replace(FRESH.plan[0], amount=Money(0)), *FRESH.plan[1:]))
    assert said("elke week", paid).answer == "ask-how-many"


@pytest.mark.parametrize("text", ["liever 5 december", "eerste termijn op 5 december"])
def test_the_first_part_may_begin_later_within_the_rules_and_the_others_move_along(text: str) -> None:
    decision = said(text, WEEKLY)
    first = date(2026, 12, 5)
    assert (decision.act, decision.day, decision.answer) == (Act.MOVE_PART, first, "plan-noted-later")
    assert [part.due_on for part in decision.parts] == [first + timedelta(weeks=n) for n in range(3)]


def test_the_latest_day_to_begin_is_the_one_that_the_rules_give() -> None:
    decision = said("liever 15 januari", WEEKLY)
    latest = TODAY + timedelta(days=30)
    assert (decision.answer, decision.facts["latest"]) == ("part-too-far", latest)
    assert said("23 december", replace(WEEKLY, offered=decision.options)).parts[0].due_on == latest


def test_once_a_part_is_paid_the_next_one_stays_before_the_one_behind_it() -> None:
    paid = replace(WEEKLY, plan=(replace(WEEKLY.plan[0], amount=Money(0)), *WEEKLY.plan[1:]))
    decision = said("liever 20 december", paid)
    assert (decision.answer, decision.facts["latest"]) == ("part-too-far", date(2026, 12, 5))
    assert said("liever 6 december", paid).day == date(2026, 12, 6)  # a Sunday, which we do not propose


@pytest.mark.parametrize(
    "text",
    ["hoeveel moet ik vrijdag dan?", "wat moet ik vrijdag betalen dan?", "how much do I pay on friday?"],
)
def test_a_question_what_is_due_on_a_day_moves_nothing(text: str) -> None:
    reading = understand(text, Context.DONE, now=NOW, language="nl")
    assert Intent.RESCHEDULE not in reading.intents
    assert said(text, PLAN).act is not Act.MOVE_PART


@pytest.mark.parametrize("text", ["hoeveel is het? ik betaal vrijdag", "hoeveel was het en kan het vrijdag?"])
def test_a_day_beside_a_question_is_still_a_day(text: str) -> None:
    assert Intent.RESCHEDULE in understand(text, None, now=NOW, language="nl").intents

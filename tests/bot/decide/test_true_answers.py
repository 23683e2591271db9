"""What we answer is so: no link without one, no chosen day that was not chosen, no pause that never was."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.decide import Act, Decision, Known, decide, promise_for
from bot.stories.pay_page_choices import in_parts
from bot.understanding import understand
from core.money import Money
from payments.lifecycle import Status
from payments.parts import WEEK, divide
from payments.policy import ALWAYS_A_PERSON, Policy
from tests.bot.decide.monday import NOW, TODAY

OPEN = Known(TODAY, Status.OPEN, Policy(), remaining=Money(100_00), due_date=date(2026, 12, 7), channel="sms")


def answer(words: str, known: Known = OPEN) -> Decision:
    return decide(understand(words, known.move, now=NOW, language="nl"), known)


def said(decision: Decision) -> list[str | None]:
    return [one.answer for one in decision.all]


def test_who_promises_a_day_and_asks_for_the_link_gets_both() -> None:
    decision = answer("ik betaal vrijdag, kun je de link nog eens sturen?")
    assert decision.act is Act.PROMISE
    assert said(decision) == ["promise-noted", "pay-here"]
    assert not any(one.attention for one in decision.all)


def test_how_to_pay_comes_with_a_link_or_not_at_all() -> None:
    assert said(answer("ik betaal vrijdag, hoe kan ik betalen?")) == ["promise-noted", "tell-how", "pay-here"]
    assert said(answer("hoe kan ik betalen?", replace(OPEN, status=Status.PAID))) == ["settled"]


def test_a_day_that_the_merchant_chose_is_not_called_the_payers() -> None:
    held = replace(OPEN, quiet_until=date(2026, 12, 1))
    assert answer("wanneer moet ik uiterlijk betalen?", held).answer == "tell-deadline"
    promised = replace(held, status=Status.PROMISED)
    assert answer("wanneer moet ik uiterlijk betalen?", promised).answer == "tell-chosen-day"


def test_going_on_is_only_said_when_something_rested() -> None:
    assert said(answer("hervat")) == ["not-paused"]
    assert answer("hervat", replace(OPEN, status=Status.PAUSED)).act is Act.RESUME
    assert answer("hervat", replace(OPEN, quiet_until=date(2026, 12, 1))).act is Act.RESUME


def test_what_nobody_can_ask_the_bank_about_is_noted_as_such() -> None:
    assert answer("ik heb al betaald").detail["reason"] == "untraced"
    assert "reason" not in answer("ik heb al betaald", replace(OPEN, attempts=True)).detail


def test_only_channels_that_are_there_can_be_chosen() -> None:
    there = replace(OPEN, channels=frozenset({"sms", "telegram"}))
    decision = answer("kan het via een ander kanaal?", there)
    assert [option.kind for option in decision.options] == ["by_telegram"]
    assert answer("kan het via een ander kanaal?").act is Act.HAND_OVER


def test_who_has_moved_the_day_too_often_is_not_invited_to_start_later() -> None:
    assert said(answer("in 2 keer")) == ["plan-noted", "start-later"]
    assert said(answer("in 2 keer", replace(OPEN, times_promised=2))) == ["plan-noted"]


@pytest.mark.parametrize("words", ["1 juni 2027", "gisteren", "volgende vrijdag", "later betalen", "morgen"])
def test_no_day_is_asked_for_when_none_can_be_had(words: str) -> None:
    assert answer(words, replace(OPEN, times_promised=2)).answer == "promise-too-often"
    last = replace(OPEN, last_day=TODAY)
    assert not answer(words, last).options
    assert said(answer(words, replace(OPEN, status=Status.HARDSHIP))) == ["wish-noted"]


def test_the_same_wish_again_is_answered_as_before_and_not_counted() -> None:
    promised = replace(
        OPEN, status=Status.PROMISED, quiet_until=date(2026, 11, 27), times_promised=2, times_paused=1
    )
    assert answer("vrijdag 27 november", promised).answer == "promise-noted"
    paused = replace(promised, status=Status.PAUSED)
    assert answer("pauze tot 27 november", paused).answer == "pause-noted"
    plan = divide(Money(100_00), 2, TODAY + timedelta(days=10))
    running = replace(OPEN, status=Status.INSTALMENTS, plan=plan, times_promised=2)
    assert answer("in 2 keer", running).answer == "tell-plan"
    moved = replace(running, plan=divide(Money(100_00), 2, date(2026, 12, 4)))
    assert answer("vrijdag 4 december", moved).answer == "part-moved"


def test_nobody_is_asked_a_third_time_and_who_wants_too_much_three_times_gets_a_person() -> None:
    tried = replace(OPEN, asked_back=2)
    assert answer("volgende vrijdag", tried).attention == "not_understood"
    assert answer("kan ik gespreid betalen?", tried).attention == "not_understood"
    for words, why, said in (
        ("pauze tot 1 juni 2027", "asks_more_rest", "rest-passed-on"),
        ("1 juni 2027", "asks_more_time", "later-passed-on"),
        ("in 10 keer", "asks_parts", "parts-passed-on"),
    ):
        assert (answer(words, tried).answer, answer(words, tried).attention) == (said, why)


def test_an_interval_that_the_merchant_does_not_want_is_not_given() -> None:
    monthly = replace(OPEN, policy=Policy(part_intervals=("month",)))
    assert answer("in 2 keer per week", monthly).answer == "parts-other"
    assert answer("in 2 keer per week").act is Act.DIVIDE
    weekly = replace(OPEN, policy=Policy(part_intervals=("week",)))
    plan = answer("in 2 keer", weekly).parts
    assert [part.due_on for part in plan] == [part.due_on for part in divide(Money(100_00), 2, TODAY, WEEK)]


@pytest.mark.parametrize(
    ("intent", "words"),
    [
        ("reschedule", "vrijdag"),
        ("pause", "pauze tot 1 december"),
        ("instalments", "in 2 keer"),
        ("set_pay_day", "ik krijg mijn salaris altijd op de 25e"),
        ("question", "wat is het bedrag?"),
    ],
)
def test_what_a_merchant_leaves_to_a_person_is_not_granted_by_itself(intent: str, words: str) -> None:
    assert answer(words).act is not Act.HAND_OVER
    careful = replace(OPEN, policy=Policy.of({"needs_person": [intent]}))
    assert answer(words, careful).act is Act.HAND_OVER


def test_the_page_leaves_it_to_a_person_too() -> None:
    careful = replace(OPEN, policy=Policy.of({"needs_person": ["reschedule", "instalments"]}))
    assert promise_for(date(2026, 11, 27), careful).act is Act.HAND_OVER
    assert decide(in_parts(2, "month"), careful).act is Act.HAND_OVER


def test_some_things_are_for_a_person_whatever_a_merchant_stored() -> None:
    assert Policy().needs_person == ALWAYS_A_PERSON
    assert set(Policy.of({"needs_person": ["pause"]}).needs_person) == {*ALWAYS_A_PERSON, "pause"}


def test_a_plan_without_end_is_answered_with_one_that_can_be() -> None:
    owed = replace(OPEN, remaining=Money(2000_00))
    for words in ("ik betaal 0,01 euro per maand", "ik kan 0,01 euro per maand betalen", "in 99999 keer"):
        assert answer(words, owed).options

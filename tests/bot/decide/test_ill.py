"""Who is ill and asks for more than can be had gets a kind word first, in whatever way it is answered."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.decide import Act, Decision, decide
from payments.policy import Policy
from tests.bot.decide.monday import OPEN, read

KIND = "get-well"


def said(decision: Decision) -> list[str | None]:
    return [one.answer for one in decision.all]


@pytest.mark.parametrize(
    "text",
    [
        *("lig in het ziekenhuis, 20 januari kan ik pas", "ik ben ziek, ik betaal 20 januari"),
        *("i'm in hospital, can only pay on 20 january", "mijn man heeft kanker, ik betaal 20 januari"),
    ],
)
def test_a_day_outside_the_rules_is_not_refused_without_a_kind_word(text: str) -> None:
    assert said(decide(read(text), OPEN)) == ["promise-too-far", KIND]


def test_a_kind_word_comes_before_who_answers() -> None:
    by_a_person = replace(OPEN, policy=Policy(needs_person=("reschedule",)))
    decision = decide(read("lig in het ziekenhuis, 20 januari kan ik pas"), by_a_person)
    assert decision.act is Act.HAND_OVER
    assert said(decision) == [KIND, "later-passed-on"]


@pytest.mark.parametrize(
    "text",
    [
        *("ik kan pas 20 januari", "ik ben ziek van jullie, 20 januari betaal ik"),
        *("ik werk in het ziekenhuis, ik betaal 20 januari", "ik ben niet ziek, ik betaal 20 januari"),
        *("i'm sick of it, i pay 20 january", "ik ben ziek, ik betaal vrijdag"),
    ],
)
def test_nobody_else_is_wished_strength(text: str) -> None:
    assert KIND not in said(decide(read(text), OPEN))

"""A claim that it was paid, taken back: the check ends, and what is said besides counts as ever."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.decide import Act, Decision, Known
from bot.decide.details import adds, taken_back
from bot.understanding import Intent
from core.money import Money
from payments.lifecycle import Status
from payments.parts import divide
from tests.bot.decide.monday import FRIDAY, OPEN, TODAY, read

CHECKING = replace(OPEN, status=Status.CHECKING)


def back(text: str, known: Known = CHECKING) -> Decision | None:
    return taken_back(read(text), known)


@pytest.mark.parametrize(
    "text",
    [
        "toch niet, ik heb nog niet betaald",
        "actually I have not paid yet",
        "ik heb toch nog niet betaald",
        "oh nee, toch niet betaald",
        "nee sorry, ik moet nog betalen",
        "sorry i haven't paid it",
        "vergeten te betalen",
    ],
)
def test_a_claim_that_is_taken_back_ends_the_check_and_gives_link_and_days(text: str) -> None:
    decision = back(text)
    assert decision is not None
    assert (decision.act, decision.answer) == (Act.TAKE_BACK, "claim-back")
    assert FRIDAY in [option.facts["day"] for option in decision.options]


def test_a_day_named_beside_it_is_one_to_pay_on() -> None:
    decision = back("toch niet, ik heb nog niet betaald, ik betaal vrijdag")
    assert decision is not None
    assert [(part.act, part.day) for part in decision.all] == [(Act.TAKE_BACK, None), (Act.PROMISE, FRIDAY)]


def test_where_no_day_can_be_had_only_the_link_is_given() -> None:
    used = replace(CHECKING, times_promised=2)
    plan = replace(CHECKING, plan=divide(Money(42_50), 2, TODAY))
    for known in (used, plan):
        decision = back("ik heb toch nog niet betaald", known)
        assert decision is not None
        assert (decision.act, decision.answer, decision.options) == (Act.TAKE_BACK, "pay-link", ())


@pytest.mark.parametrize(
    "text",
    [
        "ik heb het toch al betaald?",
        "ik heb toch betaald",
        "waarom staat er nog niet betaald?",
        "volgens jullie nog niet betaald maar ik heb het overgemaakt",
        "gisteren met ideal",
        "dinsdag",
    ],
)
def test_whoever_insists_or_tells_more_takes_nothing_back(text: str) -> None:
    assert back(text) is None


def test_outside_a_check_there_is_nothing_to_take_back() -> None:
    assert back("ik heb nog niet betaald", replace(CHECKING, status=Status.OPEN)) is None


def test_not_paid_after_all_is_no_claim() -> None:
    assert Intent.ALREADY_PAID not in read("ik heb toch nog niet betaald").intents
    assert Intent.ALREADY_PAID in read("ik heb toch al betaald").intents


def test_what_was_not_understood_still_goes_along_to_the_person_who_looks() -> None:
    decision = adds(read("de bon ligt bij mijn moeder"), CHECKING)
    assert decision is not None
    assert decision.act is Act.ADD

"""After a death the family is no stranger, whoever wants to pay can, and nothing is asked back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.decide import Act, decide
from payments.lifecycle import Status
from tests.bot.decide.monday import OPEN, read

BEREAVED = replace(OPEN, status=Status.BEREAVED)


@pytest.mark.parametrize(
    "text",
    [
        *("my mother died, this is her phone", "dit is de telefoon van mijn vader, hij is overleden"),
        *("mijn man is vorige week overleden, dit was zijn nummer", "ik ben zijn vrouw, hij is overleden"),
        *("hij is overleden, dit is zijn telefoon", "meneer Jansen is overleden, u spreekt met de zoon"),
    ],
)
def test_who_has_the_phone_of_who_died_gets_the_road_for_a_death(text: str) -> None:
    decision = decide(read(text), OPEN)
    assert (decision.act, decision.answer) == (Act.BEREAVE, "bereaved-noted")


def test_a_number_at_which_somebody_else_says_that_she_died_is_closed() -> None:
    assert decide(read("Anna is overleden"), OPEN).act is Act.BLOCK


@pytest.mark.parametrize(
    "text",
    [
        *("ik ben zijn zoon", "ik ben haar dochter", "i'm his son", "ik ben zijn vrouw", "i am his wife"),
        *("ik ben de zoon van Anna", "dit is haar telefoon", "Anna is overleden", "ja", "tja wat nu"),
    ],
)
def test_what_the_family_says_after_it_goes_to_the_person_who_writes(text: str) -> None:
    decision = decide(read(text), BEREAVED)
    assert decision.act is Act.HAND_OVER, decision
    assert decision.answer in {"wish-noted", "bereaved-noted"}
    assert not decision.options


def test_a_wrong_number_is_closed_after_it_too() -> None:
    assert decide(read("verkeerd nummer"), BEREAVED).act is Act.BLOCK


@pytest.mark.parametrize(
    "text",
    [
        *("stuur de link maar, ik betaal het voor hem", "send me the link, I'll pay it for him"),
        *("ik betaal het wel voor haar", "ik wil het wel betalen", "kunt u de betaallink sturen"),
    ],
)
def test_who_wants_to_pay_after_a_death_gets_the_link_kindly(text: str) -> None:
    decision = decide(read(text), BEREAVED)
    assert (decision.act, decision.answer) == (Act.LINK, "link-in-mourning")
    assert decision.attention is None


@pytest.mark.parametrize("text", ["ik betaal vrijdag", "hij had al betaald, stuur maar een link"])
def test_a_day_or_a_claim_is_still_for_that_person(text: str) -> None:
    assert decide(read(text), BEREAVED).act is Act.HAND_OVER


def test_stop_stays_stop_after_a_death() -> None:
    assert decide(read("stop met deze berichten"), BEREAVED).act is Act.OPT_OUT

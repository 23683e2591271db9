"""After a death the family is no stranger, whoever wants to pay can, and nothing is asked back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.decide import Act, decide
from bot.decide.stopping import stopped
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


@pytest.mark.parametrize(
    "text",
    [
        *("ik kan het niet betalen", "we kunnen dit niet betalen", "I can't pay this", "ik heb geen geld"),
        *("ik ben ziek, kan niet betalen", "ik kan het niet betalen, mijn vader is overleden"),
    ],
)
def test_a_family_that_cannot_pay_stays_in_mourning_and_the_person_who_writes_is_told(text: str) -> None:
    decision = decide(read(text), BEREAVED)
    assert decision.act is Act.HAND_OVER
    assert decision.answer in {"hardship-noted", "bereaved-noted"}
    assert decision.attention in {"hardship", "bereaved"}


def test_a_stop_beside_it_moves_nothing_and_says_nothing_of_money() -> None:
    decision = stopped(read("stop met die berichten, ik kan niet betalen"), BEREAVED)
    assert decision is not None
    assert [(part.act, part.attention) for part in decision.beside] == [(Act.NOTHING, "hardship")]
    assert decision.beside[0].answer is None


def test_that_it_cannot_be_paid_is_what_the_person_is_told_and_free_help_is_named() -> None:
    decision = decide(read("ik kan het niet betalen"), BEREAVED)
    assert (decision.answer, decision.attention) == ("hardship-noted", "hardship")

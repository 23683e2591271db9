"""A stop with more beside it stops, and all the rest counts as well."""

from __future__ import annotations

import pytest

from bot.decide import Act, Decision, Known
from bot.decide.stopping import stopped
from tests.bot.decide.monday import FRIDAY, OPEN, read


def stop(text: str, known: Known = OPEN) -> Decision | None:
    return stopped(read(text), known)


@pytest.mark.parametrize(
    "text",
    [
        "betaal vrijdag maar stop met die berichten",
        "ik betaal vrijdag, stop met appen",
        "stop met sms en ik betaal vrijdag",
        "I pay friday but stop texting me",
    ],
)
def test_a_stop_beside_a_day_stops_and_notes_the_day(text: str) -> None:
    decision = stop(text)
    assert decision is not None
    assert decision.act is Act.OPT_OUT
    [noted] = decision.beside
    assert (noted.act, noted.day, noted.facts) == (Act.PROMISE, FRIDAY, {"date": FRIDAY})


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("stop. ik kan niet betalen", Act.HARDSHIP),
        ("stop texting me, I can't pay", Act.HARDSHIP),
        ("stop met berichten, klopt niet", Act.DISPUTE),
        ("al betaald, stop met die berichten", Act.CHECK),
    ],
)
def test_a_stop_beside_what_is_for_a_person_stops_and_calls_that_person(text: str, act: Act) -> None:
    decision = stop(text)
    assert decision is not None
    assert [part.act for part in decision.all] == [Act.OPT_OUT, act]
    assert decision.beside[0].attention


def test_a_day_beyond_the_rules_beside_a_stop_is_seen_by_a_person() -> None:
    decision = stop("betaal 1 juni 2027 maar stop met die berichten")
    assert decision is not None
    assert [part.attention for part in decision.beside] == ["asks_more_time"]


@pytest.mark.parametrize(
    ("text", "acts", "attention"),
    [
        (
            "stop met appen, ik heb al betaald, het klopt niet",
            [Act.OPT_OUT, Act.DISPUTE, Act.NOTHING],
            ["disputed", "claims_paid"],
        ),
        (
            "stop met appen. ik kan niet betalen. kan het in 3 keer?",
            [Act.OPT_OUT, Act.HARDSHIP, Act.NOTHING],
            ["hardship", "asks_parts"],
        ),
        (
            "stop texting me. I pay friday. this bill is wrong",
            [Act.OPT_OUT, Act.DISPUTE, Act.NOTHING],
            ["disputed", "asks_more_time"],
        ),
    ],
)
def test_all_that_stands_beside_a_stop_counts(text: str, acts: list[Act], attention: list[str]) -> None:
    decision = stop(text)
    assert decision is not None
    assert [part.act for part in decision.all] == acts
    assert [part.attention for part in decision.beside] == attention


def test_two_days_beside_a_stop_are_for_a_person() -> None:
    decision = stop("stop met appen. ik betaal vrijdag. ik betaal zaterdag")
    assert decision is not None
    assert [(part.act, part.attention) for part in decision.beside] == [(Act.NOTHING, "asks_more_time")]


@pytest.mark.parametrize(
    "text", ["stop", "stop met appen", "stop met zeuren ik betaal morgen", "ik betaal vrijdag"]
)
def test_what_is_only_a_stop_or_none_is_decided_as_ever(text: str) -> None:
    assert stop(text) is None

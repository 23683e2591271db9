"""An amount first and the rest on a day is agreed on as it was said, within the rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.decide import Act, Decision, Known
from bot.decide.first_part import a_part_now, now_and_the_rest
from core.money import Money
from payments.lifecycle import Status
from tests.bot.decide.monday import FRIDAY, OPEN, TODAY, read


def part_now(text: str, known: Known = OPEN) -> Decision | None:
    return now_and_the_rest(read(text), known)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Kan ik 20 euro nu betalen en de rest vrijdag?", 20_00),
        ("nu 20 euro en de rest vrijdag", 20_00),
        ("20 euro vandaag, de rest vrijdag", 20_00),
        ("nu 20 euro, vrijdag de rest", 20_00),
        ("half nu, rest vrijdag", 21_25),
        ("half now and the rest on friday", 21_25),
        ("20 now and the rest on friday", 20_00),
        ("de helft nu en de andere helft vrijdag", 21_25),
        ("20 nu en 22,50 vrijdag", 20_00),
        ("20 nu en 22 vrijdag", 20_00),
        ("eerst 20 euro, dan vrijdag de rest", 20_00),
        ("vrijdag de rest en nu 20", 20_00),
        ("ik kan niet alles nu betalen, 20 nu en de rest vrijdag", 20_00),
        ("kan ik 20 vandaag doen en de rest uiterlijk vrijdag?", 20_00),
    ],
)
def test_an_amount_now_and_the_rest_on_a_day_is_agreed_on_as_it_was_said(text: str, first: int) -> None:
    decision = part_now(text)
    assert decision is not None
    assert decision.act is Act.DIVIDE
    assert [(part.due_on, part.amount) for part in decision.parts] == [
        (TODAY, Money(first)),
        (FRIDAY, Money(42_50 - first)),
    ]


def test_both_days_may_lie_ahead() -> None:
    decision = part_now("vrijdag 20 euro en de rest op 1 december")
    assert decision is not None
    assert [(part.due_on, part.amount.cents) for part in decision.parts] == [
        (FRIDAY, 20_00),
        (date(2026, 12, 1), 22_50),
    ]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("50 nu en 50 dinsdag", [TODAY, date(2026, 11, 24)]),
        ("kan ik 50 vandaag doen en 50 volgende week vrijdag?", [TODAY, date(2026, 12, 4)]),
        ("de helft nu en de andere helft eind van de maand", [TODAY, date(2026, 11, 30)]),
        ("vijftig nu en vijftig op 1 december", [TODAY, date(2026, 12, 1)]),
    ],
)
def test_two_amounts_that_make_the_whole_are_agreed_on(text: str, days: list[date]) -> None:
    decision = part_now(text, replace(OPEN, remaining=Money(100_00)))
    assert decision is not None
    assert [(part.due_on, part.amount.cents) for part in decision.parts] == [(day, 50_00) for day in days]
    assert decision.facts["schedule"] == tuple((day, Money(50_00)) for day in days)


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("nu 10 euro en de rest vrijdag", OPEN),
        ("nu 30 euro en de rest vrijdag", OPEN),
        ("nu 20 euro en de rest 1 maart", OPEN),
    ],
)
def test_outside_the_rules_it_is_said_back_with_what_can_be_had(text: str, known: Known) -> None:
    decision = part_now(text, known)
    assert decision is not None
    assert (decision.act, decision.answer) == (Act.NOTHING, "parts-not-so")
    assert decision.options
    assert {"part", "date"} <= decision.facts.keys()


@pytest.mark.parametrize(
    "text",
    [
        "in 3 keer",
        "nu 20 euro en de rest later",
        "elke maand 20 euro",
        "20 euro nu",
        "10 nu en 10 vrijdag",
        "20 nu of 22 vrijdag",
        "20 nu lukt niet, de rest vrijdag",
        "20 nu en de rest vrijdag of maandag",
        "20 nu, 10 vrijdag en de rest maandag",
        "de rest nu en 20 vrijdag",
        "al 20 nu betaald en de rest vrijdag klopt niet",
    ],
)
def test_without_an_amount_a_now_and_a_day_it_is_an_ordinary_wish(text: str) -> None:
    assert part_now(text) is None


def test_it_is_not_agreed_on_where_parts_are_not_granted() -> None:
    assert part_now("nu 20 euro en de rest vrijdag", replace(OPEN, status=Status.DISPUTED)) is None


@pytest.mark.parametrize(
    "text", ["en vandaag 20 betalen?", "20 nu, de rest later", "ik betaal nu 20", "I'll pay 20 now"]
)
def test_an_amount_today_is_a_part_and_the_rest_is_asked_about(text: str) -> None:
    decision = a_part_now(read(text), OPEN)
    assert decision is not None
    assert (decision.act, decision.answer) == (Act.NOTHING, "part-now")
    assert decision.facts == {"part": Money(20_00), "left": Money(22_50)}
    assert decision.options


@pytest.mark.parametrize(
    "text",
    [
        *("ik betaal nu", "20 nu lukt niet", "elke maand 20", "3 nu", "nu 40 en meer niet", "42,50 nu"),
        *("nu 5 euro", "20 nu en de rest vrijdag", "vandaag 20 of 30 euro", "ik heb vandaag 20 betaald"),
    ],
)
def test_other_amounts_are_no_part_of_today(text: str) -> None:
    assert a_part_now(read(text), OPEN) is None

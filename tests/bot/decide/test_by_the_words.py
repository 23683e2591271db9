"""What the intents alone do not tell: a stop with more beside it, all of a plan, an amount now and a rest."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from bot.decide import Act, Decision, Known, decide
from bot.decide.first_part import now_and_the_rest
from bot.decide.stopping import stopped
from bot.decide.whole import is_wish_to_pay, whole_of_a_plan
from bot.understanding import Intent, Reading, understand
from core.calendar import AMSTERDAM
from core.money import Money
from payments.lifecycle import Status
from payments.parts import divide
from payments.policy import Policy

TODAY = date(2026, 11, 23)
NOW = datetime.combine(TODAY, time(10), AMSTERDAM)
FRIDAY = date(2026, 11, 27)
OPEN = Known(TODAY, Status.OPEN, Policy(), remaining=Money(42_50))
PLAN = replace(OPEN, status=Status.INSTALMENTS, remaining=Money(90_00), plan=divide(Money(90_00), 3, TODAY))


def read(text: str) -> Reading:
    return understand(text, None, now=NOW, language="nl")


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

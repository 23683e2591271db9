"""A wish for less, half of it, a bare no, and the link: words that are easily taken wrongly."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from bot.decide import Act, Decision, Known, decide
from bot.understanding import Context, understand
from core.calendar import AMSTERDAM
from core.money import Money
from payments.lifecycle import Status
from payments.parts import divide
from payments.policy import Policy

TODAY = date(2026, 11, 23)
OPEN = Known(TODAY, Status.OPEN, Policy(), remaining=Money(150_00))


def said(text: str, known: Known = OPEN, language: str = "nl") -> Decision:
    now = datetime.combine(TODAY, time(10), AMSTERDAM)
    return decide(understand(text, known.move, now=now, language=language), known)


@pytest.mark.parametrize(
    ("text", "language", "cents"),
    [
        ("mag het ook 100 zijn?", "nl", 100_00),
        ("can you make it 100?", "en", 100_00),
        ("kunt u er 99,50 euro van maken?", "nl", 99_50),
        ("kan het wat minder?", "nl", None),
        ("could it be a bit less?", "en", None),
        ("kan het bedrag omlaag?", "nl", None),
    ],
)
def test_who_asks_for_a_lower_amount_is_heard_by_a_person_and_gets_no_parts(
    text: str, language: str, cents: int | None
) -> None:
    decision = said(text, language=language)
    assert (decision.act, decision.answer, decision.attention) == (
        Act.HAND_OVER,
        "less-passed-on",
        "asks_less",
    )
    assert decision.detail.get("cents") == cents
    assert not decision.options


@pytest.mark.parametrize("text", ["mag het ook 200 zijn?", "mag het ook 999999999999 euro zijn?"])
def test_an_amount_that_is_not_lower_is_a_question(text: str) -> None:
    decision = said(text)
    assert (decision.act, decision.attention) == (Act.HAND_OVER, "asks_question")


def test_a_lower_amount_beside_a_day_keeps_both() -> None:
    decision = said("kan het wat minder? ik betaal vrijdag")
    assert (decision.act, decision.day) == (Act.PROMISE, date(2026, 11, 27))
    assert [part.attention for part in decision.beside] == ["asks_less"]


@pytest.mark.parametrize(("text", "language"), [("make it 4 times", "en"), ("maak er 4 keer van", "nl")])
def test_another_number_of_parts_is_agreed_at_once(text: str, language: str) -> None:
    fresh = replace(
        OPEN,
        status=Status.INSTALMENTS,
        plan=divide(Money(150_00), 3, TODAY),
        plan_is_fresh=True,
        move=Context.PLAN,
    )
    decision = said(text, fresh, language)
    assert (decision.act, len(decision.parts)) == (Act.DIVIDE, 4)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("ik wil de helft betalen", "nl"),
        ("kan ik eerst de helft betalen?", "nl"),
        ("I want to pay half", "en"),
        ("can I pay half first?", "en"),
    ],
)
def test_half_of_it_is_two_parts_of_which_the_first_is_paid_now(text: str, language: str) -> None:
    decision = said(text, language=language)
    assert decision.act is Act.DIVIDE
    assert [part.amount.cents for part in decision.parts] == [75_00, 75_00]
    assert decision.parts[0].due_on == TODAY


@pytest.mark.parametrize(("text", "language"), [("nee", "nl"), ("no", "en")])
@pytest.mark.parametrize("move", [None, Context.REMINDER, Context.DONE])
def test_a_no_to_nothing_is_asked_kindly_what_would_suit_better(
    text: str, language: str, move: Context | None
) -> None:
    decision = said(text, replace(OPEN, move=move), language)
    assert (decision.act, decision.answer) == (Act.NOTHING, "ask-instead")
    assert [option.kind for option in decision.options] == ["later", "in_parts", "question"]


def test_a_no_to_a_proposal_and_to_a_chosen_day_still_asks_for_another() -> None:
    chosen = replace(OPEN, status=Status.PROMISED, quiet_until=date(2026, 11, 27), move=Context.DONE)
    for known in (replace(OPEN, move=Context.PROPOSE), chosen):
        assert said("nee", known).answer == "ask-when"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("mag ik de link nog even?", "nl"),
        ("nog een keer de link aub", "nl"),
        ("ik wil de link", "nl"),
        ("I want the link", "en"),
        ("what was the link again?", "en"),
    ],
)
def test_who_asks_for_the_link_after_a_claim_gets_it_once_and_no_question(text: str, language: str) -> None:
    checking = replace(OPEN, status=Status.CHECKING, move=Context.DONE)
    decision = said(text, checking, language)
    assert (decision.act, decision.answer, decision.beside, decision.options) == (
        Act.LINK,
        "pay-link",
        (),
        (),
    )


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("stuur het maar naar mijn bewindvoerder", "nl"),
        ("please contact my administrator", "en"),
        ("please contact my debt counsellor", "en"),
    ],
)
def test_who_looks_after_the_payers_money_is_for_a_person_to_write_to(text: str, language: str) -> None:
    decision = said(text, language=language)
    assert (decision.act, decision.attention, decision.options) == (Act.HAND_OVER, "asks_a_person", ())

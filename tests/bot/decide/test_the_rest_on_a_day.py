"""After a part of today a bare day is for the rest, and whoever wants all of it on a day gets that."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.decide import Act, Decision, decide
from bot.decide.answering import in_answer
from bot.decide.first_part import a_part_now, now_and_the_rest
from bot.understanding import Context, understand
from core.money import Money
from tests.bot.decide.monday import FRIDAY, NOW, OPEN, TODAY, read


def answered(text: str, now: datetime = NOW) -> Decision:
    """What becomes of `text`, said `now`, after we asked on Monday when the rest of a part of today comes."""
    asked = a_part_now(read("mag ik vandaag 20 betalen?"), OPEN)
    assert asked is not None
    reading = in_answer(understand(text, Context.ASK_WHEN, now=now, language="nl"), asked.options, now.date())
    known = replace(OPEN, today=now.date())
    return now_and_the_rest(reading, known) or decide(reading, known)


@pytest.mark.parametrize(
    "text",
    [
        *("vrijdag", "vrijdag graag", "dan vrijdag", "ja vrijdag", "doe maar vrijdag", "27 november"),
        *("de rest vrijdag", "vrijdag de rest dan", "friday please", "the rest on friday", "vrijdag is goed"),
    ],
)
def test_a_bare_day_is_for_the_rest_of_a_part_of_today(text: str) -> None:
    decision = answered(text)
    assert decision.act is Act.DIVIDE
    assert [(part.due_on, part.amount) for part in decision.parts] == [
        (TODAY, Money(20_00)),
        (FRIDAY, Money(22_50)),
    ]


@pytest.mark.parametrize(
    "text",
    [
        *("liever alles vrijdag", "dan alles vrijdag", "laat maar, vrijdag", "nee toch vrijdag"),
        *("vrijdag alles in een keer", "pas vrijdag", "nee, vrijdag", "everything on friday"),
    ],
)
def test_all_of_it_on_a_day_is_all_of_it_on_that_day(text: str) -> None:
    decision = answered(text)
    assert (decision.act, decision.day) == (Act.PROMISE, FRIDAY)


@pytest.mark.parametrize(
    ("text", "days"), [("vrijdag", 1), ("de rest vrijdag", 3), ("the rest on friday", 2)]
)
def test_who_answers_days_later_pays_the_part_on_that_day_and_the_rest_as_they_say(
    text: str, days: int
) -> None:
    decision = answered(text, NOW + timedelta(days=days))
    assert decision.act is Act.DIVIDE
    assert [(part.due_on, part.amount) for part in decision.parts] == [
        (TODAY + timedelta(days=days), Money(20_00)),
        (FRIDAY, Money(22_50)),
    ]


def test_the_rest_today_is_all_of_it_today() -> None:
    assert answered("vandaag", NOW + timedelta(days=1)).act is Act.LINK

"""Rest while paying in parts: the parts move along, within the rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

from bot.decide import Act, Decision, Known, decide
from bot.understanding import understand
from core.calendar import AMSTERDAM
from core.money import Money
from payments.lifecycle import Status
from payments.parts import divide, left
from payments.policy import Policy

TODAY = date(2026, 11, 23)
PLAN = left(divide(Money(90_00), 3, TODAY), Money(60_00))  # the first is paid, the next on 23 December
RUNNING = Known(TODAY, Status.INSTALMENTS, Policy(), remaining=Money(60_00), plan=PLAN)


def answer(words: str, known: Known = RUNNING) -> Decision:
    now = datetime.combine(known.today, time(10), AMSTERDAM)
    return decide(understand(words, known.move, now=now, language="nl"), known)


def test_the_parts_move_and_keep_their_distance() -> None:
    decision = answer("pauze tot 6 januari")
    assert (decision.act, decision.day) == (Act.PAUSE, date(2027, 1, 6))
    assert [(part.number, part.due_on) for part in decision.parts] == [
        (2, date(2027, 1, 6)),
        (3, date(2027, 2, 6)),
    ]


def test_rest_before_the_next_part_is_there_already() -> None:
    assert answer("pauze tot 10 december").answer == "tell-plan"


def test_rest_that_moves_a_part_beyond_the_last_day_is_for_a_person() -> None:
    assert answer("pauze tot 6 januari", replace(RUNNING, last_day=date(2027, 2, 1))).act is Act.HAND_OVER


def test_rest_counts_in_a_plan_too() -> None:
    assert answer("pauze tot 6 januari", replace(RUNNING, times_paused=1)).answer == "pause-used"
    assert answer("pauze tot 1 juni 2027").answer == "pause-too-long"

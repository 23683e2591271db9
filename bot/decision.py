"""What deciding takes and gives: the facts it knows, and what is to be done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from bot.understanding import Context
from core.calendar import last_writing_day
from core.money import Money
from messages.options import Option
from payments.lifecycle import Status
from payments.parts import Part, day_from
from payments.policy import Policy


class Act(StrEnum):
    """What happens to the request or the payer."""

    NOTHING = "nothing"
    PROMISE = "promise"
    PAUSE = "pause"
    RESUME = "resume"
    OPT_OUT = "opt_out"
    OPT_IN = "opt_in"
    CHECK = "check"
    ADD = "add"
    TAKE_BACK = "take_back"
    DISPUTE = "dispute"
    HARDSHIP = "hardship"
    BEREAVE = "bereaved"
    HAND_OVER = "hand_over"
    BLOCK = "block"
    LINK = "link"
    DIVIDE = "divide"
    MOVE_PART = "move_part"
    LANGUAGE = "language"
    CHANNEL = "channel"
    SWITCH = "switch"
    PAY_DAY = "pay_day"
    LOOK = "look"


NOTHING: Final = Money(0)


@dataclass(frozen=True)
class Known:
    """What deciding knows besides the words: local `today`, where the request stands, and the rules.

    `last_day` is the last day on which it can be paid, if there is one. `remaining` is what is owed,
    `part_paid` says that something came in, and `surplus` is what came in too much. `attempts` says whether
    there is anything that the PSP can be asked about. `move` is our last move and `offered` what the payer
    could choose from then. `puzzled` counts the replies in a row, before this one, that were not understood;
    `asked_back` those that we asked back about. `plan` is what is left of each part that was `agreed`, and
    fresh as long as it can simply be replaced. `blocked`: a stranger answers there. `channel` is where the
    payer wrote, `channels` where else a yes could be asked for, and `verifying` says that this is what the
    payer answers to. `pay_day` is the day of the month on which the payer's money comes in. `to_a_person`:
    the payer answers what a person of the shop typed, and `question_asked`, that we asked what the question
    is. `rest_moved` is how far the rest that runs in a plan has moved its parts. `told_how`:
    since the stop, how to pay was told.

    Only for who asks about it: `under_way`, a payment was begun and has not ended; `awaits` is the day by
    which a person's answer was promised, and `next_on` the day of our next message. `chosen` is
    the day that was promised last, also once it came.
    """

    today: date
    status: Status
    policy: Policy
    remaining: Money = NOTHING
    part_paid: bool = False
    surplus: Money = NOTHING
    attempts: bool = False
    due_date: date | None = None
    quiet_until: date | None = None
    times_promised: int = 0
    times_paused: int = 0
    opted_out: bool = False
    blocked: bool = False
    last_day: date | None = None
    move: Context | None = None
    offered: tuple[Option, ...] = ()
    channel: str = ""
    channels: frozenset[str] = frozenset()
    verifying: bool = False
    plan: tuple[Part, ...] = ()
    agreed: tuple[Part, ...] = ()
    plan_is_fresh: bool = False
    pay_day: int | None = None
    puzzled: int = 0
    asked_back: int = 0
    to_a_person: bool = False
    question_asked: bool = False
    rest_moved: timedelta = timedelta()
    under_way: bool = False
    awaits: date | None = None
    next_on: date | None = None
    told_how: bool = False
    chosen: date | None = None

    def latest(self, days: int) -> date:
        """The last day to choose: at most `days` from today, with time left to write and to pay after it."""
        return latest_day(self.today, days, self.last_day)


@dataclass(frozen=True)
class Decision:
    """What to do, and the template to answer with; `day` goes with a promise or a pause.

    `attention` says why a person should look, if one should. `options` are what the payer can choose from
    next. `parts` are what is agreed on, or the part that moves, with those behind it on their new days where
    they move along. `beside` holds what else the same words asked for: it is done too, and answered in the
    same message. `detail` is for the timeline.
    """

    act: Act
    answer: str | None
    day: date | None = None
    facts: Mapping[str, object] = field(default_factory=dict)
    attention: str | None = None
    options: tuple[Option, ...] = ()
    parts: tuple[Part, ...] = ()
    beside: tuple[Decision, ...] = ()
    detail: Mapping[str, object] = field(default_factory=dict)

    @property
    def all(self) -> tuple[Decision, ...]:
        """This decision and those beside it."""
        return (self, *self.beside)


def latest_day(today: date, days: int, last_day: date | None) -> date:
    """Return the last day, at most `days` from `today`, that a payer may choose.

    On a rest day we write the day after, which must not lie beyond `last_day`, the last one to pay on.
    """
    allowed = day_from(today, days)
    return allowed if last_day is None else max(today, min(allowed, last_writing_day(last_day)))

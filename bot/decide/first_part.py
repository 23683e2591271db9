"""An amount first and the rest on a day: a plan of two parts as the payer names them, within the rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.decide import fitting
from bot.decide.agreed import agreed_on
from bot.decide.days import day_within
from bot.decide.divided import amount_said
from bot.decide.granted import may_divide
from bot.decision import Act, Decision, Known
from bot.understanding import HALF, REST, Intent, Reading, Share, TwoParts
from core.money import Money
from payments.parts import FEWEST, MONTH, Part, day_after, within

_WISHES: Final = frozenset({Intent.INSTALMENTS, Intent.RESCHEDULE, Intent.PAY_NOW, Intent.AFFIRM})
# "20 nu en 22 dinsdag" of 42,50 leaves a little that the second part takes along.
_A_LITTLE: Final = 1_00


@dataclass(frozen=True)
class _Split:
    """What is paid first, on which day, and the day of the rest."""

    first: Money
    first_on: date
    rest_on: date


def now_and_the_rest(reading: Reading, known: Known) -> Decision | None:
    """Return what becomes of "20 euro nu en de rest vrijdag"; None for anything else.

    The rest may come as late as the second part of a monthly plan would. Outside the rules what was heard is
    said back, with the nearest plans that can be had.
    """
    told = reading.told.two_parts
    if told is None or not set(reading.intents) <= _WISHES or not may_divide(known):
        return None
    split = _split(told, known)
    if split is None:
        return None
    plan = (
        Part(1, split.first_on, split.first),
        Part(2, split.rest_on, Money(known.remaining.cents - split.first.cents, known.remaining.currency)),
    )
    in_time = split.rest_on <= day_after(split.first_on, 1, MONTH)
    if in_time and within(plan, known.today, known.policy, known.last_day):
        return agreed_on(plan, known)
    options = fitting.options(known, FEWEST, 2) if split.first_on == known.today else ()
    facts = {"part": split.first, "date": split.rest_on}
    return Decision(Act.NOTHING, "parts-not-so", facts=facts, options=options) if options else None


def _split(told: TwoParts, known: Known) -> _Split | None:
    first = _amount(told.first, known)
    first_on, rest_on = day_within(*told.first.when), day_within(*told.second.when)
    if first is None or not 0 < first.cents < known.remaining.cents or not known.today <= first_on < rest_on:
        return None
    return _Split(first, first_on, rest_on) if _adds_up(told, first, known) else None


def _amount(share: Share, known: Known) -> Money | None:
    if share.share == HALF:
        return known.remaining.parts(FEWEST)[0]
    return amount_said(share.share, known.remaining.currency)


def _adds_up(told: TwoParts, first: Money, known: Known) -> bool:
    """Two amounts that leave something open are no way to pay all of it."""
    if told.second.share == REST or (told.first.share == HALF and told.second.share == HALF):
        return True
    second = _amount(told.second, known)
    left = known.remaining.cents - first.cents
    return second is not None and second.cents > left - _A_LITTLE

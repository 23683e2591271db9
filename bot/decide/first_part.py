"""An amount first and the rest on a day: a plan of two parts as the payer names them, within the rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.decide import fitting
from bot.decide.agreed import agreed_on
from bot.decide.answering import REST_ON
from bot.decide.days import day_within, suggestions
from bot.decide.divided import amount_said
from bot.decide.granted import may_divide
from bot.decision import Act, Decision, Known
from bot.understanding import HALF, REST, Intent, Reading, Share, TwoParts
from core.money import Money
from messages.options import Option
from payments.parts import FEWEST, MONTH, Part, day_after, within

_WISHES: Final = frozenset({Intent.INSTALMENTS, Intent.RESCHEDULE, Intent.PAY_NOW, Intent.AFFIRM})
# "20 nu en 22 dinsdag" of 42,50 leaves a little that the second part takes along.
_A_LITTLE: Final = 1_00
# Who says in how many, or how much each time, wants a plan of another kind.
_COUNTED: Final = frozenset({"instalments", "instalment_amount", "interval"})


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


def a_part_now(reading: Reading, known: Known) -> Decision | None:
    """Return the days for the rest of "en vandaag 20 betalen?"; None for anything else.

    Also None where that part, or what it leaves, is less than the rules let a part be.
    """
    told, said = reading.told.part_now, set(reading.intents)
    if told is None or not said <= _WISHES or _COUNTED & reading.slots.keys() or not may_divide(known):
        return None
    first = _amount(Share(told, ("", "")), known)
    if first is None or not 0 < first.cents < known.remaining.cents:
        return None
    rest = Money(known.remaining.cents - first.cents, known.remaining.currency)
    latest = day_after(known.today, 1, MONTH)
    plans = ((Part(1, known.today, first), Part(2, day, rest)) for day in suggestions(known.today, latest))
    days = [plan[1].due_on for plan in plans if within(plan, known.today, known.policy, known.last_day)]
    options = tuple(Option(REST_ON, {"part": first, "day": day}) for day in days[:3])
    facts = {"part": first, "left": rest}
    return Decision(Act.NOTHING, "part-now", facts=facts, options=options) if options else None


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

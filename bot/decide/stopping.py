"""A stop is never alone for long: what was said beside it, and what was asked for while it lasted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from bot.decide.days import day_of, said_back
from bot.decide.promises import promise_for
from bot.decide.standing import settled
from bot.decision import Act, Decision, Known
from bot.understanding import Intent, Plight, Reading
from payments.lifecycle import Status

_CARED_FOR: Final = (
    (Plight.DEATH, Decision(Act.BEREAVE, "condolences", attention="bereaved")),
    (Plight.ILLNESS, Decision(Act.HAND_OVER, "illness", attention="illness")),
)
# The gravest first: what comes after it has to be possible then.
_HELD: Final = (
    (Intent.CANT_PAY, Decision(Act.HARDSHIP, "help-without-messages", attention="hardship")),
    (Intent.DISPUTE, Decision(Act.DISPUTE, None, attention="disputed")),
    (Intent.ALREADY_PAID, Decision(Act.CHECK, None, attention="claims_paid")),
)
# For a person, who is reached without another message.
_ASKED: Final = ((Intent.INSTALMENTS, "asks_parts"), (Intent.HUMAN, "asks_a_person"))


def stopped(reading: Reading, known: Known) -> Decision | None:
    """Return the stop in `reading` with what else it says; None where there is no stop, or nothing besides.

    "Betaal vrijdag maar stop met die berichten" is a stop and a day, and "stop, ik kan niet betalen" a stop
    and a call for help. Both count: the messages end with the goodbye, and all the rest is noted.
    """
    if Intent.OPT_OUT not in reading.intents or known.opted_out or settled(known):
        return None
    said = _said(reading)
    if not any(_is_stop(one) for one in said):
        return None
    beside = tuple(_beside([one for one in said if not one.clarify], known))
    return Decision(Act.OPT_OUT, "opted-out", beside=beside) if beside else None


def _said(reading: Reading) -> Sequence[Reading]:
    """Each clause for itself, after the whole where that is clear."""
    if reading.clarify:
        return reading.told.clauses
    return [replace(reading, intents=(Intent.OPT_OUT,)), reading, *reading.told.clauses]


def _is_stop(reading: Reading) -> bool:
    return reading.intents == (Intent.OPT_OUT,) and not reading.clarify


def _beside(said: Sequence[Reading], known: Known) -> Iterator[Decision]:
    """What holds the request, once; then the day, where nothing holds it; then what is for a person."""
    intents = {intent for reading in said for intent in reading.intents}
    plights = {reading.plight for reading in said}
    held = [held for plight, held in _CARED_FOR if plight in plights]
    held += [held for intent, held in _HELD if intent in intents]
    if known.status is Status.BEREAVED:  # it stays as it is; the person who writes sees the rest
        held = [replace(one, act=Act.NOTHING, answer=None) for one in held]
    yield from held[:1]
    for other in held[1:]:  # a person looks at all of it, and the request stands where the gravest put it
        yield Decision(Act.NOTHING, None, attention=other.attention)
    days = [day for reading in said if (day := _day(reading)) is not None]
    if days and len(set(days)) == 1:
        yield _on(days[0], known, held=bool(held))
    elif days:
        yield Decision(Act.NOTHING, None, attention="asks_more_time")
    for intent, attention in _ASKED:
        if intent in intents:
            yield Decision(Act.NOTHING, None, attention=attention)


def _day(reading: Reading) -> date | None:
    asks = Intent.RESCHEDULE in reading.intents
    return day_of(reading, "date", "datetime", "date_range") if asks else None


def _on(day: date, known: Known, *, held: bool) -> Decision:
    granted = promise_for(day, known)
    if held or granted.act is not Act.PROMISE:
        return Decision(Act.NOTHING, None, attention="asks_more_time")
    return replace(granted, answer="day-without-messages", facts={"date": day})


def started(decision: Decision, wished: Decision | None, known: Known) -> Decision:
    """Return the start with what was asked for during the stop, or the day that was chosen before it."""
    if decision.act is not Act.OPT_IN:
        return decision
    if wished is not None and wished.act in {Act.PROMISE, Act.PAUSE, Act.DIVIDE, Act.MOVE_PART}:
        return replace(decision, beside=(*decision.beside, *wished.all))
    day = known.quiet_until
    if known.status is not Status.PROMISED or day is None or day <= known.today:
        return decision
    answer, facts = said_back("tell-chosen-day", day)
    return replace(decision, beside=(*decision.beside, Decision(Act.NOTHING, answer, facts=facts)))

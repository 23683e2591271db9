"""Somebody died, or is ill: kind words first, and a person; nothing about money that nobody asked about."""

from __future__ import annotations

from dataclasses import replace

from bot.decide.asking import OFFERS_ELSE
from bot.decide.claims import dispute
from bot.decide.days import day_of
from bot.decide.granted import WITH_A_PERSON, may_be_later
from bot.decision import Act, Decision, Known
from bot.understanding import Intent, Plight, Reading
from payments.lifecycle import OWING, Status

_MORE_THAN_CAN_BE = frozenset({"asks_more_time", "asks_more_rest", "asks_parts"})
_TAKEN_OVER = WITH_A_PERSON | {Status.INSTALMENTS}


def cared_for(reading: Reading, known: Known) -> Decision | None:
    """Return what becomes of words that tell of a death or an illness; None for others, and for a stop."""
    if reading.plight is None or Intent.OPT_OUT in reading.intents:
        return None
    if reading.plight is Plight.DEATH:
        return _bereaved(reading, known)
    return _illness(known)


def kindly(decision: Decision, reading: Reading) -> Decision:
    """Return `decision` with a kind word first, where somebody who is ill asks for more than can be had."""
    refused = decision.answer in OFFERS_ELSE or decision.attention in _MORE_THAN_CAN_BE
    if not (refused and reading.told.ill):
        return decision
    if decision.options:  # these stand last, below the words that offer them
        return replace(decision, beside=(Decision(Act.NOTHING, "get-well"), *decision.beside))
    passed_on = Decision(Act.NOTHING, decision.answer, facts=decision.facts)
    return replace(decision, answer="get-well", beside=(passed_on, *decision.beside))


def _bereaved(reading: Reading, known: Known) -> Decision:
    """Everything automatic stops and a person takes over; a day that was named goes along to that person."""
    stranger = Intent.WRONG_PERSON in reading.intents and not reading.told.family
    if stranger and not reading.clarify and known.status is not Status.BEREAVED:
        return Decision(Act.BLOCK, "wrong-person-died", attention="wrong_person")
    if Intent.DISPUTE in reading.intents:  # what was bought may have died, or the deceased never bought it
        noted = dispute(reading, known)
        return replace(noted, answer="condolences", beside=(Decision(Act.NOTHING, noted.answer),))
    day = day_of(reading, "date", "datetime")
    detail = {"date": day.isoformat(), "reason": "day"} if day else {}
    if known.status in OWING and known.status is not Status.BEREAVED:
        noted = Decision(Act.BEREAVE, "bereaved-noted", attention="bereaved", detail=detail)
        return replace(noted, beside=_claimed(reading))
    return Decision(Act.HAND_OVER, "bereaved-noted", attention="bereaved", detail=detail)


def _claimed(reading: Reading) -> tuple[Decision, ...]:
    """A payment that is told of besides is for the person who takes over."""
    if Intent.ALREADY_PAID not in reading.intents:
        return ()
    return (Decision(Act.NOTHING, None, attention="claims_paid"),)


def _illness(known: Known) -> Decision:
    """Rest until a person wrote, and a day when it suits, where the payer may choose one."""
    if known.status not in OWING:
        return Decision(Act.NOTHING, "illness")
    if known.status in _TAKEN_OVER:
        return Decision(Act.HAND_OVER, "illness-noted", attention="illness")
    noted = Decision(Act.HAND_OVER, "illness-noted", attention="illness")
    return replace(noted, beside=(Decision(Act.NOTHING, "when-it-suits"),)) if may_be_later(known) else noted

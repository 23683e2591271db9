"""From a reading to a decision: the gravest intent is served first, and the rest is not forgotten."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from bot.decide import claims, divided, hardship, promises, talk, wishes
from bot.decide.asking import ask_back, puzzled
from bot.decide.questions import question, told_about
from bot.decide.standing import hand_over, possible, settled
from bot.decision import Act, Decision, Known
from bot.understanding import Intent, Reading
from payments.lifecycle import Status

# Beside these nothing else is said: what was asked for is silence, or care.
_ALONE: Final = frozenset({Act.OPT_OUT, Act.OPT_IN, Act.BLOCK, Act.HARDSHIP, Act.HAND_OVER})


def decide(reading: Reading, known: Known) -> Decision:
    """Return what to do with `reading`, and with everything else that it asks for besides."""
    if known.opted_out:
        return _after_opt_out(reading, known)
    first = next((intent for intent in _ROADS if intent in reading.intents), None)
    if first is None:
        return puzzled(reading, known)
    decision = hardship.handed(first, reading, known) or possible(_ROADS[first](reading, known), known)
    return _with_the_rest(decision, first, reading, known)


def _with_the_rest(decision: Decision, first: Intent, reading: Reading, known: Known) -> Decision:
    if decision.act in _ALONE:
        return decision
    others = [intent for intent in _BESIDE if intent in reading.intents and intent is not first]
    beside = [told for intent in others if (told := _BESIDE[intent](reading, known)) is not None]
    said = {known_answer.answer for known_answer in decision.all}
    return replace(decision, beside=(*decision.beside, *(b for b in beside if b.answer not in said)))


def _after_opt_out(reading: Reading, known: Known) -> Decision:
    """Stop means stop: only the payer's own way back is answered; a person sees the rest."""
    if not known.blocked and Intent.RESUME in reading.intents and not reading.clarify:
        return Decision(Act.OPT_IN, "opted-in")
    return Decision(Act.NOTHING, None, attention="wrote_after_stop")


def _human(_reading: Reading, _known: Known) -> Decision:
    return hand_over()


def _reschedule(reading: Reading, known: Known) -> Decision:
    """A later day is for the whole, or for the part that is due next.

    While a person looks into a plan, a day is for that person as well.
    """
    if known.status is Status.INSTALMENTS:
        return divided.move_part(reading, known)
    if known.plan:
        return settled(known) or hand_over("asks_more_time")
    return promises.reschedule(reading, known)


def _resume(_reading: Reading, known: Known) -> Decision:
    if known.status is Status.INSTALMENTS:
        return Decision(Act.LINK, "pay-link")
    return settled(known) or Decision(Act.RESUME, "resumed-part" if known.plan else "resumed")


def _pay_now(reading: Reading, known: Known) -> Decision:
    return settled(known) or (ask_back(reading, known) if reading.clarify else Decision(Act.LINK, "pay-link"))


def _told(reading: Reading, known: Known) -> Decision | None:
    return told_about(str(reading.slots.get("topic")), known) or hand_over()


_ROADS: Final[Mapping[Intent, Callable[[Reading, Known], Decision]]] = {
    Intent.OPT_OUT: claims.opt_out,
    Intent.WRONG_PERSON: claims.wrong_person,
    Intent.CANT_PAY: claims.cant_pay,
    Intent.DISPUTE: claims.dispute,
    Intent.ALREADY_PAID: claims.already_paid,
    Intent.INSTALMENTS: divided.in_parts,
    Intent.PAUSE: promises.pause,
    Intent.RESCHEDULE: _reschedule,
    Intent.RESUME: _resume,
    Intent.PAY_NOW: _pay_now,
    Intent.HUMAN: _human,
    Intent.SET_PAY_DAY: wishes.pay_day,
    Intent.CHANGE_CHANNEL: wishes.channel,
    Intent.CHANGE_LANGUAGE: wishes.language,
    Intent.QUESTION: question,
    Intent.DENY: talk.deny,
    Intent.AFFIRM: talk.affirm,
    Intent.THANKS: talk.thanks,
}
# What can be served in the same breath as something graver.
_BESIDE: Final[Mapping[Intent, Callable[[Reading, Known], Decision | None]]] = {
    Intent.CHANGE_LANGUAGE: wishes.language,
    Intent.CHANGE_CHANNEL: wishes.channel,
    Intent.HUMAN: _human,
    Intent.QUESTION: _told,
}

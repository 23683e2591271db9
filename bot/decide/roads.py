"""From a reading to a decision: the gravest intent is served first, and the rest is not forgotten."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from bot.decide import claims, divided, hardship, moving, promises, rest, talk, wishes
from bot.decide.asking import GUESSED, ask_back, greeted, guessed, patient, puzzled
from bot.decide.closely import PAY_HERE
from bot.decide.granted import WITH_A_PERSON, is_ours
from bot.decide.mourning import in_mourning
from bot.decide.plights import cared_for, kindly
from bot.decide.questions import announced, asks_how_to_pay, question, told_beside
from bot.decide.standing import hand_over, possible, settled
from bot.decision import Act, Decision, Known
from bot.understanding import Ask, Intent, Reading
from payments.lifecycle import OWING, Status

# Beside these nothing else is said: what was asked for is silence, or care.
_ALONE: Final = frozenset({Act.OPT_OUT, Act.OPT_IN, Act.BLOCK, Act.HARDSHIP, Act.HAND_OVER})
# Said in answer to a person of the shop, these mean something to that person alone.
_FOR_WHO_WROTE: Final = frozenset({Intent.AFFIRM, Intent.DENY, Intent.OTHER})
_CAN_PAY: Final = frozenset(OWING) - WITH_A_PERSON
_NOT_READ: Final = frozenset({Intent.OTHER, Intent.QUESTION})


def decide(reading: Reading, known: Known) -> Decision:
    """Return what to do with `reading`, and with everything else that it asks for besides."""
    if known.opted_out:
        return _after_opt_out(reading, known)
    if (with_care := cared_for(reading, known)) is not None:
        return with_care
    unclear = reading.guessed and reading.clarify
    if known.to_a_person and (unclear or set(reading.intents) <= _FOR_WHO_WROTE):
        return hand_over(attention="replied")
    if known.question_asked and _is_the_question(reading):
        return hand_over("asks_question")
    if (mourned := in_mourning(reading, known)) is not None:
        return mourned
    first = next((intent for intent in _ROADS if intent in reading.intents), None)
    if first is None and reading.told.greets:
        return greeted(known)
    if first is None:
        return guessed(reading, known) if reading.ask_code in GUESSED else puzzled(reading, known)
    done = kindly(_first(first, reading, known), reading)
    return _with_the_rest(done, first, reading, known)


def _is_the_question(reading: Reading) -> bool:
    """What we asked for came, and nothing in it is ours to answer."""
    unclear = reading.clarify and (reading.guessed or set(reading.intents) <= _NOT_READ)
    return unclear and reading.ask_code is not Ask.LANGUAGE


def _first(first: Intent, reading: Reading, known: Known) -> Decision:
    """What becomes of the gravest intent: a person's, where the merchant or the payer's need asks for one."""
    if with_care := hardship.handed(first, reading, known):
        return with_care
    if reading.announced:
        return announced(known)
    if reading.ask_code in GUESSED:
        return guessed(reading, known)
    if reading.guessed and reading.ask_code is Ask.NOT_UNDERSTOOD:
        return puzzled(reading, known)
    road = _ROADS[first] if first not in _LEFT_TO_A_PERSON or is_ours(first, known) else _for_a_person
    return patient(possible(road(reading, known), known), known)


def _with_the_rest(decision: Decision, first: Intent, reading: Reading, known: Known) -> Decision:
    if decision.act in _ALONE:
        return decision
    others = [intent for intent in _BESIDE if intent in reading.intents and intent is not first]
    beside = [told for intent in others for told in _beside(intent, reading, known)]
    said = {known_answer.answer for known_answer in decision.all}
    if decision.act is Act.LINK:  # the link is there, and once is enough
        said.add(PAY_HERE.answer)
    return replace(decision, beside=(*decision.beside, *(b for b in beside if b.answer not in said)))


def _beside(intent: Intent, reading: Reading, known: Known) -> tuple[Decision, ...]:
    road = _BESIDE[intent] if is_ours(intent, known) else _for_a_person
    return road(reading, known).all


def _after_opt_out(reading: Reading, known: Known) -> Decision:
    """Stop means stop: only the way back is answered, and once how to pay; a person sees the rest.

    A stop said at a number that "wrong person" closed is noted, so that it outlasts the closing.
    """
    if known.blocked and Intent.OPT_OUT in reading.intents:
        return Decision(Act.OPT_OUT, None, attention="wrote_after_stop")
    clear = not (reading.clarify or reading.guessed or known.blocked)
    if clear and Intent.RESUME in reading.intents:
        return Decision(Act.OPT_IN, "opted-in")
    if clear and asks_how_to_pay(reading) and not known.told_how and known.status in _CAN_PAY:
        return Decision(Act.LINK, "link-after-stop")
    return Decision(Act.NOTHING, None, attention="wrote_after_stop")


def _human(_reading: Reading, _known: Known) -> Decision:
    return hand_over(attention="asks_a_person")


def _for_a_person(reading: Reading, known: Known) -> Decision:
    """What the merchant wants to be asked about, see payments/policy.py."""
    why = next((why for intent, why in _LEFT_TO_A_PERSON.items() if intent in reading.intents), "has_wish")
    if why == "asks_question":  # also when all is paid: a question is a question then, too
        return hand_over(why)
    return settled(known) or hand_over(why)


def _reschedule(reading: Reading, known: Known) -> Decision:
    """A later day is for the whole, or for the part that is due next.

    While a person looks into a plan, a day is for that person as well.
    """
    if known.status is Status.INSTALMENTS:
        return moving.move_part(reading, known)
    if known.plan:
        return settled(known) or hand_over("asks_more_time")
    return promises.reschedule(reading, known)


def _resume(_reading: Reading, known: Known) -> Decision:
    if known.status is Status.INSTALMENTS:
        return Decision(Act.LINK, "pay-link")
    resting = known.quiet_until is not None and known.quiet_until > known.today
    if known.status in {Status.PLANNED, Status.OPEN} and not resting:
        return Decision(Act.LINK, "not-paused")
    return settled(known) or Decision(Act.RESUME, "resumed-part" if known.plan else "resumed")


def _pay_now(reading: Reading, known: Known) -> Decision:
    return settled(known) or (ask_back(reading, known) if reading.clarify else Decision(Act.LINK, "pay-link"))


_ROADS: Final[Mapping[Intent, Callable[[Reading, Known], Decision]]] = {
    Intent.OPT_OUT: claims.opt_out,
    Intent.WRONG_PERSON: claims.wrong_person,
    Intent.CANT_PAY: claims.cant_pay,
    Intent.DISPUTE: claims.dispute,
    Intent.ALREADY_PAID: claims.already_paid,
    Intent.INSTALMENTS: divided.in_parts,
    Intent.PAUSE: rest.pause,
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
# What a merchant may leave to a person, by why that person should look.
_LEFT_TO_A_PERSON: Final[Mapping[Intent, str]] = {
    Intent.INSTALMENTS: "asks_parts",
    Intent.RESCHEDULE: "asks_more_time",
    Intent.PAUSE: "asks_more_rest",
    Intent.SET_PAY_DAY: "has_wish",
    Intent.CHANGE_CHANNEL: "has_wish",
    Intent.QUESTION: "asks_question",
}
# What can be served in the same breath as something graver.
_BESIDE: Final[Mapping[Intent, Callable[[Reading, Known], Decision]]] = {
    Intent.CHANGE_LANGUAGE: wishes.language,
    Intent.CHANGE_CHANNEL: wishes.channel,
    Intent.HUMAN: _human,
    Intent.QUESTION: told_beside,
}

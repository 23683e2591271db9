"""A payer's words about several requests at once: done to each, and answered in one message."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.decide import Act, Decision
from bot.decide.details import NOTED
from bot.decide.fitting import KINDS
from bot.decide.standing import PASSED_ON, hand_over
from bot.stories import together
from bot.stories.after_stop import answer_after_a_stop
from bot.stories.agreements import tell_what_stands
from bot.stories.answer import Turn, answer, decided, note_understood, reply
from bot.stories.asked_of_all import tell_what_is_in
from bot.stories.asked_together import answer_as_one
from bot.stories.carry_out import carry_out
from bot.stories.corrected import withdraw_unsent
from bot.stories.in_total import tell_the_total
from bot.stories.open_requests import stopped as closed
from bot.stories.said import TOGETHER
from bot.stories.world import World
from bot.understanding import Intent
from core.db import Tx
from messages.facts import Item
from messages.options import Option
from payments.ledger import balance
from payments.lifecycle import OWING
from payments.requests import PaymentRequest

# Answers that are as true of several requests as of one, since they name no amount and no number.
_OF_ANY: Final = frozenset(
    {"promise-noted", "promise-noted-rest", "pause-noted", "pause-noted-rest", "checking"}
    | NOTED
    | {
        "dispute-noted",
        "hardship-noted",
        "bereaved-noted",
        "condolences",
        "illness-noted",
        "ask-when",
        "ask-which-day",
        "ask-question",
    }
    | PASSED_ON
    | {"ask-date-again", "ask-day", "ask-day-until", "ask-until", "ask-back", "date-past", "promise-too-far"}
    | {"pause-too-long", "pause-used"}
)
# Whoever stops, or is not the payer, says so of everything with one word.
_AT_ONCE: Final = frozenset({Intent.OPT_OUT, Intent.WRONG_PERSON})
_PAYS: Final = frozenset({Act.LINK, Act.RESUME})
# The link to several is glad of it, which nobody is after a death: a person writes, with the link.
_IN_MOURNING: Final = "link-in-mourning"
_PERSON_WRITES: Final = Decision(Act.HAND_OVER, "wish-noted", attention="has_wish")
_Pairs = list[tuple[PaymentRequest, Decision]]


def answer_several(tx: Tx, world: World, requests: Sequence[PaymentRequest], turn: Turn) -> None:
    """Do what the payer's words ask of each of `requests`, which are locked; one answer for each payer.

    What belongs to different shops is never paid together, nor told in one message.
    """
    by_payer: dict[str, list[PaymentRequest]] = defaultdict(list)
    for request in requests:
        by_payer[request.payer_id].append(request)
    for theirs in by_payer.values():
        if closed(theirs[0].payer):
            answer_after_a_stop(tx, world, theirs, turn)
            continue
        if tell_what_is_in(tx, world, theirs, turn) or tell_the_total(tx, world, theirs, turn):
            continue
        still_owed = [request for request in theirs if request.status in OWING] or theirs[:1]
        if tell_what_stands(tx, world, still_owed, turn) or answer_as_one(tx, world, still_owed, turn):
            continue
        if len(still_owed) == 1 or _AT_ONCE & set(turn.heard.reading.intents):
            answer(tx, world, still_owed[0], turn)
        else:
            _answer_together(tx, world, still_owed, turn)


def _answer_together(tx: Tx, world: World, requests: Sequence[PaymentRequest], turn: Turn) -> None:
    decisions = [(request, decided(tx, world, request, turn)) for request in requests]
    mourned = any(decision.answer == _IN_MOURNING for _, decision in decisions)
    every: _Pairs = [(r, _PERSON_WRITES if mourned else _fit_for_several(d, turn)) for r, d in decisions]
    granted, rest = _apart(every)
    for request, decision in every:
        alike = (request, decision) in granted
        done = decision if alike else hand_over(decision.attention or "has_wish")
        carry_out(tx, request, done)
        note_understood(tx, request, turn, done)
    if granted[0][1].act is not Act.NOTHING:
        withdraw_unsent(tx, requests, turn.row.id)
    _reply(tx, granted, rest, turn)


def _fit_for_several(decision: Decision, turn: Turn) -> Decision:
    """What has to be looked at one by one is for a person."""
    if Intent.INSTALMENTS in turn.heard.reading.intents:
        return hand_over("asks_parts")
    options = tuple(option for option in decision.options if option.kind not in KINDS)
    decision = replace(decision, beside=(), options=options)
    if decision.act in _PAYS | {Act.CHECK} or decision.answer in _OF_ANY:
        return decision
    return hand_over(decision.attention or "has_wish")


def _apart(every: _Pairs) -> tuple[_Pairs, _Pairs]:
    """What comes out alike for most of them, and the rest, which a person looks at."""
    groups: dict[object, _Pairs] = defaultdict(list)
    for request, decision in every:
        answer_now = decision.answer if decision.act not in _PAYS | {Act.CHECK} else ""
        groups[decision.act in _PAYS, decision.act, decision.day, answer_now].append((request, decision))
    best = max(groups.values(), key=lambda pairs: (pairs[0][1].act is not Act.HAND_OVER, len(pairs)))
    return best, [pair for pair in every if pair not in best]


def _reply(tx: Tx, granted: _Pairs, rest: _Pairs, turn: Turn) -> None:
    about, decision = [request for request, _ in granted], granted[0][1]
    facts: dict[str, object] = {
        **decision.facts,
        TOGETHER: " ".join(request.id for request in about),
        "rest": tuple(_line(tx, request) for request, _ in rest),
    }
    also: list[str] = []
    if decision.act in _PAYS:
        template = "pay-link-all"
        facts |= together.named(together.one_payers(about))
    else:
        template = "checking" if decision.act is Act.CHECK else decision.answer or ""
        facts["each"] = tuple(_line(tx, request) for request in about)
        also.append("for-all")
    if rest:
        also.append("not-for-all")
    told = replace(decision, answer=template, facts=facts, options=_for_all(granted))
    reply(tx, about[0], [told], turn.row, {}, also)


def _for_all(granted: _Pairs) -> tuple[Option, ...]:
    """What can be had for every one of them."""
    first, *others = (decision.options for _, decision in granted)
    return tuple(option for option in first if all(option in options for options in others))


def _line(tx: Tx, request: PaymentRequest) -> Item:
    facts: dict[str, object] = {
        "reference": request.reference,
        "description": request.description,
        "remaining": balance(tx, request).remaining,
    }
    return Item("request", facts)

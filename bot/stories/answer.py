"""A payer's words about one request: decided upon, carried out and answered, once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.decide import Act, Decision, Known, decide
from bot.decide.agreement import asks_what_stands, what_stands
from bot.decide.closely import paid_twice
from bot.decide.details import adds, taken_back
from bot.decide.first_part import a_part_now, now_and_the_rest
from bot.decide.stopping import started, stopped
from bot.decide.whole import is_wish_to_pay, whole_of_a_plan
from bot.stories.carry_out import carry_out
from bot.stories.claimed import in_its_claim, said_once
from bot.stories.corrected import in_its_sense, withdraw_unsent
from bot.stories.known import known, known_to_tell
from bot.stories.link_after_stop import ONE, keep_back
from bot.stories.open_requests import stopped as closed
from bot.stories.said import name_of_answer
from bot.stories.say import NOW, Words, say
from bot.stories.thread import Thread
from bot.stories.understood import Heard, as_written, meanings, wants_to_pay
from bot.stories.while_stopped import asked_while_stopped
from bot.stories.wishes import carry_out_wish, mirror, reachable_by
from bot.stories.world import World
from bot.understanding import Intent, Reading
from core.db import Tx
from core.log import logger
from messages.inbox import Incoming
from payments.promises import last_day
from payments.requests import PaymentRequest
from payments.timeline import note

_log = logger(__name__)
# Who has more that is open is told which one these were about.
_ABOUT_ONE: Final = frozenset(
    {Act.PROMISE, Act.PAUSE, Act.CHECK, Act.ADD, Act.DISPUTE, Act.DIVIDE, Act.MOVE_PART} | {Act.TAKE_BACK}
)
_ASKS_ABOUT_ONE: Final = frozenset(
    {
        "pay-link",
        ONE,
        "link-in-mourning",
        "ask-when",
        "ask-which-day",
        "ask-date-again",
        "ask-day",
        "ask-day-until",
        "ask-until",
        "ask-how-many",
    }
    | {"promise-too-far", "promise-too-often", "pause-too-long", "date-past", "parts-other"}
    | {"parts-other-weekly", "parts-start", "parts-not-so", "pay-link-rest", "part-now"}
)
# These count at every shop that writes to the same place, and are answered once.
_EVERYWHERE: Final[Mapping[Act, Mapping[str, str]]] = {
    Act.OPT_OUT: {"opted-out": "opted-out-all"},
    Act.OPT_IN: {"opted-in": "opted-in-all"},
    Act.BLOCK: {},
}
# Beside these, what was about to be answered before is still worth saying.
_CHANGES_NOTHING: Final = frozenset(
    {Act.NOTHING, Act.ADD, Act.LANGUAGE, Act.CHANNEL, Act.SWITCH, Act.PAY_DAY, Act.HAND_OVER, Act.LOOK}
)
_ONLY_ASKS: Final = frozenset({Intent.QUESTION, Intent.THANKS})


@dataclass(frozen=True)
class Turn:
    """One word of a payer's and its place: the inbox row, what was heard, and the thread that it stands in.

    `others`: the payer has more that is open. `elsewhere` has one request for each other shop that writes to
    the same place. Every request is locked.
    """

    row: Incoming
    heard: Heard
    thread: Thread
    others: bool = False
    elsewhere: Sequence[PaymentRequest] = ()


def answer(tx: Tx, world: World, request: PaymentRequest, turn: Turn) -> None:
    """Do what the payer's words ask of `request`, which is locked, and queue one answer."""
    decision = _everywhere(tx, decided(tx, world, request, turn), turn)
    brought: dict[str, object] = {}
    for part in decision.all:
        carry_out(tx, request, part)
        brought |= carry_out_wish(tx, world, request, part, turn.row)
    note_understood(tx, request, turn, decision)
    if Intent.OPT_OUT in turn.heard.reading.intents:
        keep_back(tx, [request, *turn.elsewhere])
    if overtakes(decision, turn):
        withdraw_unsent(tx, [request], turn.row.id)
    also = ("about-request",) if turn.others and _leaves_open(decision) else ()
    reply(tx, request, decision.all, turn.row, brought, also)


def overtakes(decision: Decision, turn: Turn) -> bool:
    """Whether what was about to be answered before is worth saying no more; a mere question leaves it."""
    asks = decision.act is Act.LINK and set(turn.heard.reading.intents) <= _ONLY_ASKS
    return decision.act not in _CHANGES_NOTHING and not asks


def decided(tx: Tx, world: World, request: PaymentRequest, turn: Turn) -> Decision:
    """Return what is to be done about `request`."""
    payer = request.payer
    heard = in_its_sense(tx, request, turn.heard, payer.language)
    heard = in_its_claim(tx, request, heard, turn.thread)
    if heard.picked is None and is_wish_to_pay(heard.reading):
        heard = wants_to_pay(tx, heard, payer.language)
    turn.row.reading = as_written(heard).as_json()
    if heard.picked is None:  # what we offered is in our words
        mirror(tx, request, heard.text, heard.reading)
    if not heard.text.strip():
        return Decision(Act.NOTHING, "unsupported-media")
    facts = known(tx, request, turn.thread, reachable_by(tx, world, payer))
    facts = known_to_tell(tx, request, facts, heard.reading.told.about)
    if turn.heard.picked is not None:  # whoever chooses from what we offer was understood
        facts = replace(facts, puzzled=0, asked_back=0)
    if asks_what_stands(heard.reading) and not facts.opted_out:
        return what_stands(replace(facts, chosen=last_day(tx, request)))
    by_words = _by_its_words if heard.picked is None else now_and_the_rest
    decision = by_words(heard.reading, facts)
    if decision is not None:
        return said_once(tx, request, decision)
    decision = _with_cash(decide(heard.reading, facts), heard)
    return started(decision, asked_while_stopped(tx, request, facts), facts)


def _by_its_words(reading: Reading, facts: Known) -> Decision | None:
    """What the intents alone do not tell, where the words say more; None for all other words."""
    if facts.opted_out:  # stop means stop, however it is worded: nothing is granted, and a person sees it
        return None
    if reading.plight is not None:
        return stopped(reading, facts)
    return (
        stopped(reading, facts)
        or paid_twice(reading, facts)
        or taken_back(reading, facts)
        or adds(reading, facts)
        or whole_of_a_plan(reading, facts)
        or now_and_the_rest(reading, facts)
        or a_part_now(reading, facts)
    )


def note_understood(
    tx: Tx, request: PaymentRequest, turn: Turn, decision: Decision, became: str = ""
) -> None:
    """Tell the timeline what was understood, and what `became` of it: what was decided, if nothing else."""
    intents = meanings(turn.heard.reading)
    asks = [part.attention for part in decision.all if part.attention]
    note(tx, request, "understood", intents=intents, act=became or str(decision.act), attention=asks)
    _log.info("understood", incoming=turn.row.id, intents=intents, act=str(decision.act))


def _with_cash(decision: Decision, heard: Heard) -> Decision:
    """Cash and a card in the shop leave no trace at the PSP, so the colleague who looks should know."""
    if decision.act is Act.CHECK and heard.reading.told.at_the_counter:
        return replace(decision, detail={"reason": "in_the_shop"})
    return decision


def _everywhere(tx: Tx, decision: Decision, turn: Turn) -> Decision:
    """Stop means stop for the whole phone, whichever shop's message was answered."""
    if decision.act not in _EVERYWHERE or not turn.elsewhere:
        return decision
    others = [r for r in turn.elsewhere if decision.act is not Act.OPT_IN or closed(r.payer)]
    for request in others:
        carry_out(tx, request, decision)
    if not others:
        return decision
    words = _EVERYWHERE[decision.act]
    return replace(decision, answer=words.get(decision.answer or "", decision.answer))


def _leaves_open(decision: Decision) -> bool:
    return decision.act in _ABOUT_ONE or decision.answer in _ASKS_ABOUT_ONE


def reply(
    tx: Tx,
    request: PaymentRequest,
    decisions: Sequence[Decision],
    row: Incoming,
    brought: Mapping[str, object],
    also: Sequence[str] = (),
) -> None:
    """Queue one message that says what was decided, and `also`; nothing when nothing is to be said."""
    said = [decision for decision in decisions if decision.answer]
    if not said:
        return
    facts = {name: value for decision in reversed(said) for name, value in decision.facts.items()}
    came_from = [
        a for a in request.payer.addresses if (a.channel, a.value) == (row.channel, row.sender_index)
    ]
    words = Words(
        said[0].answer or "",
        name_of_answer(row.id),
        {**facts, **brought},
        asked=True,
        urgency=NOW,
        address=came_from[0],
        also=(*(decision.answer for decision in said[1:] if decision.answer), *also),
        options=said[0].options,
    )
    say(tx, request, words)

"""Carrying out a decision: the one place where a payer's wish changes a request, from chat or page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Final

from bot.decide import Act, Decision
from bot.stories.claimed import add
from bot.stories.corrected import rest_moved, take_back
from bot.stories.pick_up import pick_up
from bot.stories.sent_links import revoke_sent
from core.db import Tx
from payments import instalments, parties, plans, promises
from payments.answers import promise_answer
from payments.attention import raise_attention, settle_attention
from payments.checkouts import check_now
from payments.lifecycle import Status, Verb
from payments.requests import PaymentRequest
from payments.timeline import note

_A_DAY: Final = timedelta(days=1)


def carry_out(tx: Tx, request: PaymentRequest, decision: Decision, actor: str = "payer") -> None:
    """Do what was decided, unless the request moved on since; the answer is the caller's to queue."""
    deed = _DEEDS.get(decision.act)
    if deed is not None:
        deed(tx, request, decision, actor)
    if decision.attention is not None:
        raise_attention(request, decision.attention)


def _stands(request: PaymentRequest, status: Status, decision: Decision) -> bool:
    """A button that is tapped twice asks for what there is already: it is answered, and not counted."""
    return request.status == status and request.quiet_until == decision.day


def _promise(tx: Tx, request: PaymentRequest, decision: Decision, actor: str) -> None:
    if _stands(request, Status.PROMISED, decision):
        return
    in_parts = instalments.agreed(tx, request.id)
    if decision.day and not in_parts and request.move(Verb.PROMISE):
        take_back(tx, request)
        plans.promise(tx, request, decision.day)
        note(tx, request, "promised", actor, date=decision.day.isoformat())


def _pause(tx: Tx, request: PaymentRequest, decision: Decision, actor: str) -> None:
    if _stands(request, Status.PAUSED, decision):
        return
    if request.status == Status.INSTALMENTS and decision.parts and decision.day:
        _rest_in_a_plan(tx, request, decision, actor)
    elif decision.day and request.move(Verb.PAUSE):
        take_back(tx, request)
        plans.pause(tx, request, decision.day)
        note(tx, request, "paused", actor, date=decision.day.isoformat())


def _rest_in_a_plan(tx: Tx, request: PaymentRequest, decision: Decision, actor: str) -> None:
    """Move the parts along, and keep by how much: a rest that is made shorter brings them forward again."""
    due = {part.number: part.due_on for part in instalments.agreed(tx, request.id)}
    first = decision.parts[0]
    moved = first.due_on - due[first.number]
    if moved > timedelta():
        take_back(tx, request)
        request.times_paused += 1
    else:  # the same rest, and less of it
        moved += rest_moved(tx, request)
    for part in decision.parts:
        instalments.move(tx, request, part.number, part.due_on)
    note(tx, request, "paused", actor, date=first.due_on.isoformat(), days=moved.days)


def _hold(tx: Tx, request: PaymentRequest, decision: Decision, actor: str) -> None:
    hold = decision.act
    if request.move(_HOLDS[hold]):
        plans.drop_steps(tx, request)
        check_now(tx, request.id)
        looked_up = hold is Act.CHECK and decision.answer == "checking"
        request.checking_since = tx.now if looked_up else None
        note(tx, request, str(hold), actor, **decision.detail)
    if decision.attention is not None and decision.answer is not None:  # beside a stop nothing is promised
        promise_answer(tx, request, decision.attention)


def _wish(tx: Tx, request: PaymentRequest, decision: Decision, actor: str) -> None:
    """What somebody would like goes along to the person who looks, and who owes an answer from now on."""
    if decision.detail:
        note(tx, request, "wish", actor, **decision.detail)
    if decision.attention == "claims_paid":
        check_now(tx, request.id)
    if decision.attention is not None:
        promise_answer(tx, request, decision.attention)


def _move_part(tx: Tx, request: PaymentRequest, decision: Decision, actor: str) -> None:
    if decision.day and request.status == Status.INSTALMENTS:
        part, *behind = decision.parts
        if part.due_on == decision.day and not behind:
            return
        take_back(tx, request)
        for later in behind:  # these come on their new days
            instalments.move(tx, request, later.number, later.due_on)
        instalments.move(tx, request, part.number, decision.day)
        request.times_promised += 1
        note(tx, request, "part_moved", actor, date=decision.day.isoformat(), number=part.number)


def _take_back(tx: Tx, request: PaymentRequest, _decision: Decision, actor: str) -> None:
    """The claim is no more, so that nobody looks for the payment: it stands as it did before."""
    if request.status != Status.CHECKING:
        return
    request.checking_since = None
    note(tx, request, "claim_detail", actor, reason="taken_back")
    settle_attention(request, {"claims_paid"})
    resume(tx, request, actor, not_before=tx.now + _A_DAY)


def _go_on(tx: Tx, request: PaymentRequest, _decision: Decision, actor: str) -> None:
    # The answer says how to pay, so that the next message can wait for another day.
    resume(tx, request, actor, not_before=tx.now + _A_DAY)


def _divide(tx: Tx, request: PaymentRequest, decision: Decision, actor: str) -> None:
    running = request.status == Status.INSTALMENTS and instalments.agreed(tx, request.id) == decision.parts
    if running or not decision.parts or not request.move(Verb.DIVIDE):
        return
    take_back(tx, request)
    promises.replace(tx, request)
    instalments.start(tx, request, decision.parts)
    first, count = decision.parts[0], len(decision.parts)
    first_day = first.due_on.isoformat()
    note(tx, request, "divided", actor, count=count, cents=first.amount.cents, date=first_day)


def resume(tx: Tx, request: PaymentRequest, actor: str, not_before: datetime) -> None:
    """Go on with the plan: the next reminder at its usual distance, or the first message if none went.

    A first message that has its moment keeps it; one that has to be planned goes from `not_before` on.
    """
    was = Status(request.status)
    divided = bool(instalments.agreed(tx, request.id)) and was is not Status.INSTALMENTS
    if not request.move(Verb.DIVIDE if divided else Verb.RESUME):
        return
    if divided:  # what was agreed before goes on
        instalments.plan_messages(tx, request, not_before)
        note(tx, request, "resumed", actor)
        return
    promises.replace(tx, request)
    if request.asked_at is not None or was not in {Status.PLANNED, Status.OPEN}:
        plans.drop_steps(tx, request)
    plans.plan_next(tx, request, not_before)
    note(tx, request, "resumed", actor)


def _change_consent(tx: Tx, request: PaymentRequest, decision: Decision, actor: str) -> None:
    """Stop, start again, or "not me": the last stops like the first until somebody has looked."""
    act = decision.act
    if act is Act.OPT_IN:
        reached = parties.opt_in(tx, request.payer, "own word")
        note(tx, request, "opted_in", actor)
        pick_up(tx, reached, tx.now + _A_DAY)
        return
    if act is Act.OPT_OUT:
        parties.opt_out(tx, request.payer)
        note(tx, request, "opted_out", actor)
        return
    note(tx, request, "wrong_person", actor)
    for payer_id in parties.block(tx, request.payer):
        revoke_sent(tx, payer_id)


def _look(tx: Tx, request: PaymentRequest, _decision: Decision, _actor: str) -> None:
    check_now(tx, request.id)


_HOLDS: Final = {
    Act.CHECK: Verb.CHECK,
    Act.DISPUTE: Verb.DISPUTE,
    Act.HARDSHIP: Verb.HARDSHIP,
    Act.BEREAVE: Verb.BEREAVE,
}
_Deed = Callable[[Tx, PaymentRequest, Decision, str], None]
_DEEDS: Final[Mapping[Act, _Deed]] = {
    Act.PROMISE: _promise,
    Act.PAUSE: _pause,
    Act.RESUME: _go_on,
    Act.CHECK: _hold,
    Act.LOOK: _look,
    Act.ADD: add,
    Act.TAKE_BACK: _take_back,
    Act.DISPUTE: _hold,
    Act.HARDSHIP: _hold,
    Act.BEREAVE: _hold,
    Act.HAND_OVER: _wish,
    Act.DIVIDE: _divide,
    Act.MOVE_PART: _move_part,
    Act.OPT_OUT: _change_consent,
    Act.OPT_IN: _change_consent,
    Act.BLOCK: _change_consent,
}

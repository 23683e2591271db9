"""Carrying out a decision: the one place where a payer's wish changes a request, from chat or page."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select

from bot.decide import Act, Decision
from bot.stories.pick_up import pick_up
from core.db import Tx
from messages.outbox import Outgoing
from payments import parties, plans, promises
from payments.attention import raise_attention
from payments.checkouts import check_now
from payments.lifecycle import Status, Verb
from payments.links import PayLink
from payments.requests import PaymentRequest
from payments.timeline import note

_HOLDS = {Act.CHECK: Verb.CHECK, Act.DISPUTE: Verb.DISPUTE, Act.HARDSHIP: Verb.HARDSHIP}

_A_DAY: Final = timedelta(days=1)


def carry_out(tx: Tx, request: PaymentRequest, decision: Decision, actor: str = "payer") -> None:
    """Do what was decided; the answer to the payer is the caller's to queue."""
    match decision.act:
        case Act.PROMISE if decision.day and request.move(Verb.PROMISE):
            plans.promise(tx, request, decision.day)
            note(tx, request, "promised", actor, date=decision.day.isoformat())
        case Act.PAUSE if decision.day and request.move(Verb.PAUSE):
            plans.pause(tx, request, decision.day)
            note(tx, request, "paused", actor, date=decision.day.isoformat())
        case Act.RESUME:
            # The answer says how to pay, so that the next message can wait for another day.
            resume(tx, request, actor, not_before=tx.now + _A_DAY)
        case Act.CHECK | Act.DISPUTE | Act.HARDSHIP as hold if request.move(_HOLDS[hold]):
            plans.drop_steps(tx, request)
            check_now(tx, request.id)
            request.checking_since = tx.now if hold is Act.CHECK and decision.answer == "checking" else None
            note(tx, request, str(hold), actor, **decision.detail)
        case Act.OPT_OUT | Act.OPT_IN | Act.BLOCK:
            _change_consent(tx, request, decision.act, actor)
        case _:
            pass  # an answer is all, or the request moved on since it was decided
    if decision.attention is not None:
        raise_attention(request, decision.attention)


def resume(tx: Tx, request: PaymentRequest, actor: str, not_before: datetime) -> None:
    """Go on with the plan: the next reminder at its usual distance, or the first message if none went.

    A first message that has its moment keeps it; one that has to be planned goes from `not_before` on.
    """
    was = Status(request.status)
    if not request.move(Verb.RESUME):
        return
    promises.replace(tx, request)
    if request.asked_at is not None or was not in {Status.PLANNED, Status.OPEN}:
        plans.drop_steps(tx, request)
    plans.plan_next(tx, request, not_before)
    note(tx, request, "resumed", actor)


def _change_consent(tx: Tx, request: PaymentRequest, act: Act, actor: str) -> None:
    """Stop, start again, or "not me": the last stops like the first until somebody has looked."""
    if act is Act.OPT_IN:
        reached = parties.opt_in(tx, request.payer, "own word")
        note(tx, request, "opted_in", actor)
        pick_up(tx, reached, tx.now + _A_DAY)
        return
    parties.opt_out(tx, request.payer)
    note(tx, request, "opted_out" if act is Act.OPT_OUT else "wrong_person", actor)
    if act is Act.BLOCK:
        _revoke_sent_links(tx, request)


def _revoke_sent_links(tx: Tx, request: PaymentRequest) -> None:
    """The links that went to the wrong person: a link is called after the message that carries it."""
    sent = select(Outgoing.name).where(Outgoing.request_id == request.id)
    query = select(PayLink).where(PayLink.request_id == request.id, PayLink.purpose.in_(sent))
    for link in tx.session.scalars(query):
        link.revoked_at = link.revoked_at or tx.now

"""Carrying out a decision: the one place where a payer's wish changes a request, from chat or page."""

from __future__ import annotations

from sqlalchemy import select

from bot.decide import Act, Decision
from core.db import Tx
from messages.outbox import Outgoing
from payments import parties, plans
from payments.checkouts import check_now
from payments.lifecycle import Verb
from payments.links import PayLink
from payments.requests import PaymentRequest
from payments.timeline import note

_HOLDS = {Act.CHECK: Verb.CHECK, Act.DISPUTE: Verb.DISPUTE, Act.HARDSHIP: Verb.HARDSHIP}


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
            resume(tx, request, actor)
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
        request.attention = decision.attention


def resume(tx: Tx, request: PaymentRequest, actor: str) -> None:
    """Go on with the plan: the next reminder, at its usual distance."""
    if request.move(Verb.RESUME):
        plans.end_promises(tx, request, kept=False)
        plans.drop_steps(tx, request)
        plans.plan_reminder(tx, request)
        note(tx, request, "resumed", actor)


def _change_consent(tx: Tx, request: PaymentRequest, act: Act, actor: str) -> None:
    """Stop, start again, or "not me": the last stops like the first until somebody has looked."""
    if act is Act.OPT_IN:
        parties.opt_in(tx, request.payer, "own word")
        note(tx, request, "opted_in", actor)
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

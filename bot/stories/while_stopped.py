"""What a payer asked for during a stop: nothing was answered then, so that it is kept for the start."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy import select

from bot.decide import Decision, Known, decide
from bot.understanding import Intent, Reading, understand
from core.db import Tx
from messages.inbox import Incoming
from payments.requests import PaymentRequest
from payments.timeline import Event

_WISHES: Final = frozenset({Intent.RESCHEDULE, Intent.PAUSE, Intent.INSTALMENTS})
# The start itself and a thank-you leave what was said before them as it was; whatever else may take it back.
_SAYS_NOTHING: Final = frozenset({Intent.RESUME, Intent.THANKS})
_SETTLES: Final = ("answered", "divided", "paused", "promised", "part_moved", "resumed")


def asked_while_stopped(tx: Tx, request: PaymentRequest, facts: Known) -> Decision | None:
    """Return what the last wish since the stop comes to now, as it was meant when it was said; or None.

    A wish that something else was said after is none any more, nor is one after which a person answered or
    something was agreed on.
    """
    stops = [address.opted_out_at for address in request.payer.addresses if address.opted_out_at is not None]
    if not facts.opted_out or not stops:
        return None
    last = _last_said(tx, request, max(stops))
    if last is None or _settled_since(tx, request, last[0].received_at):
        return None
    row, reading = last
    if row.request_id != request.id or not set(reading.intents) & _WISHES or reading.clarify:
        return None
    return decide(reading, replace(facts, opted_out=False, puzzled=0, asked_back=0))


def _last_said(tx: Tx, request: PaymentRequest, since: datetime) -> tuple[Incoming, Reading] | None:
    """The payer's newest words that say anything, about whichever of their requests."""
    theirs = select(PaymentRequest.id).where(PaymentRequest.payer_id == request.payer_id)
    said = select(Incoming).where(
        Incoming.request_id.in_(theirs),
        Incoming.received_at > since,
        Incoming.reading.is_not(None),
        Incoming.state == "done",
    )
    for row in tx.session.scalars(said.order_by(Incoming.received_at.desc(), Incoming.id.desc())):
        reading = understand(row.body or "", None, now=row.received_at, language=request.payer.language)
        if (row.body or "").strip() and not set(reading.intents) <= _SAYS_NOTHING:
            return row, reading
    return None


def _settled_since(tx: Tx, request: PaymentRequest, since: datetime) -> bool:
    """Whether a person, or the payer on the page, settled it after `since`; what we do is none."""
    query = select(Event.id).where(
        Event.request_id == request.id,
        Event.kind.in_(_SETTLES),
        Event.at > since,
        Event.actor != "seintje",
    )
    return tx.session.scalar(query.limit(1)) is not None

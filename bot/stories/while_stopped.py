"""What a payer asked for during a stop: nothing was answered then, so that it is kept for the start."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from sqlalchemy import select

from bot.decide import Decision, Known, decide
from bot.understanding import Intent, understand
from core.db import Tx
from messages.inbox import Incoming
from payments.requests import PaymentRequest

_WISHES: Final = frozenset({Intent.RESCHEDULE, Intent.PAUSE, Intent.INSTALMENTS})


def asked_while_stopped(tx: Tx, request: PaymentRequest, facts: Known) -> Decision | None:
    """Return what the last wish since the stop comes to now, as it was meant when it was said; or None."""
    stops = [address.opted_out_at for address in request.payer.addresses if address.opted_out_at is not None]
    if not facts.opted_out or not stops:
        return None
    said = select(Incoming).where(
        Incoming.request_id == request.id,
        Incoming.received_at > max(stops),
        Incoming.reading.is_not(None),
        Incoming.state == "done",
    )
    for row in tx.session.scalars(said.order_by(Incoming.received_at.desc())):
        reading = understand(row.body or "", None, now=row.received_at, language=request.payer.language)
        if set(reading.intents) & _WISHES and not reading.clarify:
            return decide(reading, replace(facts, opted_out=False, puzzled=0, asked_back=0))
    return None

"""Bills that were paid not long ago: whoever names one is answered from its own books."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

from sqlalchemy import select

from bot.stories.look import Look, days_said
from bot.stories.open_requests import candidates
from bot.understanding import Intent, Reading
from bot.understanding.named_requests import named
from core.db import Tx
from payments.lifecycle import Status
from payments.requests import PaymentRequest
from payments.timeline import Event

# Who asks whether it is in may mean what was paid so long ago.
_LATELY: Final = timedelta(days=14)
# Who names a bill remembers it longer.
_REMEMBERED: Final = timedelta(days=90)
# What can be said of a bill that is paid.
_LOOKS_BACK: Final = frozenset({Intent.ALREADY_PAID, Intent.QUESTION, Intent.DISPUTE})
_BESIDE: Final = frozenset({Intent.THANKS, Intent.AFFIRM, Intent.DENY})


def paid_lately(tx: Tx, payer_id: str, within: timedelta = _LATELY) -> Sequence[PaymentRequest]:
    """Return what the payer paid not longer ago than `within`, the latest first."""
    query = (
        select(PaymentRequest)
        .join(Event, Event.request_id == PaymentRequest.id)
        .where(
            PaymentRequest.payer_id == payer_id,
            PaymentRequest.status == Status.PAID,
            Event.kind == "paid",
            Event.at > tx.now - within,
        )
        .order_by(Event.id.desc())
    )
    return list(dict.fromkeys(tx.session.scalars(query)))


def names_a_paid_one(look: Look, payer_id: str) -> tuple[str, ...]:
    """Return the one request, open or paid, that words about what was paid name; none where they do not."""
    if not _looks_back(look.heard.reading):
        return ()
    paid = paid_lately(look.tx, payer_id, _REMEMBERED)
    if not paid:
        return ()
    amounts = {request.id: request.amount for request in paid}
    listed = [
        replace(one, open=amounts.get(one.id, one.open)) for one in candidates(look.tx, [*look.found, *paid])
    ]
    name = named(look.text, listed, days_said(look.heard))
    return name.ids if name is not None and len(name.ids) == 1 else ()


def _looks_back(reading: Reading) -> bool:
    intents = set(reading.intents)
    return bool(intents & _LOOKS_BACK) and intents <= _LOOKS_BACK | _BESIDE and reading.plight is None

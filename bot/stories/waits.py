"""One conversation is one wait: what of one payer waits for a person, and which of it money ends."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import Final

from sqlalchemy import select

from core.db import Tx
from payments.attention import BY_MONEY, WHEN_ANSWERED
from payments.requests import PaymentRequest, locked, of_merchant
from payments.timeline import Event

# With these somebody asks for a person: in words, with a button, or because nothing could be granted.
_ASKING: Final = frozenset({"question", "dispute", "hardship", "bereaved", "tapped"})
_NOT_GRANTED: Final = frozenset({"hand_over", "dispute", "hardship", "bereaved"})


def conversation_of(tx: Tx, merchant_id: str, request_id: str) -> list[PaymentRequest]:
    """Return a merchant's request and what else of its payer waits for a person: locked, this one first.

    Raises Missing when it is not there or another merchant's.
    """
    request = of_merchant(tx, merchant_id, request_id)
    ids = sorted({request_id, *(one.id for one in also_waiting(tx, request))})
    found = [locked(tx, ident) for ident in ids]
    return sorted(found, key=lambda one: one.id != request_id)


def also_waiting(tx: Tx, request: PaymentRequest) -> Sequence[PaymentRequest]:
    """Return what else of the same payer waits for a person, the oldest first."""
    query = select(PaymentRequest).where(
        PaymentRequest.payer_id == request.payer_id,
        PaymentRequest.attention.is_not(None),
        PaymentRequest.id != request.id,
    )
    return tx.session.scalars(query.order_by(PaymentRequest.id)).all()


def ended_by_money(tx: Tx, request: PaymentRequest) -> Set[str]:
    """Return why nobody has to look at `request` any more now that all of it is paid.

    What a colleague answered already is done with the money; who got no answer yet still gets it.
    """
    return BY_MONEY | (WHEN_ANSWERED if _is_answered(tx, request) else frozenset())


def _is_answered(tx: Tx, request: PaymentRequest) -> bool:
    """Whether a person wrote back after the last time that somebody was asked for."""
    kinds = {"answered", "understood", *_ASKING}
    query = select(Event).where(Event.request_id == request.id, Event.kind.in_(kinds))
    for event in tx.session.scalars(query.order_by(Event.id.desc())):
        if event.kind == "answered":
            return True
        if event.kind in _ASKING or event.data.get("act") in _NOT_GRANTED:
            return False
    return False

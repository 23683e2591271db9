"""Which requests can be meant by whoever writes from one place: only what was written about to that place."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from bot.stories.said import Place
from bot.understanding.named_requests import Candidate
from core.db import Tx
from messages.outbox import WENT_OUT, Outgoing
from payments.ledger import balance
from payments.lifecycle import OWING
from payments.parties import Payer
from payments.requests import PaymentRequest


def open_requests(tx: Tx, place: Place) -> list[PaymentRequest]:
    """Return what is still owed and can be meant, the one last asked about first.

    Where several people or several shops share a place, each hears only of what was sent there.
    """
    query = select(PaymentRequest).where(
        PaymentRequest.payer_id.in_(place.payer_ids), PaymentRequest.status.in_(OWING)
    )
    asked = func.coalesce(PaymentRequest.last_asked_at, PaymentRequest.created_at)
    found = tx.session.scalars(query.order_by(asked.desc(), PaymentRequest.id.desc())).all()
    if len(place.payer_ids) > 1:
        sent = _sent_to(tx, place)
        found = [request for request in found if request.id in sent]
    else:
        found = [request for request in found if request.asked_at is not None] or found
    return [request for request in found if not stopped(request.payer)] or list(found)


def _sent_to(tx: Tx, place: Place) -> set[str]:
    query = select(Outgoing.request_id).where(
        Outgoing.payer_id.in_(place.payer_ids),
        Outgoing.chat_index == place.value,
        Outgoing.status.in_(WENT_OUT),
    )
    return set(tx.session.scalars(query))


def stopped(payer: Payer) -> bool:
    """Whether every address of the payer is closed by their own word."""
    return bool(payer.addresses) and all(address.opted_out_at for address in payer.addresses)


def candidates(tx: Tx, requests: Sequence[PaymentRequest]) -> list[Candidate]:
    """Return what words can name of `requests`, in their order."""
    return [
        Candidate(
            id=request.id,
            merchant_id=request.merchant_id,
            merchant=request.merchant.name,
            reference=request.reference,
            description=request.description,
            open=balance(tx, request).remaining,
        )
        for request in requests
    ]

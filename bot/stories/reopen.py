"""The shop's own word that a closed number is the payer's after all: it opens again, for this payer alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from sqlalchemy import select

from bot.stories.pick_up import pick_up
from bot.stories.sent_links import restore_sent
from core.db import Tx
from core.errors import Invalid, Problem, Refused
from payments import parties
from payments.attention import settle_attention
from payments.parties import Address, Payer
from payments.requests import PaymentRequest, locked, of_merchant
from payments.timeline import note

# How the shop knows; a code, since the timeline keeps no words about people.
WHYS: Final = ("told_us", "papers", "mistake")
_A_DAY: Final = timedelta(days=1)


def reopen(tx: Tx, merchant_id: str, request_id: str, why: str, by: str) -> bool:
    """Open what "wrong person" closed for the payer of a request; the asking goes on from tomorrow.

    A stop that the payer said before or after it stays a stop: returns whether they can be written to now.
    The links that went there lead to their requests again. Other payers at the same number stay closed, and
    so do theirs. Raises Invalid when `why` is none of WHYS, and Refused when nothing is closed.
    """
    payer = of_merchant(tx, merchant_id, request_id).payer
    requests = _locked(tx, payer)
    if why not in WHYS:
        raise Invalid([Problem("why", "missing")])
    if not payer.is_closed:
        raise Refused("no number of this payer is closed")
    restore_sent(tx, payer)
    reached = parties.reopen(tx, payer, "reopened by the shop")
    for request in requests:
        if request.id == request_id or "wrong_person" in request.attentions:
            settle_attention(request, {"wrong_person"})
            note(tx, request, "reopened", by, reason=why)
    pick_up(tx, [payer.id], tx.now + _A_DAY)
    return reached


def _locked(tx: Tx, payer: Payer) -> list[PaymentRequest]:
    """The payer's requests, before the addresses, in the order in which everybody locks them."""
    query = select(PaymentRequest.id).where(PaymentRequest.payer_id == payer.id).order_by(PaymentRequest.id)
    requests = [locked(tx, ident) for ident in tx.session.scalars(query).all()]
    theirs = select(Address).where(Address.payer_id == payer.id).order_by(Address.id)
    tx.session.scalars(theirs.with_for_update().execution_options(populate_existing=True)).all()
    return requests

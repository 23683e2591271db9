"""Somebody in mourning is not asked for money anew before the agent was told of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy import or_, select

from core.db import Tx
from payments.lifecycle import Status
from payments.parties import Payer
from payments.requests import PaymentRequest
from payments.timeline import Event
from web.desk.twice import same_person

# Before the id of the request, so that a tick for this agrees to nothing else.
TICKED: Final = "mourning:"


class InMourning(Exception):
    """Somebody of this customer died. `payers`: as in web.desk.push.WhichPayer, where one was chosen."""

    def __init__(self, about: PaymentRequest, payers: Sequence[Payer]) -> None:
        super().__init__("somebody of this customer died")
        self.id, self.name = about.id, about.payer.name
        self.tick = f"{TICKED}{about.id}"
        self.payers = [(payer.id, payer.name) for payer in payers]


def told_of_a_death(tx: Tx, merchant_id: str, payer: Mapping[str, object]) -> PaymentRequest | None:
    """Return the last request of the person whom `payer` names by id or phone that tells of a death; or None.

    Once it was told it stays told: also after that request was paid, withdrawn or looked at.
    """
    told = select(Event.id).where(Event.request_id == PaymentRequest.id, Event.kind == "bereaved")
    query = select(PaymentRequest).where(
        PaymentRequest.merchant_id == merchant_id,
        PaymentRequest.payer_id.in_(same_person(tx, merchant_id, payer)),
        or_(PaymentRequest.status == Status.BEREAVED, told.exists()),
    )
    return tx.session.scalars(query.order_by(PaymentRequest.id.desc()).limit(1)).first()

"""A family that told of a death is asked for nothing new before a person of the shop agreed to it."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select

from core.db import Tx
from payments.attention import raise_attention
from payments.directory import payers_with_phone
from payments.lifecycle import Status
from payments.requests import PaymentRequest

REASON: Final = "bereaved"


def leave_to_a_person(tx: Tx, request: PaymentRequest) -> None:
    """Ask a person to look at `request`, which is new, where somebody of the payer's died.

    That is told by another request of whoever is reached at the same number of this merchant's: it stands as
    after a death, or still waits for a person because of it. payments/answers.py holds the first message
    until the person has looked.
    """
    numbers = {one.value for one in request.payer.addresses if one.channel != "telegram"}
    family = {one.id for number in numbers for one in payers_with_phone(tx, request.merchant_id, number)}
    query = select(PaymentRequest.status, PaymentRequest.attentions).where(
        PaymentRequest.merchant_id == request.merchant_id,
        PaymentRequest.payer_id.in_(family | {request.payer_id}),
        PaymentRequest.id != request.id,
    )
    if any(status == Status.BEREAVED or REASON in reasons for status, reasons in tx.session.execute(query)):
        raise_attention(request, REASON)

"""The same request from another form is told before it goes: two tabs look like two requests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final

from sqlalchemy import select

from core.db import Tx
from core.money import Money
from payments.directory import payers_with_phone
from payments.lifecycle import Status
from payments.parties import Payer
from payments.requests import PaymentRequest

# Longer than two tabs or two colleagues are apart; shorter than the time to a next real purchase, mostly.
LATELY: Final = timedelta(hours=1)
# What was taken back, or ran out, asks nobody for anything.
_OVER: Final = (Status.CANCELLED, Status.EXPIRED)


def same_lately(
    tx: Tx, merchant_id: str, payer: Mapping[str, object], amount: Money, lines: Sequence[str]
) -> PaymentRequest | None:
    """Return the last request like this one, if it was made a short while ago; None without any.

    Alike are the person, by the id or the phone in `payer`, the amount, and one of `lines`: what it is for
    and its reference.
    """
    query = select(PaymentRequest).where(
        PaymentRequest.merchant_id == merchant_id,
        PaymentRequest.created_at > tx.now - LATELY,
        PaymentRequest.payer_id.in_(same_person(tx, merchant_id, payer)),
        PaymentRequest.amount_cents == amount.cents,
        PaymentRequest.currency == amount.currency,
        PaymentRequest.status.not_in(_OVER),
    )
    wanted = {_plain(line) for line in lines}
    found = tx.session.scalars(query.order_by(PaymentRequest.id.desc()))
    return next((one for one in found if {_plain(one.description), _plain(one.reference)} & wanted), None)


def same_person(tx: Tx, merchant_id: str, payer: Mapping[str, object]) -> set[str]:
    """Return the ids of everybody who is reached at the same number, under whatever name."""
    known = tx.session.get(Payer, str(payer["id"])) if "id" in payer else None
    mine = [address.value for address in known.addresses if address.channel != "telegram"] if known else []
    phones = {*mine, *([str(payer["phone"])] if "phone" in payer else [])}
    others = {one.id for phone in phones for one in payers_with_phone(tx, merchant_id, phone)}
    return others | ({known.id} if known else set())


def _plain(line: str) -> str:
    return " ".join(line.split()).casefold()

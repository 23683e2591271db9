"""Finding people and requests again by what somebody types, though personal data is encrypted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from sqlalchemy import ColumnElement, select

from core.crypto import keyring_of
from core.db import Tx
from core.grams import holds, may_hold
from payments import intake
from payments.parties import Address, Payer
from payments.requests import PaymentRequest
from web.numbers import spoken

_LOOKS_LIKE_A_NUMBER: Final = re.compile(r"[\d\s()+./-]*\d[\d\s()+./-]*")


def as_phone(typed: str) -> str | None:
    """Return what was typed in E.164 when it looks like a number, None when it looks like a name.

    Raises ValueError for a number that cannot exist, or gets no messages.
    """
    return intake.phone_number(typed) if _LOOKS_LIKE_A_NUMBER.fullmatch(typed.strip()) else None


def payers_with_name(tx: Tx, merchant_id: str, name: str) -> Sequence[Payer]:
    """Return the merchant's payers with this whole name, whatever its capitals and spaces."""
    query = select(Payer).where(
        Payer.merchant_id == merchant_id, Payer.name_index == " ".join(name.split()).casefold()
    )
    return tx.session.scalars(query.order_by(Payer.id)).all()


def may_be_meant(tx: Tx, merchant_id: str, typed: str) -> ColumnElement[bool]:
    """Return the condition for requests that `typed` may mean: `is_meant` tells of each whether it does."""
    matches: ColumnElement[bool] = PaymentRequest.reference.icontains(typed, autoescape=True)
    keyring = keyring_of(tx.session.get_bind().dialect)
    name = may_hold(Payer.grams, keyring, typed)
    if name is not None:
        named = select(Payer.id).where(Payer.merchant_id == merchant_id, name)
        matches |= PaymentRequest.payer_id.in_(named)
    number = may_hold(Address.grams, keyring, _digits(typed))
    if number is not None:
        reached = select(Address.payer_id).where(Address.merchant_id == merchant_id, number)
        matches |= PaymentRequest.payer_id.in_(reached)
    return matches


def is_meant(request: PaymentRequest, typed: str) -> bool:
    """Whether `typed` is a part of the reference, or of the payer's name or one of their numbers."""
    if typed.casefold() in request.reference.casefold() or holds(request.payer.name, typed):
        return True
    digits = _digits(typed)
    numbers = [a.value for a in request.payer.addresses if a.value.startswith("+")]
    return len(digits) > 2 and any(digits in _digits(n) or digits in _digits(spoken(n)) for n in numbers)


def _digits(typed: str) -> str:
    """The digits of what looks like a number, without what stands before a country; empty for other text."""
    if not _LOOKS_LIKE_A_NUMBER.fullmatch(typed.strip()):
        return ""
    digits = "".join(filter(str.isdigit, typed.replace("(0)", "")))
    return digits.removeprefix("00")

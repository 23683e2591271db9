"""Finding people again by what somebody types: personal data is encrypted, so only whole words match."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from sqlalchemy import select

from core.db import Tx
from payments import intake
from payments.parties import Payer

_LOOKS_LIKE_A_NUMBER: Final = re.compile(r"[\d\s()+./-]*\d[\d\s()+./-]*")


def as_phone(typed: str) -> str | None:
    """Return what was typed in E.164 when it looks like a number, None when it looks like a name.

    Raises ValueError for a number that cannot exist.
    """
    return intake.phone_number(typed) if _LOOKS_LIKE_A_NUMBER.fullmatch(typed.strip()) else None


def payers_with_name(tx: Tx, merchant_id: str, name: str) -> Sequence[Payer]:
    """Return the merchant's payers with this whole name, whatever its capitals and spaces."""
    query = select(Payer).where(
        Payer.merchant_id == merchant_id, Payer.name_index == " ".join(name.split()).casefold()
    )
    return tx.session.scalars(query.order_by(Payer.id)).all()

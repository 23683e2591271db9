"""Codes with which a payer finds out, on our own page, that a message really came from us."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from core.crypto import Keyring, TokenHash
from core.db import Base, Tx, UtcDateTime
from payments.lifecycle import Status
from payments.requests import PaymentRequest

# Letters that nobody reads for another: no 0, 1, I, L, O, U.
_ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH: Final = 8
_SHOWN: Final = 2


class Proof(Base):
    """One code and the request that it was told about; kept as a fingerprint."""

    __tablename__ = "proof"

    code: Mapped[str] = mapped_column(TokenHash(), primary_key=True)
    merchant_id: Mapped[str] = mapped_column(ForeignKey("merchant.id"))
    request_id: Mapped[str] = mapped_column(ForeignKey("payment_request.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime())


@dataclass(frozen=True)
class Proven:
    """What a stranger with a code may know: who asks, the end of the reference, and whether it still runs."""

    merchant: str
    phone: str
    reference: str
    status: Status


def prove(tx: Tx, keyring: Keyring, request: PaymentRequest) -> str:
    """Return the request's code of eight letters, the same every time."""
    for turn in range(9):
        code = _code(keyring, f"{request.id}/{turn}")
        found = tx.session.get(Proof, code)
        if found is None:
            proof = Proof(code=code, merchant_id=request.merchant_id, request_id=request.id)
            proof.created_at = tx.now
            tx.session.add(proof)
            tx.session.flush()
            return code
        if found.request_id == request.id:
            return code
    raise RuntimeError("nine codes in a row were taken")


def _code(keyring: Keyring, text: str) -> str:
    number = int.from_bytes(keyring.digest("proof", text, 16))
    letters = []
    for _ in range(_LENGTH):
        number, at = divmod(number, len(_ALPHABET))
        letters.append(_ALPHABET[at])
    return "".join(letters)


def proven(tx: Tx, typed: str) -> Proven | None:
    """Return what the code `typed` stands for, however it was spaced; None when we never gave it."""
    code = "".join(letter for letter in typed.upper() if letter.isalnum())
    found = tx.session.get(Proof, code) if len(code) == _LENGTH else None
    request = tx.session.get(PaymentRequest, found.request_id) if found is not None else None
    if request is None:
        return None
    return Proven(
        request.merchant.name, request.merchant.phone, masked(request.reference), Status(request.status)
    )


def masked(reference: str) -> str:
    """Return the end of a reference, so that only who knows it recognises it."""
    shown = min(_SHOWN, len(reference) // 2)
    return "•" * (len(reference) - shown) + reference[len(reference) - shown :]

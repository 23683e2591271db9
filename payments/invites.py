"""Single-use invitations with which a payer opens a chat that a bot may not begin, such as Telegram's."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from core.crypto import TokenHash
from core.db import Base, Tx, UtcDateTime
from payments.requests import PaymentRequest

_VALID = timedelta(days=7)


class Invite(Base):
    """A token that links one chat to the payer of one request, once, within a week."""

    __tablename__ = "invite"

    token: Mapped[str] = mapped_column(TokenHash(), primary_key=True)
    merchant_id: Mapped[str] = mapped_column(ForeignKey("merchant.id"))
    request_id: Mapped[str] = mapped_column(ForeignKey("payment_request.id"))
    channel: Mapped[str] = mapped_column(String(12))
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime())
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


def invite(tx: Tx, request: PaymentRequest, channel: str) -> str:
    """Return a new token of 43 URL-safe characters that joins a chat to the request's payer."""
    token = tx.ids.token(32)
    tx.session.add(
        Invite(
            token=token,
            merchant_id=request.merchant_id,
            request_id=request.id,
            channel=channel,
            expires_at=tx.now + _VALID,
        )
    )
    return token


def redeem(tx: Tx, token: str, channel: str) -> PaymentRequest | None:
    """Use up `token`; return the request it was for, or None when it is unknown, used or too old."""
    found = tx.session.get(Invite, token, with_for_update=True)
    if found is None or found.channel != channel or found.used_at is not None or found.expires_at < tx.now:
        return None
    found.used_at = tx.now
    return tx.session.get(PaymentRequest, found.request_id)

"""Pay links: our own address with a token that only its holder knows; the database keeps a fingerprint."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from core.crypto import Keyring, TokenHash
from core.db import Base, Tx, UtcDateTime
from core.errors import Missing
from payments.requests import PaymentRequest

_BYTES = 18  # 144 bits
_OWN = "api"  # the purpose of the link that is there from the beginning


class PayLink(Base):
    """One link to a request. `purpose` tells which message or system carries it."""

    __tablename__ = "pay_link"
    __table_args__ = (Index(None, "request_id"),)

    token: Mapped[str] = mapped_column(TokenHash(), primary_key=True)
    merchant_id: Mapped[str] = mapped_column(ForeignKey("merchant.id"))
    request_id: Mapped[str] = mapped_column(ForeignKey("payment_request.id"))
    purpose: Mapped[str] = mapped_column(String(80))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime())
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


@dataclass(frozen=True)
class Links:
    """Makes pay links below `public_url`. A token is derived with the installation's key, never stored."""

    public_url: str
    keyring: Keyring

    def token(self, request_id: str, purpose: str) -> str:
        raw = self.keyring.digest("pay-link", f"{request_id}/{purpose}", _BYTES)
        return base64.urlsafe_b64encode(raw).decode()

    def url(self, token: str) -> str:
        return f"{self.public_url}/p/{token}"

    def image_url(self, token: str) -> str:
        """The address of the link's QR code."""
        return f"{self.public_url}/q/{token}.png"

    def own_url(self, request: PaymentRequest) -> str:
        """The address that every request has from the beginning, whoever asked for it; nothing is written."""
        return self.url(self.token(request.id, _OWN))

    def mint_own(self, tx: Tx, request: PaymentRequest) -> None:
        """Make a new request's own link, so that who looks at it later only has to read."""
        self.mint(tx, request, _OWN)

    def mint(self, tx: Tx, request: PaymentRequest, purpose: str) -> str:
        """Return the token of the request's link for `purpose`; making it twice makes one."""
        token = self.token(request.id, purpose)
        if tx.session.get(PayLink, token) is None:
            tx.session.add(
                PayLink(
                    token=token,
                    merchant_id=request.merchant_id,
                    request_id=request.id,
                    purpose=purpose,
                    created_at=tx.now,
                )
            )
            tx.session.flush()
        return token


def opened(tx: Tx, token: str) -> tuple[PayLink, PaymentRequest]:
    """Return the link with this token and its request. Raises Missing when unknown or revoked."""
    link = tx.session.get(PayLink, token)
    if link is None or link.revoked_at is not None:
        raise Missing("no such pay link")
    request = tx.session.get(PaymentRequest, link.request_id)
    if request is None:
        raise Missing("no such pay link")
    return link, request

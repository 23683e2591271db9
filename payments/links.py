"""Pay links: our own address with a token that only its holder knows; the database keeps a fingerprint."""

from __future__ import annotations

import base64
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, Index, ScalarResult, String, and_, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from core.crypto import Keyring, TokenHash
from core.db import Base, Tx, UtcDateTime
from core.errors import Missing
from payments.requests import PaymentRequest

_BYTES = 18  # 144 bits
_OWN = "api"  # the purpose of the link that is there from the beginning


class PayLink(Base):
    """One link to a request. `purpose` tells which message or system carries it.

    A link that leads to several requests is of the oldest of them; all of them are in LinkedRequest.
    """

    __tablename__ = "pay_link"
    __table_args__ = (Index(None, "request_id"),)

    token: Mapped[str] = mapped_column(TokenHash(), primary_key=True)
    merchant_id: Mapped[str] = mapped_column(ForeignKey("merchant.id"))
    request_id: Mapped[str] = mapped_column(ForeignKey("payment_request.id"))
    purpose: Mapped[str] = mapped_column(String(80))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime())
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class LinkedRequest(Base):
    """One of the requests to which a link leads. A link without these leads to its own request alone."""

    __tablename__ = "linked_request"
    __table_args__ = (Index(None, "request_id"),)

    token: Mapped[str] = mapped_column(TokenHash(), ForeignKey("pay_link.token"), primary_key=True)
    request_id: Mapped[str] = mapped_column(ForeignKey("payment_request.id"), primary_key=True)
    merchant_id: Mapped[str] = mapped_column(ForeignKey("merchant.id"))


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
        return _stored(tx, self.token(request.id, purpose), [request], purpose)

    def mint_all(self, tx: Tx, requests: Sequence[PaymentRequest], purpose: str) -> str:
        """Return the token of one link for `purpose` that leads to all of `requests`, the oldest first."""
        token = self.token("+".join(request.id for request in requests), purpose)
        return _stored(tx, token, requests, purpose)


def _stored(tx: Tx, token: str, requests: Sequence[PaymentRequest], purpose: str) -> str:
    first = requests[0]
    if tx.session.get(PayLink, token) is not None:
        return token
    link = PayLink(token=token, merchant_id=first.merchant_id, request_id=first.id, purpose=purpose)
    link.created_at = tx.now
    tx.session.add(link)
    tx.session.flush()
    if len(requests) > 1:
        tx.session.add_all(
            LinkedRequest(token=token, request_id=request.id, merchant_id=request.merchant_id)
            for request in requests
        )
        tx.session.flush()
    return token


def opened(tx: Tx, token: str) -> tuple[PayLink, PaymentRequest]:
    """Return the link with this token and its request. Raises Missing when unknown or revoked."""
    link, requests = opened_all(tx, token)
    return link, requests[0]


def opened_all(tx: Tx, token: str) -> tuple[PayLink, list[PaymentRequest]]:
    """Return the link with this token and all requests to which it leads, the oldest first.

    Raises Missing when it is unknown or revoked.
    """
    link = tx.session.get(PayLink, token)
    if link is None or link.revoked_at is not None:
        raise Missing("no such pay link")
    several = select(LinkedRequest.request_id).where(LinkedRequest.token == token)
    ids = sorted(tx.session.scalars(several)) or [link.request_id]
    return link, [tx.session.get_one(PaymentRequest, request_id) for request_id in ids]


def carried(tx: Tx, request_id: str, by: Collection[str]) -> ScalarResult[PayLink]:
    """Return the links to a request that the messages called `by` carry, and all that lead to others too."""
    several = select(LinkedRequest.token).where(LinkedRequest.request_id == request_id)
    own = and_(PayLink.request_id == request_id, PayLink.purpose.in_(by))
    return tx.session.scalars(select(PayLink).where(or_(own, PayLink.token.in_(several))))

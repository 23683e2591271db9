"""Users, their sessions, the keys of merchants' systems, and counters that every process shares."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.crypto import BlindIndex, Encrypted, TokenHash
from core.db import Base, UtcDateTime
from payments.parties import Merchant


class Role(StrEnum):
    """What a user is to the merchant; web/accounts/access.py says what each may do."""

    OWNER = "owner"
    AGENT = "agent"


class User(Base):
    """Somebody who works at a merchant. The e-mail address is kept in lower case and belongs to one user."""

    __tablename__ = "user_account"
    __table_args__ = (UniqueConstraint("email_index"), Index(None, "merchant_id"))

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    merchant_id: Mapped[str] = mapped_column(ForeignKey("merchant.id"))
    email: Mapped[str] = mapped_column(Encrypted("user_account.email"))
    email_index: Mapped[str] = mapped_column(BlindIndex("user_account.email"))
    name: Mapped[str] = mapped_column(String(80))
    password_hash: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(8))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime())
    disabled_at: Mapped[datetime | None] = mapped_column(UtcDateTime())

    merchant: Mapped[Merchant] = relationship()


class WebSession(Base):
    """One browser that is logged in. The browser holds the token, the database its fingerprint."""

    __tablename__ = "web_session"
    __table_args__ = (Index(None, "user_id"), Index(None, "expires_at"))

    token: Mapped[str] = mapped_column(TokenHash(), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime())
    last_seen_at: Mapped[datetime] = mapped_column(UtcDateTime())
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime())

    user: Mapped[User] = relationship()


class ApiKey(Base):
    """A key with which a merchant's system calls the API: `sk_` and 43 characters, shown once."""

    __tablename__ = "api_key"
    __table_args__ = (UniqueConstraint("key"), Index(None, "merchant_id"))

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    merchant_id: Mapped[str] = mapped_column(ForeignKey("merchant.id"))
    name: Mapped[str] = mapped_column(String(80))
    key: Mapped[str] = mapped_column(TokenHash())
    created_at: Mapped[datetime] = mapped_column(UtcDateTime())
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class Throttle(Base):
    """How often something was tried since `since`. `key` says who and what, unreadably."""

    __tablename__ = "throttle"
    __table_args__ = (Index(None, "since"),)

    key: Mapped[str] = mapped_column(BlindIndex("throttle.key"), primary_key=True)
    since: Mapped[datetime] = mapped_column(UtcDateTime())
    count: Mapped[int] = mapped_column(default=0)

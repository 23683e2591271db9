"""The inbox: what a provider brought is a row before it is acknowledged, and is worked off once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Index, String, UniqueConstraint, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from core.crypto import BlindIndex, Encrypted, EncryptedJson
from core.db import Base, Tx, UtcDateTime, constant

_BACKOFF = (2, 10, 60, 600)  # seconds before each new try; after the last one a person looks


class Incoming(Base):
    """Something a provider brought: a reply, a button, a delivery status. `event_id` is unique per door.

    `state` is new, done or dead. `payload` is what came, sealed; `body` is the words in it, if any.
    """

    __tablename__ = "incoming"
    __table_args__ = (
        UniqueConstraint("door", "event_id"),
        Index(
            "ix_incoming_due",
            "next_try_at",
            sqlite_where=text("state = 'new'"),
            postgresql_where=text("state = 'new'"),
        ),
        Index(
            "ix_incoming_dead",
            "received_at",
            sqlite_where=text("state = 'dead'"),
            postgresql_where=text("state = 'dead'"),
        ),
        Index(None, "request_id"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    door: Mapped[str] = mapped_column(String(20))
    event_id: Mapped[str] = mapped_column(String(160))
    payload: Mapped[str] = mapped_column(Encrypted("incoming.payload"))
    received_at: Mapped[datetime] = mapped_column(UtcDateTime())
    state: Mapped[str] = mapped_column(String(6), default="new")
    tries: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime] = mapped_column(UtcDateTime())
    error: Mapped[str | None] = mapped_column(String(160))
    channel: Mapped[str | None] = mapped_column(String(12))
    sender_index: Mapped[str | None] = mapped_column(BlindIndex("address.value"))
    merchant_id: Mapped[str | None] = mapped_column(String(40))
    payer_id: Mapped[str | None] = mapped_column(String(40))
    request_id: Mapped[str | None] = mapped_column(String(40))
    body: Mapped[str | None] = mapped_column(Encrypted("incoming.body"))
    reading: Mapped[dict[str, Any] | None] = mapped_column(EncryptedJson("incoming.reading"))


def store(tx: Tx, door: str, event_id: str, payload: str) -> bool:
    """Keep what a provider brought; False when this event was brought before."""
    dialect = tx.session.get_bind().dialect.name
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    values = {
        "id": tx.new_id("in"),
        "door": door,
        "event_id": event_id[:160],
        "payload": payload,
        "received_at": tx.now,
        "next_try_at": tx.now,
        "state": "new",
        "tries": 0,
    }
    # RETURNING, since psycopg does not count the rows of an ORM insert.
    stored = insert(Incoming).values(values).on_conflict_do_nothing().returning(Incoming.id)
    is_new = tx.session.scalar(stored) is not None
    tx.ring()
    return is_new


def due(tx: Tx, limit: int) -> Sequence[str]:
    """Return the ids of what still has to be worked off, in the order in which it came."""
    query = (
        select(Incoming.id)
        .where(Incoming.state == constant("new"), Incoming.next_try_at <= tx.now)
        .order_by(Incoming.id)
        .limit(limit)
    )
    return tx.session.scalars(query).all()


def failed(tx: Tx, incoming_id: str, error: str) -> bool:
    """Note that working this row off went wrong; it waits, and after the last try a person looks.

    Returns whether this was the last try.
    """
    row = tx.session.get(Incoming, incoming_id, with_for_update=True)
    if row is None or row.state != "new":
        return False
    row.error = error[:160]
    row.tries += 1
    if row.tries > len(_BACKOFF):
        row.state = "dead"
        return True
    row.next_try_at = tx.now + timedelta(seconds=_BACKOFF[row.tries - 1])
    return False

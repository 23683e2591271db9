"""The outbox: every message that we send is a row first, and its status only goes forward."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from core.crypto import BlindIndex, Encrypted, EncryptedJson
from core.db import Base, Tx, UtcDateTime, constant

# How long a worker may be silent about a message it took; longer than any provider call can last.
LEASE: Final = timedelta(seconds=120)


class Sending(StrEnum):
    """Where an outgoing message stands."""

    QUEUED = "queued"
    CLAIMED = "claimed"
    UNKNOWN = "unknown"
    SENT = "sent"
    FAILED = "failed"
    DELIVERED = "delivered"
    READ = "read"
    WITHHELD = "withheld"


# A status is only replaced by one of a higher rank, whatever order the news comes in.
RANK: Final = {
    Sending.QUEUED: 0,
    Sending.CLAIMED: 1,
    Sending.UNKNOWN: 2,
    Sending.SENT: 3,
    Sending.FAILED: 4,
    Sending.DELIVERED: 5,
    Sending.READ: 6,
    Sending.WITHHELD: 7,
}
# The payer has the message, or may have it.
WENT_OUT: Final = (Sending.CLAIMED, Sending.UNKNOWN, Sending.SENT, Sending.DELIVERED, Sending.READ)
MEANING: Final = {
    Sending.QUEUED: "waits for its moment",
    Sending.CLAIMED: "on its way to the provider",
    Sending.UNKNOWN: "the provider did not answer; it is looked up, never sent again blindly",
    Sending.SENT: "accepted by the provider",
    Sending.FAILED: "the provider could not deliver it",
    Sending.DELIVERED: "on the payer's phone",
    Sending.READ: "read by the payer",
    Sending.WITHHELD: "not sent, because a rule says so; the timeline tells which",
}


class Outgoing(Base):
    """A message that we send.

    `name` is unique within its request, so the same reason never queues twice. `asked` says that the
    payer asked for it (an answer, a push during a call), so that it may go at any hour. `action` is
    `send`, or `edit` for changing the earlier message `target_id` at the provider.
    `template` is said with `facts`, and those in `also` below it; `body` is what was really said, known
    once claimed. `options` are what can be chosen, see messages/options.py.
    """

    __tablename__ = "outgoing"
    __table_args__ = (
        UniqueConstraint("request_id", "name"),
        Index(
            "ix_outgoing_due",
            "urgency",
            "due_at",
            sqlite_where=text("status = 'queued'"),
            postgresql_where=text("status = 'queued'"),
        ),
        Index(
            "ix_outgoing_lease",
            "lease_until",
            sqlite_where=text("status = 'claimed'"),
            postgresql_where=text("status = 'claimed'"),
        ),
        Index(
            "ix_outgoing_look_up",
            "look_up_at",
            sqlite_where=text("look_up_at IS NOT NULL"),
            postgresql_where=text("look_up_at IS NOT NULL"),
        ),
        *(
            Index(
                f"ix_outgoing_{status}",
                "created_at",
                sqlite_where=text(f"status = '{status}'"),
                postgresql_where=text(f"status = '{status}'"),
            )
            for status in ("unknown", "failed")
        ),
        Index(None, "channel", "provider_id"),
        Index(None, "payer_id", "sent_at"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    merchant_id: Mapped[str] = mapped_column(ForeignKey("merchant.id"))
    request_id: Mapped[str] = mapped_column(ForeignKey("payment_request.id"))
    payer_id: Mapped[str] = mapped_column(ForeignKey("payer.id"))
    address_id: Mapped[str] = mapped_column(ForeignKey("address.id"))
    channel: Mapped[str] = mapped_column(String(12))
    to: Mapped[str] = mapped_column(Encrypted("outgoing.to"))
    chat_index: Mapped[str] = mapped_column(BlindIndex("chat"))
    name: Mapped[str] = mapped_column(String(80))
    action: Mapped[str] = mapped_column(String(6), default="send")
    target_id: Mapped[str | None] = mapped_column(String(80))
    template: Mapped[str] = mapped_column(String(40))
    facts: Mapped[dict[str, Any]] = mapped_column(EncryptedJson("outgoing.facts"))
    also: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    options: Mapped[list[Any] | None] = mapped_column(EncryptedJson("outgoing.options"))
    asked: Mapped[bool] = mapped_column(default=False)
    urgency: Mapped[int] = mapped_column(default=5)
    status: Mapped[str] = mapped_column(String(10), default=Sending.QUEUED)
    planned_at: Mapped[datetime] = mapped_column(UtcDateTime())
    due_at: Mapped[datetime] = mapped_column(UtcDateTime())
    attempt: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime())
    look_up_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    look_ups: Mapped[int] = mapped_column(default=0)
    body: Mapped[str | None] = mapped_column(Encrypted("outgoing.body"))
    token: Mapped[str | None] = mapped_column(Encrypted("outgoing.token"))
    encoding: Mapped[str | None] = mapped_column(String(8))
    segments: Mapped[int | None]
    cost_micros: Mapped[int | None]
    provider_id: Mapped[str | None] = mapped_column(String(80))
    error: Mapped[str | None] = mapped_column(String(160))
    claimed_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    created_at: Mapped[datetime] = mapped_column(UtcDateTime())

    def advance(self, status: Sending) -> bool:
        """Take `status` when it ranks above the present one; say whether it did."""
        if RANK[status] <= RANK[Sending(self.status)]:
            return False
        self.status = status
        return True


class Pace(Base):
    """When the next message may go to one chat, for every process alike."""

    __tablename__ = "pace"

    channel: Mapped[str] = mapped_column(String(12), primary_key=True)
    chat_index: Mapped[str] = mapped_column(String(44), primary_key=True)
    next_at: Mapped[datetime] = mapped_column(UtcDateTime())


def due(tx: Tx, limit: int, full: Sequence[str], request: type[Any]) -> Sequence[tuple[str, str]]:
    """Return (id, request id) of the messages whose moment has come, locked with what each is about.

    `request` is the table of requests, which messages know nothing of. The most urgent and longest waiting
    are chosen, and given in the order of their requests. One whose request is in somebody's hands is left:
    whoever holds a request may wait for its messages, so nobody waits the other way round. Those for a
    channel in `full`, which has no room, are left too.
    """
    query = (
        select(Outgoing.id, Outgoing.request_id)
        .join(request, request.id == Outgoing.request_id)
        .where(
            Outgoing.status == constant(Sending.QUEUED),
            Outgoing.due_at <= tx.now,
            Outgoing.channel.not_in(full),
        )
        .order_by(Outgoing.urgency, Outgoing.due_at)
        .limit(limit)
        .with_for_update(of=(request, Outgoing), skip_locked=True)
    )
    chosen = [(row_id, request_id) for row_id, request_id in tx.session.execute(query)]
    return sorted(chosen, key=lambda pair: (pair[1], pair[0]))


def claim(tx: Tx, row: Outgoing) -> None:
    """Mark `row` as on its way: from this commit on it is never sent again without knowing."""
    row.status = Sending.CLAIMED
    row.attempt += 1
    row.claimed_at = tx.now
    row.lease_until = tx.now + LEASE


def overdue(tx: Tx, limit: int) -> Sequence[tuple[str, int]]:
    """Return (id, attempt) of the messages whose sender was lost: nothing heard within the lease.

    They are not locked, since their requests come first: who takes one looks again whether it is still so.
    """
    query = (
        select(Outgoing.id, Outgoing.attempt)
        .where(Outgoing.status == constant(Sending.CLAIMED), Outgoing.lease_until <= tx.now)
        .limit(limit)
    )
    return [(row_id, attempt) for row_id, attempt in tx.session.execute(query)]


def to_look_up(tx: Tx, limit: int) -> Sequence[Outgoing]:
    """Return the messages of unknown outcome that the provider should be asked about now."""
    query = select(Outgoing).where(Outgoing.look_up_at <= tx.now).order_by(Outgoing.look_up_at).limit(limit)
    return tx.session.scalars(query).all()


def wait_for_pace(tx: Tx, row: Outgoing, pace: timedelta) -> datetime | None:
    """Return when `row`'s chat is free again, or None when it is free now, and take the place if so."""
    # The first message to a chat may be claimed by two workers at once, so that there is no row to lock yet.
    insert = postgresql.insert if tx.session.get_bind().dialect.name == "postgresql" else sqlite.insert
    free = {"channel": row.channel, "chat_index": row.chat_index, "next_at": tx.now}
    tx.session.execute(insert(Pace).values(free).on_conflict_do_nothing())
    found = tx.session.get_one(Pace, (row.channel, row.chat_index), with_for_update=True)
    if found.next_at > tx.now:
        return found.next_at
    found.next_at = tx.now + pace
    return None

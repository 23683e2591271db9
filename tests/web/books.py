"""What tests of the doors look up about a request after a visit."""

from __future__ import annotations

from sqlalchemy import select

from core.db import Database
from messages.outbox import Outgoing
from payments.requests import PaymentRequest
from payments.timeline import timeline
from tests.making import Owed


def request_of(database: Database, owed: Owed) -> PaymentRequest:
    return database.read(lambda tx: tx.session.get_one(PaymentRequest, owed.request_id))


def said(database: Database, owed: Owed) -> list[Outgoing]:
    """Every message about the request, oldest first."""
    query = select(Outgoing).where(Outgoing.request_id == owed.request_id).order_by(Outgoing.id)
    return database.read(lambda tx: list(tx.session.scalars(query)))


def templates(database: Database, owed: Owed) -> list[str]:
    """The templates of every message about the request, oldest first."""
    return [row.template for row in said(database, owed)]


def kinds(database: Database, owed: Owed) -> list[tuple[str, str]]:
    """The (kind, actor) of every event of the request, oldest first."""
    return database.read(lambda tx: [(event.kind, event.actor) for event in timeline(tx, owed.request_id)])

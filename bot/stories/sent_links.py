"""The links that went to the wrong person: they lead nowhere any more, whichever request they were for."""

from __future__ import annotations

from sqlalchemy import select

from core.db import Tx
from messages.outbox import Outgoing
from payments.links import carried


def revoke_sent(tx: Tx, payer_id: str) -> None:
    """Revoke every link in a message to this payer; a link is called after the message that carries it.

    A link to several requests leads to each of them, so it goes with the message about any.
    """
    query = select(Outgoing.request_id, Outgoing.name).where(Outgoing.payer_id == payer_id)
    names: dict[str, list[str]] = {}
    for request_id, name in tx.session.execute(query):
        names.setdefault(request_id, []).append(name)
    for request_id, sent in names.items():
        for link in carried(tx, request_id, by=sent).all():
            link.revoked_at = link.revoked_at or tx.now

"""Links and the messages that carried them: what a link was asked for, and those that must lead nowhere."""

from __future__ import annotations

from sqlalchemy import select

from core.db import Tx
from messages.outbox import Outgoing
from payments.links import PayLink, carried
from payments.parties import Payer
from payments.requests import PaymentRequest

_WHOLE = "pay-link-rest"


def pays_the_whole(tx: Tx, link: PayLink) -> bool:
    """Whether a link went with the message that asks for all that is left of a plan."""
    query = select(Outgoing.template).where(
        Outgoing.request_id == link.request_id, Outgoing.name == link.purpose
    )
    return tx.session.scalar(query) == _WHOLE


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


def restore_sent(tx: Tx, payer: Payer) -> None:
    """Let the links lead to this payer's requests again that went dead when a number of theirs was closed.

    Both bear the same moment. What was revoked at any other moment stays so.
    """
    closings = {address.unusable_at for address in payer.addresses if address.is_a_strangers}
    query = select(PayLink).join(PaymentRequest, PaymentRequest.id == PayLink.request_id)
    theirs = query.where(PaymentRequest.payer_id == payer.id, PayLink.revoked_at.is_not(None))
    for link in tx.session.scalars(theirs).all():
        if link.revoked_at in closings:
            link.revoked_at = None

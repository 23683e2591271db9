"""What a person of the shop typed to a payer before, so that nobody is answered twice unawares."""

from __future__ import annotations

from collections.abc import Set
from datetime import datetime
from typing import Final

from sqlalchemy import select

from bot.stories.typed import PLAIN, SIGNED
from core.db import Tx
from messages.outbox import Outgoing
from payments.parties import Payer
from payments.requests import PaymentRequest
from payments.timeline import Event

_TYPED: Final = (PLAIN, SIGNED)


class AnsweredBefore(Exception):
    """Somebody of the shop, `by`, sent the payer `said` at `at`, which whoever answers now was not told.

    `id` is that message's.
    """

    def __init__(self, message: Outgoing, by: str) -> None:
        super().__init__("this payer was answered a moment ago")
        self.id, self.by = message.id, by
        self.said: str = message.facts["typed"]
        self.at: datetime = message.created_at


def last_typed(tx: Tx, payer_id: str) -> str:
    """Return the id of the last message that somebody of the shop typed to the payer; "" without any."""
    message = _last(tx, payer_id)
    return message.id if message is not None else ""


def insist_on_told(tx: Tx, payer_id: str, told: Set[str]) -> None:
    """Raise AnsweredBefore unless the last message that was typed to the payer is one of those in `told`.

    From here on every other answer to this payer waits until this transaction is over, whichever of the
    payer's requests it is about: of two at once, the later one finds the other.
    """
    tx.session.get_one(Payer, payer_id, with_for_update={"key_share": True})
    message = _last(tx, payer_id)
    if message is not None and message.id not in told:
        raise AnsweredBefore(message, _who(tx, message))


def from_form(tx: Tx, request: PaymentRequest, name: str) -> Outgoing | None:
    """Return the message called `name`, which this showing of the form sent already; None when it did not."""
    query = select(Outgoing).where(Outgoing.request_id == request.id, Outgoing.name == name)
    return tx.session.scalar(query)


def other_than(tx: Tx, message: Outgoing, said: str, *, with_link: bool) -> AnsweredBefore | None:
    """Return what to tell when the form that sent `message` says something else now; else None."""
    if message.facts["typed"] == said and (message.also or not with_link):
        return None
    return AnsweredBefore(message, _who(tx, message))


def _last(tx: Tx, payer_id: str) -> Outgoing | None:
    query = select(Outgoing).where(Outgoing.payer_id == payer_id, Outgoing.template.in_(_TYPED))
    return tx.session.scalars(query.order_by(Outgoing.id.desc()).limit(1)).first()


def _who(tx: Tx, message: Outgoing) -> str:
    """Who typed `message`, as the timeline keeps it; "" where it does not tell."""
    query = select(Event).where(Event.request_id == message.request_id, Event.kind == "answered")
    found = tx.session.scalars(query.order_by(Event.id.desc()))
    return next((event.actor for event in found if event.data.get("outgoing") == message.id), "")

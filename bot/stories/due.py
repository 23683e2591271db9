"""Is anything due? One cheap look, so that an idle worker costs next to nothing."""

from __future__ import annotations

from sqlalchemy import ColumnElement, bindparam, exists, or_, select

from core.db import Tx, UtcDateTime, constant
from messages.inbox import Incoming
from messages.outbox import Outgoing, Sending
from payments.checkouts import Checkout
from payments.plans import Step

_NOW: ColumnElement[object] = bindparam("now", type_=UtcDateTime())
_ANYTHING = select(
    or_(
        exists().where(Incoming.state == constant("new"), Incoming.next_try_at <= _NOW),
        exists().where(Step.state == constant("planned"), Step.due_at <= _NOW),
        exists().where(Outgoing.status == constant(Sending.QUEUED), Outgoing.due_at <= _NOW),
        exists().where(Outgoing.status == constant(Sending.CLAIMED), Outgoing.lease_until <= _NOW),
        exists().where(Outgoing.look_up_at <= _NOW),
        exists().where(Checkout.next_check_at <= _NOW),
    )
)


def anything_due(tx: Tx) -> bool:
    """Whether any row waits for the worker at this moment."""
    return bool(tx.session.scalar(_ANYTHING, {"now": tx.now}))

"""A promised answer that did not come: the payer hears so once, with a new day; in need only the desk."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select

from bot.stories.say import SOON, Words, say
from core.calendar import local
from core.db import Tx
from messages.outbox import Outgoing
from payments.answers import Owed, answer_by, owed_to
from payments.lifecycle import CARED_FOR, OWING
from payments.parties import Payer
from payments.plans import ANSWER_OVERDUE, Step, plan_overdue
from payments.requests import PaymentRequest
from payments.timeline import Event, note

_IN_NEED: Final = frozenset({"hardship", "bereaved"})
_TOLD: Final = "answer_overdue"


def tell(tx: Tx, request: PaymentRequest, step: Step) -> None:
    """Tell the payer of `request`, which is locked, that the answer is late; nothing where it came.

    A payer who waits for several answers hears it once. After a call for help or a death nothing goes out by
    itself: then the timeline says so, and the desk, which lists first what is late, shows it.
    """
    if not _alone_with(tx, request.payer_id):
        step.state = "planned"  # it comes again in the next round
        return
    owed = owed_to(tx, request.payer_id)
    if owed is None:
        return
    if not _is_late(tx, owed):  # another wait than the one this look was planned for, which began meanwhile
        plan_overdue(tx, request, owed.by)
        return
    if _told_since(tx, request.payer_id, owed):
        return
    if (why := _left_in_peace(tx, request, owed)) is not None:
        note(tx, request, "answer_overdue", reason="held", date=owed.by.isoformat())
        note(tx, request, "withheld", template=ANSWER_OVERDUE, reason=why)
        return
    until = answer_by(local(tx.now).date())
    facts = {"late": owed.by, "date": until}
    if say(tx, request, Words(ANSWER_OVERDUE, step.name, facts, urgency=SOON)) is not None:
        note(tx, request, "answer_overdue", date=until.isoformat())


def still_late(tx: Tx, row: Outgoing) -> bool:
    """Whether what `row` says is true yet: somebody may have answered while it waited for a decent hour."""
    owed = owed_to(tx, row.payer_id)
    return owed is not None and _is_late(tx, owed)


def why_in_peace(tx: Tx, request: PaymentRequest) -> str | None:
    """Return the status for which nothing goes by itself to the payer of `request`; None without any."""
    query = select(PaymentRequest.status).where(
        PaymentRequest.payer_id == request.payer_id, PaymentRequest.status.in_(OWING & CARED_FOR)
    )
    return tx.session.scalar(query.limit(1))


def _alone_with(tx: Tx, payer_id: str) -> bool:
    """Lock the payer, or two of their requests would each find that nobody told yet; False when locked.

    It waits for nobody: a batch holds the payers that it looked at before, in the order of their steps.
    """
    query = select(Payer.id).where(Payer.id == payer_id).with_for_update(key_share=True, skip_locked=True)
    return tx.session.scalar(query) is not None


def _left_in_peace(tx: Tx, request: PaymentRequest, owed: Owed) -> str | None:
    """In need or in mourning, by where any request stands or by what the answer is about."""
    return why_in_peace(tx, request) or next(iter(sorted(_IN_NEED & owed.subjects)), None)


def _is_late(tx: Tx, owed: Owed) -> bool:
    return owed.by < local(tx.now).date()


def _told_since(tx: Tx, payer_id: str, owed: Owed) -> bool:
    query = (
        select(Event.id)
        .join(PaymentRequest, PaymentRequest.id == Event.request_id)
        .where(PaymentRequest.payer_id == payer_id, Event.kind == _TOLD, Event.at >= owed.since)
    )
    return tx.session.scalar(query.limit(1)) is not None

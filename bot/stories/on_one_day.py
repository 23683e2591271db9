"""One day that a payer chose for several requests is one message, with a link that pays all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import aliased

from bot.stories import together
from bot.stories.said import TOGETHER, requests_of
from bot.stories.say import NO_DAY
from core.db import Tx
from messages.outbox import WENT_OUT, Outgoing
from payments.plans import Step
from payments.requests import PaymentRequest, free, locked

_REMINDS: Final = "reminder-all"
# What is said about one, and about all that were put off to the same day, or asked for together since.
FOR_ALL: Final[Mapping[str, str]] = {
    "promise-due": "promise-due-all",
    "pause-over": "pause-over-all",
    **dict.fromkeys(("reminder-1", "reminder-2", "reminder-3"), _REMINDS),
}
_SHARED: Final = frozenset(f"{name}{end}" for name in FOR_ALL.values() for end in ("", NO_DAY))


def also_due(tx: Tx, step: Step) -> dict[Step, PaymentRequest] | None:
    """Return the steps that say the same as `step` of the same payer's other requests, on the same day.

    Reminders are said together to whoever was asked together before; others come one a day. All the requests
    are locked; None when somebody has one of them in hand, so that what belongs together comes again as one.
    A step that another worker has in hand is left.
    """
    if step.template not in FOR_ALL:
        return {}
    own = aliased(PaymentRequest)
    query = (
        select(Step)
        .join(PaymentRequest, PaymentRequest.id == Step.request_id)
        .join(own, own.payer_id == PaymentRequest.payer_id)
        .where(
            own.id == step.request_id,
            own.currency == PaymentRequest.currency,
            Step.request_id != step.request_id,
            Step.state == "planned",
            Step.template.in_([name for name, of_all in FOR_ALL.items() if of_all == FOR_ALL[step.template]]),
            Step.local_date == step.local_date,
            Step.due_at <= tx.now,
        )
        .with_for_update(skip_locked=True, of=Step)
    )
    others = tx.session.scalars(query).all()
    found = {one.request_id: one for one in others}
    if found and FOR_ALL[step.template] == _REMINDS:
        together_before = _asked_together(tx, step.request_id)
        found = {ident: one for ident, one in found.items() if ident in together_before}
    if not free(tx, found):
        return None
    return {one: locked(tx, ident) for ident, one in found.items()}


def _asked_together(tx: Tx, request_id: str) -> Set[str]:
    """Return the requests that the last message for several asked for, if it was about this one too."""
    payer = select(PaymentRequest.payer_id).where(PaymentRequest.id == request_id).scalar_subquery()
    query = select(Outgoing).where(
        Outgoing.payer_id == payer, Outgoing.template.in_(_SHARED), Outgoing.status.in_(WENT_OUT)
    )
    last = tx.session.scalars(query.order_by(Outgoing.claimed_at.desc(), Outgoing.id.desc()).limit(1)).first()
    about = set(requests_of(last)) if last is not None else set()
    return about if request_id in about else set()


def facts_for(requests: Sequence[PaymentRequest]) -> dict[str, object]:
    """Return what a message keeps so that it is about all of `requests`, and pays them."""
    several = together.one_payers(requests)
    return {**together.named(several), TOGETHER: " ".join(request.id for request in several)}

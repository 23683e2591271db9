"""One day that a payer chose for several requests is one message, with a link that pays all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import aliased

from bot.stories import together
from bot.stories.said import TOGETHER
from core.db import Tx
from payments.plans import Step
from payments.requests import PaymentRequest, locked

# What is said about one, and about all that were put off to the same day.
FOR_ALL: Final[Mapping[str, str]] = {"promise-due": "promise-due-all", "pause-over": "pause-over-all"}


def also_due(tx: Tx, step: Step) -> dict[Step, PaymentRequest]:
    """Return the steps that say the same as `step` of the same payer's other requests, on the same day.

    All the requests are locked, in the order of their ids. A step that another worker has in hand is left.
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
            Step.template == step.template,
            Step.local_date == step.local_date,
            Step.due_at <= tx.now,
        )
        .with_for_update(skip_locked=True, of=Step)
    )
    others = tx.session.scalars(query).all()
    found = {one.request_id: one for one in others}
    locks = {ident: locked(tx, ident) for ident in sorted({*found, step.request_id})}
    return {one: locks[ident] for ident, one in found.items()}


def facts_for(requests: Sequence[PaymentRequest]) -> dict[str, object]:
    """Return what a message keeps so that it is about all of `requests`, and pays them."""
    several = together.one_payers(requests)
    return {**together.named(several), TOGETHER: " ".join(request.id for request in several)}

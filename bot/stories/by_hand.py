"""The shop's own hand on a request: hold it, let it go on, or note that somebody looked."""

from __future__ import annotations

from collections.abc import Set
from datetime import date, timedelta
from typing import Final

from bot.stories.carry_out import resume
from core.calendar import local
from core.db import Tx
from core.errors import Invalid, Problem, Refused
from payments import plans
from payments.attention import BY_GOING_ON, settle_attention
from payments.lifecycle import WITH_A_PERSON, Status, Verb
from payments.requests import PaymentRequest, locked, of_merchant
from payments.timeline import note

LONGEST_PAUSE: Final = timedelta(days=365)
CAN_PAUSE: Final = frozenset({Status.PLANNED, Status.OPEN, Status.PROMISED, Status.PAUSED})
CAN_RESUME: Final = WITH_A_PERSON | {Status.PROMISED, Status.PAUSED}


def hold(tx: Tx, merchant_id: str, request_id: str, until: date | None, by: str) -> None:
    """Keep silent until the day `until`, on which the payer is asked again.

    It does not use up the rest that the payer may ask for. Raises Invalid for a day that cannot be, and
    Refused when nothing is being asked now.
    """
    request = _own(tx, merchant_id, request_id)
    today = local(tx.now).date()
    if until is None or not today < until <= today + LONGEST_PAUSE:
        raise Invalid([Problem("until", "is not a day in the coming year.", "Choose a later day.")])
    if Status(request.status) not in CAN_PAUSE or not request.move(Verb.PAUSE):
        raise Refused(f"a request that is {request.status} cannot be paused")
    plans.hold(tx, request, until)
    note(tx, request, "paused", by, date=until.isoformat())


def let_go_on(tx: Tx, merchant_id: str, request_id: str, by: str) -> None:
    """Go on with the plan after a pause, a promise, or when a person has looked. Raises Refused otherwise."""
    request = _own(tx, merchant_id, request_id)
    if Status(request.status) not in CAN_RESUME:
        raise Refused(f"a request that is {request.status} does not wait for anybody")
    resume(tx, request, by, tx.now)
    settle_attention(request, BY_GOING_ON)


def looked_at(tx: Tx, merchant_id: str, request_id: str, by: str) -> None:
    """Note that somebody did what had to be done; what else waits for a person shows after it."""
    request = _own(tx, merchant_id, request_id)
    seen_to(tx, request, {request.attention} if request.attention else set(), by)


def seen_to(tx: Tx, request: PaymentRequest, reasons: Set[str], by: str) -> None:
    """Note that somebody did what `reasons` asked for; what came up besides them still waits.

    `request` is locked.
    """
    for reason in sorted(reasons & {request.attention, *request.attentions}):
        note(tx, request, "attention_done", by, subject=reason)
    settle_attention(request, reasons)


def _own(tx: Tx, merchant_id: str, request_id: str) -> PaymentRequest:
    return locked(tx, of_merchant(tx, merchant_id, request_id).id)

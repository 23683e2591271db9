"""Story 3, where it begins: a hint or the schedule says to ask the PSP about a checkout."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.stories.looked_up import answered
from bot.stories.paid import reported
from bot.stories.world import World
from core.db import Tx
from core.errors import Missing, OutcomeUnknown, Refused, Unavailable
from core.log import logger
from payments import checkouts
from payments.checkouts import Checkout
from payments.shares import locked_requests, withdraw_offers

_log = logger(__name__)
_BATCH = 20
_RETRY = timedelta(seconds=30)
# A checkout whose opening was never confirmed, and that the PSP does not know after this, never was.
_NEVER_OPENED = timedelta(hours=1)


@dataclass(frozen=True)
class Question:
    """One checkout to ask about; `psp_id` is None when its opening was never confirmed.

    `retry_at` is when it will be asked about again if nothing comes of this.
    """

    checkout_id: str
    psp_id: str | None
    created_at: datetime
    retry_at: datetime


def to_ask(world: World, asking: Collection[str]) -> Sequence[Question]:
    """Take the checkouts that the PSP should be asked about now; others leave them alone meanwhile.

    Those in `asking` are being asked about: what is said about them meanwhile stays due.
    """
    return world.db.run(_take, asking)


def _take(tx: Tx, asking: Collection[str]) -> list[Question]:
    rows = checkouts.to_check(tx, _BATCH, asking)
    for checkout in rows:
        checkout.next_check_at = tx.now + _RETRY
    return [Question(c.id, c.psp_id or c.hinted_id, c.created_at, tx.now + _RETRY) for c in rows]


def ask_psp(world: World, question: Question) -> None:
    """Ask about one checkout, over the network, and take the answer in one transaction."""
    try:
        psp_id = question.psp_id or world.psp.find(question.checkout_id, question.created_at)
        if psp_id is None:
            world.db.run(_not_found, question)
            return
        report = world.psp.report(psp_id)
    except Missing:
        world.db.run(_not_found, question)
    except (Unavailable, OutcomeUnknown, Refused) as error:
        _log.warning("the PSP could not be asked", checkout=question.checkout_id, error=str(error))
        world.db.run(_later, question)
    else:
        if not world.db.run(reported, world, question.checkout_id, report, question.retry_at):
            world.db.run(_not_found, question)


def _not_found(tx: Tx, question: Question) -> None:
    """What the PSP does not know: a hint that was not true, or an opening that never happened."""
    requests = locked_requests(tx, question.checkout_id)
    checkout = tx.session.get_one(
        Checkout, question.checkout_id, with_for_update=True, populate_existing=True
    )
    checkout.hinted_id = None
    checkout.checks += 1
    checkout.next_check_at = checkouts.next_check(checkout, tx.now)
    if checkout.psp_id is None and tx.now - checkout.created_at > _NEVER_OPENED:
        checkout.status, checkout.next_check_at = "refused", None
        withdraw_offers(tx, checkout_id=checkout.id)
    answered(tx, requests, checkout)


def _later(tx: Tx, question: Question) -> None:
    checkout = tx.session.get_one(Checkout, question.checkout_id, with_for_update=True)
    checkout.checks += 1
    checkout.next_check_at = tx.now + min(_RETRY * checkout.checks, timedelta(minutes=15))

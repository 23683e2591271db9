"""The merchant gives money back with one tap: stored first, asked once, looked up when in doubt."""

from __future__ import annotations

from bot.stories.world import World
from core.db import Tx
from core.errors import OutcomeUnknown, Refused, Unavailable
from core.money import Money
from payments import refunds
from payments.checkouts import check_now
from payments.ledger import balance
from payments.refunds import Refund
from payments.requests import locked, of_merchant
from payments.timeline import note


def returnable(tx: Tx, merchant_id: str, request_id: str) -> Money:
    """Return what can be offered back now: the surplus, less what is on its way already."""
    request = of_merchant(tx, merchant_id, request_id)
    surplus = balance(tx, request).surplus - refunds.under_way(tx, request)
    return Money(max(surplus.cents, 0), request.currency)


def give_back(world: World, merchant_id: str, request_id: str, amount: Money, by: str) -> str:
    """Give `amount` back and return the refund's status at the PSP.

    Raises Refused when more is asked than came in, or when the PSP refuses; Unavailable when nothing
    happened; OutcomeUnknown when the PSP did not answer, after which reconciliation finds out.
    """
    refund, psp_id, description = world.db.run(_store, merchant_id, request_id, amount, by)
    try:
        psp_ref = world.psp.refund(psp_id, amount, refund.id, description)
    except (Refused, Unavailable):
        world.db.run(_ended, refund.id, "refused", None)
        raise
    except OutcomeUnknown:
        world.db.run(_ended, refund.id, "unknown", None)
        raise
    try:
        world.db.run(_ended, refund.id, "pending", psp_ref)
    except Unavailable as error:
        raise OutcomeUnknown("the money is on its way back; our own books follow") from error
    return "pending"


def _store(tx: Tx, merchant_id: str, request_id: str, amount: Money, by: str) -> tuple[Refund, str, str]:
    request = of_merchant(tx, merchant_id, request_id)
    locked(tx, request.id)
    if amount.cents <= 0:
        raise Refused("an amount above zero is needed")
    refund = refunds.new_refund(tx, request, amount, by)
    note(tx, request, "refund_asked", by, cents=amount.cents)
    return refund, *refunds.order_of(tx, refund)


def _ended(tx: Tx, refund_id: str, status: str, psp_ref: str | None) -> None:
    locked(tx, tx.session.get_one(Refund, refund_id).request_id)
    refund = tx.session.get_one(Refund, refund_id, with_for_update=True, populate_existing=True)
    # A report may have been quicker to tell what became of it.
    refund.advance(status)
    refund.psp_ref = psp_ref or refund.psp_ref
    check_now(tx, refund.request_id)

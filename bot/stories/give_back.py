"""The merchant gives money back with one tap: stored first, asked once, looked up when in doubt."""

from __future__ import annotations

from bot.stories.world import World
from core.db import Tx
from core.errors import OutcomeUnknown, Refused, Unavailable
from core.money import Money
from payments import refunds
from payments.attention import raise_attention, settle_attention
from payments.checkouts import check_now
from payments.refunds import Refund
from payments.requests import PaymentRequest, locked, of_merchant
from payments.timeline import note


def returnable(tx: Tx, merchant_id: str, request_id: str) -> Money:
    """Return what can be offered back now: the surplus, less what is on its way already."""
    return refunds.returnable(tx, of_merchant(tx, merchant_id, request_id))


def see_to_surplus(tx: Tx, request: PaymentRequest, before: Money) -> None:
    """Let a person look when there is more to give back than `before`, and nobody when nothing is left.

    `request` is locked. What somebody looked at and left is not brought up again for itself.
    """
    left = refunds.returnable(tx, request)
    if not left:
        settle_attention(request, {"surplus"})
    elif left.cents > before.cents:
        raise_attention(request, "surplus")


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
    before = refunds.returnable(tx, request)
    refund = refunds.new_refund(tx, request, amount, by)
    see_to_surplus(tx, request, before)
    note(tx, request, "refund_asked", by, cents=amount.cents)
    return refund, *refunds.order_of(tx, refund)


def _ended(tx: Tx, refund_id: str, status: str, psp_ref: str | None) -> None:
    request = locked(tx, tx.session.get_one(Refund, refund_id).request_id)
    before = refunds.returnable(tx, request)
    refund = tx.session.get_one(Refund, refund_id, with_for_update=True, populate_existing=True)
    # A report may have been quicker to tell what became of it.
    refund.advance(status)
    refund.psp_ref = psp_ref or refund.psp_ref
    see_to_surplus(tx, request, before)
    check_now(tx, refund.request_id)

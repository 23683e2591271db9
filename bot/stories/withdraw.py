"""The merchant withdraws a request: nobody asks any more, and money that still comes is offered back."""

from __future__ import annotations

from bot.stories.say import BULK, Words, edit_earlier, say
from bot.stories.world import World
from core.db import Tx
from core.errors import Refused
from payments import instalments, plans, promises
from payments.attention import BY_GOING_ON, raise_attention, settle_attention
from payments.ledger import balance
from payments.lifecycle import Verb
from payments.requests import PaymentRequest, locked, of_merchant
from payments.timeline import note


def withdraw(tx: Tx, world: World, merchant_id: str, request_id: str, by: str) -> PaymentRequest:
    """Cancel a request, tell a payer who was asked, and change the messages that still ask.

    A payer who is at the bank now can still pay: that is credited, and shown as surplus. Raises Refused
    when there is nothing to withdraw, such as after payment.
    """
    request = locked(tx, of_merchant(tx, merchant_id, request_id).id)
    was = request.status
    if not request.move(Verb.CANCEL):
        raise Refused(f"a request that is {was} cannot be withdrawn")
    request.cancelled_at = tx.now
    settle_attention(request, BY_GOING_ON)
    promises.replace(tx, request, by="withdrawn")
    plans.drop_steps(tx, request)
    instalments.end(tx, request)
    note(tx, request, "cancelled", by)
    _offer_back(tx, request)
    if request.asked_at is not None:
        edit_earlier(
            tx, request, "withdrawn-edit", [name for name, c in world.channels.items() if c.can_edit]
        )
        say(tx, request, Words("withdrawn", "withdrawn", urgency=BULK))
    return request


def _offer_back(tx: Tx, request: PaymentRequest) -> None:
    """What was paid in part is surplus from now on."""
    surplus = balance(tx, request).surplus
    if surplus:
        raise_attention(request, "surplus")
        note(tx, request, "surplus", cents=surplus.cents)

"""A payer presses Start with an invitation: from then on this chat is one of their addresses."""

from __future__ import annotations

from bot.stories.pick_up import pick_up
from bot.stories.say import SOON, Words, say
from bot.stories.wishes import first_of, prefer
from core.db import Tx
from core.log import logger
from messages.channels import Channel, Inbound
from messages.inbox import Incoming
from payments.directory import add_address
from payments.invites import redeem
from payments.parties import at_address
from payments.requests import last_asked
from payments.timeline import note

_log = logger(__name__)


def join(tx: Tx, channel: Channel, inbound: Inbound, row: Incoming) -> None:
    """Link the chat to the payer who was invited; a used or unknown invitation links nothing."""
    request = redeem(tx, inbound.start_token, channel.name)
    if request is None:
        _stale(tx, channel, inbound, row)
        return
    row.merchant_id, row.payer_id, row.request_id = request.merchant_id, request.payer_id, request.id
    address = add_address(tx, request.payer, channel.name, inbound.sender, "start pressed by the payer")
    address.last_inbound_at = tx.now
    address.opted_out_at = address.unusable_at = address.unusable_why = None
    prefer(tx, request.payer, channel.name)
    request.channels = first_of(channel.name, request.channels)
    note(tx, request, "joined", "payer", channel=channel.name)
    pick_up(tx, [request.payer_id], tx.now)
    say(
        tx,
        request,
        Words("telegram-welcome", f"welcome:{row.id}", asked=True, urgency=SOON, address=address),
    )


def _stale(tx: Tx, channel: Channel, inbound: Inbound, row: Incoming) -> None:
    """Somebody we know hears that the link was used; a stranger hears nothing, not even a name."""
    request = last_asked(tx, [address.payer_id for address in at_address(tx, channel.name, inbound.sender)])
    if request is None:
        _log.info("start without a valid invitation", channel=channel.name)
        return
    words = Words("telegram-stale-link", f"stale:{row.id}", asked=True, urgency=SOON)
    say(tx, request, words)

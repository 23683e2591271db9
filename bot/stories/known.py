"""What deciding has to know of a request, gathered in one place for the chat and the page."""

from __future__ import annotations

from bot.decide import Known
from core.calendar import local
from core.db import Tx
from payments.lifecycle import Status
from payments.requests import PaymentRequest


def known(tx: Tx, request: PaymentRequest, puzzled: int = 0) -> Known:
    """Return where `request` stands; `puzzled` counts the replies before this one not understood."""
    addresses = request.payer.addresses
    return Known(
        today=local(tx.now).date(),
        status=Status(request.status),
        policy=request.merchant.policy,
        times_promised=request.times_promised,
        times_paused=request.times_paused,
        # A stop marks every address; one that is open again was opened by the payer, with Start.
        opted_out=bool(addresses) and all(address.opted_out_at for address in addresses),
        last_day=request.expires_on,
        puzzled=puzzled,
    )

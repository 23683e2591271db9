"""The end of "I paid already": every payment we know of was looked at, and the payer hears the outcome."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from bot.stories.say import SOON, Words, say
from core.db import Tx
from payments.checkouts import Checkout, awaited
from payments.ledger import balance
from payments.lifecycle import Status
from payments.requests import PaymentRequest
from payments.timeline import note

# Who asked this recently expects an answer, also in the evening; later news keeps decent hours.
_FRESH: Final = timedelta(hours=1)


def answered(tx: Tx, requests: Sequence[PaymentRequest], checkout: Checkout) -> None:
    """Take note that the PSP told about `checkout`, which pays `requests`.

    Each payer who waits for that hears it once nothing is left to look at. What was found is told by
    itself: see paid.py.
    """
    checkout.answered_at = tx.now
    tx.session.flush()
    for request in requests:
        _tell(tx, request)


def _tell(tx: Tx, request: PaymentRequest) -> None:
    since = request.checking_since
    if since is None or awaited(tx, request.id, since):
        return
    request.checking_since = None
    if request.status != Status.CHECKING:
        return
    note(tx, request, "nothing_found")
    template = "still-open-part" if balance(tx, request).received > 0 else "still-open"
    name = f"looked-up:{since.isoformat()}"
    say(tx, request, Words(template, name, asked=tx.now - since < _FRESH, urgency=SOON))

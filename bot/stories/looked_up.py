"""The end of "I paid already": every payment we know of was looked at, and the payer hears the outcome."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.stories.say import SOON, Words, say
from core.db import Tx
from payments.answers import promise_answer
from payments.checkouts import Checkout, awaited, is_live
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
    if request.status == Status.CHECKING and is_live(tx, request.id):
        # The payer is still at the bank, or the money is: how it ends is told when the PSP tells it.
        say(tx, request, _words("still-under-way", tx, since))
        return
    request.checking_since = None
    if request.status != Status.CHECKING:
        return
    note(tx, request, "nothing_found")
    promise_answer(tx, request, "claims_paid")
    template = "still-open-part" if balance(tx, request).received > 0 else "still-open"
    say(tx, request, _words(template, tx, since))


def _words(template: str, tx: Tx, since: datetime) -> Words:
    step = "looked-up" if template != "still-under-way" else "under-way"
    return Words(template, f"{step}:{since.isoformat()}", asked=tx.now - since < _FRESH, urgency=SOON)

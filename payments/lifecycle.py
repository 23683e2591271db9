"""The life of a payment request as data: which status follows which, and why a message may not go."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Status(StrEnum):
    """Where a payment request stands. The words in the docstring of each are for README and pages."""

    PLANNED = "planned"
    OPEN = "open"
    PROMISED = "promised"
    PAUSED = "paused"
    INSTALMENTS = "instalments"
    DISPUTED = "disputed"
    CHECKING = "checking"
    HARDSHIP = "hardship"
    BEREAVED = "bereaved"
    PAID = "paid"
    REFUNDED = "refunded"
    CHARGED_BACK = "charged_back"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


MEANING: Final = {
    Status.PLANNED: "the first message still has to go",
    Status.OPEN: "asked, and money is owed",
    Status.PROMISED: "the payer named a day; silence until then",
    Status.PAUSED: "the payer asked for rest until a day",
    Status.INSTALMENTS: "paid in parts, each asked for on its own day",
    Status.DISPUTED: "the payer does not agree; a person looks",
    Status.CHECKING: "the payer says it is paid; it is being looked up",
    Status.HARDSHIP: "the payer cannot pay; everything automatic stopped",
    Status.BEREAVED: "somebody of the payer died; everything automatic stopped, and a person takes over",
    Status.PAID: "paid in full",
    Status.REFUNDED: "was paid, and the money was given back",
    Status.CHARGED_BACK: "was paid, and the bank took the money back; a person looks",
    Status.CANCELLED: "withdrawn by the merchant",
    Status.EXPIRED: "no longer asked for; a payment that still comes is credited",
}


class Verb(StrEnum):
    """What can happen to a payment request."""

    ASK = "ask"
    PROMISE = "promise"
    PAUSE = "pause"
    DIVIDE = "divide"
    RESUME = "resume"
    DISPUTE = "dispute"
    CHECK = "check"
    HARDSHIP = "hardship"
    BEREAVE = "bereave"
    CANCEL = "cancel"
    EXPIRE = "expire"


_ASKED = frozenset({Status.PLANNED, Status.OPEN, Status.PROMISED, Status.PAUSED})
# Whoever stands here stays with the person who gets in touch, whatever else they say.
CARED_FOR: Final = frozenset({Status.HARDSHIP, Status.BEREAVED})
WITH_A_PERSON: Final = CARED_FOR | {Status.DISPUTED, Status.CHECKING}
OWING: Final = _ASKED | WITH_A_PERSON | {Status.INSTALMENTS, Status.CHARGED_BACK}

# Money is not a verb: PAID, REFUNDED and CHARGED_BACK follow from the ledger alone, see payments/ledger.py.
LIFE: Final[dict[Verb, tuple[frozenset[Status], Status]]] = {
    Verb.ASK: (_ASKED, Status.OPEN),
    Verb.PROMISE: (_ASKED | {Status.CHECKING, Status.DISPUTED}, Status.PROMISED),
    Verb.PAUSE: (_ASKED, Status.PAUSED),
    Verb.DIVIDE: (_ASKED | WITH_A_PERSON | {Status.INSTALMENTS}, Status.INSTALMENTS),
    Verb.RESUME: (_ASKED | WITH_A_PERSON, Status.OPEN),
    Verb.DISPUTE: (OWING - CARED_FOR, Status.DISPUTED),
    Verb.CHECK: (OWING - CARED_FOR, Status.CHECKING),
    Verb.HARDSHIP: (OWING, Status.HARDSHIP),
    Verb.BEREAVE: (OWING, Status.BEREAVED),
    Verb.CANCEL: (OWING | {Status.EXPIRED}, Status.CANCELLED),
    Verb.EXPIRE: (OWING, Status.EXPIRED),
}


def after(status: Status, verb: Verb) -> Status | None:
    """Return the status that follows, or None when `verb` cannot happen to a request in `status`."""
    allowed, following = LIFE[verb]
    return following if status in allowed else None

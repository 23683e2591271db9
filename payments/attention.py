"""Why a person should look at a request: the reasons, which is graver, and what takes each of them away."""

from __future__ import annotations

from collections.abc import Set
from typing import Final

from payments.requests import PaymentRequest

# The gravest first: money that is not where it should be, then people who were promised an answer, then
# messages that went astray. The first one shows; the others wait behind it, and none is lost.
REASONS: Final = (
    "charged_back",
    "surplus",
    "bereaved",
    "hardship",
    "disputed",
    "wrong_person",
    "asks_a_person",
    "asks_question",
    "replied",
    "illness",
    "claims_paid",
    "not_understood",
    "has_wish",
    "missed_part",
    "asks_less",
    "asks_parts",
    "asks_more_time",
    "asks_more_rest",
    "wrote_after_stop",
    "unknown_send",
    "unreachable",
    "message_failed",
)
_RANK: Final = {reason: rank for rank, reason in enumerate(REASONS)}
# What nobody has to do any more once all is paid. Who asked something and got no answer yet still gets it.
BY_MONEY: Final = frozenset(
    {
        "charged_back",
        "claims_paid",
        "missed_part",
        "asks_less",
        "asks_parts",
        "asks_more_time",
        "asks_more_rest",
        "unknown_send",
        "unreachable",
        "message_failed",
    }
)
# What is done with the money as well, once a person has answered it.
WHEN_ANSWERED: Final = frozenset(
    {
        "asks_a_person",
        "asks_question",
        "replied",
        "has_wish",
        "not_understood",
        "disputed",
        "bereaved",
        "hardship",
        "illness",
        "wrote_after_stop",
    }
)
# What a payer said or chose, which a person answers: all but money and messages that went astray.
ANSWERED: Final = WHEN_ANSWERED | frozenset(
    {"claims_paid", "asks_less", "asks_parts", "asks_more_time", "asks_more_rest"}
)
# What is done when a person lets the asking go on, or withdraws the request: all but the money.
BY_GOING_ON: Final = frozenset(REASONS) - {"charged_back", "surplus"}


def raise_attention(request: PaymentRequest, reason: str) -> None:
    """Ask a person to look at `request`, for `reason`. Raises KeyError for one that is not in REASONS."""
    open_now = {reason, *request.attentions}
    request.attentions = sorted(open_now, key=_RANK.__getitem__)
    request.attention = request.attentions[0]


def settle_attention(request: PaymentRequest, reasons: Set[str]) -> None:
    """Take away `reasons`: what else a person should look at stays, and the gravest of it shows."""
    request.attentions = [reason for reason in request.attentions if reason not in reasons]
    request.attention = next(iter(request.attentions), None)

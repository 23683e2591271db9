"""Mollie's classic webhook: an unsigned form with nothing but an id, tried ten times in twenty-six hours."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from sandbox.letters import Answer, Letter, Rule

_MINUTE: Final = 60.0
_HOUR: Final = 3600.0
# Moments of the ten calls, in seconds after the first.
MOMENTS: Final = (
    *(minutes * _MINUTE for minutes in (0, 1, 3, 7, 15, 31)),
    *(hours * _HOUR for hours in (1, 2, 4, 26)),
)


class TenTimes(Rule):
    """Again at Mollie's moments, until something between 200 and 299 comes back."""

    def next_try(self, attempt: int, answer: Answer) -> float | None:
        if answer.accepted or attempt >= len(MOMENTS):
            return None
        return MOMENTS[attempt] - MOMENTS[attempt - 1]


def knock(payment_id: str, url: str) -> Letter:
    """The webhook for a payment."""
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Accept": "*/*",
        "User-Agent": "Mollie HTTP client/1.0",
    }
    body = urlencode({"id": payment_id}).encode()
    return Letter("mollie", "payment", url, body, headers, lane=payment_id, rule=TenTimes())

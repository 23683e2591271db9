"""What Mollie remembers: payments, refunds and chargebacks, as plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

# iDEAL gives a payer a quarter of an hour.
IDEAL_LIVES: Final = timedelta(minutes=15)
DEFINITIVE: Final = frozenset({"paid", "canceled", "expired", "failed"})
# A refund can be taken back until it is with the bank, and counts until it failed or was taken back.
REFUND_STILL_HERE: Final = frozenset({"queued", "pending"})
REFUND_UNDONE: Final = frozenset({"failed", "canceled"})


@dataclass(frozen=True)
class Amount:
    """Money as Mollie writes it: whole cents and a currency."""

    cents: int
    currency: str = "EUR"

    def as_json(self) -> dict[str, str]:
        sign = "-" if self.cents < 0 else ""
        whole, rest = divmod(abs(self.cents), 100)
        return {"value": f"{sign}{whole}.{rest:02d}", "currency": self.currency}


@dataclass
class Refund:
    id: str
    payment_id: str
    amount: Amount
    created_at: datetime
    description: str
    metadata: Any = None
    status: str = "queued"

    @property
    def counts(self) -> bool:
        return self.status not in REFUND_UNDONE


@dataclass
class Chargeback:
    id: str
    payment_id: str
    amount: Amount
    created_at: datetime
    reversed_at: datetime | None = None


@dataclass(frozen=True)
class Order:
    """What a merchant asks for when creating a payment."""

    amount: Amount
    description: str
    redirect_url: str | None = None
    cancel_url: str | None = None
    webhook_url: str | None = None
    method: str | None = None
    metadata: Any = None
    locale: str | None = None
    sequence_type: str = "oneoff"


@dataclass
class Payment:
    """One payment. `expires_at` is what Mollie says; `dies_at` is when it really stops taking money."""

    id: str
    order: Order
    created_at: datetime
    expires_at: datetime
    dies_at: datetime
    status: str = "open"
    # paid, canceled, expired or failed: when that happened.
    settled_at: datetime | None = None
    payer: str | None = None
    refunds: list[Refund] = field(default_factory=list)
    chargebacks: list[Chargeback] = field(default_factory=list)

    @property
    def refunded(self) -> int:
        """Cents given back, or on their way back."""
        return sum(refund.amount.cents for refund in self.refunds if refund.counts)

    @property
    def charged_back(self) -> int:
        """Cents the bank took back and has not returned."""
        return sum(c.amount.cents for c in self.chargebacks if c.reversed_at is None)

    @property
    def remaining(self) -> int:
        """Cents that can still be refunded."""
        return max(self.order.amount.cents - self.refunded - self.charged_back, 0)

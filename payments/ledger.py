"""The ledger: one entry per money fact that the PSP reports; balances and money statuses follow from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Tx, UtcDateTime
from core.money import Money
from payments.checkouts import Checkout
from payments.lifecycle import Status
from payments.psp import Fact
from payments.requests import PaymentRequest

# What each kind of fact does to what the merchant has.
_SIGNS: Final = {"payment": 1, "refund": -1, "refund_reversal": 1, "chargeback": -1, "chargeback_reversal": 1}
KINDS: Final = tuple(_SIGNS)


class LedgerEntry(Base):
    """One money fact. Append-only. `amount_cents` is what the merchant gained: refunds are negative."""

    __tablename__ = "ledger_entry"
    __table_args__ = (UniqueConstraint("psp", "kind", "psp_ref"), Index(None, "request_id"))

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    merchant_id: Mapped[str] = mapped_column(ForeignKey("merchant.id"))
    request_id: Mapped[str] = mapped_column(ForeignKey("payment_request.id"))
    checkout_id: Mapped[str] = mapped_column(ForeignKey("checkout.id"))
    kind: Mapped[str] = mapped_column(String(24))
    amount_cents: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    psp: Mapped[str] = mapped_column(String(20))
    psp_ref: Mapped[str] = mapped_column(String(60))
    happened_at: Mapped[datetime] = mapped_column(UtcDateTime())
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime())


def record(tx: Tx, checkout: Checkout, facts: Iterable[Fact]) -> list[Fact]:
    """Write down what the PSP reports of `checkout` and return what is new; the rest changes nothing."""
    return [fact for fact in facts if _record(tx, checkout, fact)]


def _record(tx: Tx, checkout: Checkout, fact: Fact) -> bool:
    insert = postgresql.insert if tx.session.get_bind().dialect.name == "postgresql" else sqlite.insert
    entry = insert(LedgerEntry).values(
        id=tx.new_id("led"),
        merchant_id=checkout.merchant_id,
        request_id=checkout.request_id,
        checkout_id=checkout.id,
        kind=fact.kind,
        amount_cents=_SIGNS[fact.kind] * fact.cents,
        currency=fact.currency,
        psp=checkout.psp,
        psp_ref=fact.ref,
        happened_at=fact.at,
        recorded_at=tx.now,
    )
    # RETURNING, since psycopg does not count the rows of an ORM insert.
    return tx.session.scalar(entry.on_conflict_do_nothing().returning(LedgerEntry.id)) is not None


@dataclass(frozen=True)
class Balance:
    """A request's money in cents: what is owed in all, and what came and went."""

    currency: str
    owed: int
    paid: int = 0
    refunded: int = 0
    charged_back: int = 0

    @property
    def received(self) -> int:
        return self.paid - self.refunded - self.charged_back

    @property
    def remaining(self) -> Money:
        """What the payer still owes; never below zero."""
        return Money(max(self.owed - self.received, 0), self.currency)

    @property
    def surplus(self) -> Money:
        """What came in above what is owed; never below zero."""
        return Money(max(self.received - self.owed, 0), self.currency)


def balance(tx: Tx, request: PaymentRequest) -> Balance:
    """Add up the request's entries. A cancelled request owes nothing, so all that it received is surplus."""
    query = (
        select(LedgerEntry.kind, func.sum(LedgerEntry.amount_cents))
        .where(LedgerEntry.request_id == request.id)
        .group_by(LedgerEntry.kind)
    )
    total = {kind: int(cents) for kind, cents in tx.session.execute(query)}
    return Balance(
        currency=request.currency,
        owed=0 if request.cancelled_at else request.amount_cents,
        paid=total.get("payment", 0),
        refunded=-total.get("refund", 0) - total.get("refund_reversal", 0),
        charged_back=-total.get("chargeback", 0) - total.get("chargeback_reversal", 0),
    )


MONEY_STATUSES: Final = frozenset({Status.PAID, Status.REFUNDED, Status.CHARGED_BACK})


def money_status(request: PaymentRequest, money: Balance) -> Status:
    """Return the status that the ledger asks for: a function of the set of facts, not of their order.

    As long as not all was paid, the ledger has no say: what was agreed about the rest stands.
    """
    if money.paid < request.amount_cents:
        return Status(request.status)
    if money.received >= request.amount_cents:
        return Status.PAID
    return Status.CHARGED_BACK if money.charged_back > 0 else Status.REFUNDED

"""The ledger: what the PSP reports, entry by entry; balances and money statuses follow from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate, product
from typing import Final

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Tx, UtcDateTime
from core.money import Money
from payments.allotment import PAID, POTS, Known, allot
from payments.checkouts import Checkout
from payments.lifecycle import Status
from payments.psp import Fact
from payments.requests import PaymentRequest
from payments.shares import of_checkout

KINDS: Final = tuple(POTS)


class LedgerEntry(Base):
    """What one money fact does to one request. Append-only.

    `amount_cents` is what the merchant gained: refunds are negative. A fact about a checkout for several
    requests has an entry for each that it concerns: see payments/allotment.py.
    """

    __tablename__ = "ledger_entry"
    __table_args__ = (
        UniqueConstraint("psp", "kind", "psp_ref", "request_id"),
        Index(None, "request_id"),
        Index(None, "checkout_id"),
    )

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


@dataclass(frozen=True)
class News:
    """What one new fact does to one request.

    `cents` is positive, as in the fact. When `moved`, the money is not the fact's own, but was taken from
    another request before: then it is what this request gains by that, or loses.
    """

    request_id: str
    fact: Fact
    cents: int
    moved: bool = False

    @property
    def kind(self) -> str:
        return self.fact.kind


def record(
    tx: Tx, checkout: Checkout, facts: Iterable[Fact], owners: Mapping[str, str] | None = None
) -> list[News]:
    """Write down what the PSP reports of `checkout` and return what is new; the rest changes nothing.

    `owners` says which request the refund with a PSP reference is about. The caller has locked the
    requests that the checkout pays.
    """
    books = _Books(tx, checkout, owners or {})
    return [news for fact in facts if not books.has(fact) for news in books.enter(fact)]


class _Books:
    """The entries of one checkout: what falls to each request is always that of all facts together."""

    def __init__(self, tx: Tx, checkout: Checkout, owners: Mapping[str, str]) -> None:
        self._tx, self._checkout, self._owners = tx, checkout, owners
        self._shares = {share.request_id: share.amount_cents for share in of_checkout(tx, checkout.id)}
        self._held: Counter[tuple[str, str]] = Counter()
        sums: Counter[tuple[str, str]] = Counter()
        query = select(LedgerEntry).where(LedgerEntry.checkout_id == checkout.id)
        for entry in tx.session.scalars(query):
            pot, _ = POTS[entry.kind]
            self._held[pot, entry.request_id] += entry.amount_cents * (1 if pot == PAID else -1)
            sums[entry.kind, entry.psp_ref] += entry.amount_cents
        # Where a fact only moved money of another between requests, its entries add up to nothing.
        self._known = {name: self._fact(*name, abs(cents)) for name, cents in sums.items() if cents}

    def _fact(self, kind: str, ref: str, cents: int) -> Known:
        return Known(kind, cents, self._owners.get(ref))

    def has(self, fact: Fact) -> bool:
        return (fact.kind, fact.ref) in self._known

    def enter(self, fact: Fact) -> list[News]:
        """Enter the difference that `fact` makes: nearly always its own money, once in a while another's.

        A refund that turns out to be about one request can move what was taken from another before.
        """
        self._known[fact.kind, fact.ref] = self._fact(fact.kind, fact.ref, fact.cents)
        now = allot(self._shares, self._known.values())
        news = []
        for pot, request_id in product(now, self._shares):
            more = now[pot][request_id] - self._held[pot, request_id]
            if more:
                self._held[pot, request_id] += more
                news.append(self._write(fact, pot, request_id, more))
        return news

    def _write(self, fact: Fact, pot: str, request_id: str, more: int) -> News:
        """Enter that there is `more` (or less than before) of a kind of money for a request."""
        own, sign = POTS[fact.kind]
        kind = fact.kind if pot == own else pot + fact.kind.removeprefix(own)
        gained = more if pot == PAID else -more
        moved = pot != own or more * sign < 0
        self._tx.session.add(
            LedgerEntry(
                id=self._tx.new_id("led"),
                merchant_id=self._checkout.merchant_id,
                request_id=request_id,
                checkout_id=self._checkout.id,
                kind=kind,
                amount_cents=gained,
                currency=fact.currency,
                psp=self._checkout.psp,
                psp_ref=fact.ref,
                happened_at=fact.at,
                recorded_at=self._tx.now,
            )
        )
        self._tx.session.flush()
        return News(request_id, fact, gained if moved else abs(more), moved)


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


def most_at_once(tx: Tx, request: PaymentRequest) -> int:
    """Return the most cents that were in at one time, by the moments that the PSP gives to its facts.

    Of one moment, the older checkout's money comes first, and goes only after it came.
    """
    entries = sorted(
        tx.session.scalars(select(LedgerEntry).where(LedgerEntry.request_id == request.id)),
        key=lambda entry: (entry.happened_at, entry.checkout_id, -entry.amount_cents),
    )
    return max(accumulate((entry.amount_cents for entry in entries), initial=0))


def money_status(request: PaymentRequest, money: Balance, most: int | None = None) -> Status:
    """Return the status that the ledger asks for: a function of the set of facts, not of their order.

    As long as not all was paid, the ledger has no say: what was agreed about the rest stands. For a request
    that is paid in parts, `most` is what was in at once at most: a part that went back and was paid again
    does not make that all was paid.
    """
    if money.received >= request.amount_cents <= money.paid:
        return Status.PAID
    if most is not None and most < request.amount_cents:
        agreed = Status(request.status)
        return Status.INSTALMENTS if agreed in MONEY_STATUSES else agreed
    if money.paid < request.amount_cents:
        return Status(request.status)
    return Status.CHARGED_BACK if money.charged_back > 0 else Status.REFUNDED

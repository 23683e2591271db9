"""However the PSP's facts about a payment for several requests come in: to the cent, and to each its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.stories.paid import reported
from core.clock import ManualClock
from core.crypto import Keyring
from core.db import Database, Tx
from core.ids import SeededIds
from core.money import Money
from messages.outbox import Outgoing
from payments.checkouts import new_checkout
from payments.ledger import LedgerEntry, balance
from payments.psp import Fact, Report
from payments.refunds import Refund
from payments.requests import PaymentRequest, locked
from tests.databases import Factory
from tests.making import Wanted, make_request

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Story:
    """The amounts of some requests, and the snapshots of the one checkout that pays them all.

    The facts of later snapshots are more than those of earlier ones. `ours` are our refunds: whose they
    are, and how much, in the order of their numbers.
    """

    amounts: tuple[int, ...]
    snapshots: tuple[Report, ...]
    ours: tuple[tuple[int, int], ...]
    heard: tuple[int, ...]


@st.composite
def stories(draw: st.DrawFn) -> Story:
    amounts = tuple(draw(st.lists(st.integers(1, 6000), min_size=2, max_size=4)))
    total = sum(amounts)
    now = Report("tr_x", "", "paid", Money(total), (Fact("payment", "tr_x", total, "EUR", AT),), {})
    snapshots = [replace(now, status="open", facts=()), now]
    ours: list[tuple[int, int]] = []
    shares, left = list(amounts), total
    for number in range(draw(st.integers(0, 4))):
        whose = draw(st.sampled_from([None, *range(len(amounts))]))
        most = left if whose is None else min(shares[whose], left)
        if most < 1:
            continue
        cents = draw(st.sampled_from([most, (most + 1) // 2]) | st.integers(1, most))
        kind = "chargeback" if whose is None and draw(st.booleans()) else "refund"
        facts = [Fact(kind, f"{kind}_{number}", cents, "EUR", AT)]
        gone = draw(st.integers(0, 4)) > 0
        if not gone:
            facts.append(Fact(f"{kind}_reversal", f"{kind}_{number}", cents, "EUR", AT))
        told = dict(now.refunds or {})
        if kind == "refund":
            told[facts[0].ref] = ("refunded" if gone else "failed", "" if whose is None else str(len(ours)))
        if whose is not None:
            ours.append((whose, cents))
            shares[whose] -= cents if gone else 0
        left -= cents if gone else 0
        shares = [min(share, left) for share in shares]
        now = replace(now, facts=(*now.facts, *facts), refunds=told)
        snapshots.append(now)
    heard = draw(st.lists(st.integers(0, len(snapshots) - 1), max_size=8))
    order = tuple(draw(st.permutations([*heard, len(snapshots) - 1])))
    return Story(amounts, tuple(snapshots), tuple(ours), order)


@dataclass
class Books:
    """One database that many examples use, each with requests of its own."""

    database: Database
    clock: ManualClock
    world: Any

    def begin(self, story: Story) -> tuple[list[str], str, list[str]]:
        """Return the ids of the requests, of the checkout that pays them, and of our refunds of it."""

        def make(tx: Tx) -> tuple[list[str], str, list[str]]:
            requests: list[PaymentRequest] = []
            mine: tuple[str, ...] = ()
            for cents in story.amounts:
                owed = make_request(tx, Wanted(asked_days_ago=1, amount=Money(cents).value), *mine)
                mine = owed.merchant_id, owed.payer_id
                requests.append(locked(tx, owed.request_id))
            checkout = new_checkout(tx, [(r, r.amount) for r in requests], "mollie")
            refunds = [_refund(tx, requests[whose], checkout.id, cents) for whose, cents in story.ours]
            return [request.id for request in requests], checkout.id, refunds

        return self.database.run(make)

    def hear(self, story: Story, checkout_id: str, refunds: list[str], order: tuple[int, ...]) -> None:
        for number in order:
            self.clock.advance(timedelta(seconds=1))
            report = _renamed(story.snapshots[number], checkout_id, refunds)
            assert self.database.run(reported, self.world, checkout_id, report)

    def state(self, ids: list[str]) -> list[object]:
        def step(tx: Tx) -> list[object]:
            requests = [tx.session.get_one(PaymentRequest, one) for one in ids]
            return [(balance(tx, request), request.status) for request in requests]

        return self.database.read(step)

    def rows(self, table: Any, ids: list[str]) -> list[Any]:
        query = select(table).where(table.request_id.in_(ids)).order_by(table.id)
        return self.database.read(lambda tx: list(tx.session.scalars(query)))


def _refund(tx: Tx, request: PaymentRequest, checkout_id: str, cents: int) -> str:
    refund = Refund(id=tx.new_id("rfd"), merchant_id=request.merchant_id, request_id=request.id)
    refund.checkout_id, refund.amount_cents, refund.currency = checkout_id, cents, "EUR"
    refund.by, refund.created_at = "merchant", tx.now
    tx.session.add(refund)
    tx.session.flush()
    return refund.id


def _renamed(report: Report, checkout_id: str, refunds: list[str]) -> Report:
    """References are unique at the PSP, so they are here, for every example."""
    mine = checkout_id[-12:]
    told = {
        mine + ref: (status, refunds[int(number)] if number else "")
        for ref, (status, number) in (report.refunds or {}).items()
    }
    facts = tuple(replace(fact, ref=mine + fact.ref) for fact in report.facts)
    return replace(report, psp_id=mine, checkout_id=checkout_id, facts=facts, refunds=told)


@pytest.fixture
def books(database_factory: Factory, clock: ManualClock, keyring: Keyring) -> Iterator[Books]:
    with database_factory.fresh() as url:
        database = Database(url, clock, keyring, SeededIds(1))
        yield Books(database, clock, SimpleNamespace(channels={}))
        database.close()


def test_each_request_gets_its_own_in_any_order_and_no_cent_is_lost(
    books: Books, request: pytest.FixtureRequest
) -> None:
    sqlite = "sqlite" in request.node.name

    @settings(max_examples=120 if sqlite else 25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(story=stories())
    def check(story: Story) -> None:
        _check(books, story)

    check()


def _check(books: Books, story: Story) -> None:
    straight, crooked = books.begin(story), books.begin(story)
    last = len(story.snapshots) - 1
    books.hear(story, straight[1], straight[2], (last,))
    books.hear(story, crooked[1], crooked[2], story.heard)
    found = books.state(crooked[0])
    assert found == books.state(straight[0])
    _to_the_cent(books, story, crooked[0])
    names = [row.name for row in books.rows(Outgoing, crooked[0])]
    assert sum(name.startswith("thanks:") for name in names) <= 1
    assert len(names) == len(set(names))
    entries = len(books.rows(LedgerEntry, crooked[0]))
    books.hear(story, crooked[1], crooked[2], story.heard)  # and all of it once more
    assert books.state(crooked[0]) == found
    assert len(books.rows(LedgerEntry, crooked[0])) == entries


def _to_the_cent(books: Books, story: Story, ids: list[str]) -> None:
    """All entries add up to what the PSP reports, and no request holds less than nothing or too much."""
    reported_sums, entered = Counter[str](), Counter[str]()
    for fact in story.snapshots[-1].facts:
        reported_sums[fact.kind] += fact.cents
    per_request = Counter[str]()
    for entry in books.rows(LedgerEntry, ids):
        entered[entry.kind] += entry.amount_cents
        per_request[entry.request_id] += entry.amount_cents
    signs = {"payment": 1, "refund": -1, "refund_reversal": 1, "chargeback": -1, "chargeback_reversal": 1}
    assert {k: v for k, v in entered.items() if v} == {k: signs[k] * v for k, v in reported_sums.items()}
    for one, cents in zip(ids, story.amounts, strict=True):
        assert 0 <= per_request[one] <= cents

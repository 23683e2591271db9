"""Story 3: the PSP's report becomes ledger entries, an end to the asking, and a thank-you, all in one."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from bot.stories.say import SOON, Words, edit_earlier, say
from bot.stories.world import World
from core.db import Tx
from core.log import logger
from core.money import Money
from payments import plans
from payments.checkouts import LIVE, Checkout, next_check
from payments.ledger import Balance, LedgerEntry, balance, money_status
from payments.lifecycle import Status
from payments.psp import Fact, Report
from payments.refunds import take_statuses
from payments.requests import PaymentRequest, locked
from payments.timeline import note

_log = logger(__name__)
# Somebody who paid this recently expects an answer, also in the evening; later news keeps decent hours.
_FRESH = timedelta(hours=1)


def reported(tx: Tx, world: World, checkout_id: str, report: Report) -> None:
    """Take a report for what it says. Any number of reports, in any order, give one ledger and one thanks."""
    request = locked(tx, tx.session.get_one(Checkout, checkout_id).request_id)
    checkout = tx.session.get_one(Checkout, checkout_id, with_for_update=True, populate_existing=True)
    if report.checkout_id != checkout.id or checkout.psp_id not in {None, report.psp_id}:
        _log.warning("report is about another checkout", checkout=checkout.id)
        return
    _update(tx, request, checkout, report)
    take_statuses(tx, report)
    before = balance(tx, request)
    fresh = [fact for fact in report.facts if _record(tx, request, checkout, fact)]
    if fresh:
        _settle(tx, world, request, before, fresh)


def _update(tx: Tx, request: PaymentRequest, checkout: Checkout, report: Report) -> None:
    checkout.psp_id, checkout.hinted_id = report.psp_id, None
    checkout.url = report.url or checkout.url
    checkout.expires_at = report.expires_at or checkout.expires_at
    checkout.checks += 1
    checkout.next_check_at = next_check(checkout, tx.now)
    if checkout.status == report.status:
        return
    ended = checkout.status in LIVE and report.status in {"failed", "canceled", "expired"}
    checkout.status, checkout.reason = report.status, report.reason[:120]
    if ended:
        checkout.offered = False
        note(tx, request, f"checkout_{report.status}", "psp", reason=report.reason)


def _record(tx: Tx, request: PaymentRequest, checkout: Checkout, fact: Fact) -> bool:
    """Write one fact in the ledger, once; False when it was there."""
    query = select(LedgerEntry.id).where(
        LedgerEntry.psp == checkout.psp, LedgerEntry.kind == fact.kind, LedgerEntry.psp_ref == fact.ref
    )
    if tx.session.scalar(query) is not None:
        return False
    gained = fact.kind in {"payment", "refund_reversal", "chargeback_reversal"}
    tx.session.add(
        LedgerEntry(
            id=tx.new_id("led"),
            merchant_id=request.merchant_id,
            request_id=request.id,
            checkout_id=checkout.id,
            kind=fact.kind,
            amount_cents=fact.cents if gained else -fact.cents,
            currency=fact.currency,
            psp=checkout.psp,
            psp_ref=fact.ref,
            happened_at=fact.at,
            recorded_at=tx.now,
        )
    )
    tx.session.flush()
    note(tx, request, fact.kind, "psp", cents=fact.cents, ref=fact.ref)
    return True


def _settle(tx: Tx, world: World, request: PaymentRequest, before: Balance, fresh: list[Fact]) -> None:
    money = balance(tx, request)
    was, request.status = Status(request.status), money_status(request, money)
    if request.status == Status.PAID and was != Status.PAID:
        _stop_asking(tx, world, request)
    if request.status == Status.CHARGED_BACK and was != Status.CHARGED_BACK:
        plans.drop_steps(tx, request)
        request.attention = "charged_back"
    if money.surplus.cents > before.surplus.cents:
        request.attention = "surplus"
        note(tx, request, "surplus", cents=money.surplus.cents)
    for fact in fresh:
        if fact.kind == "payment":
            _thank(tx, request, money, fact)
        elif fact.kind == "refund":
            given = {"refund": Money(fact.cents, fact.currency)}
            say(tx, request, Words("refunded", f"refunded:{fact.ref}", given, urgency=SOON))
    if not money.surplus and request.attention == "surplus":
        request.attention = None


def _stop_asking(tx: Tx, world: World, request: PaymentRequest) -> None:
    request.quiet_until = None
    if request.attention != "surplus":
        request.attention = None
    plans.end_promises(tx, request, kept=True)
    plans.drop_steps(tx, request)
    note(tx, request, "paid")
    edit_earlier(tx, request, "paid-edit", [name for name, c in world.channels.items() if c.can_edit])


def _thank(tx: Tx, request: PaymentRequest, money: Balance, fact: Fact) -> None:
    paid = Money(fact.cents, fact.currency)
    if money.surplus:
        template = "surplus"
    elif money.remaining:
        template = "part-paid"
    else:
        template = "thanks"
    facts = {"paid": paid, "surplus": money.surplus}
    recent = tx.now - fact.at < _FRESH
    say(tx, request, Words(template, f"thanks:{fact.ref}", facts, asked=recent, urgency=SOON))

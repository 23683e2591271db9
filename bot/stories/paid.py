"""Story 3: the PSP's report becomes ledger entries, an end to the asking, and a thank-you, all in one."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.stories.looked_up import answered
from bot.stories.say import SOON, Words, edit_earlier, say
from bot.stories.world import World
from core.calendar import local
from core.db import Tx
from core.log import logger
from core.money import Money
from payments import instalments, plans, promises
from payments.attention import BY_MONEY, raise_attention, settle_attention
from payments.checkouts import LIVE, Checkout, next_check
from payments.ledger import MONEY_STATUSES, Balance, balance, money_status, record
from payments.lifecycle import Status
from payments.parts import upcoming
from payments.psp import Fact, Report
from payments.refunds import take_statuses
from payments.requests import PaymentRequest, locked
from payments.timeline import note

_log = logger(__name__)
# Somebody who paid this recently expects an answer, also in the evening; later news keeps decent hours.
_FRESH = timedelta(hours=1)


def reported(
    tx: Tx, world: World, checkout_id: str, report: Report, retry_at: datetime | None = None
) -> bool:
    """Take a report for what it says. Any number of reports, in any order, give one ledger and one thanks.

    `retry_at` is when the PSP would have been asked again without this answer. Returns False, and changes
    nothing, when the report is about another checkout.
    """
    request = locked(tx, tx.session.get_one(Checkout, checkout_id).request_id)
    checkout = tx.session.get_one(Checkout, checkout_id, with_for_update=True, populate_existing=True)
    if report.checkout_id != checkout.id or checkout.psp_id not in {None, report.psp_id}:
        _log.warning("report is about another checkout", checkout=checkout.id)
        return False
    _update(tx, request, checkout, report)
    # A hint that came while the PSP was being asked may be about something newer: then ask once more.
    if retry_at is None or checkout.next_check_at == retry_at:
        checkout.next_check_at = next_check(checkout, tx.now)
    for refund in take_statuses(tx, report):
        note(tx, request, "refund_not_found", "psp", cents=refund.amount_cents)
    before = balance(tx, request)
    fresh = record(tx, checkout, report.facts)
    for fact in fresh:
        note(tx, request, fact.kind, "psp", cents=fact.cents, ref=fact.ref)
    if fresh:
        _settle(tx, world, request, before, fresh)
    answered(tx, request, checkout)
    return True


def _update(tx: Tx, request: PaymentRequest, checkout: Checkout, report: Report) -> None:
    checkout.psp_id, checkout.hinted_id = report.psp_id, None
    checkout.url = report.url or checkout.url
    checkout.expires_at = report.expires_at or checkout.expires_at
    checkout.checks += 1
    was_live = checkout.status in LIVE
    if not checkout.advance(report.status):
        return
    checkout.reason = report.reason[:120]
    if was_live and checkout.status in {"failed", "canceled", "expired"}:
        checkout.offered = False
        note(tx, request, f"checkout_{report.status}", "psp", reason=report.reason)


def _settle(tx: Tx, world: World, request: PaymentRequest, before: Balance, fresh: list[Fact]) -> None:
    money = balance(tx, request)
    was, request.status = Status(request.status), money_status(request, money)
    if request.status in MONEY_STATUSES and request.status != was:
        _stop_asking(tx, world, request)
    _call_for_a_person(tx, request, before, money)
    for fact in fresh:
        if fact.kind == "payment" and money.received > before.received:  # or it is gone again already
            _thank(tx, request, money, fact)
        elif fact.kind == "refund":
            given = {"refund": Money(fact.cents, fact.currency)}
            say(tx, request, Words("refunded", f"refunded:{fact.ref}", given, urgency=SOON))


def _stop_asking(tx: Tx, world: World, request: PaymentRequest) -> None:
    request.quiet_until = None
    settle_attention(request, BY_MONEY)
    promises.end(tx, request, kept=request.status == Status.PAID)
    plans.drop_steps(tx, request)
    instalments.end(tx, request)
    if request.status == Status.PAID:
        note(tx, request, "paid")
        edit_earlier(tx, request, "paid-edit", [name for name, c in world.channels.items() if c.can_edit])


def _call_for_a_person(tx: Tx, request: PaymentRequest, before: Balance, money: Balance) -> None:
    """Money that the bank took back, and money that is not ours to keep, are for a person to look at."""
    if money.surplus.cents > before.surplus.cents:
        raise_attention(request, "surplus")
        note(tx, request, "surplus", cents=money.surplus.cents)
    elif money.charged_back > before.charged_back and money.remaining:
        raise_attention(request, "charged_back")
    if not money.surplus:
        settle_attention(request, {"surplus"})


def _thank(tx: Tx, request: PaymentRequest, money: Balance, fact: Fact) -> None:
    paid = Money(fact.cents, fact.currency)
    if money.surplus:
        template = "surplus"
    elif money.remaining:
        template = "part-paid"
    else:
        template = "thanks"
    facts: dict[str, object] = {"paid": paid, "surplus": money.surplus}
    following = upcoming(instalments.agreed(tx, request.id), money.remaining)
    if following is not None and following.due_on > local(tx.now).date():
        template, facts = "instalment-paid", {**facts, "part": following.amount, "date": following.due_on}
    recent = tx.now - fact.at < _FRESH
    say(tx, request, Words(template, f"thanks:{fact.ref}", facts, asked=recent, urgency=SOON))

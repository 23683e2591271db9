"""Story 3: the PSP's report becomes ledger entries, an end to the asking, and a thank-you, all in one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.stories.give_back import see_to_surplus
from bot.stories.looked_up import answered
from bot.stories.say import edit_earlier
from bot.stories.thank import answer
from bot.stories.waits import ended_by_money
from bot.stories.world import World
from core.db import Tx
from core.log import logger
from payments import instalments, plans, promises
from payments.attention import BY_MONEY, raise_attention, settle_attention
from payments.checkouts import LIVE, Checkout, next_check
from payments.ledger import MONEY_STATUSES, Balance, News, balance, money_status, most_at_once, record
from payments.lifecycle import Status, Verb
from payments.psp import Report
from payments.refunds import owners, returnable, take_statuses
from payments.requests import PaymentRequest
from payments.shares import locked_requests, references, withdraw_offers
from payments.timeline import note, with_others

_log = logger(__name__)


def reported(
    tx: Tx, world: World, checkout_id: str, report: Report, retry_at: datetime | None = None
) -> bool:
    """Take a report for what it says. Any number of reports, in any order, give one ledger and one thanks.

    `retry_at` is when the PSP would have been asked again without this answer. Returns False, and changes
    nothing, when the report is about another checkout.
    """
    requests = locked_requests(tx, checkout_id)
    checkout = tx.session.get_one(Checkout, checkout_id, with_for_update=True, populate_existing=True)
    if report.checkout_id != checkout.id or checkout.psp_id not in {None, report.psp_id}:
        _log.warning("report is about another checkout", checkout=checkout.id)
        return False
    _update(tx, requests, checkout, report)
    # A hint that came while the PSP was being asked may be about something newer: then ask once more.
    if retry_at is None or checkout.next_check_at == retry_at:
        checkout.next_check_at = next_check(checkout, tx.now)
    to_return = {request.id: returnable(tx, request) for request in requests}
    _take_refunds(tx, requests, report)
    before = {request.id: balance(tx, request) for request in requests}
    fresh = record(tx, checkout, report.facts, owners(tx, checkout.id))
    for request in requests:
        _take_news(tx, world, request, before[request.id], requests, fresh)
    if fresh:
        answer(tx, requests, before, fresh)
    answered(tx, requests, checkout)
    for request in requests:
        see_to_surplus(tx, request, to_return[request.id])
    return True


def _update(tx: Tx, requests: Sequence[PaymentRequest], checkout: Checkout, report: Report) -> None:
    checkout.psp_id, checkout.hinted_id = report.psp_id, None
    checkout.url = report.url or checkout.url
    checkout.expires_at = report.expires_at or checkout.expires_at
    checkout.checks += 1
    was_live = checkout.status in LIVE
    if not checkout.advance(report.status):
        return
    checkout.reason = report.reason[:120]
    if was_live and checkout.status in {"failed", "canceled", "expired"}:
        withdraw_offers(tx, checkout_id=checkout.id)
        for request in requests:
            note(tx, request, f"checkout_{report.status}", "psp", reason=report.reason)


def _take_refunds(tx: Tx, requests: Sequence[PaymentRequest], report: Report) -> None:
    by_id = {request.id: request for request in requests}
    for refund in take_statuses(tx, report):
        note(tx, by_id[refund.request_id], "refund_not_found", "psp", cents=refund.amount_cents)


def _take_news(
    tx: Tx,
    world: World,
    request: PaymentRequest,
    before: Balance,
    together: Sequence[PaymentRequest],
    fresh: Sequence[News],
) -> None:
    """What is new for one request: on its timeline, in its status, and to whoever has to look."""
    mine = [news for news in fresh if news.request_id == request.id]
    others = references([other for other in together if other is not request])
    for news in mine:
        kind = "reallotted" if news.moved else news.kind
        note(tx, request, kind, "psp", cents=news.cents, ref=news.fact.ref, **with_others(others))
    if mine:
        settle(tx, world, request, before)


def settle(tx: Tx, world: World, request: PaymentRequest, before: Balance) -> None:
    """Let the books of `request` have their say: its status, its parts, and who has to look.

    `before` is what they said until now. The caller has locked the request.
    """
    money = balance(tx, request)
    most = most_at_once(tx, request) if instalments.agreed(tx, request.id) else None
    was, request.status = Status(request.status), money_status(request, money, most)
    if request.status in MONEY_STATUSES and request.status != was:
        _stop_asking(tx, world, request)
    if was in MONEY_STATUSES and request.status == Status.INSTALMENTS:  # it was never all in, as we know now
        instalments.plan_messages(tx, request)
    _go_on_with_parts(tx, request, before, money)
    _call_for_a_person(tx, request, before, money)


def _go_on_with_parts(tx: Tx, request: PaymentRequest, before: Balance, money: Balance) -> None:
    """Who said that a part was paid was right, once what is due came in."""
    found = money.received > before.received and not instalments.due_now(tx, request, money)
    if request.status == Status.CHECKING and found and request.move(Verb.DIVIDE):
        request.checking_since = None
        settle_attention(request, {"claims_paid"})
        instalments.plan_messages(tx, request)


def _stop_asking(tx: Tx, world: World, request: PaymentRequest) -> None:
    request.quiet_until = None
    # What the bank took back stays for a person to look at until all of it is in.
    paid = request.status == Status.PAID
    settle_attention(request, ended_by_money(tx, request) if paid else BY_MONEY - {"charged_back"})
    promises.end(tx, request, kept=paid)
    plans.drop_steps(tx, request)
    if paid:
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

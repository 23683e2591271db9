"""One look at what a pay link leads to, and the mark that a person looked."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from sqlalchemy import func, select

from bot.stories.also_open import also_open
from bot.stories.pay_look import ONE_LOOK, Attempt, Line, Look, Shopkeeper, Totals
from bot.stories.pay_page_choices import divisions, latest_day, rest_until
from bot.stories.pay_page_wishes import stopped
from bot.stories.sent_links import pays_the_whole
from bot.stories.standing import Standing, standing
from core.calendar import local
from core.db import Tx
from core.money import Money
from payments import instalments
from payments.checkouts import Checkout
from payments.ledger import Balance, LedgerEntry, balance
from payments.lifecycle import Status
from payments.links import opened_all
from payments.plans import Step
from payments.promises import days_named
from payments.requests import PaymentRequest
from payments.shares import Share, references
from payments.timeline import Event, note

# After these a joke would hurt.
_GRAVE: Final = frozenset({"dispute", "hardship", "bereaved", "chargeback", "wrong_person"})


def look(tx: Tx, token: str) -> Look:
    """Return what the page of `token` shows. Raises Missing when the link is unknown or revoked."""
    link, requests = opened_all(tx, token)
    if len(requests) > 1:
        return _at_all(tx, requests)
    return replace(_at_one(tx, requests[0]), whole=pays_the_whole(tx, link))


def _at_one(tx: Tx, request: PaymentRequest) -> Look:
    payer, today = request.payer, local(tx.now).date()
    money = balance(tx, request)
    just_paid = _just_paid(tx, [request])
    return Look(
        shop=_shop(request),
        language=payer.language,
        formality=payer.formality,
        reference=request.reference,
        description=request.description,
        total=request.amount,
        due_date=days_named(tx, [request.id]).get(request.id, request.due_date),
        today=today,
        status=Status(request.status),
        standing=standing(request, money, today),
        money=money,
        quiet_until=request.quiet_until,
        latest=latest_day(tx, request),
        attempt=_latest_attempt(tx, [request]),
        just_paid=just_paid,
        reachable=any(address.usable for address in payer.addresses),
        cheerful=just_paid is not None and not _grave(tx, [request]),
        last_opened_at=_last_opened(tx, request),
        now=tx.now,
        plan=instalments.agreed(tx, request.id),
        divisions=divisions(request, money.remaining, today),
        rest_until=rest_until(request, today),
        stopped=stopped(request),
        others=also_open(tx, request),
    )


def _at_all(tx: Tx, requests: Sequence[PaymentRequest]) -> Look:
    """Several requests as one: what can be paid is paid whole, and each line says where it stands."""
    first, today = requests[0], local(tx.now).date()
    moneys = [balance(tx, request) for request in requests]
    lines = tuple(_line(*pair, today) for pair in zip(requests, moneys, strict=True))
    stands = _stands(lines)
    just_paid, named = _just_paid(tx, requests), days_named(tx, [request.id for request in requests])
    return Look(
        shop=_shop(first),
        language=first.payer.language,
        formality=first.payer.formality,
        reference=references(requests),
        description="",
        total=_sum([line.amount for line in lines if line.standing is stands], first.currency),
        due_date=min(named.get(request.id, request.due_date) for request in requests),
        today=today,
        status=Status.OPEN,
        standing=stands,
        money=_totals(lines, moneys),
        quiet_until=None,
        latest=None,
        attempt=_latest_attempt(tx, requests),
        just_paid=just_paid,
        reachable=any(address.usable for address in first.payer.addresses),
        cheerful=just_paid is not None and not _grave(tx, requests),
        last_opened_at=_last_opened(tx, first),
        now=tx.now,
        stopped=stopped(first),
        lines=lines,
    )


def _shop(request: PaymentRequest) -> Shopkeeper:
    merchant = request.merchant
    return Shopkeeper(merchant.name, merchant.color, merchant.phone, merchant.website)


def _line(request: PaymentRequest, money: Balance, today: date) -> Line:
    stands = standing(request, money, today)
    amount = money.remaining if stands is Standing.PAYABLE else request.amount
    return Line(request.reference, request.description, stands, amount)


def _stands(lines: Sequence[Line]) -> Standing:
    """Together they can be paid when one of them can, and are paid when one of them is."""
    found = [line.standing for line in lines]
    return next((stands for stands in (Standing.PAYABLE, Standing.PAID) if stands in found), found[0])


def _totals(lines: Sequence[Line], moneys: Sequence[Balance]) -> Totals:
    currency = moneys[0].currency
    return Totals(
        currency=currency,
        remaining=_sum([line.amount for line in lines if line.standing is Standing.PAYABLE], currency),
        received=sum(money.received for money in moneys),
        refunded=sum(money.refunded for money in moneys),
        surplus=_sum([money.surplus for money in moneys], currency),
    )


def _sum(amounts: Sequence[Money], currency: str) -> Money:
    return sum(amounts, Money(0, currency))


def _latest_attempt(tx: Tx, requests: Sequence[PaymentRequest]) -> Attempt | None:
    theirs = select(Share.checkout_id).where(Share.request_id.in_([request.id for request in requests]))
    query = select(Checkout).where(Checkout.id.in_(theirs))
    latest = tx.session.scalars(query.order_by(Checkout.created_at.desc(), Checkout.id.desc())).first()
    return Attempt(latest.status, latest.created_at) if latest is not None else None


def _just_paid(tx: Tx, requests: Sequence[PaymentRequest]) -> Money | None:
    """Return the payment that came in a moment ago: somebody coming back from the bank wants to see it."""
    query = (
        select(LedgerEntry)
        .where(
            LedgerEntry.request_id.in_([request.id for request in requests]), LedgerEntry.kind == "payment"
        )
        .order_by(LedgerEntry.recorded_at.desc(), LedgerEntry.id.desc())
    )
    entries = tx.session.scalars(query).all()
    if not entries or tx.now - entries[0].recorded_at > ONE_LOOK:
        return None
    same = [entry.amount_cents for entry in entries if entry.psp_ref == entries[0].psp_ref]
    return Money(sum(same), entries[0].currency)


def _grave(tx: Tx, requests: Sequence[PaymentRequest]) -> bool:
    """Whether this was hard on the payer, or took so many reminders that quiet is kinder."""
    ids = [request.id for request in requests]
    kinds: Set[str] = set(tx.session.scalars(select(Event.kind).where(Event.request_id.in_(ids))))
    third = select(Step.id).where(
        Step.request_id.in_(ids), Step.template == "reminder-3", Step.state == "done"
    )
    return bool(kinds & _GRAVE) or tx.session.scalars(third).first() is not None


def _last_opened(tx: Tx, request: PaymentRequest) -> datetime | None:
    query = select(func.max(Event.id)).where(Event.request_id == request.id, Event.kind == "opened")
    event = tx.session.get(Event, tx.session.scalar(query) or 0)
    return event.at if event is not None else None


def note_opened(tx: Tx, token: str) -> None:
    """Note that a person looked at the page; looks that follow quickly are one look."""
    link, requests = opened_all(tx, token)
    last = _last_opened(tx, requests[0])
    if last is None or tx.now - last >= ONE_LOOK:
        for request in requests:
            note(tx, request, "opened", "payer", link=link.purpose)

"""What the holder of a pay link may see: one look at the request, and the mark that a person looked."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from sqlalchemy import func, select

from bot.decision import latest_day as last_to_choose
from core.calendar import local
from core.db import Tx
from core.money import Money
from payments import instalments, parts
from payments.checkouts import LIVE, Checkout
from payments.ledger import Balance, LedgerEntry, balance
from payments.lifecycle import Status, Verb, after
from payments.links import opened
from payments.parts import Part
from payments.plans import Step
from payments.requests import PaymentRequest
from payments.timeline import Event, note

# Somebody who looks again within this time is still looking.
_ONE_LOOK: Final = timedelta(minutes=10)
_MAY_DIVIDE: Final = frozenset({Status.PLANNED, Status.OPEN, Status.PROMISED, Status.PAUSED})
# After these a joke would hurt.
_GRAVE: Final = frozenset({"dispute", "hardship", "chargeback", "wrong_person"})


class Standing(StrEnum):
    """What the page is about: `payable` has a button, the others say what they are instead."""

    PAYABLE = "payable"
    PAID = "paid"
    REFUNDED = "refunded"
    CHARGED_BACK = "charged_back"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


@dataclass(frozen=True)
class Shopkeeper:
    """The merchant as the page shows it; phone and website may be empty."""

    name: str
    color: str
    phone: str
    website: str


@dataclass(frozen=True)
class Attempt:
    """The latest try to pay: the PSP's own word for where it stands, and when it began."""

    status: str
    amount: Money
    began_at: datetime

    @property
    def live(self) -> bool:
        return self.status in LIVE


@dataclass(frozen=True)
class Look:
    """One request as its pay page shows it, at one instant.

    `latest` is the last day that the payer may choose, None when no day can be chosen any more.
    `plan` is what was agreed when it is paid in parts, and `most_parts` in how many it can be, zero for none.
    `reachable` says whether a message can still get to the payer. `cheerful`: a bit of party is in place.
    """

    shop: Shopkeeper
    language: str
    formality: str
    reference: str
    description: str
    total: Money
    due_date: date
    today: date
    status: Status
    standing: Standing
    money: Balance
    quiet_until: date | None
    latest: date | None
    attempt: Attempt | None
    just_paid: Money | None
    reachable: bool
    cheerful: bool
    last_opened_at: datetime | None
    now: datetime
    plan: tuple[Part, ...] = ()
    most_parts: int = 0

    @property
    def payable(self) -> bool:
        return self.standing is Standing.PAYABLE

    @property
    def charge(self) -> Money:
        """What the button takes: the part that is due, or all that is left."""
        return parts.charge(self.plan, self.money.remaining, self.today)

    @property
    def open_parts(self) -> Sequence[Part]:
        """The parts of the plan of which something is left."""
        return [part for part in parts.left(self.plan, self.money.remaining) if part.amount]

    @property
    def seen_lately(self) -> bool:
        return self.last_opened_at is not None and self.now - self.last_opened_at < _ONE_LOOK


def look(tx: Tx, token: str) -> Look:
    """Return what the page of `token` shows. Raises Missing when the link is unknown or revoked."""
    _, request = opened(tx, token)
    merchant, payer, today = request.merchant, request.payer, local(tx.now).date()
    money = balance(tx, request)
    just_paid = _just_paid(tx, request)
    return Look(
        shop=Shopkeeper(merchant.name, merchant.color, merchant.phone, merchant.website),
        language=payer.language,
        formality=payer.formality,
        reference=request.reference,
        description=request.description,
        total=request.amount,
        due_date=request.due_date,
        today=today,
        status=Status(request.status),
        standing=standing(request, money, today),
        money=money,
        quiet_until=request.quiet_until,
        latest=latest_day(request, today),
        attempt=_latest_attempt(tx, request),
        just_paid=just_paid,
        reachable=any(address.usable for address in payer.addresses),
        cheerful=just_paid is not None and not _grave(tx, request),
        last_opened_at=_last_opened(tx, request),
        now=tx.now,
        plan=instalments.agreed(tx, request.id),
        most_parts=most_parts(request, money),
    )


def standing(request: PaymentRequest, money: Balance, today: date) -> Standing:
    """Return what the page is about. A request past its last day is expired before the clock says so."""
    if request.cancelled_at is not None:
        return Standing.CANCELLED
    status = Status(request.status)
    if status in {Status.PAID, Status.REFUNDED, Status.CHARGED_BACK, Status.CANCELLED, Status.EXPIRED}:
        return Standing(str(status))
    if not money.remaining:
        return Standing.PAID
    if request.expires_on is not None and today > request.expires_on:
        return Standing.EXPIRED
    return Standing.PAYABLE


def latest_day(request: PaymentRequest, today: date) -> date | None:
    """Return the last day on which the payer may choose to pay, or None when there is nothing to choose."""
    policy = request.merchant.policy
    possible = after(Status(request.status), Verb.PROMISE) is not None
    if not possible or request.times_promised >= policy.postpone_times:
        return None
    return last_to_choose(today, policy.postpone_days, request.expires_on)


def most_parts(request: PaymentRequest, money: Balance) -> int:
    """Return in how many parts the payer may choose to pay, or zero when that is not for them to choose."""
    choosing = Status(request.status) in _MAY_DIVIDE
    most = parts.most_parts(money.remaining, request.merchant.policy) if choosing else 0
    return most if most >= parts.FEWEST else 0


def _latest_attempt(tx: Tx, request: PaymentRequest) -> Attempt | None:
    query = select(Checkout).where(Checkout.request_id == request.id)
    latest = tx.session.scalars(query.order_by(Checkout.created_at.desc(), Checkout.id.desc())).first()
    return Attempt(latest.status, latest.amount, latest.created_at) if latest is not None else None


def _just_paid(tx: Tx, request: PaymentRequest) -> Money | None:
    """Return the payment that came in a moment ago: somebody coming back from the bank wants to see it."""
    query = (
        select(LedgerEntry)
        .where(LedgerEntry.request_id == request.id, LedgerEntry.kind == "payment")
        .order_by(LedgerEntry.recorded_at.desc(), LedgerEntry.id.desc())
    )
    entry = tx.session.scalars(query).first()
    if entry is None or tx.now - entry.recorded_at > _ONE_LOOK:
        return None
    return Money(entry.amount_cents, entry.currency)


def _grave(tx: Tx, request: PaymentRequest) -> bool:
    """Whether this request was hard on the payer, or took so many reminders that quiet is kinder."""
    kinds: Set[str] = set(tx.session.scalars(select(Event.kind).where(Event.request_id == request.id)))
    third = select(Step.id).where(
        Step.request_id == request.id, Step.template == "reminder-3", Step.state == "done"
    )
    return bool(kinds & _GRAVE) or tx.session.scalar(third) is not None


def _last_opened(tx: Tx, request: PaymentRequest) -> datetime | None:
    query = select(func.max(Event.id)).where(Event.request_id == request.id, Event.kind == "opened")
    event = tx.session.get(Event, tx.session.scalar(query) or 0)
    return event.at if event is not None else None


def note_opened(tx: Tx, token: str) -> None:
    """Note that a person looked at the page; looks that follow quickly are one look."""
    link, request = opened(tx, token)
    last = _last_opened(tx, request)
    if last is None or tx.now - last >= _ONE_LOOK:
        note(tx, request, "opened", "payer", link=link.purpose)

"""A merchant asks for money: the one road for the API, the desk, the shell and the demo."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, ParamSpec

from bot.stories.fall_due import take
from bot.stories.wishes import first_of
from core.calendar import local, moment
from core.db import Tx
from core.errors import Invalid, Missing, Problem
from payments import intake, pay_days, plans
from payments.directory import payer_for
from payments.intake import NewRequest
from payments.links import Links
from payments.merchants import merchant_meant
from payments.mourning import leave_to_a_person
from payments.parties import Merchant, Payer
from payments.requests import PaymentRequest, of_merchant
from payments.timeline import note

P = ParamSpec("P")

_DEFAULT_TERM = timedelta(days=14)


@dataclass(frozen=True)
class Asker:
    """Who asks: the merchant, the name for the timeline, and where the payer's consent comes from.

    `on_the_phone`: an agent pushes a link during a call, so that it goes at once, at any hour.
    `key` makes repeating the same call harmless.
    """

    merchant_id: str
    name: str
    source: str
    on_the_phone: bool = False
    key: str = ""


def ask_for_payment(tx: Tx, links: Links, asker: Asker, raw: object) -> PaymentRequest:
    """Make a payment request with a pay link of its own, and plan its first message.

    Raises Invalid with every wrong field, Refused when the idempotency key was used for something else.
    """
    if before := intake.accepted(tx, asker.merchant_id, asker.key, raw):
        return of_merchant(tx, asker.merchant_id, before)
    new = intake.read(raw, local(tx.now).date())
    merchant = tx.session.get(Merchant, asker.merchant_id)
    if merchant is None:
        raise Missing(f"no merchant {asker.merchant_id}")
    request = _store(tx, merchant, new, asker)
    links.mint_own(tx, request)
    if asker.key:
        intake.accept(tx, merchant.id, asker.key, raw, request.id)
    if not asker.on_the_phone:  # the desk's form has told the agent, who agreed
        leave_to_a_person(tx, request)
    _plan_first(tx, request, new, asker)
    return request


def _store(tx: Tx, merchant: Merchant, new: NewRequest, asker: Asker) -> PaymentRequest:
    payer = payer_for(tx, merchant, new.payer, asker.source)
    request = PaymentRequest(
        id=tx.new_id("pr"),
        merchant_id=merchant.id,
        payer_id=payer.id,
        reference=new.reference,
        description=new.description,
        amount_cents=new.amount.cents,
        currency=new.amount.currency,
        due_date=new.due_date or _usual_due_date(tx, payer, new),
        expires_on=new.expires_on,
        channels=first_of(payer.channel, list(new.payer.channels or merchant.policy.channels)),
        created_at=tx.now,
    )
    tx.session.add(request)
    tx.session.flush()
    return request


def _usual_due_date(tx: Tx, payer: Payer, new: NewRequest) -> date:
    """Two weeks from now, and not before the payer's own day, for which the first message waits."""
    today = local(tx.now).date()
    first = today if new.send_at else pay_days.of_first(today, payer.pay_day, new.expires_on)
    return max(today + _DEFAULT_TERM, first)


def _plan_first(tx: Tx, request: PaymentRequest, new: NewRequest, asker: Asker) -> None:
    wanted = tx.now if asker.on_the_phone else _wanted(tx, request, new)
    due = tx.now if asker.on_the_phone else request.merchant.next_turn(max(wanted, tx.now))
    step = plans.plan_step(tx, request, plans.FIRST, "request", local(due).replace(tzinfo=None))
    note(tx, request, "created", asker.name, cents=request.amount_cents, planned=_iso(step.due_at))
    if request.expires_on is not None:
        plans.plan_expiry(tx, request, request.expires_on)
    if step.due_at <= tx.now:
        take(tx, step, asked=asker.on_the_phone)


def _wanted(tx: Tx, request: PaymentRequest, new: NewRequest) -> datetime:
    """The moment that the merchant named; else the payer's own day when it comes in time, or now."""
    if new.send_at:
        return moment(new.send_at.date(), new.send_at.time())
    today = local(tx.now).date()
    last = min(filter(None, (request.due_date, request.expires_on)), default=None)
    day = pay_days.of_first(today, request.payer.pay_day, last)
    return tx.now if day == today else moment(day, request.merchant.policy.ask_time)


@dataclass(frozen=True)
class Made:
    """A new request's id and the link that pays it."""

    id: str
    pay_url: str


def from_shell(tx: Tx, links: Links, merchant: str | None, fields: Mapping[str, Any]) -> Made:
    """Make a request from the command line's flat `fields`. Raises Invalid with every wrong one."""
    payer = {key: fields[key] for key in ("name", "phone", "language", "formality")}
    raw = {
        "reference": fields["reference"],
        "description": fields["description"],
        "amount": fields["amount"],
        "due_date": fields["due"],
        "send_at": fields["send_at"],
        "payer": {**payer, "channels": list(fields["channels"]) or None},
    }
    problems = [*_problems(merchant_meant, tx, merchant), *_problems(intake.read, raw, local(tx.now).date())]
    if problems:
        raise Invalid(problems)
    asker = Asker(merchant_meant(tx, merchant).id, "shell", "merchant")
    request = ask_for_payment(tx, links, asker, raw)
    return Made(request.id, links.own_url(request))


def _problems(check: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> tuple[Problem, ...]:
    try:
        check(*args, **kwargs)
    except Invalid as error:
        return error.problems
    return ()


def _iso(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat()

"""A merchant asks for money: the one road for the API, the desk, the shell and the demo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from bot.stories.fall_due import take
from core.calendar import local, moment
from core.db import Tx
from core.errors import Invalid, Missing, Problem
from payments import intake, plans
from payments.directory import payer_for
from payments.intake import NewRequest
from payments.links import Links
from payments.parties import Merchant
from payments.requests import PaymentRequest, of_merchant
from payments.timeline import note

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


def ask_for_payment(tx: Tx, asker: Asker, raw: object) -> PaymentRequest:
    """Make a payment request and plan its first message.

    Raises Invalid with every wrong field, Refused when the idempotency key was used for something else.
    """
    if before := intake.accepted(tx, asker.merchant_id, asker.key, raw):
        return of_merchant(tx, asker.merchant_id, before)
    new = intake.read(raw, local(tx.now).date())
    merchant = tx.session.get(Merchant, asker.merchant_id)
    if merchant is None:
        raise Missing(f"no merchant {asker.merchant_id}")
    request = _store(tx, merchant, new, asker)
    if asker.key:
        intake.accept(tx, merchant.id, asker.key, raw, request.id)
    _plan_first(tx, request, new, asker)
    return request


def _store(tx: Tx, merchant: Merchant, new: NewRequest, asker: Asker) -> PaymentRequest:
    payer = payer_for(tx, merchant, new.payer, asker.source)
    today = local(tx.now).date()
    request = PaymentRequest(
        id=tx.new_id("pr"),
        merchant_id=merchant.id,
        payer_id=payer.id,
        reference=new.reference,
        description=new.description,
        amount_cents=new.amount.cents,
        currency=new.amount.currency,
        due_date=new.due_date or today + _DEFAULT_TERM,
        expires_on=new.expires_on,
        channels=list(new.payer.channels or merchant.policy.channels),
        created_at=tx.now,
    )
    tx.session.add(request)
    tx.session.flush()
    return request


def _plan_first(tx: Tx, request: PaymentRequest, new: NewRequest, asker: Asker) -> None:
    if asker.on_the_phone:
        due = tx.now
    else:
        wanted = moment(new.send_at.date(), new.send_at.time()) if new.send_at else tx.now
        due = request.merchant.hours.next(max(wanted, tx.now))
    step = plans.plan_step(tx, request, plans.FIRST, "request", local(due).replace(tzinfo=None))
    note(tx, request, "created", asker.name, cents=request.amount_cents, planned=_iso(step.due_at))
    if request.expires_on is not None:
        plans.plan_expiry(tx, request, request.expires_on)
    if step.due_at <= tx.now:
        take(tx, step, asked=asker.on_the_phone)


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
    known = tx.session.scalars(select(Merchant).order_by(Merchant.id)).all()
    meant = [one for one in known if merchant is None or merchant in {one.id, one.name}]
    problems = [] if len(meant) == 1 else [_unclear(known, meant, merchant)]
    problems += _problems(raw, local(tx.now).date())
    if problems:
        raise Invalid(problems)
    request = ask_for_payment(tx, Asker(meant[0].id, "shell", "merchant"), raw)
    return Made(request.id, links.url(links.mint(tx, request, "shell")))


def _problems(raw: object, today: date) -> tuple[Problem, ...]:
    try:
        intake.read(raw, today)
    except Invalid as error:
        return error.problems
    return ()


def _unclear(known: Sequence[Merchant], meant: Sequence[Merchant], wanted: str | None) -> Problem:
    if not known:
        return Problem("merchant", "there is none yet.", "Make one with `python app.py init`.")
    if wanted is not None and not meant:
        return Problem("merchant", f"nobody is called {wanted}.", f"Known: {_names(known)}.")
    what = "is needed to say which one." if wanted is None else "is the name of several; give an id."
    return Problem("merchant", what, f"Known: {_names(meant)}.")


def _names(merchants: Sequence[Merchant]) -> str:
    return ", ".join(f"{merchant.name} ({merchant.id})" for merchant in merchants)


def _iso(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat()

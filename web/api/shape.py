"""How a payment request looks to a merchant's system."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.stories.world import World
from core.calendar import AMSTERDAM
from core.db import Tx
from core.money import Money
from payments.ledger import balance
from payments.requests import PaymentRequest
from payments.timeline import Event, timeline


def whole(tx: Tx, world: World, request: PaymentRequest) -> dict[str, Any]:
    """Return everything about `request`, with its timeline and its payer."""
    return {
        **summary(tx, world, request),
        "payer": _payer(request),
        "timeline": [_event(event) for event in timeline(tx, request.id)],
    }


def summary(tx: Tx, world: World, request: PaymentRequest) -> dict[str, Any]:
    """Return what a list shows of `request`."""
    money = balance(tx, request)
    return {
        "id": request.id,
        "status": request.status,
        "reference": request.reference,
        "description": request.description,
        "amount": _money(request.amount),
        "paid": _money(Money(max(money.received, 0), money.currency)),
        "remaining": _money(money.remaining),
        "surplus": _money(money.surplus),
        "due_date": request.due_date.isoformat(),
        "expires_on": request.expires_on.isoformat() if request.expires_on else None,
        "attention": request.attention,
        "pay_url": world.links.own_url(request),
        "created_at": _instant(request.created_at),
    }


def _payer(request: PaymentRequest) -> Mapping[str, Any]:
    payer = request.payer
    phones = [address.value for address in payer.addresses if address.channel in {"whatsapp", "sms"}]
    return {
        "id": payer.id,
        "name": payer.name,
        "phone": phones[0] if phones else None,
        "language": payer.language,
        "formality": payer.formality,
        "channels": list(request.channels),
        "opted_out": any(address.opted_out_at for address in payer.addresses),
    }


def _event(event: Event) -> Mapping[str, Any]:
    return {"at": _instant(event.at), "kind": event.kind, "actor": event.actor, "data": event.data}


def _money(amount: Money) -> Mapping[str, str]:
    return {"value": amount.value, "currency": amount.currency}


def _instant(instant: datetime) -> str:
    """The instant as an RFC 3339 time in the merchant's own zone."""
    return instant.astimezone(AMSTERDAM).isoformat(timespec="milliseconds")

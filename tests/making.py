"""Merchants, payers and payment requests for tests, made in one line each."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from core.calendar import local
from core.config import Settings, load
from core.db import Database, Tx
from core.money import Money
from payments.checkouts import Checkout, new_checkout
from payments.parties import Address, Merchant, Payer
from payments.requests import PaymentRequest

PHONE = "+31612345678"


@dataclass(frozen=True)
class Wanted:
    """What a test wants to be there; the defaults are Anna, who owes a bicycle shop 42.50 euro."""

    amount: str = "42.50"
    reference: str = "1042"
    description: str = "Reparatie fiets"
    due_date: date = date(2026, 12, 1)
    merchant_name: str = "Fietshuis Jansen"
    payer_name: str = "Anna de Vries"
    language: str = "nl"
    formality: str = "u"
    addresses: Mapping[str, str] = field(default_factory=lambda: {"whatsapp": PHONE, "sms": PHONE})
    rules: Mapping[str, Any] = field(default_factory=dict)
    asked_days_ago: int | None = None


@dataclass(frozen=True)
class Owed:
    """The ids of one payment request and of who is on either side of it."""

    merchant_id: str
    payer_id: str
    request_id: str


class Shop:
    """Makes payment requests in `database`: `shop(amount="10.00")`."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def __call__(self, merchant_id: str | None = None, payer_id: str | None = None, **wanted: Any) -> Owed:
        """Make a request, with a new merchant and payer unless their ids are given; see `Wanted`."""
        return self.database.run(make_request, Wanted(**wanted), merchant_id, payer_id)


def make_request(tx: Tx, wanted: Wanted, merchant_id: str | None = None, payer_id: str | None = None) -> Owed:
    """Make a request, with a new merchant and payer unless their ids are given."""
    merchant_id = merchant_id or make_merchant(tx, wanted).id
    payer_id = payer_id or make_payer(tx, wanted, merchant_id).id
    asked = None if wanted.asked_days_ago is None else tx.now - timedelta(days=wanted.asked_days_ago)
    request = PaymentRequest(
        id=tx.new_id("req"),
        merchant_id=merchant_id,
        payer_id=payer_id,
        reference=wanted.reference,
        description=wanted.description,
        amount_cents=Money.parse(wanted.amount).cents,
        currency="EUR",
        due_date=wanted.due_date,
        status="planned" if asked is None else "open",
        asked_at=asked,
        last_asked_at=asked,
        channels=list(wanted.addresses),
        created_at=tx.now,
    )
    tx.session.add(request)
    tx.session.flush()
    return Owed(merchant_id, payer_id, request.id)


def make_merchant(tx: Tx, wanted: Wanted) -> Merchant:
    """Make a merchant with the policy of a decent shop, changed by `wanted.rules`."""
    merchant = Merchant(
        id=tx.new_id("mer"), name=wanted.merchant_name, rules=dict(wanted.rules), created_at=tx.now
    )
    tx.session.add(merchant)
    tx.session.flush()
    return merchant


def make_payer(tx: Tx, wanted: Wanted, merchant_id: str) -> Payer:
    """Make a payer with the wanted addresses, all of them with consent."""
    payer = Payer(
        id=tx.new_id("pay"),
        merchant_id=merchant_id,
        name=wanted.payer_name,
        name_index=wanted.payer_name.casefold(),
        language=wanted.language,
        formality=wanted.formality,
        created_at=tx.now,
    )
    tx.session.add(payer)
    tx.session.flush()
    for position, (channel, value) in enumerate(wanted.addresses.items()):
        address = Address(
            id=tx.new_id("adr"),
            merchant_id=merchant_id,
            payer_id=payer.id,
            channel=channel,
            value=value,
            value_index=value,
            position=position,
            consent_source="agreement",
            consent_at=tx.now,
        )
        tx.session.add(address)
    tx.session.flush()
    return payer


def make_checkout(tx: Tx, request_id: str, psp_id: str, amount: str | None = None) -> Checkout:
    """Make a checkout that the PSP opened as `psp_id`, for the whole amount unless another is given."""
    request = tx.session.get_one(PaymentRequest, request_id)
    checkout = new_checkout(tx, [(request, Money.parse(amount) if amount else request.amount)], "mollie")
    checkout.psp_id, checkout.status, checkout.url = psp_id, "open", f"https://psp.example/{psp_id}"
    checkout.expires_at = tx.now + timedelta(minutes=15)
    tx.session.flush()
    return checkout


def today(tx: Tx) -> date:
    """The day in Amsterdam."""
    return local(tx.now).date()


def make_settings(**changes: str) -> Settings:
    """Settings of a shop that takes SMS; `changes` are by the names in the environment, in lower case."""
    environment = {
        "PUBLIC_URL": "http://127.0.0.1:8000",
        "SECRET_KEY": "Zk3v9Qw7Lr2Xn8Tb5Yc1Hd6Mf4Gs0Jp-",
        "ENCRYPTION_KEY": base64.b64encode(bytes(range(32))).decode(),
        "MOLLIE_API_KEY": "test_dHar4XY7LxsDOtmnkVtjNVWXLSlXsM",
        "TWILIO_ACCOUNT_SID": "AC00000000000000000000000000000001",
        "TWILIO_AUTH_TOKEN": "sandbox-auth-token",
        "TWILIO_SMS_FROM": "+3197010200300",
    }
    return load(environment | {name.upper(): value for name, value in changes.items()})

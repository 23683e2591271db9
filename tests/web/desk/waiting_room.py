"""Payers who wait for a person, and an agent who looks after them."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from core.db import Database, Tx
from messages.channels import Channel
from messages.channels.sms import Sms
from messages.channels.whatsapp import WhatsApp
from messages.inbox import Incoming
from payments.attention import raise_attention
from payments.parties import Address
from payments.requests import PaymentRequest
from payments.timeline import note
from tests.making import Owed, Shop
from tests.web.front import PUBLIC, SETTINGS, Staff, make_world
from web.site import create_site


@pytest.fixture
def site(database: Database) -> Flask:
    """A shop that writes by WhatsApp and SMS."""
    settings = make_world(database).settings
    assert settings.twilio_sms_from == SETTINGS["TWILIO_SMS_FROM"]
    channels: dict[str, Channel] = {"whatsapp": WhatsApp(settings), "sms": Sms(settings)}
    return create_site(make_world(database, PUBLIC, channels))


@pytest.fixture
def owed(shop: Shop, staff: Staff) -> Owed:
    return shop(merchant_id=staff.merchant_id, asked_days_ago=1, amount="100.00")


def call_a_person(
    tx: Tx, /, owed: Owed, reason: str, kind: str, status: str = "open", **data: object
) -> None:
    request = tx.session.get_one(PaymentRequest, owed.request_id)
    note(tx, request, kind, "payer", **data)
    request.status = status
    raise_attention(request, reason)


def promise_by(tx: Tx, owed: Owed, subject: str, day: str) -> None:
    """The payer was told to hear about `subject` by `day` at the latest."""
    note(
        tx, tx.session.get_one(PaymentRequest, owed.request_id), "answer_promised", subject=subject, date=day
    )


def write(tx: Tx, owed: Owed, body: str, channel: str = "whatsapp") -> None:
    """The payer writes, and what was read in it is kept."""
    row = Incoming(id=tx.new_id("in"), door="twilio", event_id=body, payload="{}", received_at=tx.now)
    row.next_try_at, row.state, row.channel, row.body = tx.now, "done", channel, body
    row.merchant_id, row.payer_id, row.request_id = owed.merchant_id, owed.payer_id, owed.request_id
    row.reading = {
        "intents": ["human"],
        "spans": [{"start": 4, "end": 17, "text": "iemand bellen", "led_to": "human"}],
    }
    tx.session.add(row)
    tx.session.flush()
    note(tx, tx.session.get_one(PaymentRequest, owed.request_id), "heard", "payer", incoming=row.id)
    for address in tx.session.scalars(select(Address).where(Address.channel == channel)):
        address.last_inbound_at = tx.now


def form_of(page: str) -> str:
    return page.split('name="form" value="')[1].split('"')[0]


def person(owed: Owed, deed: str = "") -> str:
    return f"/desk/waiting/{owed.request_id}" + (f"/{deed}" if deed else "")

"""The product as one piece, pointed at a sandbox, for tests that want all of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Flask, Response

from bot.stories.world import World
from core import config
from core.clock import ManualClock
from core.db import Database
from messages import channels, qr
from messages.catalogue import Catalogue
from payments import psp
from payments.links import Links
from payments.parties import Merchant
from sandbox.server import Running
from tests.databases import KEYRING


def make_world(database: Database, clock: ManualClock, public: str, sandbox: Running) -> World:
    accounts = sandbox.world.settings
    settings = config.load(
        {
            "PUBLIC_URL": public,
            "SECRET_KEY": "x7Kq2mN9pR4sT6vW8yB3cD5fG1hJ0kL2",
            "ENCRYPTION_KEY": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "MOLLIE_API_KEY": accounts.mollie_key,
            "MOLLIE_API_URL": sandbox.url,
            "TWILIO_ACCOUNT_SID": accounts.twilio_sid,
            "TWILIO_AUTH_TOKEN": accounts.twilio_token,
            "TWILIO_API_URL": sandbox.url,
            "TWILIO_SMS_FROM": accounts.twilio_sms_from,
            "TWILIO_WHATSAPP_FROM": accounts.twilio_whatsapp_from.removeprefix("whatsapp:"),
            "TELEGRAM_BOT_TOKEN": accounts.telegram_token,
            "TELEGRAM_API_URL": sandbox.url,
            "TELEGRAM_WEBHOOK_SECRET": accounts.telegram_secret,
        }
    )
    return World(
        settings=settings,
        clock=clock,
        db=database,
        links=Links(public, KEYRING),
        psp=psp.load("mollie", settings),
        channels=channels.enabled(settings),
        catalogue=Catalogue.load(),
    )


def open_shop(tx: Any, name: str = "Fietshuis Jansen") -> str:
    merchant = Merchant(id=tx.new_id("mer"), name=name, phone="020 123 45 67")
    merchant.created_at = datetime(2026, 1, 1, tzinfo=tx.now.tzinfo)
    tx.session.add(merchant)
    return merchant.id


def serve_codes(flask: Flask, world: World) -> None:
    """Serve the QR code of any token, which Twilio fetches to put it into a WhatsApp message."""

    def code(token: str) -> Response:
        return Response(qr.png(world.links.url(token), "#0b6e4f"), mimetype="image/png")

    flask.add_url_rule("/q/<token>.png", "code", code)

"""`python app.py sandbox`: the stand-ins alone, with the accounts that the product's own settings name."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import click

from core.clock import Clock
from sandbox.ports import require_free
from sandbox.server import Running, serve
from sandbox.settings import SandboxSettings

# Which setting of the product names which account here.
_ACCOUNTS = {
    "MOLLIE_API_KEY": "mollie_key",
    "TWILIO_ACCOUNT_SID": "twilio_sid",
    "TWILIO_AUTH_TOKEN": "twilio_token",
    "TWILIO_SMS_FROM": "twilio_sms_from",
    "TELEGRAM_BOT_TOKEN": "telegram_token",
    "TELEGRAM_WEBHOOK_SECRET": "telegram_secret",
}


def settings_from(environment: Mapping[str, str]) -> SandboxSettings:
    """Pretend to be the accounts that the product's settings name, and call back at its PUBLIC_URL."""
    given: dict[str, Any] = {
        field: environment[name] for name, field in _ACCOUNTS.items() if environment.get(name)
    }
    if whatsapp := environment.get("TWILIO_WHATSAPP_FROM"):
        given["twilio_whatsapp_from"] = f"whatsapp:{whatsapp}"
    if public := environment.get("PUBLIC_URL", "").rstrip("/"):
        given["twilio_inbound_url"] = f"{public}/webhooks/twilio/message"
    # As README advises to set up the account: we confirm a stop ourselves, in the payer's language.
    given["twilio_opt_out"] = False
    links = {"Balie": f"{public}/desk", "Beheer": f"{public}/admin"} if public else {}
    return SandboxSettings(**given, links=links)


def run(port: int, environment: Mapping[str, str], clock: Clock) -> None:
    """Serve until interrupted. Raises Refused when the port is taken."""
    require_free(port, "choose another with --port")
    with suppress(KeyboardInterrupt):
        serve(settings_from(environment), clock, port, ready=_announce)


def _announce(running: Running) -> None:
    click.echo(f"Mollie, Twilio and Telegram answer at {running.url} (phones: {running.url}/phones)")

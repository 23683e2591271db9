"""What the stand-ins pretend: the accounts they know, where they call back, and how quick they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

# The phases of a refund, as (status, time since it was asked).
REFUND_PHASES = (
    ("queued", timedelta(0)),
    ("pending", timedelta(minutes=1)),
    ("processing", timedelta(hours=2)),
    ("refunded", timedelta(hours=24)),
)


@dataclass(frozen=True)
class SandboxSettings:
    """Keys, senders and addresses shared with the product. Times are seconds on the sandbox's clock."""

    mollie_key: str = "test_dHar4XY7LxsDOtmnkVtjNVWXLSlXsM"
    mollie_profile: str = "pfl_QkEhN94Ba"
    # The shop as the payer sees it at the bank.
    mollie_shop: str = "Fietshuis Jansen"
    # Other pages to open from the phones, as {"Balie": "http://127.0.0.1:8000/desk"}.
    links: Mapping[str, str] = field(default_factory=dict)
    refund_phases: tuple[tuple[str, timedelta], ...] = REFUND_PHASES

    twilio_sid: str = "AC00000000000000000000000000000001"
    twilio_token: str = "sandbox-auth-token"  # noqa: S105 - opens nothing but the sandbox
    twilio_sms_from: str = "+3197010200300"
    twilio_whatsapp_from: str = "whatsapp:+3197010200300"
    twilio_messaging_service: str = "MG00000000000000000000000000000001"
    twilio_inbound_url: str = ""
    # Twilio's own English opt-out words on SMS (STOP, START, HELP) and the replies it sends to them.
    twilio_opt_out: bool = True
    twilio_closed_countries: frozenset[str] = frozenset()
    # How long a message takes from one status to the next.
    carrier_seconds: float = 0.0
    approval_seconds: float = 0.0

    telegram_token: str = "123456789:AAHsandboxsandboxsandboxsandboxsand"  # noqa: S105 - idem
    telegram_username: str = "seintje_bot"
    telegram_name: str = "Fietshuis Jansen"
    # Where updates go until setWebhook says otherwise. Empty: nowhere.
    telegram_webhook_url: str = ""
    telegram_secret: str = ""
    # Refuse more than one message a second to one chat, as Telegram does under load.
    telegram_strict: bool = False

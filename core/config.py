"""The settings: read once, all that is missing or wrong told at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from core.config_checks import CHECKS
from core.errors import Misconfigured


@dataclass(frozen=True)
class Setting:
    """One setting: its name, its default (None: there is none), what it is for, and whether it is secret."""

    name: str
    default: str | None
    purpose: str
    secret: bool = False


SETTINGS: Final = (
    Setting(
        "DATABASE_URL",
        "sqlite:///seintje.db",
        "Where everything is kept: `sqlite:///file` or `postgresql://…`",
    ),
    Setting(
        "PUBLIC_URL",
        None,
        "The address on which payers and providers reach you, such as `https://pay.example.nl`",
    ),
    Setting("HOST", "127.0.0.1", "The address that the web server listens on"),
    Setting("PORT", "8000", "The port that the web server listens on"),
    Setting(
        "SECRET_KEY",
        None,
        "Signs forms; at least 32 characters (`python app.py key`)",
        secret=True,
    ),
    Setting(
        "ENCRYPTION_KEY",
        None,
        "Encrypts personal data; 32 bytes in base64, newest first (`python app.py key`)",
        secret=True,
    ),
    Setting(
        "METRICS_TOKEN",
        "",
        "Opens `/metrics` to who sends it as a Bearer token; at least 32 characters; empty: no figures",
        secret=True,
    ),
    Setting("MOLLIE_API_KEY", None, "Your key at Mollie: `test_…` or `live_…`", secret=True),
    Setting(
        "MOLLIE_API_URL",
        "https://api.mollie.com",
        "Another address for Mollie's API: a proxy or the sandbox",
    ),
    Setting("TWILIO_ACCOUNT_SID", "", "Your account at Twilio (`AC…`), for SMS and WhatsApp"),
    Setting(
        "TWILIO_AUTH_TOKEN",
        "",
        "The token of that account; it also proves that a webhook is Twilio's",
        secret=True,
    ),
    Setting("TWILIO_API_URL", "", "Another address for Twilio's APIs: a proxy or the sandbox"),
    Setting("TWILIO_SMS_FROM", "", "The number that sends SMS, such as `+3197…`; empty: no SMS"),
    Setting(
        "TWILIO_WHATSAPP_FROM",
        "",
        "The number that sends WhatsApp, such as `+3197…`; empty: no WhatsApp",
    ),
    Setting(
        "TELEGRAM_BOT_TOKEN",
        "",
        "The token of your bot from @BotFather; empty: no Telegram",
        secret=True,
    ),
    Setting(
        "TELEGRAM_API_URL",
        "https://api.telegram.org",
        "Another address for Telegram's API: a proxy or the sandbox",
    ),
    Setting(
        "TELEGRAM_WEBHOOK_SECRET",
        "",
        "Proves that a webhook is Telegram's: letters, digits, `_` and `-`",
        secret=True,
    ),
)


@dataclass(frozen=True)
class Settings:
    """Every setting, checked. Empty text means that the channel which needs it is not used."""

    database_url: str
    public_url: str
    host: str
    port: int
    secret_key: str
    encryption_key: str
    metrics_token: str
    mollie_api_key: str
    mollie_api_url: str
    twilio_account_sid: str
    twilio_auth_token: str
    twilio_api_url: str
    twilio_sms_from: str
    twilio_whatsapp_from: str
    telegram_bot_token: str
    telegram_api_url: str
    telegram_webhook_secret: str

    @property
    def public_is_loopback(self) -> bool:
        """Whether nobody but this machine can reach PUBLIC_URL, so that no provider can call us."""
        return urlsplit(self.public_url).hostname in {"127.0.0.1", "localhost", "::1"}


def with_file(
    environment: Mapping[str, str], path: str, read: Callable[[str], Mapping[str, str | None]]
) -> dict[str, str]:
    """Return `environment`, and below it what `read` finds in the file `path`, when there is one.

    What the environment says about a setting, as NAME or NAME_FILE, wins from both in the file.
    Raises Misconfigured when the file cannot be read.
    """
    try:
        found = read(path)
    except (OSError, ValueError) as error:
        raise Misconfigured(f"{path}: cannot be read ({_why(error)}).") from None
    said = {name.removesuffix("_FILE") for name in environment}
    below = {name: value for name, value in found.items() if name.removesuffix("_FILE") not in said}
    return {name: value for name, value in below.items() if value is not None} | dict(environment)


def load(environment: Mapping[str, str]) -> Settings:
    """Read every setting from `environment`; NAME_FILE names a file that holds NAME's value.

    Raises Misconfigured with one line for everything that is missing or wrong.
    """
    problems: list[str] = []
    values = {setting.name: _value(setting, environment, problems) for setting in SETTINGS}
    for name, check in CHECKS.items():
        if values[name] and (wrong := check(values[name])):
            problems.append(f"{name}: {wrong}")
    problems += _together(values)
    if problems:
        raise Misconfigured("\n".join(problems))
    fields = {name.lower(): value for name, value in values.items() if name != "PORT"}
    return Settings(port=int(values["PORT"]), **fields)


def _value(setting: Setting, environment: Mapping[str, str], problems: list[str]) -> str:
    value = environment.get(setting.name, "").strip()
    path = environment.get(f"{setting.name}_FILE", "").strip()
    if not value and path:
        try:
            value = Path(path).read_text(encoding="utf-8").strip()
        except (OSError, ValueError) as error:
            problems.append(f"{setting.name}_FILE: cannot read {path} ({_why(error)}).")
            return ""
    if not value and setting.default is None:
        problems.append(f"{setting.name}: is missing. {setting.purpose}.")
    value = value or setting.default or ""
    return value.rstrip("/") if setting.name.endswith("_URL") else value


def _why(error: OSError | ValueError) -> str:
    return (error.strerror or "") if isinstance(error, OSError) else "it is not text in UTF-8"


def _together(values: Mapping[str, str]) -> list[str]:
    """Settings that need each other."""
    problems = []
    twilio = values["TWILIO_SMS_FROM"] or values["TWILIO_WHATSAPP_FROM"]
    problems += [
        f"{name}: is missing, and SMS and WhatsApp need it."
        for name in ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN")
        if twilio and not values[name]
    ]
    if values["TELEGRAM_BOT_TOKEN"] and not values["TELEGRAM_WEBHOOK_SECRET"]:
        problems.append("TELEGRAM_WEBHOOK_SECRET: is missing, and Telegram needs it.")
    if not twilio and not values["TELEGRAM_BOT_TOKEN"]:
        problems.append(
            "TWILIO_SMS_FROM, TWILIO_WHATSAPP_FROM, TELEGRAM_BOT_TOKEN: all are empty; at least one channel is needed."
        )
    return problems

"""The settings: read once, all that is missing or wrong told at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from core.errors import Misconfigured
from core.keys import parse_keys

_SHORTEST_SECRET = 32
_HEADER = re.compile(r"[A-Za-z0-9_-]{1,256}")
_PLACEHOLDERS = ("change", "secret", "example", "default", "demo", "xxx")


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


def load(environment: Mapping[str, str]) -> Settings:
    """Read every setting from `environment`; NAME_FILE names a file that holds NAME's value.

    Raises Misconfigured with one line for everything that is missing or wrong.
    """
    problems: list[str] = []
    values = {setting.name: _value(setting, environment, problems) for setting in SETTINGS}
    for name, check in _CHECKS.items():
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
        except OSError as error:
            problems.append(f"{setting.name}_FILE: cannot read {path} ({error.strerror}).")
            return ""
    if not value and setting.default is None:
        problems.append(f"{setting.name}: is missing. {setting.purpose}.")
    value = value or setting.default or ""
    return value.rstrip("/") if setting.name.endswith("_URL") else value


def _port(value: str) -> str:
    return "" if value.isdigit() and 0 < int(value) < 65536 else "must be a number from 1 to 65535."


def _address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or not value.isascii():
        return "must be a whole address such as https://pay.example.nl (ASCII only)."
    return ""


def _public(value: str) -> str:
    host = urlsplit(value).hostname
    if (
        not _address(value)
        and urlsplit(value).scheme == "http"
        and host not in {"127.0.0.1", "localhost", "::1"}
    ):
        return "must begin with https://, or payers cannot trust the link."
    return _address(value)


def _secret(value: str) -> str:
    if len(value) < _SHORTEST_SECRET or len(set(value)) < 10 or value.lower().startswith(_PLACEHOLDERS):
        return (
            f"is too easy to guess: use {_SHORTEST_SECRET} random characters or more (`python app.py key`)."
        )
    return ""


def _starts(*beginnings: str) -> Callable[[str], str]:
    return lambda value: "" if value.startswith(beginnings) else f"must begin with {' or '.join(beginnings)}."


def _keys(value: str) -> str:
    try:
        parse_keys(value)
    except Misconfigured as error:
        return str(error).removeprefix("ENCRYPTION_KEY: ")
    return ""


def _header(value: str) -> str:
    return "" if _HEADER.fullmatch(value) else "may hold 1 to 256 letters, digits, `_` and `-` only."


_CHECKS: Final[Mapping[str, Callable[[str], str]]] = {
    "DATABASE_URL": _starts("sqlite:///", "postgresql://", "postgresql+psycopg://", "postgres://"),
    "PUBLIC_URL": _public,
    "PORT": _port,
    "SECRET_KEY": _secret,
    "ENCRYPTION_KEY": _keys,
    "MOLLIE_API_KEY": _starts("test_", "live_"),
    "MOLLIE_API_URL": _address,
    "TWILIO_ACCOUNT_SID": _starts("AC"),
    "TWILIO_API_URL": _address,
    "TWILIO_SMS_FROM": _starts("+"),
    "TWILIO_WHATSAPP_FROM": _starts("+"),
    "TELEGRAM_API_URL": _address,
    "TELEGRAM_WEBHOOK_SECRET": _header,
}


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

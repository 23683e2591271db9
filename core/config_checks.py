"""What may be wrong with each setting: a check says so in words, or gives empty text."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import SplitResult, urlsplit

from core.errors import Misconfigured
from core.keys import parse_keys

Check = Callable[[str], str]

_SHORTEST_SECRET: Final = 32
_PLACEHOLDERS: Final = ("change", "secret", "example", "default", "demo", "xxx")
_HERE: Final = frozenset({"127.0.0.1", "localhost", "::1"})
_POSTGRES: Final = re.compile(
    r"postgres(?:ql|ql\+psycopg)?://(?:[^@\s]*@)?(?:\[[\da-fA-F:.]+\]|[^/:?@\[\]\s]*)(?::\d{1,5})?(?:/[^?\s]*)?(?:\?\S*)?"
)


def _database(value: str) -> str:
    if value.startswith("sqlite:///"):
        name = value.removeprefix("sqlite:///").partition("?")[0]
        return "must name a file, since memory is lost at the end." if name in {"", ":memory:"} else ""
    if value.startswith(("postgresql://", "postgresql+psycopg://", "postgres://")):
        return "" if _POSTGRES.fullmatch(value) else "must be like postgresql://user:password@host:5432/name."
    return "must begin with sqlite:/// or postgresql:// or postgresql+psycopg:// or postgres://."


def _split(value: str) -> SplitResult | None:
    """Return the parts of a whole web address, or None when it is not one."""
    try:
        parts = urlsplit(value)
        usable = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        return None
    return parts if usable and value.isascii() and not re.search(r"\s", value) else None


def _address(value: str) -> str:
    whole = _split(value) is not None
    return "" if whole else "must be a whole address such as https://pay.example.nl (ASCII only)."


def _public(value: str) -> str:
    parts = _split(value)
    if parts is None:
        return _address(value)
    if parts.path or parts.query or parts.fragment or "@" in parts.netloc:
        return "must be only a scheme and a host, such as https://pay.example.nl, with nothing behind it."
    if parts.scheme == "http" and parts.hostname not in _HERE:
        return "must begin with https://, or payers cannot trust the link."
    return ""


def _host(value: str) -> str:
    try:
        ipaddress.ip_address("127.0.0.1" if value == "localhost" else value)
    except ValueError:
        return "must be an address of this machine such as 127.0.0.1, or 0.0.0.0 for all of them."
    return ""


def _port(value: str) -> str:
    known = re.fullmatch(r"[0-9]{1,5}", value) and 0 < int(value) < 65536
    return "" if known else "must be a number from 1 to 65535."


def _secret(value: str) -> str:
    if len(value) < _SHORTEST_SECRET or len(set(value)) < 10 or value.lower().startswith(_PLACEHOLDERS):
        return (
            f"is too easy to guess: use {_SHORTEST_SECRET} random characters or more (`python app.py key`)."
        )
    return ""


def _keys(value: str) -> str:
    try:
        parse_keys(value)
    except Misconfigured as error:
        return str(error).removeprefix("ENCRYPTION_KEY: ")
    return ""


def _like(pattern: str, otherwise: str) -> Check:
    known = re.compile(pattern)
    return lambda value: "" if known.fullmatch(value) else otherwise


_number = _like(r"\+[1-9][0-9]{5,14}", "must be a number with its country, such as +3197010200300.")

CHECKS: Final[Mapping[str, Check]] = {
    "DATABASE_URL": _database,
    "PUBLIC_URL": _public,
    "HOST": _host,
    "PORT": _port,
    "SECRET_KEY": _secret,
    "ENCRYPTION_KEY": _keys,
    "METRICS_TOKEN": _secret,
    "MOLLIE_API_KEY": _like(r"(test|live)_\w+", "must be `test_…` or `live_…`, as Mollie gave it."),
    "MOLLIE_API_URL": _address,
    "TWILIO_ACCOUNT_SID": _like(r"AC\w+", "must be `AC…`, as Twilio's console shows it."),
    "TWILIO_AUTH_TOKEN": _like(r"\S+", "must be one word, as Twilio's console shows it."),
    "TWILIO_API_URL": _address,
    "TWILIO_SMS_FROM": _number,
    "TWILIO_WHATSAPP_FROM": _number,
    "TELEGRAM_BOT_TOKEN": _like(r"[0-9]+:[\w-]+", "must be like 123456789:AA…, as @BotFather gave it."),
    "TELEGRAM_API_URL": _address,
    "TELEGRAM_WEBHOOK_SECRET": _like(
        r"[A-Za-z0-9_-]{1,256}", "may hold 1 to 256 letters, digits, `_` and `-` only."
    ),
}

"""The names under which our bots are known, told by their providers when the worker starts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from core.config import Settings
from core.db import Base, Tx

_OFFICIAL: Final = "api.telegram.org"


class Bot(Base):
    """One channel's bot: the name that goes into `t.me/<name>`."""

    __tablename__ = "bot"

    channel: Mapped[str] = mapped_column(String(12), primary_key=True)
    name: Mapped[str] = mapped_column(String(64))


def remember_names(tx: Tx, names: Mapping[str, str]) -> None:
    """Keep the names that are known; an empty one means that the provider has not told it yet."""
    for channel, name in names.items():
        if name:
            tx.session.merge(Bot(channel=channel, name=name))


def start_link(tx: Tx, settings: Settings, channel: str, token: str) -> str | None:
    """Return the address that opens the chat with our bot and hands it `token`; None without a bot.

    On a machine that plays with a stand-in it leads there: on the internet the bot's name may belong to
    somebody, who must not be written to. A proxy of the real Telegram is no stand-in: only a stand-in can
    call back at an address that nobody else can reach.
    """
    bot = tx.session.get(Bot, channel)
    if bot is None:
        return None
    stand_in = settings.public_is_loopback and urlsplit(settings.telegram_api_url).hostname != _OFFICIAL
    site = f"{settings.telegram_api_url.rstrip('/')}/t.me" if stand_in else "https://t.me"
    return f"{site}/{bot.name}?start={token}"

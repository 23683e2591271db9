"""The names under which our bots are known, told by their providers when the worker starts."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Tx


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


def start_link(tx: Tx, channel: str, token: str) -> str | None:
    """Return the address that opens the chat with our bot and hands it `token`; None without a bot."""
    bot = tx.session.get(Bot, channel)
    return f"https://t.me/{bot.name}?start={token}" if bot is not None else None

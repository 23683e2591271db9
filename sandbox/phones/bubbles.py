"""Turns one thread of the phones' state into bubbles: with days, times, ticks, quotes and safe links."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from babel.dates import format_datetime

from sandbox.pages.dutch import AMSTERDAM, time_of_day

Json = dict[str, Any]
QUOTED: Final = 80
_TELEGRAM: Final = ("t.me", "telegram.me", "127.0.0.1/t.me", "localhost/t.me")
SAFE: Final = frozenset({"http", "https", "tel"})


@dataclass(frozen=True)
class Bubble:
    """One message as it is drawn. `day` is set on the first of a day; `tick` is sent or read, on own ones."""

    said: Json
    time: str
    day: str = ""
    tick: str = ""
    quote: str = ""
    last_of_group: bool = True
    buttons: list[list[Json]] = field(default_factory=list)


def bubbles(messages: list[Json], now: datetime) -> list[Bubble]:
    """The messages of a thread, oldest first, without those that were taken back."""
    shown = [m for m in messages if m["text"] or m["media"] or m["buttons"]]
    return list(_bubbles(shown, now))


def _bubbles(shown: list[Json], now: datetime) -> Iterator[Bubble]:
    answered = max((at for at, m in enumerate(shown) if not m["mine"]), default=-1)
    by_id = {message["id"]: message for message in shown}
    day = ""
    for at, message in enumerate(shown):
        moment = datetime.fromisoformat(message["at"])
        before, day = day, day_of(moment, now)
        following = shown[at + 1] if at + 1 < len(shown) else None
        yield Bubble(
            message,
            time_of_day(moment),
            day if day != before else "",
            ("read" if at < answered else "sent") if message["mine"] else "",
            _quote(by_id.get(message["reply_to"] or "")),
            following is None or following["mine"] != message["mine"],
            message["buttons"],
        )


def day_of(moment: datetime, now: datetime) -> str:
    """Return "Vandaag", "Gisteren" or "vrijdag 27 november", with the year when it is another one."""
    local, today = moment.astimezone(AMSTERDAM).date(), now.astimezone(AMSTERDAM).date()
    if local == today:
        return "Vandaag"
    if local == today - timedelta(days=1):
        return "Gisteren"
    pattern = "EEEE d MMMM" if local.year == today.year else "EEEE d MMMM y"
    return format_datetime(moment.astimezone(AMSTERDAM), pattern, locale="nl")


def _quote(message: Json | None) -> str:
    if message is None:
        return ""
    words = " ".join(message["text"].split()) or "Afbeelding"
    return words if len(words) <= QUOTED else words[: QUOTED - 1] + "…"


def safe(url: str) -> str:
    """The address, when a tap on it can do no harm; empty otherwise."""
    return url if urlsplit(url).scheme.lower() in SAFE else ""


def invitation(url: str, bot: str) -> str | None:
    """The payload of t.me/<bot>?start=<payload>; empty without one, None for any other address.

    The sandbox has a t.me of its own, on this machine.
    """
    parts = urlsplit(url)
    place = f"{parts.hostname}{parts.path.rstrip('/')}".lower()
    if place not in {f"{site}/{bot.lower()}" for site in _TELEGRAM}:
        return None
    return parse_qs(parts.query).get("start", [""])[0]


def invited(messages: list[Json], bot: str) -> str | None:
    """The payload of the newest invitation to the bot in a thread; None when there is none."""
    for message in reversed(messages):
        addresses = [run["url"] for run in message["runs"] if "url" in run]
        addresses += [button["url"] for row in message["buttons"] for button in row]
        found = [payload for url in addresses if (payload := invitation(url, bot)) is not None]
        if found:
            return found[-1]
    return None

"""What a payer's words are found to be about, and all that may tell it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.stories.said import Said
from bot.stories.thread import Thread
from bot.stories.understood import Heard
from bot.understanding import Intent
from core.db import Tx
from messages.outbox import Outgoing
from payments.requests import PaymentRequest

# What can only be done to one certain request, or to several that are named.
_ABOUT_MONEY: Final = frozenset(
    {Intent.PAY_NOW, Intent.RESCHEDULE, Intent.PAUSE, Intent.RESUME, Intent.INSTALMENTS}
    | {Intent.ALREADY_PAID, Intent.DISPUTE}
)
_TOPICS: Final = frozenset({"amount", "what_for", "deadline", "link"})
# Who stops, or is not the payer, is heard at once whatever it was about.
FIRST: Final = frozenset({Intent.OPT_OUT, Intent.WRONG_PERSON})
_DAYS: Final = frozenset(
    {"date", "datetime", "date_range", "until", "start_date", "paid_date", "day_of_month", "part_of_day"}
)


@dataclass(frozen=True)
class Meant:
    """The requests that `heard` is about, by id; with `doubt`, it is about one of them and we must ask.

    `others`: the payer has more that is open than this one. `waited` is the inbox row of words that waited
    until it was chosen what they are about, if any. `apart`: what they say of each request by itself, where
    they do.
    """

    ids: tuple[str, ...]
    heard: Heard
    doubt: bool = False
    others: bool = False
    waited: str = ""
    apart: tuple[tuple[str, Heard], ...] = ()


@dataclass(frozen=True)
class Look:
    """One look at a payer's words, with all that may tell what they are about."""

    tx: Tx
    said: Said
    thread: Thread
    answered: Outgoing | None
    text: str
    language: str
    found: Sequence[PaymentRequest]
    heard: Heard

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(request.id for request in self.found)

    def meant(self, ids: Sequence[str], heard: Heard | None = None, *, doubt: bool = False) -> Meant:
        return Meant(tuple(ids), heard or self.heard, doubt, len(self.found) > 1)


def about_money(heard: Heard) -> bool:
    """Whether one certain request has to be known before anything can be done or told."""
    intents = set(heard.reading.intents)
    asks = Intent.QUESTION in intents and heard.reading.slots.get("topic") in _TOPICS
    return not intents & FIRST and (asks or bool(intents & _ABOUT_MONEY))


def days_said(heard: Heard) -> list[tuple[int, int]]:
    """Where in the text days were named, as (first, behind the last) character."""
    return [(span.start, span.end) for span in heard.reading.spans if span.led_to in _DAYS]

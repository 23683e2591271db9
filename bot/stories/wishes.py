"""Carrying out how a payer likes to be written to: language, form of address, channel and day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from sqlalchemy import select

from bot.decision import Act, Decision
from bot.stories.pay_day import keep
from bot.stories.say import SOON, Words, say
from bot.stories.world import World
from bot.understanding import Intent, Reading
from bot.understanding.languages import clearly
from core.db import Tx
from messages.bots import start_link
from messages.inbox import Incoming
from payments.invites import invite
from payments.lifecycle import OWING
from payments.parties import Address, Payer
from payments.requests import PaymentRequest
from payments.timeline import note

# "15.00 u", "drie u", "half 4 u": an hour, and nobody who is addressed.
_HOUR: Final = re.compile(
    r"(?:\d|\b(?:een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf))\s*u\b", re.IGNORECASE
)
_U: Final = re.compile(r"\b(u|uw)\b", re.IGNORECASE)
_JE: Final = re.compile(r"\b(je|jij|jou|jouw)\b", re.IGNORECASE)
_BY_PHONE: Final = ("whatsapp", "sms")


def mirror(tx: Tx, request: PaymentRequest, text: str, reading: Reading) -> None:
    """Write as the payer does from here on, when it is clear how: Dutch or English, and *je* or *u*."""
    payer, language = request.payer, reading.language
    # A text that means nothing to us, such as a trick, tells nothing about the payer either.
    understood = Intent.OTHER not in reading.intents
    if understood and payer.language != language == clearly(text):
        payer.language = language
        note(tx, request, "language", "payer", language=language)
    words = _HOUR.sub(" ", text)
    says_u, says_je = _U.search(words) is not None, _JE.search(words) is not None
    if language == "nl" and payer.language == "nl" and says_u != says_je:
        payer.formality = "u" if says_u else "je"


def reachable_by(tx: Tx, world: World, payer: Payer) -> frozenset[str]:
    """Return the channels on which this payer could be asked for a yes."""
    by_phone = {a.channel for a in payer.addresses if a.channel in _BY_PHONE and a.unusable_at is None}
    bot = {"telegram"} if start_link(tx, world.settings, "telegram", "") else set()
    return frozenset((by_phone | bot) & set(world.channels))


def carry_out_wish(
    tx: Tx, world: World, request: PaymentRequest, decision: Decision, row: Incoming
) -> Mapping[str, object]:
    """Do what was wished; return the facts that only this brings about, for the answer."""
    payer = request.payer
    match decision.act:
        case Act.LANGUAGE:
            payer.language = str(decision.detail["language"])
            note(tx, request, "language", "payer", language=payer.language)
        case Act.PAY_DAY:
            keep(tx, request, int(str(decision.detail["day_of_month"])))
        case Act.SWITCH:
            prefer(tx, payer, str(decision.detail["channel"]))
            note(tx, request, "channel", "payer", channel=str(decision.detail["channel"]))
        case Act.CHANNEL:
            return _ask_there(tx, world, request, str(decision.detail["channel"]), row)
        case _:
            pass
    return {}


def _ask_there(
    tx: Tx, world: World, request: PaymentRequest, channel: str, row: Incoming
) -> Mapping[str, object]:
    """Telegram only lets the payer begin; elsewhere we ask on the number that we know."""
    if channel == "telegram":
        link = start_link(tx, world.settings, "telegram", invite(tx, request, "telegram"))
        return {"invite": link or ""}
    address = next(a for a in request.payer.addresses if a.channel == channel)
    say(tx, request, Words("channel-check", f"check:{row.id}", asked=True, urgency=SOON, address=address))
    return {}


def prefer(tx: Tx, payer: Payer, channel: str) -> None:
    """Write on `channel` first from now on, about everything that is open and all that comes."""
    payer.channel = channel
    for address in payer.addresses:
        if address.channel == channel:
            _consents(tx, address)
    query = select(PaymentRequest).where(
        PaymentRequest.payer_id == payer.id, PaymentRequest.status.in_(OWING)
    )
    for request in tx.session.scalars(query):
        request.channels = first_of(channel, request.channels)


def _consents(tx: Tx, address: Address) -> None:
    address.consent_at, address.consent_source = tx.now, "own word"
    address.unusable_at = address.unusable_why = None


def first_of(channel: str | None, channels: list[str]) -> list[str]:
    """Return `channels` with `channel` in front."""
    return [channel, *(name for name in channels if name != channel)] if channel else channels

"""What the tests of Telegram share: a message to Anna's chat, and a look at what came of it."""

from __future__ import annotations

from messages.channels import Inbound, Parcel
from sandbox.telegram.facts import Note
from tests.messages.channels.talking import CHAT, Place, QuickTelegram
from tests.messages.channels.talking import parcel as any_parcel


def parcel(body: str = "Betaal *€ 42,50*", **more: object) -> Parcel:
    return any_parcel(body, CHAT, **more)


def notes(place: Place) -> list[Note]:
    """What the bot wrote in Anna's chat."""
    chat = place.sandbox.world.telegram.chat(int(CHAT))
    return [note for note in chat.notes.values() if note.from_bot]


def heard(place: Place) -> list[Inbound]:
    channel = QuickTelegram(place.settings)
    knocks = place.knocks("/webhooks/telegram")
    read = [channel.read(envelope.payload) for knock in knocks for envelope in channel.verify(knock)]
    return [one for one in read if isinstance(one, Inbound)]

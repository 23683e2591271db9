"""What is on Anna's phone in the sandbox, on whatever channel: our messages in order, with their buttons."""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.world import SandboxWorld


@dataclass(frozen=True)
class OnPhone:
    """One message of ours as it arrived: its id at the provider, the words, and the labels of its buttons."""

    channel: str
    id: str
    body: str
    buttons: tuple[str, ...]
    order: tuple[float, int]


def on_phone(sandbox: SandboxWorld, number: str, chat_id: int) -> list[OnPhone]:
    """Return every message of ours that arrived, oldest first."""
    return sorted([*_by_twilio(sandbox, number), *_by_telegram(sandbox, chat_id)], key=lambda m: m.order)


def _by_twilio(sandbox: SandboxWorld, number: str) -> list[OnPhone]:
    found = []
    for place, message in enumerate(reversed(sandbox.twilio.everything())):
        if message.inbound or message.number != number or message.arrived_at is None:
            continue
        labels = tuple(button.title for button in message.rendered.buttons)
        order = (message.created_at.timestamp(), place)
        found.append(OnPhone(message.channel, message.sid, message.rendered.body, labels, order))
    return found


def _by_telegram(sandbox: SandboxWorld, chat_id: int) -> list[OnPhone]:
    chat = next((chat for chat in sandbox.telegram.chats() if chat.person.telegram_id == chat_id), None)
    if chat is None:
        return []
    return [
        OnPhone(
            "telegram",
            str(note.id),
            note.marked.text,
            tuple(str(button["text"]) for row in note.keyboard for button in row),
            (note.at.timestamp(), note.id),
        )
        for note in chat.notes.values()
        if note.from_bot
    ]

"""What Telegram remembers: chats with one bot, their messages and pictures."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sandbox.media import Media
from sandbox.people import Person
from sandbox.telegram.entities import Marked


@dataclass
class Picture:
    """A photo as Telegram keeps it; the `file_id` can be sent again."""

    file_id: str
    unique_id: str
    path: str
    media: Media


@dataclass
class Note:
    """One message in a chat (Telegram's own word, Message, is Twilio's too)."""

    id: int
    at: datetime
    marked: Marked
    from_bot: bool = False
    picture: Picture | None = None
    keyboard: list[list[dict[str, Any]]] = field(default_factory=list)
    reply_to: int = 0
    edited_at: datetime | None = None
    seen: bool = False


@dataclass
class Chat:
    """A private chat. `last_sent` is when the bot last wrote, for the limit of one a second."""

    person: Person
    notes: dict[int, Note] = field(default_factory=dict)
    last_sent: datetime | None = None
    last_id: int = 0

    def next_id(self) -> int:
        """A number for the next message; one that was deleted is never used again."""
        self.last_id += 1
        return self.last_id

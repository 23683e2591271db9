"""Telegram's objects as JSON: users, chats, messages, callback queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sandbox.people import Person
from sandbox.settings import SandboxSettings
from sandbox.telegram.facts import Chat, Note, Picture

Json = dict[str, Any]
# Telegram keeps smaller copies of every photo; the last one is the original.
_SIZES: Final = (90, 320, 1280)


def unix(moment: datetime) -> int:
    return int(moment.timestamp())


def user(person: Person) -> Json:
    first, _, last = person.name.partition(" ")
    body: Json = {"id": person.telegram_id, "is_bot": False, "first_name": first or "Payer"}
    if last:
        body["last_name"] = last
    return body | {"language_code": person.language}


def chat(person: Person) -> Json:
    named = user(person)
    kept = ("id", "first_name", "last_name")
    return {key: named[key] for key in kept if key in named} | {"type": "private"}


@dataclass(frozen=True)
class Writing:
    """Writes as one bot sees it."""

    settings: SandboxSettings

    def bot(self) -> Json:
        return {
            "id": int(self.settings.telegram_token.partition(":")[0]),
            "is_bot": True,
            "first_name": self.settings.telegram_name,
            "username": self.settings.telegram_username,
        }

    def me(self) -> Json:
        return self.bot() | {
            "can_join_groups": False,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }

    def message(self, at: Chat, note: Note, *, quote: bool = True) -> Json:
        body: Json = {
            "message_id": note.id,
            "from": self.bot() if note.from_bot else user(at.person),
            "chat": chat(at.person),
            "date": unix(note.at),
        }
        if note.edited_at is not None:
            body["edit_date"] = unix(note.edited_at)
        replied = at.notes.get(note.reply_to)
        if replied is not None and quote:
            body["reply_to_message"] = self.message(at, replied, quote=False)
        prefix, key = ("caption_", "caption") if note.picture else ("", "text")
        if note.picture is not None:
            body["photo"] = self.photo(note.picture)
        if note.marked.text:
            body[key] = note.marked.text
        if note.marked.entities:
            body[f"{prefix}entities"] = list(note.marked.entities)
        if note.keyboard:
            body["reply_markup"] = {"inline_keyboard": note.keyboard}
        return body

    def photo(self, picture: Picture) -> list[Json]:
        width, height = picture.media.width, picture.media.height
        longest = max(width, height)
        smaller = [size for size in _SIZES if size < longest]
        return [
            {
                "file_id": f"{picture.file_id}s{size}" if size != longest else picture.file_id,
                "file_unique_id": f"{picture.unique_id}{size}",
                "file_size": max(len(picture.media.content) * size // longest, 1),
                "width": max(width * size // longest, 1),
                "height": max(height * size // longest, 1),
            }
            for size in (*smaller, longest)
        ]

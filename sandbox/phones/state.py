"""Everything that is on the phones, as one JSON document: people, their three threads, ticks and buttons."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

from sandbox.media import MediaShelf
from sandbox.people import Person
from sandbox.phones.runs import plain, whatsapp
from sandbox.telegram.entities import runs
from sandbox.telegram.facts import Chat, Note
from sandbox.twilio.facts import Message
from sandbox.world import SandboxWorld

Json = dict[str, Any]


class Phones:
    """Reads the phones off the providers' own state; nothing is kept twice."""

    def __init__(self, world: SandboxWorld) -> None:
        self._world = world

    def state(self, since: int) -> Json:
        """The people whose phone changed after version `since` (all of them for 0)."""
        version = self._world.people.version
        changed = [person for person in self._world.people.everyone() if person.version > since]
        messages: dict[str, list[Message]] = defaultdict(list)
        for message in reversed(self._world.twilio.everything() if changed else []):
            messages[message.number].append(message)
        chats = {chat.person.telegram_id: chat for chat in self._world.telegram.chats()}
        return {
            "version": version,
            "now": self._world.clock.now().isoformat(),
            "business": {
                "name": self._world.settings.mollie_shop,
                "sms": self._world.settings.twilio_sms_from,
                "whatsapp": self._world.settings.twilio_whatsapp_from,
                "telegram": self._world.settings.telegram_username,
            },
            "people": [
                self._person(person, messages[person.number], chats.get(person.telegram_id))
                for person in changed
            ],
        }

    def _person(self, person: Person, messages: list[Message], chat: Chat | None) -> Json:
        own = [message for message in messages if message.arrived_at is not None]
        sms = [_message(m, self._world.media) for m in own if m.channel == "sms"]
        app = [_message(m, self._world.media) for m in own if m.channel == "whatsapp"]
        notes = [_note(note) for note in chat.notes.values()] if chat else []
        return {
            "id": person.id,
            "name": person.name,
            "number": person.number,
            "telegram_id": person.telegram_id or None,
            "language": person.language,
            "version": person.version,
            "blocked": sorted(person.blocked),
            "not_on_whatsapp": person.not_on_whatsapp,
            "landline": person.landline,
            "unreachable": person.unreachable,
            "threads": {
                "sms": _thread(sms, opted_out=self._world.twilio.opted_out(person.number)),
                "whatsapp": _thread(app, window_open=self._world.twilio.window_open(person.number)),
                "telegram": _thread(notes, started=chat is not None),
            },
        }


def _thread(messages: list[Json], **facts: bool) -> Json:
    unread = sum(1 for message in messages if not message["mine"] and not message["seen"])
    return {"unread": unread, **facts, "messages": messages}


def _message(message: Message, shelf: MediaShelf) -> Json:
    rendered = message.rendered
    buttons = [{"kind": b.kind, "title": b.title, "id": b.id, "url": b.url} for b in rendered.buttons]
    cut = whatsapp if message.channel == "whatsapp" else plain
    return {
        "id": message.sid,
        "mine": message.inbound,
        "text": rendered.body,
        "runs": cut(rendered.body),
        "header": rendered.header,
        "footer": rendered.footer,
        "media": [_media(shelf, media_id) for media_id in message.media],
        "buttons": [[button] for button in buttons],
        "status": message.status,
        "seen": message.seen,
        "at": _iso(message.arrived_at or message.created_at),
        "edited": False,
        "reply_to": message.replied_to or None,
    }


def _note(note: Note) -> Json:
    picture = note.picture.media if note.picture else None
    return {
        "id": str(note.id),
        "mine": not note.from_bot,
        "text": note.marked.text,
        "runs": runs(note.marked),
        "header": "",
        "footer": "",
        "media": [_file(picture.id, picture.width, picture.height)] if picture else [],
        "buttons": [[_inline(button) for button in row] for row in note.keyboard],
        "status": "read" if note.seen else "delivered",
        "seen": note.seen,
        "at": _iso(note.at),
        "edited": note.edited_at is not None,
        "reply_to": str(note.reply_to) if note.reply_to else None,
    }


def _inline(button: Json) -> Json:
    if "callback_data" in button:
        return {"kind": "reply", "title": button["text"], "id": button["callback_data"], "url": ""}
    if "copy_text" in button:
        copied = button["copy_text"]["text"]
        return {"kind": "copy", "title": button["text"], "id": copied, "url": ""}
    return {"kind": "url", "title": button["text"], "id": "", "url": button.get("url", "")}


def _media(shelf: MediaShelf, media_id: str) -> Json:
    kept = shelf.get(media_id)
    return _file(media_id, kept.width if kept else 0, kept.height if kept else 0)


def _file(media_id: str, width: int, height: int) -> Json:
    return {
        "id": media_id,
        "url": f"/phones/media/{media_id}",
        "scan": f"/phones/scan/{media_id}",
        "width": width,
        "height": height,
    }


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds")

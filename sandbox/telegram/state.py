"""Telegram: who pressed Start, what was said, what was edited, and who blocked the bot."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from typing import Any, Final

from sandbox.ground import Ground
from sandbox.media import Media
from sandbox.people import Person
from sandbox.telegram.entities import Marked, read_text
from sandbox.telegram.errors import BLOCKED, CHAT_NOT_FOUND, TelegramRefusal, bad_request
from sandbox.telegram.facts import Chat, Note, Picture
from sandbox.telegram.updates import Updates
from sandbox.telegram.writing import Writing, chat, unix, user

CALLBACK_LIVES: Final = timedelta(seconds=150)
PACE: Final = timedelta(seconds=1)


class Telegram:
    """One bot and its private chats. Every method may be called from any thread."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self.updates = Updates(ground)
        self.writing = Writing(ground.settings)
        self.commands: list[dict[str, str]] = []
        self._chats: dict[int, Chat] = {}
        self._pictures: dict[str, Picture] = {}
        self._callbacks: dict[str, datetime] = {}
        self.answers: dict[str, str] = {}
        self._lock = threading.RLock()

    def chat(self, chat_id: int) -> Chat:
        """The chat with someone who pressed Start. Raises TelegramRefusal (400) otherwise."""
        with self._lock:
            found = self._chats.get(chat_id)
        if found is None:
            raise bad_request(CHAT_NOT_FOUND)
        return found

    def chats(self) -> list[Chat]:
        with self._lock:
            return list(self._chats.values())

    def open_for_bot(self, chat_id: int) -> Chat:
        """The chat, if the bot may write in it now. Raises TelegramRefusal: 400, 403 or 429."""
        at = self.chat(chat_id)
        if self._ground.plan.take("telegram", ("sendMessage", "sendPhoto"), ("blocked",)):
            self.block(chat_id)
        if "telegram" in at.person.blocked:
            raise TelegramRefusal(403, BLOCKED)
        return at

    def send(
        self,
        chat_id: int,
        marked: Marked,
        keyboard: list[list[dict[str, Any]]],
        picture: Picture | None = None,
        reply_to: int = 0,
    ) -> tuple[Chat, Note]:
        """The bot writes. Raises TelegramRefusal: 400, 403, or 429 when it writes too fast."""
        at = self.open_for_bot(chat_id)
        now = self._ground.clock.now()
        with self._lock:
            if self._ground.settings.telegram_strict and at.last_sent and now - at.last_sent < PACE:
                raise TelegramRefusal(429, "Too Many Requests: retry after 1", retry_after=1)
            at.last_sent = now
            note = Note(
                at.next_id(),
                now,
                marked,
                from_bot=True,
                picture=picture,
                keyboard=keyboard,
                reply_to=reply_to,
            )
            at.notes[note.id] = note
        self._ground.people.touch(at.person)
        return at, note

    def edit(
        self, chat_id: int, note_id: int, marked: Marked | None, keyboard: list[list[dict[str, Any]]]
    ) -> tuple[Chat, Note]:
        """The bot changes the words (unless None) and the buttons of its own message."""
        at = self.chat(chat_id)
        note = at.notes.get(note_id)
        if note is None:
            raise bad_request("message to edit not found")
        if not note.from_bot:
            raise bad_request("message can't be edited")
        words = note.marked if marked is None else marked
        if words == note.marked and keyboard == note.keyboard:
            raise bad_request(
                "message is not modified: specified new message content and reply markup are "
                "exactly the same as a current content and reply markup of the message"
            )
        note.marked, note.keyboard = words, keyboard
        note.edited_at = self._ground.clock.now()
        self._ground.people.touch(at.person)
        return at, note

    def delete(self, chat_id: int, note_id: int) -> None:
        at = self.chat(chat_id)
        if note_id not in at.notes:
            raise bad_request("message to delete not found")
        del at.notes[note_id]
        self._ground.people.touch(at.person)

    def keep_picture(self, media: Media) -> Picture:
        """Keep an uploaded photo under a new file_id."""
        token = self._ground.ids.token(36)
        with self._lock:
            path = f"photos/file_{len(self._pictures)}.{media.content_type.partition('/')[2]}"
            picture = Picture(f"AgACAgQAAxk{token}", token[:14], path, media)
            self._pictures[picture.file_id] = picture
        return picture

    def picture(self, file_id: str) -> Picture | None:
        """The photo with this file_id, in whichever size."""
        with self._lock:
            return self._pictures.get(file_id) or self._pictures.get(file_id.rpartition("s")[0])

    def picture_at(self, path: str) -> Picture | None:
        with self._lock:
            return next((p for p in self._pictures.values() if p.path == path), None)

    def answer_callback(self, query_id: str, text: str) -> None:
        """Stop the button's spinner. Raises TelegramRefusal (400) after two and a half minutes."""
        asked = self._callbacks.get(query_id)
        if asked is None or self._ground.clock.now() - asked > CALLBACK_LIVES:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        self.answers[query_id] = text

    def start(self, person: Person, payload: str = "") -> Note:
        """The payer follows t.me/<bot>?start=<payload> and presses Start."""
        with self._lock:
            self._chats.setdefault(person.telegram_id, Chat(person))
        if "telegram" in person.blocked:
            self.unblock(person.telegram_id)
        return self.say(person.telegram_id, f"/start {payload}".strip())

    def say(self, chat_id: int, text: str, reply_to: int = 0) -> Note:
        """The payer writes."""
        at = self.chat(chat_id)
        with self._lock:
            marked = read_text(text, "")
            if text.startswith("/"):
                command = {"type": "bot_command", "offset": 0, "length": len(text.split()[0])}
                marked = Marked(marked.text, (command, *marked.entities))
            note = Note(at.next_id(), self._ground.clock.now(), marked, reply_to=reply_to)
            at.notes[note.id] = note
        self._ground.people.touch(at.person)
        self.updates.add("message", chat_id, self.writing.message(at, note))
        return note

    def press(self, chat_id: int, note_id: int, data: str) -> str:
        """The payer taps an inline button; return the callback query's id."""
        at = self.chat(chat_id)
        note = at.notes.get(note_id)
        offered = [b.get("callback_data") for row in note.keyboard for b in row] if note else []
        if note is None or data not in offered:
            raise bad_request("button not found")
        query_id = str(10**17 + self._ground.ids.below(10**18))
        self._callbacks[query_id] = self._ground.clock.now()
        body = {
            "id": query_id,
            "from": user(at.person),
            "message": self.writing.message(at, note),
            "chat_instance": str(at.person.telegram_id * 7919),
            "data": data,
        }
        self.updates.add("callback_query", chat_id, body)
        return query_id

    def look(self, chat_id: int) -> None:
        """The payer opens the chat; bots are never told."""
        at = self.chat(chat_id)
        for note in at.notes.values():
            note.seen = True
        self._ground.people.touch(at.person)

    def block(self, chat_id: int) -> None:
        self._membership(chat_id, blocked=True)

    def unblock(self, chat_id: int) -> None:
        self._membership(chat_id, blocked=False)

    def _membership(self, chat_id: int, *, blocked: bool) -> None:
        at = self.chat(chat_id)
        if ("telegram" in at.person.blocked) == blocked:
            return
        at.person.blocked ^= {"telegram"}
        self._ground.people.touch(at.person)
        bot = self.writing.bot()
        kicked = {"status": "kicked", "user": bot, "until_date": 0}
        member = {"status": "member", "user": bot}
        body = {
            "chat": chat(at.person),
            "from": user(at.person),
            "date": unix(self._ground.clock.now()),
            "old_chat_member": member if blocked else kicked,
            "new_chat_member": kicked if blocked else member,
        }
        self.updates.add("my_chat_member", chat_id, body)

"""The Bot API's methods that the product calls, each with the checks Telegram makes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from sandbox.media import LOOPBACK, MediaRefused, MediaShelf
from sandbox.telegram.asked import Asked
from sandbox.telegram.entities import Marked, read_text, units
from sandbox.telegram.errors import bad_request
from sandbox.telegram.facts import Picture
from sandbox.telegram.state import Telegram
from sandbox.telegram.updates import DEFAULT_CONNECTIONS, Webhook
from sandbox.telegram.writing import unix

LONGEST_TEXT: Final = 4096
LONGEST_CAPTION: Final = 1024
WEBHOOK_PORTS: Final = frozenset({443, 80, 88, 8443})


@dataclass(frozen=True)
class Methods:
    """Carries out calls for one bot."""

    telegram: Telegram
    media: MediaShelf

    def find(self, name: str) -> Callable[[Asked], Any] | None:
        """The method with this name; Telegram does not care about capitals."""
        return {
            "getme": self.get_me,
            "setwebhook": self.set_webhook,
            "deletewebhook": self.delete_webhook,
            "getwebhookinfo": self.get_webhook_info,
            "sendmessage": self.send_message,
            "sendphoto": self.send_photo,
            "editmessagetext": self.edit_text,
            "editmessagecaption": self.edit_caption,
            "editmessagereplymarkup": self.edit_markup,
            "deletemessage": self.delete_message,
            "answercallbackquery": self.answer_callback,
            "setmycommands": self.set_commands,
            "getmycommands": lambda _: self.telegram.commands,
            "getfile": self.get_file,
            "sendchataction": self.chat_action,
        }.get(name.lower())

    def get_me(self, _: Asked) -> Any:  # noqa: ANN401 - any JSON
        return self.telegram.writing.me()

    def set_webhook(self, asked: Asked) -> Any:  # noqa: ANN401 - any JSON
        url = asked.text("url")
        parts = urlsplit(url)
        # Telegram demands https; a sandbox may call its own machine without.
        if url and parts.hostname not in LOOPBACK:
            if parts.scheme != "https":
                raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
            if (parts.port or 443) not in WEBHOOK_PORTS:
                raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
        webhook = Webhook(
            url,
            asked.text("secret_token"),
            tuple(asked.list_of("allowed_updates")),
            asked.number("max_connections") or DEFAULT_CONNECTIONS,
        )
        self.telegram.updates.aim(webhook, drop_pending=asked.flag("drop_pending_updates"))
        return True

    def delete_webhook(self, asked: Asked) -> Any:  # noqa: ANN401 - any JSON
        self.telegram.updates.aim(Webhook(), drop_pending=asked.flag("drop_pending_updates"))
        return True

    def get_webhook_info(self, _: Asked) -> Any:  # noqa: ANN401 - any JSON
        webhook = self.telegram.updates.webhook
        info: dict[str, Any] = {
            "url": webhook.url,
            "has_custom_certificate": False,
            "pending_update_count": self.telegram.updates.pending,
        }
        if webhook.url:
            info["max_connections"] = webhook.max_connections
        if webhook.allowed:
            info["allowed_updates"] = list(webhook.allowed)
        if webhook.last_error_at is not None:
            info["last_error_date"] = unix(webhook.last_error_at)
            info["last_error_message"] = webhook.last_error
        return info

    def send_message(self, asked: Asked) -> Any:  # noqa: ANN401 - any JSON
        self.telegram.open_for_bot(asked.chat_id())
        at, note = self.telegram.send(
            asked.chat_id(), _words(asked), asked.keyboard(), reply_to=asked.reply_to()
        )
        return self.telegram.writing.message(at, note)

    def send_photo(self, asked: Asked) -> Any:  # noqa: ANN401 - any JSON
        self.telegram.open_for_bot(asked.chat_id())
        at, note = self.telegram.send(
            asked.chat_id(),
            _caption(asked),
            asked.keyboard(),
            self._photo(asked),
            asked.reply_to(),
        )
        return self.telegram.writing.message(at, note)

    def edit_text(self, asked: Asked) -> Any:  # noqa: ANN401 - any JSON
        note = self.telegram.chat(asked.chat_id()).notes.get(asked.number("message_id"))
        if note is not None and note.picture is not None:
            raise bad_request("there is no text in the message to edit")
        return self._edit(asked, _words(asked))

    def edit_caption(self, asked: Asked) -> Any:  # noqa: ANN401 - any JSON
        note = self.telegram.chat(asked.chat_id()).notes.get(asked.number("message_id"))
        if note is not None and note.picture is None:
            raise bad_request("there is no caption in the message to edit")
        return self._edit(asked, _caption(asked))

    def edit_markup(self, asked: Asked) -> Any:  # noqa: ANN401 - any JSON
        return self._edit(asked, None)

    def delete_message(self, asked: Asked) -> Any:  # noqa: ANN401 - any JSON
        self.telegram.delete(asked.chat_id(), asked.number("message_id"))
        return True

    def answer_callback(self, asked: Asked) -> Any:  # noqa: ANN401 - any JSON
        self.telegram.answer_callback(asked.text("callback_query_id"), asked.text("text"))
        return True

    def set_commands(self, asked: Asked) -> Any:  # noqa: ANN401 - any JSON
        commands = asked.list_of("commands")
        for command in commands:
            if not isinstance(command, dict) or not command.get("command"):
                raise bad_request("BOT_COMMAND_INVALID")
        self.telegram.commands[:] = commands
        return True

    def get_file(self, asked: Asked) -> Any:  # noqa: ANN401 - any JSON
        picture = self.telegram.picture(asked.text("file_id"))
        if picture is None:
            raise bad_request("wrong file_id or the file is temporarily unavailable")
        return {
            "file_id": picture.file_id,
            "file_unique_id": picture.unique_id,
            "file_size": len(picture.media.content),
            "file_path": picture.path,
        }

    def chat_action(self, asked: Asked) -> Any:  # noqa: ANN401 - any JSON
        self.telegram.open_for_bot(asked.chat_id())
        return True

    def _edit(self, asked: Asked, marked: Marked | None) -> Any:  # noqa: ANN401 - any JSON
        at, note = self.telegram.edit(asked.chat_id(), asked.number("message_id"), marked, asked.keyboard())
        return self.telegram.writing.message(at, note)

    def _photo(self, asked: Asked) -> Picture:
        """An upload, an address, or the file_id of a photo sent before."""
        wrong = bad_request("wrong file identifier/HTTP URL specified")
        upload = asked.upload("photo")
        try:
            if upload is not None:
                return self.telegram.keep_picture(self.media.keep(*upload))
            named = asked.text("photo")
            if named.startswith(("http://", "https://")):
                return self.telegram.keep_picture(self.media.fetch(named))
        except MediaRefused as refusal:
            raise bad_request("IMAGE_PROCESS_FAILED") from refusal
        if not named:
            raise bad_request("there is no photo in the request")
        picture = self.telegram.picture(named)
        if picture is None:
            raise wrong
        return picture


def _words(asked: Asked) -> Marked:
    marked = read_text(asked.text("text"), asked.text("parse_mode"))
    if not marked.text.strip():
        raise bad_request("message text is empty")
    if units(marked.text) > LONGEST_TEXT:
        raise bad_request("message is too long")
    return marked


def _caption(asked: Asked) -> Marked:
    marked = read_text(asked.text("caption"), asked.text("parse_mode"))
    if units(marked.text) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    return marked

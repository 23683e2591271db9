"""What a call to the Bot API asks, whichever way it was sent: query, form, multipart or JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sandbox.telegram.errors import bad_request

LONGEST_CALLBACK: Final = 64
LONGEST_COPY: Final = 256
_ACTIONS: Final = ("url", "callback_data", "web_app", "login_url", "copy_text", "switch_inline_query")


@dataclass(frozen=True)
class Asked:
    """The parameters as text or JSON values, and the uploads as (content, content type)."""

    fields: Mapping[str, Any]
    uploads: Mapping[str, tuple[bytes, str]] = field(default_factory=dict)

    def text(self, name: str) -> str:
        value = self.fields.get(name)
        return "" if value is None else str(value)

    def number(self, name: str) -> int:
        text = self.text(name)
        return int(text) if text.lstrip("-").isdigit() else 0

    def flag(self, name: str) -> bool:
        return self.text(name).lower() in {"true", "1", "yes"}

    def parsed(self, name: str) -> Any:  # noqa: ANN401 - any JSON
        """A parameter that is JSON, be it as a text inside a form or as itself."""
        value = self.fields.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError as error:
            raise bad_request(f"can't parse {name} JSON object") from error

    def list_of(self, name: str) -> list[Any]:
        value = self.parsed(name)
        return list(value) if isinstance(value, list) else []

    def chat_id(self) -> int:
        text = self.text("chat_id")
        if not text:
            raise bad_request("chat_id is empty")
        if not text.lstrip("-").isdigit():
            raise bad_request("chat not found")
        return int(text)

    def reply_to(self) -> int:
        parameters = self.parsed("reply_parameters")
        found = parameters.get("message_id") if isinstance(parameters, dict) else None
        return int(found or self.number("reply_to_message_id"))

    def upload(self, name: str) -> tuple[bytes, str] | None:
        """An upload under its own name, or under the one an attach:// address points at."""
        attached = self.text(name).removeprefix("attach://")
        return self.uploads.get(name) or self.uploads.get(attached)

    def keyboard(self) -> list[list[dict[str, Any]]]:
        """The rows of the inline keyboard. Raises TelegramRefusal (400) for a button it cannot have."""
        markup = self.parsed("reply_markup")
        rows = markup.get("inline_keyboard") if isinstance(markup, dict) else None
        if rows is None:
            return []
        if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
            raise bad_request("object expected as reply markup")
        return [[_button(button) for button in row] for row in rows if row]


def _button(button: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    if not isinstance(button, dict) or not button.get("text"):
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed")
    actions = [name for name in _ACTIONS if button.get(name) is not None]
    if len(actions) != 1:
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    data = button.get("callback_data")
    if data is not None and not 1 <= len(str(data).encode()) <= LONGEST_CALLBACK:
        raise bad_request("BUTTON_DATA_INVALID")
    url = button.get("url")
    if url is not None and not str(url).startswith(("http://", "https://", "tg://", "tel:")):
        raise bad_request("BUTTON_URL_INVALID")
    copied = button.get("copy_text")
    if copied is not None and len(str(copied.get("text", ""))) not in range(1, LONGEST_COPY + 1):
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    return button

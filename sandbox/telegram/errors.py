"""Telegram's refusals, in the Bot API's words."""

from __future__ import annotations

from typing import Any


class TelegramRefusal(Exception):
    """A call that the Bot API answers with an error. `retry_after` is in seconds."""

    def __init__(self, status: int, description: str, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.retry_after = retry_after

    def as_json(self) -> dict[str, Any]:
        body: dict[str, Any] = {
            "ok": False,
            "error_code": self.status,
            "description": self.description,
        }
        if self.retry_after is not None:
            body["parameters"] = {"retry_after": self.retry_after}
        return body


def bad_request(why: str) -> TelegramRefusal:
    return TelegramRefusal(400, f"Bad Request: {why}")


CHAT_NOT_FOUND = "chat not found"
BLOCKED = "Forbidden: bot was blocked by the user"

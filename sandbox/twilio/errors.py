"""Twilio's refusals: HTTP status, Twilio's own code, and its words."""

from __future__ import annotations

from typing import Any, Final

# What a message's `error_message` says for the codes that come after the 201.
LATER: Final = {
    30003: "Unreachable destination handset",
    30005: "Unknown destination handset",
    30006: "Landline or unreachable carrier",
    63003: "Channel could not find To address",
    63005: "Channel did not accept given content. Please check the error info from channel",
    63014: "Failed to send message because it was blocked by user action",
    63016: "Failed to send freeform message because you are outside the allowed window. "
    "If you are using WhatsApp, please use a Message Template.",
    63019: "Media failed to download",
}


class TwilioRefusal(Exception):
    """A call that Twilio answers with an error."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message

    def as_json(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "message": self.message,
            "more_info": f"https://www.twilio.com/docs/errors/{self.code}",
            "status": self.status,
        }


def refused(code: int, message: str) -> TwilioRefusal:
    """A 400 with a code of Twilio's."""
    return TwilioRefusal(400, code, message)


def absent(what: str) -> TwilioRefusal:
    return TwilioRefusal(404, 20404, f"The requested resource {what} was not found")

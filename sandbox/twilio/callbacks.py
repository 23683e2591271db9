"""What Twilio sends us: status callbacks and incoming messages, signed with the account's auth token."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import urldefrag, urlencode

from twilio.request_validator import RequestValidator

from sandbox.letters import Answer, Letter, Rule
from sandbox.settings import SandboxSettings
from sandbox.twilio.facts import WHATSAPP, Button, Message

API_VERSION: Final = "2010-04-01"
# A choice from a list comes back under other names than a button.
_CHOSEN: Final = {"reply": ("ButtonText", "ButtonPayload"), "item": ("ListTitle", "ListId")}


class OnceMoreIfNobodyListens(Rule):
    """Twilio's default: one retry, and only when no connection could be made. A 500 is final."""

    def next_try(self, attempt: int, answer: Answer) -> float | None:
        return 0.0 if attempt == 1 and not answer.connected else None


@dataclass(frozen=True)
class Callbacks:
    """Writes the letters of one account."""

    settings: SandboxSettings

    def status(self, message: Message) -> Letter:
        """A status callback for what the message is now."""
        fields = {
            "ApiVersion": API_VERSION,
            "AccountSid": self.settings.twilio_sid,
            "From": message.sender,
            "To": message.to,
            "MessageSid": message.sid,
            "MessageStatus": message.status,
            "SmsSid": message.sid,
            "SmsStatus": message.status,
        }
        if message.messaging_service:
            fields["MessagingServiceSid"] = message.messaging_service
        if message.error_code is not None:
            fields["ErrorCode"] = str(message.error_code)
        if message.channel == "whatsapp":
            fields["ChannelPrefix"] = "whatsapp"
            fields["ChannelToAddress"] = message.to
            fields["EventType"] = message.status.upper()
        return self._letter("status", message.status_callback, fields, message.sid)

    def incoming(self, message: Message, name: str, button: Button | None) -> Letter:
        """A payer's message."""
        fields = {
            "ApiVersion": API_VERSION,
            "AccountSid": self.settings.twilio_sid,
            "From": message.sender,
            "To": message.to,
            "MessageSid": message.sid,
            "SmsMessageSid": message.sid,
            "SmsSid": message.sid,
            "SmsStatus": "received",
            "Body": message.rendered.body,
            "NumMedia": "0",
            "NumSegments": "1",
        }
        if message.channel == "whatsapp":
            fields["WaId"] = message.sender.removeprefix(WHATSAPP).lstrip("+")
            fields["ProfileName"] = name
            fields["MessageType"] = "button" if button else "text"
            fields["ChannelMetadata"] = '{"type":"whatsapp","data":{}}'
        if button is not None:
            text, payload = _CHOSEN[button.kind]
            fields[text], fields[payload] = button.title, button.id
        if message.replied_to:
            fields["OriginalRepliedMessageSid"] = message.replied_to
            fields["OriginalRepliedMessageSender"] = message.to
        return self._letter("message", self.settings.twilio_inbound_url, fields, message.sid)

    def _letter(self, name: str, url: str, fields: dict[str, str], lane: str) -> Letter:
        # The fragment carries connection settings; it is neither sent nor signed.
        address = urldefrag(url).url
        validator = RequestValidator(self.settings.twilio_token)
        headers = {
            "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
            "User-Agent": "TwilioProxy/1.1",
            "Accept": "*/*",
            "X-Twilio-Signature": str(validator.compute_signature(address, fields)),
        }
        body = urlencode(fields).encode()
        return Letter("twilio", name, address, body, headers, lane, OnceMoreIfNobodyListens())

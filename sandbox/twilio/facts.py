"""What Twilio remembers of a message, and what of it a phone shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

WHATSAPP: Final = "whatsapp:"


@dataclass(frozen=True)
class Button:
    """Something to tap under a message: a `reply` or a list's `item` comes back to us, a `url` just opens."""

    kind: str
    title: str
    id: str = ""
    url: str = ""


@dataclass(frozen=True)
class Rendered:
    """The words, pictures and buttons of a message, its variables filled in."""

    body: str = ""
    media_urls: tuple[str, ...] = ()
    buttons: tuple[Button, ...] = ()
    footer: str = ""
    header: str = ""


@dataclass(frozen=True)
class Draft:
    """A message as asked for, after the checks that Twilio makes before its 201."""

    to: str
    sender: str
    rendered: Rendered
    content_sid: str = ""
    messaging_service: str = ""
    status_callback: str = ""
    send_at: datetime | None = None

    @property
    def channel(self) -> str:
        return "whatsapp" if self.to.startswith(WHATSAPP) else "sms"


@dataclass
class Message:
    """One message in either direction. `arrived_at` is when it appeared on the phone."""

    sid: str
    to: str
    sender: str
    rendered: Rendered
    direction: str
    status: str
    created_at: datetime
    updated_at: datetime
    sent_at: datetime | None = None
    arrived_at: datetime | None = None
    error_code: int | None = None
    content_sid: str = ""
    messaging_service: str = ""
    status_callback: str = ""
    media: list[str] = field(default_factory=list)
    seen: bool = False
    # The sid of the message that the payer answered or tapped a button of.
    replied_to: str = ""

    @property
    def channel(self) -> str:
        whatsapp = self.to.startswith(WHATSAPP) or self.sender.startswith(WHATSAPP)
        return "whatsapp" if whatsapp else "sms"

    @property
    def inbound(self) -> bool:
        return self.direction == "inbound"

    @property
    def number(self) -> str:
        """The payer's number, without the channel."""
        return (self.sender if self.inbound else self.to).removeprefix(WHATSAPP)

"""What happens to a message after Twilio's 201: it is sent, it arrives, or it fails with a reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from sandbox.ground import Ground
from sandbox.media import MediaRefused
from sandbox.people import Person
from sandbox.twilio.callbacks import Callbacks
from sandbox.twilio.content import Shelf
from sandbox.twilio.facts import Message

# More reply buttons than this need an approved template.
SESSION_BUTTONS: Final = 3


class Carrier:
    """Moves messages along, telling the product of every status but the first."""

    def __init__(self, ground: Ground, shelf: Shelf, window_open: Callable[[str], bool]) -> None:
        self._ground = ground
        self._shelf = shelf
        self._window_open = window_open
        self._callbacks = Callbacks(ground.settings)

    def take(self, message: Message) -> None:
        """Carry a message, starting a moment from now."""
        self._soon(message, lambda: self._send(message))

    def move(self, message: Message, status: str, error_code: int | None = None) -> None:
        """Give a message its next status and call back, when a callback was asked for."""
        now = self._ground.clock.now()
        message.status = status
        message.error_code = error_code
        message.updated_at = now
        if status == "sent":
            message.sent_at = now
        if status == "delivered":
            message.arrived_at = now
        self._ground.people.touch(self._ground.people.by_number(message.number))
        if message.status_callback:
            self._ground.postman.post(self._callbacks.status(message))

    def _send(self, message: Message) -> None:
        person = self._ground.people.by_number(message.number)
        refusal = self._refusal(message, person)
        if refusal is not None:
            self.move(message, "undelivered", refusal)
            return
        try:
            media = [self._ground.media.fetch(url) for url in message.rendered.media_urls]
        except MediaRefused:
            self.move(message, "failed", 63019 if message.channel == "whatsapp" else 30008)
            return
        message.media = [kept.id for kept in media]
        self.move(message, "sent")
        self._soon(message, lambda: self._arrive(message, person))

    def _arrive(self, message: Message, person: Person) -> None:
        if person.unreachable:
            self.move(message, "undelivered", 30003)
        else:
            self.move(message, "delivered")

    def _refusal(self, message: Message, person: Person) -> int | None:
        """The reason why this message will not be sent, or None."""
        if message.channel == "sms":
            return 30005 if "sms" in person.blocked else None
        fault = self._ground.plan.take("twilio", ("CreateMessage",), ("blocked",))
        if fault is not None:
            person.blocked.add("whatsapp")
        if person.not_on_whatsapp:
            return 63003
        if "whatsapp" in person.blocked:
            return 63014
        approved = bool(message.content_sid) and self._shelf.approved(message.content_sid)
        if approved:
            return None
        if not self._window_open(person.number):
            return 63016
        replies = [button for button in message.rendered.buttons if button.kind == "reply"]
        return 63005 if len(replies) > SESSION_BUTTONS else None

    def _soon(self, message: Message, act: Callable[[], None]) -> None:
        self._ground.postman.after(self._ground.settings.carrier_seconds, act, message.sid)

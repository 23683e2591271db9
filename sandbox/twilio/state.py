"""Twilio's account: messages out and in, who opted out, and the templates."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from sandbox.ground import Ground
from sandbox.people import Person
from sandbox.twilio.callbacks import Callbacks
from sandbox.twilio.carrier import Carrier
from sandbox.twilio.content import Shelf
from sandbox.twilio.errors import absent, refused
from sandbox.twilio.facts import WHATSAPP, Button, Draft, Message, Rendered
from sandbox.twilio.optout import REPLIES, keyword
from sandbox.twilio.rules import Form, read_draft

WINDOW: Final = timedelta(hours=24)


class Twilio:
    """One account with an SMS number and a WhatsApp sender. Every method may be called from any thread."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self.shelf = Shelf(ground)
        self._callbacks = Callbacks(ground.settings)
        self._messages: dict[str, Message] = {}
        self._opted_out: set[tuple[str, str]] = set()
        self._last_inbound: dict[str, datetime] = {}
        self._lock = threading.RLock()
        self._carrier = Carrier(ground, self.shelf, self.window_open)

    def create(self, form: Form) -> Message:
        """Accept a message for sending; return it as it is at that moment (`get` follows it).

        Raises TwilioRefusal for what Twilio refuses at once.
        """
        draft = read_draft(form, self._ground.settings, self.shelf)
        person = self._ground.people.by_number(draft.to.removeprefix(WHATSAPP))
        if draft.channel == "sms":
            self._check_sms(draft, person)
        message = self._store(draft)
        accepted = replace(message)
        if draft.send_at is None:
            self._carrier.take(message)
        else:
            self._ground.postman.at(draft.send_at, lambda: self._send_scheduled(message), message.sid)
        return accepted

    def get(self, sid: str) -> Message:
        """Return a message. Raises TwilioRefusal (404) when there is none."""
        with self._lock:
            message = self._messages.get(sid)
        if message is None:
            account = self._ground.settings.twilio_sid
            raise absent(f"/2010-04-01/Accounts/{account}/Messages/{sid}.json")
        return message

    def everything(self) -> list[Message]:
        """All messages in both directions, newest first."""
        with self._lock:
            return list(reversed(self._messages.values()))

    def cancel(self, sid: str) -> Message:
        """Cancel a scheduled message; any other has left already."""
        message = self.get(sid)
        with self._lock:
            if message.status != "scheduled":
                raise refused(30409, "The message cannot be canceled in its current status")
            self._carrier.move(message, "canceled")
        return message

    def redact(self, sid: str) -> Message:
        """Empty a message's body here; what is on the phone stays there."""
        message = self.get(sid)
        message.rendered = Rendered("", message.rendered.media_urls)
        return message

    def delete(self, sid: str) -> None:
        self.get(sid)
        with self._lock:
            self._messages.pop(sid, None)

    def window_open(self, number: str) -> bool:
        """Whether this number wrote to us on WhatsApp within the last 24 hours."""
        last = self._last_inbound.get(number)
        return last is not None and self._ground.clock.now() - last < WINDOW

    def say(
        self,
        channel: str,
        number: str,
        text: str,
        replied_to: str = "",
        button: Button | None = None,
    ) -> Message:
        """The payer sends a message: it is stored, and we are told."""
        person = self._ground.people.by_number(number)
        message = self._store_incoming(channel, number, text, replied_to)
        self._ground.people.touch(person)
        if channel == "sms" and self._ground.settings.twilio_opt_out:
            self._obey(message)
        if self._ground.settings.twilio_inbound_url:
            letter = self._callbacks.incoming(message, person.name, button)
            self._ground.postman.post(letter)
        return message

    def press(self, number: str, sid: str, button: str) -> Message:
        """The payer taps a reply button under a WhatsApp message. Raises TwilioRefusal when it has none."""
        for offered in self.get(sid).rendered.buttons:
            if offered.kind in {"reply", "item"} and button in {offered.id, offered.title}:
                return self.say("whatsapp", number, offered.title, sid, offered)
        raise absent(f"button {button}")

    def look(self, channel: str, number: str) -> None:
        """The payer opens a thread; on WhatsApp, what was delivered is now read, and we are told."""
        for message in reversed(self.everything()):
            if message.channel != channel or message.number != number or message.seen:
                continue
            message.seen = message.arrived_at is not None
            if channel == "whatsapp" and message.status == "delivered":
                self._carrier.move(message, "read")
        self._ground.people.touch(self._ground.people.by_number(number))

    def opted_out(self, number: str) -> bool:
        return (self._ground.settings.twilio_sms_from, number) in self._opted_out

    def _check_sms(self, draft: Draft, person: Person) -> None:
        if (draft.sender, draft.to) in self._opted_out:
            raise refused(21610, "Attempt to send to unsubscribed recipient")
        if person.landline:
            raise refused(21614, f"'To' number: {draft.to}, is not a valid mobile number")

    def _store(self, draft: Draft) -> Message:
        now = self._ground.clock.now()
        status = "accepted" if draft.messaging_service else "queued"
        message = Message(
            self._new_sid(draft.rendered),
            draft.to,
            draft.sender,
            draft.rendered,
            "outbound-api",
            "scheduled" if draft.send_at else status,
            now,
            now,
            content_sid=draft.content_sid,
            messaging_service=draft.messaging_service,
            status_callback=draft.status_callback,
        )
        with self._lock:
            self._messages[message.sid] = message
        return message

    def _store_incoming(self, channel: str, number: str, text: str, replied_to: str) -> Message:
        settings, now = self._ground.settings, self._ground.clock.now()
        whatsapp = channel == "whatsapp"
        message = Message(
            self._new_sid(Rendered(text)),
            settings.twilio_whatsapp_from if whatsapp else settings.twilio_sms_from,
            f"{WHATSAPP}{number}" if whatsapp else number,
            Rendered(text),
            "inbound",
            "received",
            now,
            now,
            sent_at=now,
            arrived_at=now,
            replied_to=replied_to,
        )
        with self._lock:
            self._messages[message.sid] = message
            if whatsapp:
                self._last_inbound[number] = now
        return message

    def _obey(self, message: Message) -> None:
        """Do what an opt-out word says, and answer it as Twilio does."""
        word = keyword(message.rendered.body)
        if word is None:
            return
        pair = (message.to, message.sender)
        if word == "stop":
            self._opted_out.add(pair)
        elif word == "start":
            self._opted_out.discard(pair)
        reply = self._store(Draft(message.sender, message.to, Rendered(REPLIES[word])))
        reply.direction = "outbound-reply"
        self._carrier.take(reply)

    def _send_scheduled(self, message: Message) -> None:
        if message.status == "scheduled":
            self._carrier.take(message)

    def _new_sid(self, rendered: Rendered) -> str:
        return f"{'MM' if rendered.media_urls else 'SM'}{self._ground.ids.hex(32)}"

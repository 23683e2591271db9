"""What a phone's owner does, on any of the three channels: write, tap, read, start, block."""

from __future__ import annotations

from sandbox.people import Person
from sandbox.world import SandboxWorld


class CannotDo(Exception):
    """The phone's owner cannot do this; the message says why."""


class Hands:
    """One method for each thing a person does. `who` is a number, or a Telegram user's id."""

    def __init__(self, world: SandboxWorld) -> None:
        self._world = world

    def person(self, channel: str, who: str) -> Person:
        """The owner. Raises CannotDo when nobody has this Telegram id, or the number is none."""
        if channel != "telegram":
            if not who.startswith("+"):
                raise CannotDo(f"{who} is not a number like +31612345678")
            return self._world.people.by_number(who)
        person = self._world.people.by_telegram(int(who)) if who.isdigit() else None
        if person is None:
            raise CannotDo(f"nobody has Telegram id {who}; register someone at /phones/people")
        return person

    def say(self, channel: str, who: str, text: str, reply_to: str = "") -> str:
        """Write a message; return its id."""
        person = self.person(channel, who)
        if not text.strip():
            raise CannotDo("there is no text")
        if channel == "telegram":
            note = self._world.telegram.say(
                person.telegram_id, text, int(reply_to) if reply_to.isdigit() else 0
            )
            return str(note.id)
        return self._world.twilio.say(channel, person.number, text, reply_to).sid

    def press(self, channel: str, who: str, message: str, button: str) -> str:
        """Tap a button that answers; return the id of the answer."""
        person = self.person(channel, who)
        if channel == "telegram":
            if not message.isdigit():
                raise CannotDo(f"there is no message {message}")
            return self._world.telegram.press(person.telegram_id, int(message), button)
        if channel == "sms":
            raise CannotDo("an SMS has no buttons")
        return self._world.twilio.press(person.number, message, button).sid

    def read(self, channel: str, who: str) -> None:
        """Open the thread and look at it."""
        person = self.person(channel, who)
        if channel == "telegram":
            self._world.telegram.look(person.telegram_id)
        else:
            self._world.twilio.look(channel, person.number)

    def start(self, channel: str, who: str, payload: str = "") -> str:
        """Press Start after following a deep link; Telegram only."""
        if channel != "telegram":
            raise CannotDo("only a Telegram bot has a Start button")
        return str(self._world.telegram.start(self.person(channel, who), payload).id)

    def block(self, channel: str, who: str) -> None:
        """Refuse messages on this channel from now on."""
        self._bar(channel, who, blocked=True)

    def unblock(self, channel: str, who: str) -> None:
        """Take messages on this channel again."""
        self._bar(channel, who, blocked=False)

    def _bar(self, channel: str, who: str, *, blocked: bool) -> None:
        person = self.person(channel, who)
        if channel == "telegram":
            act = self._world.telegram.block if blocked else self._world.telegram.unblock
            act(person.telegram_id)
            return
        if blocked:
            person.blocked.add(channel)
        else:
            person.blocked.discard(channel)
        self._world.people.touch(person)

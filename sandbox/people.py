"""The people with the phones: who they are, and what is the matter with their number."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, fields
from typing import Final

CHANNELS: Final = ("sms", "whatsapp", "telegram")


@dataclass
class Person:
    """Someone with a phone. `version` is the world's version at the last change to what they see."""

    name: str
    number: str = ""
    telegram_id: int = 0
    language: str = "nl"
    not_on_whatsapp: bool = False
    landline: bool = False
    unreachable: bool = False
    blocked: set[str] = field(default_factory=set)
    version: int = 0

    @property
    def id(self) -> str:
        """How the phones page names this person: the number, or `telegram:<id>` when there is none."""
        return self.number or f"telegram:{self.telegram_id}"

    def at(self, channel: str) -> str:
        """This person's address on a channel, as in /phones/<channel>/<who>."""
        return str(self.telegram_id) if channel == "telegram" else self.number


class People:
    """Everyone whose phone exists, and the version that grows with everything they see."""

    def __init__(self) -> None:
        self._everyone: list[Person] = []
        self._by_number: dict[str, Person] = {}
        self._by_telegram: dict[int, Person] = {}
        self._changed = threading.Condition()
        self._version = 0

    def register(self, person: Person) -> Person:
        """Add a person, or bring the one with the same number or Telegram id up to date."""
        with self._changed:
            known = self._find(person.number, person.telegram_id)
            if known is None:
                self._everyone.append(person)
                known = person
            for given in fields(Person):
                setattr(known, given.name, getattr(person, given.name))
            also = self._find("", person.telegram_id)
            if also is not None and also is not known:
                self._everyone.remove(also)
            self._by_number[known.number] = known
            self._by_telegram[known.telegram_id] = known
        self.touch(known)
        return known

    def by_number(self, number: str) -> Person:
        """The person with this number; a phone exists as soon as it is sent something."""
        with self._changed:
            known = self._find(number, 0)
        return known or self.register(Person(name=number, number=number))

    def by_telegram(self, telegram_id: int) -> Person | None:
        return self.known("", telegram_id)

    def known(self, number: str, telegram_id: int) -> Person | None:
        """Whoever has this number, or this Telegram id."""
        with self._changed:
            return self._find(number, telegram_id)

    def everyone(self) -> list[Person]:
        with self._changed:
            return list(self._everyone)

    def touch(self, person: Person) -> None:
        """Say that something on this person's phone has changed."""
        with self._changed:
            self._version += 1
            person.version = self._version
            self._changed.notify_all()

    @property
    def version(self) -> int:
        with self._changed:
            return self._version

    def wait_for_change(self, since: int, seconds: float) -> None:
        """Wait until something changed after version `since`, at most `seconds` real seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self._version > since, timeout=seconds)

    def _find(self, number: str, telegram_id: int) -> Person | None:
        by_number = self._by_number.get(number) if number else None
        return by_number or (self._by_telegram.get(telegram_id) if telegram_id else None)

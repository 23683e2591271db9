"""What stands on the three phones: whose thread, who else is there, and what is new for them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import phonenumbers

from sandbox.phones.bubbles import Bubble, bubbles, invited
from sandbox.phones.state import Phones
from sandbox.phones.view import PHONES, View
from sandbox.world import SandboxWorld

Json = dict[str, Any]
# More names than this do not fit above a phone; those with the newest messages come first.
MOST_CHIPS: Final = 20
NAMES: Final = {"whatsapp": "WhatsApp", "sms": "Sms", "telegram": "Telegram"}


@dataclass(frozen=True)
class Chip:
    """A name above a phone, and the `short` one. `unread` counts what they have not seen on this channel."""

    who: str
    name: str
    short: str
    unread: int
    url: str
    chosen: bool


@dataclass(frozen=True)
class Screen:
    """One thread, open. `invite` is the bot's invitation; None when there is none, or nothing to start."""

    who: str
    person: Json
    thread: Json
    bubbles: list[Bubble]
    blocked: bool
    reply_to: str
    quote: str
    invite: str | None = None

    @property
    def started(self) -> bool:
        return bool(self.thread.get("started", True))


@dataclass(frozen=True)
class Phone:
    """One of the three. `screen` is None as long as nobody is on this channel."""

    channel: str
    title: str
    business: str
    address: str
    chips: list[Chip]
    left_out: int
    screen: Screen | None

    @property
    def unread(self) -> int:
        return sum(chip.unread for chip in self.chips)


@dataclass(frozen=True)
class Table:
    """The three phones on the table. `here` is the view that keeps showing the threads shown now."""

    version: int
    now: datetime
    phones: list[Phone]
    here: View

    @property
    def unread(self) -> int:
        return sum(phone.unread for phone in self.phones)


class Screens:
    """Reads the phones' state and lays it out."""

    def __init__(self, world: SandboxWorld) -> None:
        self._world = world
        self._state = Phones(world)

    def table(self, view: View) -> Table:
        """Every phone, with the chosen thread on it, or else the one with the newest message."""
        state = self._state.state(0)
        now = datetime.fromisoformat(state["now"])
        found = {channel: _who_is_there(state["people"], channel) for channel in PHONES}
        open_now = {channel: _chosen(found[channel], view.chosen.get(channel)) for channel in PHONES}
        here = view
        for channel, at in open_now.items():
            # An empty thread gives way to the first message that comes; any other stays.
            if at and (channel in view.chosen or at[1]["threads"][channel]["messages"]):
                here = View({**here.chosen, channel: at[0]}, here.reply)
        phones = [self._phone(channel, found[channel], open_now[channel], here, now) for channel in PHONES]
        return Table(state["version"], now, phones, here)

    def _phone(
        self,
        channel: str,
        found: list[tuple[str, Json]],
        at: tuple[str, Json] | None,
        here: View,
        now: datetime,
    ) -> Phone:
        first = Counter(_first_name(person) for _, person in found)
        chips = [
            Chip(
                who,
                person["name"],
                person["name"] if first[_first_name(person)] > 1 else _first_name(person),
                person["threads"][channel]["unread"],
                here.choosing(channel, who).url,
                at is not None and who == at[0],
            )
            for who, person in found
        ]
        shown = [chip for place, chip in enumerate(chips) if chip.chosen or place < MOST_CHIPS]
        business, address = self._business(channel)
        screen = self._screen(channel, *at, here, now) if at else None
        return Phone(channel, NAMES[channel], business, address, shown, len(chips) - len(shown), screen)

    def _screen(self, channel: str, who: str, person: Json, here: View, now: datetime) -> Screen:
        thread = person["threads"][channel]
        drawn = bubbles(thread["messages"], now)
        quoted = next((b for b in drawn if b.said["id"] == here.reply_on(channel)), None)
        invite = None
        if not thread.get("started", True):
            threads = [person["threads"]["sms"], person["threads"]["whatsapp"]]
            mail = sorted((m for t in threads for m in t["messages"]), key=lambda m: str(m["at"]))
            invite = invited(mail, self._world.settings.telegram_username)
        return Screen(
            who,
            person,
            thread,
            drawn,
            channel in person["blocked"],
            quoted.said["id"] if quoted else "",
            quoted.said["text"] if quoted else "",
            invite,
        )

    def _business(self, channel: str) -> tuple[str, str]:
        settings = self._world.settings
        if channel == "telegram":
            return settings.telegram_name, f"@{settings.telegram_username}, bot"
        if channel == "whatsapp":
            return settings.mollie_shop, _spaced(settings.twilio_whatsapp_from.removeprefix("whatsapp:"))
        return settings.mollie_shop, _spaced(settings.twilio_sms_from)


def _who_is_there(people: list[Json], channel: str) -> list[tuple[str, Json]]:
    """Everyone on a channel with their address there, those with the newest message first."""
    key = "telegram_id" if channel == "telegram" else "number"
    there = [
        (str(person[key]), person)
        for person in people
        if person[key] and not (channel == "whatsapp" and person["not_on_whatsapp"])
    ]

    def newest(at: tuple[str, Json]) -> float:
        messages = at[1]["threads"][channel]["messages"]
        return datetime.fromisoformat(messages[-1]["at"]).timestamp() if messages else 0.0

    return sorted(there, key=newest, reverse=True)


def _chosen(found: list[tuple[str, Json]], wanted: str | None) -> tuple[str, Json] | None:
    asked = next((at for at in found if at[0] == wanted), None)
    return asked or (found[0] if found else None)


def _first_name(person: Json) -> str:
    return str(person["name"]).partition(" ")[0]


def _spaced(number: str) -> str:
    """A number as people read it; a sender that is a name stays as it is."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)

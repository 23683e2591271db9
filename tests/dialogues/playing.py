"""Plays a dialogue in the whole house: Anna's words go in by webhook, ours are read off her phone."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from bot.stories.answer_by_hand import Typed, answer, own
from bot.stories.by_hand import let_go_on, looked_at
from bot.stories.pay import pay
from core.calendar import AMSTERDAM, local
from core.db import Tx
from payments.ledger import balance
from payments.requests import PaymentRequest, locked
from sandbox.people import Person
from tests.dialogues.phones import OnPhone, on_phone
from tests.dialogues.scripts import Line, fits
from tests.house import House

BEGIN: Final = datetime(2026, 11, 23, 10, tzinfo=AMSTERDAM)
_ASKED: Final = re.compile(
    r"€ (?P<euros>[\d.]+),(?P<cents>\d\d) voor (?P<what>.+?) \(nota (?P<nota>[^)]+)\)"
    r" via (?P<channel>\w+)(?P<how>.*)"
)
_DAYS: Final = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_MONTHS: Final = (
    *("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober"),
    *("november", "december"),
)


class Unlike(AssertionError):
    """What happened is not what the script says."""


@dataclass
class Play:
    """One dialogue under way. `number` and `chat` are Anna's own, so that many can share a house."""

    house: House
    number: str
    chat: int
    channel: str = "sms"
    requests: dict[str, str] = field(default_factory=dict)
    read: set[str] = field(default_factory=set)
    joined: set[str] = field(default_factory=set)
    paid: list[str] = field(default_factory=list)
    last: OnPhone | None = None

    def play(self, lines: list[Line]) -> None:
        """Let every line happen; raise Unlike at the first that does not."""
        self.house.clock.set(BEGIN)
        for line in lines:
            try:
                _LINES[line.kind](self, line)
            except Unlike as error:
                raise Unlike(f"line {line.number}: {error}") from None
        self.nothing_more()

    # --- what the shop does

    def ask(self, line: Line) -> None:
        match = _ASKED.fullmatch(line.text)
        if match is None:
            raise Unlike(f"this asks for nothing: {line.text}")
        self.channel = match["channel"]
        english, je = "English" in match["how"], "je" in match["how"].split(", ")
        wanted: dict[str, Any] = {
            "name": "Anna de Vries",
            "phone": self.number,
            "channels": [self.channel],
            "reference": match["nota"],
            "description": match["what"],
            "amount": {"value": f"{match['euros'].replace('.', '')}.{match['cents']}", "currency": "EUR"},
            "language": "en" if english else "nl",
            "formality": "je" if je else "u",
            "shop": "" if line.more[0] == "Fietshuis" else line.more[0],
        }
        if last := re.search(r"tot en met (.+)", match["how"]):
            wanted["expires_on"] = self._moment(f"{last[1]} 00:00").date().isoformat()
        if self.channel == "telegram" and line.more[0] not in self.joined:
            self.joined.add(line.more[0])
            self._join(wanted)
        else:
            self.requests[match["nota"]] = self.house.ask(**wanted)
        self.house.settle()

    def _join(self, wanted: Mapping[str, Any]) -> None:
        """In Telegram the payer begins, so the request waits a moment until Start was pressed."""
        soon = local(self.house.clock.now() + timedelta(minutes=5)).replace(tzinfo=None)
        request = self.house.ask(**wanted, send_at=soon.isoformat(timespec="minutes"))
        self.requests[str(wanted["reference"])] = request
        self.house.joins_telegram(request, self.chat, self.number)
        self.house.move(timedelta(minutes=6))

    def deed(self, line: Line) -> None:
        """What the shop does itself, on the page of a request."""
        self.nothing_more()
        deed, _, words = line.text.partition(": ")
        if deed not in _DEEDS:
            raise Unlike(f"the shop can not do this: {line.text}")
        _DEEDS[deed](self, self._meant(""), words)
        self.house.settle()

    def _goes_on(self, request: str, _words: str) -> None:
        self.house.world.db.run(let_go_on, self.house.merchant_id, request, "user")

    def _settles(self, request: str, _words: str) -> None:
        self.house.world.db.run(looked_at, self.house.merchant_id, request, "user")

    def _types(self, request: str, words: str) -> None:
        """Each answer comes from a form of its own."""

        def send(tx: Tx) -> None:
            mine = own(tx, self.house.merchant_id, request)
            answer(tx, self.house.world, [mine], Typed(tx.new_id("form"), words, "user"))

        self.house.world.db.run(send)

    def taken_back(self, line: Line) -> None:
        """The bank takes a payment of Anna's back."""
        self.nothing_more()
        self.house.at_the_bank(self.paid[0 if line.text == "eerste" else -1], "chargeback")

    # --- what Anna does

    def says(self, line: Line) -> None:
        self.nothing_more()
        channel = line.more[0] or self.channel
        for text in line.text.split(" || "):  # two messages in a row, before anything is answered
            self.house.hands.say(channel, self._who(channel), text, "")
            self.house.sandbox.world.postman.wait_until_idle()
        self.house.settle()

    def starts(self, _line: Line) -> None:
        """Anna opens the last link to our bot that she got, and presses Start."""
        links = re.findall(r"start=([\w-]+)", self.last.body if self.last else "")
        if not links:
            raise Unlike("there is no link to Telegram in the last message")
        self.house.hands.start("telegram", str(self.chat), links[-1])
        self.house.sandbox.world.postman.wait_until_idle()
        self.house.settle()

    def taps(self, line: Line) -> None:
        self.nothing_more()
        below = [m for m in self._messages() if fits(line.more[0], m.body)] if line.more[0] else [self.last]
        message = below[-1] if below else None
        if message is None or line.text not in message.buttons:
            raise Unlike(f"there is no button [{line.text}] below that message")
        channel = message.channel
        button = self._data_of(message, line.text) if channel == "telegram" else line.text
        self.house.hands.press(channel, self._who(channel), message.id, button)
        self.house.sandbox.world.postman.wait_until_idle()
        self.house.settle()

    def _data_of(self, message: OnPhone, label: str) -> str:
        note = self.house.sandbox.world.telegram.chat(self.chat).notes[int(message.id)]
        return next(str(b["callback_data"]) for row in note.keyboard for b in row if b["text"] == label)

    def answers(self, line: Line) -> None:
        """Anna swipes an earlier message and answers that one."""
        self.nothing_more()
        meant = [m for m in self._messages() if fits(line.more[0], m.body)]
        if not meant:
            raise Unlike(f"there is no message “{line.more[0]}”")
        self.house.hands.say(meant[-1].channel, self._who(meant[-1].channel), line.text, meant[-1].id)
        self.house.sandbox.world.postman.wait_until_idle()
        self.house.settle()

    def pays(self, line: Line) -> None:
        """Tap the button below what is due; with "alles", the one that pays everything that is left.

        With "samen", the link in the last message, which leads to several requests at once.
        """
        self.nothing_more()
        if line.text == "samen":
            links = re.findall(r"/p/([\w-]+)", self.last.body if self.last else "")
            self._at_the_bank(pay(self.house.world, links[-1]))
            return
        request = self._meant(line.text.removeprefix("alles").strip())
        cents = None
        if line.text.startswith("alles"):
            cents = self.house.world.db.read(_remaining, request)
        token = self.house.token(request)
        self._at_the_bank(pay(self.house.world, token, cents))

    def _at_the_bank(self, address: str) -> None:
        self.paid.append(address.rpartition("/")[2])
        self.house.at_the_bank(self.paid[-1])

    def _meant(self, nota: str) -> str:
        return self.requests[nota.removeprefix("nota ")] if nota else next(iter(self.requests.values()))

    def _who(self, channel: str) -> str:
        return str(self.chat) if channel == "telegram" else self.number

    # --- what is seen

    def ours(self, line: Line) -> None:
        unread = self._unread()
        if not unread:
            raise Unlike(f"we said nothing, instead of: {line.text}")
        # Two channels deliver in whichever order they like; within one, ours is kept.
        wanted = line.more[0] or self.channel
        self.last = next((m for m in unread if m.channel == wanted), unread[0])
        self.read.add(self.last.id)
        if line.more[0] and self.last.channel != wanted:
            raise Unlike(f"this came by {self.last.channel}")
        if not fits(line.text, self.last.body):
            raise Unlike(f"we said:\n{self.last.body}\ninstead of:\n{line.text}")

    def buttons(self, line: Line) -> None:
        expected = tuple(re.findall(r"\[(.+?)\]", line.text))
        shown = self.last.buttons if self.last else ()
        if shown != expected:
            raise Unlike(f"the buttons are {' '.join(f'[{label}]' for label in shown)}")

    def time(self, line: Line) -> None:
        self.nothing_more()
        self.house.clock.set(self._moment(line.text))
        self.house.settle()

    def _moment(self, text: str) -> datetime:
        now = local(self.house.clock.now())
        if later := re.fullmatch(r"(\d+) (minuten|uur|dag|dagen) later", text):
            unit = {"minuten": "minutes", "uur": "hours", "dag": "days", "dagen": "days"}[later[2]]
            return now + timedelta(**{unit: int(later[1])})
        said = re.fullmatch(r"(?:(\w+) )?(\d+) (\w+)(?: (\d{4}))? (\d\d):(\d\d)", text)
        if said is None:
            raise Unlike(f"this is no moment: {text}")
        year = int(said[4] or 2026)
        day = date(year, _MONTHS.index(said[3]) + 1, int(said[2]))
        if said[1] and _DAYS[day.weekday()] != said[1]:
            raise Unlike(f"{day} is no {said[1]}")
        return datetime.combine(day, time(int(said[5]), int(said[6])), tzinfo=AMSTERDAM)

    def stands(self, line: Line) -> None:
        self.nothing_more()
        status, _, attention = (part.strip() for part in line.text.partition("!"))
        nota, _, status = status.rpartition(": ")
        request: PaymentRequest = self.house.request(self._meant(nota))
        if (request.status, request.attention or "") != (status, attention):
            raise Unlike(f"it is {request.status} ! {request.attention}")

    def nothing_more(self) -> None:
        """Everything that we said must be in the script."""
        unread = self._unread()
        if unread:
            raise Unlike(f"we also said: {unread[0].body} {unread[0].buttons}")

    def _unread(self) -> list[OnPhone]:
        return [message for message in self._messages() if message.id not in self.read]

    def _messages(self) -> list[OnPhone]:
        return on_phone(self.house.sandbox.world, self.number, self.chat)


def _remaining(tx: Tx, request_id: str) -> int:
    return balance(tx, locked(tx, request_id)).remaining.cents


def anna(number: str, chat: int) -> Person:
    """Anna's phone in this dialogue."""
    return Person("Anna de Vries", number, chat)


_DEEDS: Final[Mapping[str, Callable[[Play, str, str], None]]] = {
    "laat het verder gaan": Play._goes_on,
    "vinkt het af": Play._settles,
    "antwoordt": Play._types,
}
_LINES: Final[Mapping[str, Callable[[Play, Line], None]]] = {
    "ask": Play.ask,
    "ours": Play.ours,
    "buttons": Play.buttons,
    "says": Play.says,
    "taps": Play.taps,
    "answers": Play.answers,
    "pays": Play.pays,
    "starts": Play.starts,
    "time": Play.time,
    "stands": Play.stands,
    "deed": Play.deed,
    "taken_back": Play.taken_back,
}

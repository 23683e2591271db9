"""The whole product and the sandbox in one process, talking real HTTP, driven step by step by a test."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

import requests
from flask import Flask
from sqlalchemy import select
from werkzeug.serving import make_server

from bot.stories.ask import Asker, ask_for_payment
from bot.stories.rounds import Rounds
from bot.stories.world import World
from core.calendar import moment
from core.clock import ManualClock
from core.db import Database
from messages.inbox import Incoming
from messages.outbox import Outgoing, Sending
from payments.checkouts import Checkout
from payments.invites import invite
from payments.ledger import LedgerEntry
from payments.requests import PaymentRequest, of_merchant
from payments.timeline import Event, timeline
from sandbox.people import Person
from sandbox.phones.hands import Hands
from sandbox.server import Running, running_sandbox
from sandbox.settings import SandboxSettings
from tests.worlds import make_world, open_shop, serve_codes
from webhooks.doors import doors

ANNA = "+31612345678"


@dataclass
class House:
    """The product with one shop, next to a sandbox; nothing moves until `settle`."""

    world: World
    sandbox: Running
    clock: ManualClock
    merchant_id: str
    runner: asyncio.Runner
    rounds: Rounds
    _asked: int = field(default=0)
    _others: dict[str, str] = field(default_factory=dict)
    _shops: dict[str, str] = field(default_factory=dict)

    # --- what the merchant does

    def ask(self, **changes: Any) -> str:
        """Make a payment request for Anna, due now, and return its id."""
        self._asked += 1
        payer = {"name": "Anna de Vries", "phone": ANNA, "channels": ["sms"]}
        raw: dict[str, Any] = {
            "reference": str(1041 + self._asked),
            "description": "Reparatie fiets",
            "amount": {"value": "42.50", "currency": "EUR"},
        }
        by_phone = changes.pop("on_the_phone", False)
        shop = self._shop(changes.pop("shop", ""))
        payer |= {key: changes.pop(key) for key in list(changes) if key in _OF_PAYER}
        asker = Asker(shop, "test", "merchant", on_the_phone=by_phone)
        request = self.world.db.run(
            ask_for_payment, self.world.links, asker, raw | changes | {"payer": payer}
        )
        self._shops[request.id] = shop
        return request.id

    def _shop(self, name: str) -> str:
        """The shop that everybody knows, or another one that sends from the same numbers."""
        if name and name not in self._others:
            self._others[name] = self.world.db.run(open_shop, name)
        return self._others[name] if name else self.merchant_id

    # --- time

    def settle(self) -> None:
        """Let everything happen that is due: rounds, sends, webhooks, until nothing is left."""
        for _ in range(60):
            self.runner.run(self._round())
            self.sandbox.world.postman.wait_until_idle()
            if not self._waiting(self.clock.now() + _PACE):
                return
            self.clock.advance(_PACE)
        raise AssertionError("the house does not come to rest")

    async def _round(self) -> None:
        await self.rounds.round()
        await self.rounds.finish()

    def _waiting(self, now: datetime) -> bool:
        due = (
            select(Incoming.id).where(Incoming.state == "new", Incoming.next_try_at <= now),
            select(Outgoing.id).where(Outgoing.status == Sending.QUEUED, Outgoing.due_at <= now),
            select(Checkout.id).where(Checkout.next_check_at <= now),
        )
        return self.world.db.read(lambda tx: any(tx.session.scalars(query).first() for query in due))

    def move(self, by: timedelta) -> None:
        self.clock.advance(by)
        self.settle()

    def move_to(self, day: date, at: time = time(9)) -> None:
        self.clock.set(moment(day, at))
        self.settle()

    # --- what the payer does and sees

    @property
    def hands(self) -> Hands:
        return Hands(self.sandbox.world)

    def says(self, text: str, channel: str = "sms", who: str = ANNA) -> None:
        self.hands.say(channel, who, text, "")
        self.sandbox.world.postman.wait_until_idle()
        self.settle()

    def heard(self, request_id: str) -> list[tuple[str, str]]:
        """The (template, status) of everything that was said about a request, in order."""
        query = select(Outgoing).where(Outgoing.request_id == request_id).order_by(Outgoing.id)
        rows = self.world.db.read(lambda tx: list(tx.session.scalars(query)))
        return [(row.template, row.status) for row in rows]

    def bodies(self, request_id: str) -> list[str]:
        query = select(Outgoing).where(Outgoing.request_id == request_id).order_by(Outgoing.id)
        rows = self.world.db.read(lambda tx: list(tx.session.scalars(query)))
        return [row.body or "" for row in rows]

    def tap(self, request_id: str) -> str:
        """Tap the pay button; return the id of the payment that waits at the bank."""
        from bot.stories.pay import pay

        token = self.token(request_id)
        return pay(self.world, token).rpartition("/")[2]

    def at_the_bank(self, payment_id: str, choice: str = "paid") -> None:
        address = f"{self.sandbox.url}/bank/{payment_id}"
        answer = requests.post(address, data={"status": choice}, allow_redirects=False, timeout=5)
        assert answer.status_code == 303, answer.text
        self.sandbox.world.postman.wait_until_idle()
        self.settle()

    def pays(self, request_id: str) -> None:
        self.at_the_bank(self.tap(request_id))

    def token(self, request_id: str) -> str:
        def mint(tx: Any) -> str:
            request = of_merchant(tx, self._shops[request_id], request_id)
            return self.world.links.mint(tx, request, "test")

        return self.world.db.run(mint)

    def joins_telegram(self, request_id: str, chat: int = 500_000_001, number: str = ANNA) -> None:
        """Press Start in Telegram with a fresh invitation."""
        self.sandbox.world.people.register(Person("Anna de Vries", number, chat))

        def make(tx: Any) -> str:
            return invite(tx, of_merchant(tx, self._shops[request_id], request_id), "telegram")

        token = self.world.db.run(make)
        self.hands.start("telegram", str(chat), token)
        self.sandbox.world.postman.wait_until_idle()
        self.settle()

    # --- what the books say

    def request(self, request_id: str) -> PaymentRequest:
        return self.world.db.read(lambda tx: of_merchant(tx, self._shops[request_id], request_id))

    def ledger(self, request_id: str) -> list[tuple[str, int]]:
        query = select(LedgerEntry).where(LedgerEntry.request_id == request_id).order_by(LedgerEntry.id)
        rows = self.world.db.read(lambda tx: list(tx.session.scalars(query)))
        return [(row.kind, row.amount_cents) for row in rows]

    def events(self, request_id: str) -> list[Event]:
        return list(self.world.db.read(timeline, request_id))

    def kinds(self, request_id: str) -> list[str]:
        return [event.kind for event in self.events(request_id)]


_PACE = timedelta(seconds=1.1)  # messages to one chat keep a second between them
_OF_PAYER = ("name", "phone", "channels", "language", "formality")


@contextmanager
def open_house(database: Database, clock: ManualClock) -> Iterator[House]:
    """Put the house together on free loopback ports, with the real clients and the real adapters."""
    flask = Flask("house")
    server = make_server("127.0.0.1", 0, flask, threaded=True)
    public = f"http://127.0.0.1:{server.server_port}"
    sandbox_settings = SandboxSettings(
        twilio_inbound_url=f"{public}/webhooks/twilio/message", telegram_secret="telegram-secret"
    )
    with running_sandbox(settings=sandbox_settings, clock=clock) as sandbox:
        world = make_world(database, clock, public, sandbox)
        flask.register_blueprint(doors(world))
        serve_codes(flask, world)
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        with asyncio.Runner() as runner:
            rounds = Rounds(world)
            runner.run(rounds.open())
            merchant_id = database.run(open_shop)
            try:
                yield House(world, sandbox, clock, merchant_id, runner, rounds)
            finally:
                runner.run(rounds.close())
                server.shutdown()
                server.server_close()
                thread.join()

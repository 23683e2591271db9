"""A small house for tests of the pay page: the room, Mollie's stand-in over HTTP, and one payer's link."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from bot.stories.reconcile import ask_psp, to_ask
from bot.stories.world import World
from core import config
from core.clock import ManualClock
from core.db import Base, Database, Tx
from messages.catalogue import Catalogue
from payments.checkouts import Checkout
from payments.ledger import LedgerEntry
from payments.links import Links
from payments.parties import Merchant
from payments.psp.mollie import Mollie
from payments.requests import PaymentRequest, locked
from payments.shares import checkouts_of, withdraw_offers
from payments.timeline import Event
from sandbox.server import Running, running_sandbox
from sandbox.settings import SandboxSettings
from tests.databases import KEYRING
from tests.making import Owed, Wanted, make_checkout, make_request
from web.pay import room
from webhooks.doors import doors

PERSON = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Mobile Safari"
SECRET = "qwertyuiopasdfghjklzxcvbnm1234567890"


@dataclass
class House:
    """The room with everything it needs. `token` opens the page of `owed`."""

    world: World
    app: Flask
    clock: ManualClock
    sandbox: Running
    owed: Owed
    token: str

    @property
    def page(self) -> str:
        return f"/p/{self.token}"

    def client(self, agent: str = PERSON) -> FlaskClient:
        client = self.app.test_client()
        client.environ_base["HTTP_USER_AGENT"] = agent
        return client

    def change(self, **values: Any) -> None:
        """Put the payment request into another state."""
        self.world.db.run(self._change, values)

    def _change(self, tx: Tx, values: dict[str, Any]) -> None:
        request = locked(tx, self.owed.request_id)
        for name, value in values.items():
            setattr(request, name, value)

    def change_shop(self, **values: Any) -> None:
        self.world.db.run(self._change_shop, values)

    def _change_shop(self, tx: Tx, values: dict[str, Any]) -> None:
        merchant = tx.session.get_one(Merchant, self.owed.merchant_id)
        for name, value in values.items():
            setattr(merchant, name, value)

    def link(self, purpose: str) -> str:
        """Another link to the same request."""
        return self.world.db.run(
            lambda tx: self.world.links.mint(tx, locked(tx, self.owed.request_id), purpose)
        )

    def request(self) -> PaymentRequest:
        return self.world.db.read(lambda tx: tx.session.get_one(PaymentRequest, self.owed.request_id))

    def kinds(self) -> list[str]:
        """The kinds of the request's events, in order."""
        query = select(Event.kind).where(Event.request_id == self.owed.request_id).order_by(Event.id)
        return self.world.db.read(lambda tx: list(tx.session.scalars(query)))

    def checkouts(self) -> list[Checkout]:
        query = (
            select(Checkout).where(Checkout.id.in_(checkouts_of(self.owed.request_id))).order_by(Checkout.id)
        )
        return self.world.db.read(lambda tx: list(tx.session.scalars(query)))

    def tap(self) -> str:
        """The payer taps; return the PSP's id of the checkout that opened."""
        answer = self.client().post(f"{self.page}/pay")
        assert answer.status_code == 303, answer.text
        return str(self.checkouts()[-1].psp_id)

    def ask_the_psp(self) -> None:
        """What the worker does when the schedule or a hint says so."""
        for question in to_ask(self.world, []):
            ask_psp(self.world, question)


def text(html: str) -> str:
    """What is read on a page, on one line."""
    body = re.sub(r"<head>.*</head>", " ", html, flags=re.S)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def seen(house: House, path: str = "", query: str = "") -> str:
    answer = house.client().get(house.page + path + query)
    assert answer.status_code == 200
    return text(answer.text)


def record(house: House, kind: str, cents: int, ref: str = "tr_1") -> None:
    """Write a money fact, and let a checkout carry it."""

    def write(tx: Tx) -> None:
        request = locked(tx, house.owed.request_id)
        checkout = make_checkout(tx, request.id, f"tr_{kind}{ref}")
        checkout.status = "paid"
        withdraw_offers(tx, checkout_id=checkout.id)
        entry = LedgerEntry(
            id=tx.new_id("led"),
            merchant_id=request.merchant_id,
            request_id=request.id,
            checkout_id=checkout.id,
            kind=kind,
            amount_cents=cents,
            currency="EUR",
            psp="mollie",
            psp_ref=f"{kind}-{ref}",
            happened_at=tx.now,
            recorded_at=tx.now,
        )
        tx.session.add(entry)

    house.world.db.run(write)


def rows(house: House) -> int:
    """How many rows there are in the whole database."""
    counts = [select(func.count()).select_from(table) for table in Base.metadata.sorted_tables]
    with house.world.db.engine.connect() as connection:
        return sum(connection.execute(count).scalar_one() for count in counts)


def make_world(database: Database, public_url: str, sandbox: Running) -> World:
    settings = config.load(
        {
            "PUBLIC_URL": public_url,
            "SECRET_KEY": SECRET,
            "ENCRYPTION_KEY": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
            "MOLLIE_API_KEY": SandboxSettings().mollie_key,
            "MOLLIE_API_URL": sandbox.url,
            "TELEGRAM_BOT_TOKEN": SandboxSettings().telegram_token,
            "TELEGRAM_WEBHOOK_SECRET": "telegram-secret",
        }
    )
    return World(
        settings=settings,
        clock=database.clock,
        db=database,
        links=Links(public_url, KEYRING),
        psp=Mollie(settings),
        channels={},
        catalogue=Catalogue.load(),
    )


def make_app(world: World) -> Flask:
    """The two rooms that paying needs; the whole site is built in web/site.py."""
    app = Flask("test", static_folder=None)
    app.register_blueprint(room(world))
    app.register_blueprint(doors(world))
    return app


@contextmanager
def house_of(database: Database, clock: ManualClock, wanted: Wanted) -> Iterator[House]:
    """Build a house whose room is asked through Flask's test client."""
    with running_sandbox(clock=clock) as sandbox:
        world = make_world(database, "http://127.0.0.1:9", sandbox)
        yield furnished(world, make_app(world), clock, sandbox, wanted)


def furnished(world: World, app: Flask, clock: ManualClock, sandbox: Running, wanted: Wanted) -> House:
    owed = world.db.run(make_request, wanted)
    token = world.db.run(lambda tx: world.links.mint(tx, locked(tx, owed.request_id), "request"))
    return House(world, app, clock, sandbox, owed, token)

"""A site with shops and people in it, and a visitor who uses it over HTTP as a browser would."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any, ClassVar, Final

import pytest
from flask import Flask
from playwright.sync_api import Page
from werkzeug.test import TestResponse

from bot.stories.world import World
from core import config
from core.db import Database, Tx
from core.errors import Missing, SeintjeError
from core.money import Money
from messages.catalogue import Catalogue
from messages.channels import Channel
from messages.channels.sms import Sms
from payments.links import Links
from payments.parties import Merchant
from payments.psp import Opened, Order, Psp, Report
from tests.browser import serving
from tests.databases import KEYRING
from web.accounts.models import Role, User
from web.accounts.passwords import hashed
from web.accounts.people import create_api_key, create_merchant
from web.site import create_site

PUBLIC: Final = "https://betalen.fietshuis.example"
PASSWORD: Final = "vier woorden zonder verband"
METRICS_TOKEN: Final = "q8Lz3vB7nM1kX5cR9tY2wE6uP4sD0fGh"
SETTINGS: Final = {
    "PUBLIC_URL": PUBLIC,
    "SECRET_KEY": "x7Kq2mN9pR4sT6vW8yB3cD5fG1hJ0kL2",
    "ENCRYPTION_KEY": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8",
    "MOLLIE_API_KEY": "test_1234567890",
    "METRICS_TOKEN": METRICS_TOKEN,
    "TWILIO_SMS_FROM": "+3197010200300",
    "TWILIO_ACCOUNT_SID": "AC00000000000000000000000000000000",
    "TWILIO_AUTH_TOKEN": "00000000000000000000000000000000",
}


class QuietPsp(Psp):
    """A PSP that takes refunds and writes them down, or answers them with `trouble`."""

    name: ClassVar[str] = "mollie"
    method_label: ClassVar[str] = "iDEAL | Wero"

    def __init__(self) -> None:
        self.refunds: list[tuple[str, int]] = []
        self.trouble: SeintjeError | None = None

    def open(self, order: Order) -> Opened:
        return Opened(f"tr_{order.checkout_id}", f"https://psp.example/{order.checkout_id}", None)

    def report(self, psp_id: str) -> Report:
        raise Missing(psp_id)

    def find(self, checkout_id: str, since: datetime) -> str | None:  # noqa: ARG002 - it has none
        return None

    def refund(self, psp_id: str, amount: Money, refund_id: str, description: str) -> str:  # noqa: ARG002 - idem
        self.refunds.append((psp_id, amount.cents))
        if self.trouble is not None:
            raise self.trouble
        return f"re_{refund_id}"

    def form_targets(self) -> str:
        return "https://psp.example"


def make_world(database: Database, public: str = PUBLIC, channels: dict[str, Channel] | None = None) -> World:
    settings = config.load({**SETTINGS, "PUBLIC_URL": public})
    return World(
        settings=settings,
        clock=database.clock,
        db=database,
        links=Links(settings.public_url, KEYRING),
        psp=QuietPsp(),
        channels=channels or {},
        catalogue=Catalogue.load(),
    )


@dataclass(frozen=True)
class Staff:
    """A merchant with an owner, an agent and an API key."""

    merchant_id: str
    owner: str
    agent: str
    api_key: str


@cache
def _known_hash() -> str:
    """Hashing is slow on purpose; once is enough for all tests."""
    return hashed(PASSWORD)


def hire(tx: Tx, merchant: Merchant) -> Staff:
    """Give `merchant` an owner, an agent and a key."""
    short = merchant.id[-8:]
    owner, agent = f"owner-{short}@shop.example", f"agent-{short}@shop.example"
    for email, name, role in ((owner, "Jan Jansen", Role.OWNER), (agent, "Aysha Agent", Role.AGENT)):
        user = User(id=tx.new_id("usr"), merchant_id=merchant.id, email=email, email_index=email, name=name)
        user.password_hash, user.role, user.created_at = _known_hash(), role, tx.now
        tx.session.add(user)
    return Staff(merchant.id, owner, agent, create_api_key(tx, merchant, "boekhouding"))


def open_shop(tx: Tx, name: str = "Fietshuis Jansen", language: str = "nl") -> Staff:
    return hire(tx, create_merchant(tx, name, {"language": language, "phone": "020 123 45 67"}))


_CSRF = re.compile(r'name="csrf" value="([0-9a-f]{64})"')


@dataclass
class Visitor:
    """A browser with its own cookies."""

    site: Flask
    public: str = PUBLIC
    headers: dict[str, str] = field(default_factory=dict)
    csrf: str = ""

    def __post_init__(self) -> None:
        self.client = self.site.test_client()

    def get(self, path: str, **more: Any) -> TestResponse:
        return self._keep(self.client.get(path, base_url=self.public, headers=self.headers, **more))

    def post(self, path: str, **form: str | list[str]) -> TestResponse:
        """Send a form with the token of the page that was seen last."""
        data = {"csrf": self.csrf, **form}
        return self._keep(self.client.post(path, data=data, base_url=self.public, headers=self.headers))

    def login(self, email: str, password: str = PASSWORD, **more: str) -> TestResponse:
        """Log in, and keep the token that forms need from then on."""
        self.get("/login")
        answer = self.post("/login", email=email, password=password, **more)
        if answer.status_code == 303:
            self.get("/desk")
        return answer

    @property
    def token(self) -> str:
        cookie = self.client.get_cookie("__Host-session", domain=self.public.split("//")[1])
        return cookie.value if cookie else ""

    def _keep(self, answer: TestResponse) -> TestResponse:
        if found := _CSRF.search(answer.text):
            self.csrf = found[1]
        return answer


@pytest.fixture
def world(database: Database) -> World:
    return make_world(database)


@pytest.fixture
def site(world: World) -> Flask:
    return create_site(world)


@pytest.fixture
def staff(database: Database) -> Staff:
    """Fietshuis Jansen: an owner, an agent and an API key."""
    return database.run(open_shop)


@pytest.fixture
def address(sqlite_database: Database) -> Iterator[str]:
    """The address on this machine of a site that writes by SMS, for a real browser."""
    channels = {"sms": Sms(make_world(sqlite_database).settings)}
    with serving(lambda public: create_site(make_world(sqlite_database, public, dict(channels)))) as address:
        yield address


def log_in(page: Page, address: str, email: str) -> None:
    """Log in with a real browser, whoever it is."""
    page.goto(f"{address}/login")
    page.get_by_label("E-mailadres").fill(email)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/login" not in url)


@pytest.fixture
def visitor(site: Flask) -> Visitor:
    """A browser that is not logged in."""
    return Visitor(site)


@pytest.fixture
def owner(site: Flask, staff: Staff) -> Visitor:
    """The browser of the owner of Fietshuis Jansen."""
    visitor = Visitor(site)
    visitor.login(staff.owner)
    return visitor


@pytest.fixture
def agent(site: Flask, staff: Staff) -> Visitor:
    """The browser of an agent of Fietshuis Jansen."""
    visitor = Visitor(site)
    visitor.login(staff.agent)
    return visitor

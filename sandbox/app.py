"""Puts the doors of the stand-ins and their pages together in one Flask app."""

from __future__ import annotations

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from sandbox.controls import faults_door
from sandbox.mollie.door import MollieDoor
from sandbox.pages.bank import BankDoor
from sandbox.pages.clock import ClockDoor
from sandbox.pages.index import index_door
from sandbox.phones.door import PhonesDoor
from sandbox.phones.page import PhonesPage
from sandbox.refusals import by_mollie, by_telegram, by_twilio, nowhere
from sandbox.telegram.door import TelegramDoor
from sandbox.trouble import Trouble
from sandbox.twilio.content_door import ContentDoor
from sandbox.twilio.door import MessagesDoor
from sandbox.world import SandboxWorld


def create_app(world: SandboxWorld) -> Flask:
    """Return the app that serves one sandbox: Mollie, Twilio, Telegram, the bank, the phones, the clock."""
    app = Flask("sandbox", template_folder="pages/templates", static_folder=None)
    app.json.sort_keys = False  # type: ignore[attr-defined]  # only the default provider has it
    mollie = Trouble(world, "mollie", by_mollie)
    twilio = Trouble(world, "twilio", by_twilio)
    telegram = Trouble(world, "telegram", by_telegram)
    for door in (
        mollie.hang_on(MollieDoor(world).blueprint()),
        twilio.hang_on(MessagesDoor(world).blueprint()),
        twilio.hang_on(ContentDoor(world).blueprint()),
        telegram.hang_on(TelegramDoor(world).blueprint()),
        BankDoor(world).blueprint(),
        ClockDoor(world).blueprint(),
        PhonesDoor(world).blueprint(),
        PhonesPage(world).blueprint(),
        faults_door(world),
        index_door(world),
    ):
        app.register_blueprint(door)
    app.register_error_handler(404, _not_found)
    return app


def _not_found(error: Exception) -> Response | HTTPException:
    page = error if isinstance(error, HTTPException) else HTTPException()
    return nowhere(request.path) or page

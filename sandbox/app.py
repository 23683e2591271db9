"""Puts the doors of the stand-ins and their pages together in one Flask app."""

from __future__ import annotations

from flask import Flask

from sandbox.mollie.door import MollieDoor
from sandbox.telegram.door import TelegramDoor
from sandbox.twilio.content_door import ContentDoor
from sandbox.twilio.door import MessagesDoor
from sandbox.world import SandboxWorld


def create_app(world: SandboxWorld) -> Flask:
    """Return the app that serves one sandbox: Mollie, Twilio, Telegram, the bank, the phones, the clock."""
    app = Flask("sandbox")
    app.json.sort_keys = False  # type: ignore[attr-defined]  # only the default provider has it
    for door in (MollieDoor(world), MessagesDoor(world), ContentDoor(world), TelegramDoor(world)):
        app.register_blueprint(door.blueprint())
    return app

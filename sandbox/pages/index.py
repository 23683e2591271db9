"""The front page of the sandbox: what is here, and where."""

from __future__ import annotations

from flask import Blueprint, render_template

from sandbox.pages.bank import ENDINGS
from sandbox.pages.dutch import euros
from sandbox.world import SandboxWorld


def index_door(world: SandboxWorld) -> Blueprint:
    """One page, at /, and the style that all pages share."""
    door = Blueprint("index", __name__)

    @door.get("/")
    def page() -> str:
        return render_template(
            "index.html",
            people=world.people.everyone(),
            payments=world.mollie.everything()[:20],
            euros=euros,
            endings=ENDINGS,
        )

    return door

"""`/real`: whoever doubts a message types its code, and sees whether it came from us."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from flask import Blueprint, Response, request

from bot.stories.world import World
from core.db import Tx
from payments.lifecycle import OWING, Status
from payments.proofs import Proven, proven
from web.accounts.throttle import Limit, take
from web.pay.pages import Pages
from web.pay.words import visible

# Enough for somebody who mistypes, and for an office behind one address; far too few to guess eight letters.
_TRIES: Final = Limit("proof", 30, timedelta(minutes=15))
_LONGEST: Final = 40


class RealDoor:
    """A form that tells who asks and the end of the reference: nothing that a guesser could use.

    A code proves that we gave it once, and not who sent it on: what it is about is for the payer to
    compare. It says yes no longer than there is something to pay.
    """

    def __init__(self, world: World, pages: Pages) -> None:
        self._world = world
        self._pages = pages

    def hang_in(self, blueprint: Blueprint) -> None:
        blueprint.add_url_rule("/real", "check", self.form)
        blueprint.add_url_rule("/real", "check-post", self.check, methods=["POST"])

    def form(self) -> Response:
        return self._show(200)

    def check(self) -> Response:
        typed = request.form.get("code", "")[:_LONGEST]
        wait, found = self._world.db.run(_look, typed, request.remote_addr or "")
        if wait:
            response = self._show(429, answer="check.often")
            response.headers["Retry-After"] = str(wait)
            return response
        if found is None:
            return self._show(404, answer="check.no", typed=typed)
        return self._show(200, found=found)

    def _show(self, status: int, answer: str = "", typed: str = "", found: Proven | None = None) -> Response:
        told = _told(found) if found else {}
        address = f"{self._world.settings.public_url}/p/"
        return self._pages.show_plain(
            "check", status, answer=answer, typed=visible(typed), told=told, address=address
        )


def _told(found: Proven) -> dict[str, str]:
    """What may be told of the request that a code belongs to; of one that is over, only that."""
    told = {"merchant": visible(found.merchant), "phone": visible(found.phone)}
    if found.status not in OWING:
        over = "check.paid" if found.status is Status.PAID else "check.over"
        return {**told, "over": over}
    return {**told, "reference": visible(found.reference)}


def _look(tx: Tx, typed: str, place: str) -> tuple[int, Proven | None]:
    wait = take(tx, _TRIES, place)
    return wait, None if wait else proven(tx, typed)

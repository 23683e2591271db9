"""The clock of the demo: what time it is in the story, and buttons to move on."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, Response, jsonify, render_template, request

from core.clock import MovableClock
from sandbox.guard import own_page_only
from sandbox.pages.dutch import AMSTERDAM, day, time_of_day
from sandbox.pages.moments import BUTTONS, moment_after, read_local
from sandbox.world import SandboxWorld

BACKWARDS = "De klok gaat alleen vooruit. Kies een moment na nu: wat gebeurd is, is gebeurd."
NOT_A_MOMENT = "Dat is geen moment. Kies een dag en een tijd."
FIXED = "Deze klok loopt gelijk met de echte tijd en kan niet verzet worden."


class ClockDoor:
    """GET shows the time, POST moves it: `to` names a button, `at` is a local time."""

    def __init__(self, world: SandboxWorld) -> None:
        self._world = world

    def blueprint(self) -> Blueprint:
        door = Blueprint("clock", __name__)
        door.before_request(own_page_only)
        door.add_url_rule("/clock", "page", self.page)
        door.add_url_rule("/clock", "move", self.move, methods=["POST"])
        return door

    def page(self) -> Response:
        if request.accept_mimetypes.best_match(["text/html", "application/json"]) != "text/html":
            return self._as_json()
        return self._as_page("", 200)

    def move(self) -> Response:
        asked = request.get_json(silent=True) if request.is_json else request.form
        complaint = (
            self._try(str(asked.get("to") or ""), str(asked.get("at") or "")) if asked else NOT_A_MOMENT
        )
        if request.is_json:
            return self._as_json() if not complaint else self._complain(complaint)
        if complaint:
            return self._as_page(complaint, 409)
        return Response(status=303, headers={"Location": "/clock"})

    def _try(self, step: str, at: str) -> str:
        """Move the clock; return what is wrong, or nothing."""
        clock = self._world.clock
        now = clock.now()
        if not isinstance(clock, MovableClock):
            return FIXED
        try:
            moment = read_local(at) if at else moment_after(now, step)
        except ValueError:
            return NOT_A_MOMENT
        if moment <= now:
            return BACKWARDS
        clock.move_to(moment)
        return ""

    def _as_page(self, complaint: str, status: int) -> Response:
        now = self._world.clock.now()
        html = render_template(
            "clock.html",
            day=day(now),
            time=time_of_day(now),
            field=_field(now),
            buttons=[(name, label, _when(now, name)) for name, label in BUTTONS],
            movable=isinstance(self._world.clock, MovableClock),
            fixed=FIXED,
            complaint=complaint,
        )
        response = Response(html, status)
        response.headers["Cache-Control"] = "no-store"
        return response

    def _as_json(self) -> Response:
        now = self._world.clock.now()
        return jsonify(
            now=now.isoformat(),
            local=now.astimezone(AMSTERDAM).isoformat(),
            movable=isinstance(self._world.clock, MovableClock),
        )

    def _complain(self, complaint: str) -> Response:
        response = jsonify(error=complaint)
        response.status_code = 409
        return response


def _field(now: datetime) -> str:
    return now.astimezone(AMSTERDAM).strftime("%Y-%m-%dT%H:%M")


def _when(now: datetime, step: str) -> str:
    """Where a button leads; the year only when it is another one."""
    moment = moment_after(now, step)
    year = str(now.astimezone(AMSTERDAM).year)
    return f"{day(moment).removesuffix(year).strip()}, {time_of_day(moment)}"

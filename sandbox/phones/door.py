"""The phones for machines: /phones/state to see them, and a POST for everything their owners do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any, Final

from flask import Blueprint, Response, abort, jsonify, request

from sandbox.guard import json_only
from sandbox.people import CHANNELS, Person
from sandbox.phones.hands import CannotDo, Hands
from sandbox.phones.state import Phones
from sandbox.telegram.errors import TelegramRefusal
from sandbox.twilio.errors import TwilioRefusal
from sandbox.world import SandboxWorld

LONGEST_WAIT: Final = 25.0
_GIVEN: Final = frozenset(f.name for f in fields(Person)) - {"version", "blocked"}


class PhonesDoor:
    """JSON in, JSON out. A thing that cannot be done is a 409 with an `error` that says why."""

    def __init__(self, world: SandboxWorld) -> None:
        self._world = world
        self._phones = Phones(world)
        self._hands = Hands(world)

    def blueprint(self) -> Blueprint:
        door = Blueprint("phones", __name__, url_prefix="/phones")
        door.before_request(json_only)
        door.add_url_rule("/state", "state", self.state)
        door.add_url_rule("/media/<media_id>", "media", self.media)
        door.add_url_rule("/scan/<media_id>", "scan", self.scan)
        door.add_url_rule("/people", "people", self.register, methods=["POST"])
        door.add_url_rule("/<channel>/<who>/<deed>", "act", self.act, methods=["POST"])
        for refusal in (CannotDo, TelegramRefusal, TwilioRefusal):
            door.register_error_handler(refusal, _cannot)
        return door

    def state(self) -> Response:
        """The phones that changed after `since`; with `wait`, wait that many seconds for a change."""
        since = request.args.get("since", 0, int)
        wait = min(request.args.get("wait", 0.0, float), LONGEST_WAIT)
        if wait > 0:
            self._world.people.wait_for_change(since, wait)
        return jsonify(self._phones.state(since))

    def media(self, media_id: str) -> Response:
        kept = self._world.media.get(media_id)
        if kept is None:
            abort(404)
        response = Response(kept.content, content_type=kept.content_type)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    def scan(self, media_id: str) -> Response:
        text = self._world.media.scan(media_id)
        if text is None:
            abort(404)
        return jsonify(text=text)

    def register(self) -> tuple[Response, int]:
        given = _body()
        _check_person(given)
        known = self._world.people.known(given.get("number", ""), given.get("telegram_id", 0))
        person = replace(known, **given) if known else Person(**given)
        if not person.telegram_id and "telegram_id" not in given:
            person.telegram_id = 10_000_000 + self._world.ids.below(900_000_000)
        registered = self._world.people.register(person)
        return jsonify(id=registered.id, telegram_id=registered.telegram_id or None), 201

    def act(self, channel: str, who: str, deed: str) -> Response:
        if channel not in CHANNELS:
            raise CannotDo(f"no such channel: {channel}; there are {', '.join(CHANNELS)}")
        return jsonify(self._do(channel, who, deed))

    def _do(self, channel: str, who: str, deed: str) -> dict[str, Any]:
        hands, body = self._hands, _body()

        def asked(name: str) -> str:
            return str(body.get(name) or "")

        match deed:
            case "say":
                return {"id": hands.say(channel, who, asked("text"), asked("reply_to"))}
            case "press":
                return {"id": hands.press(channel, who, asked("message"), asked("button"))}
            case "start":
                return {"id": hands.start(channel, who, asked("payload"))}
            case "read":
                hands.read(channel, who)
            case "block":
                hands.block(channel, who)
            case "unblock":
                hands.unblock(channel, who)
            case _:
                raise CannotDo(f"no such deed: {deed}; say, press, start, read, block or unblock")
        return {}


def _check_person(given: Mapping[str, Any]) -> None:
    """Raises CannotDo unless every field is one of a person's, of the right type, with a name."""
    sample = Person("")
    for name, value in given.items():
        if name not in _GIVEN or type(value) is not type(getattr(sample, name)):
            raise CannotDo(f"{name} is not right; a person has {', '.join(sorted(_GIVEN))}")
    if not given.get("name"):
        raise CannotDo("a person has a name")


def _body() -> dict[str, Any]:
    body = request.get_json(silent=True)
    if not isinstance(body, Mapping):
        raise CannotDo("send a JSON object")
    return dict(body)


def _cannot(refusal: Exception) -> tuple[Response, int]:
    words = refusal.description if isinstance(refusal, TelegramRefusal) else str(refusal)
    return jsonify(error=words), 409

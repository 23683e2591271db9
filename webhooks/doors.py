"""Where the PSP, Twilio and Telegram knock: nothing is acknowledged before it is stored."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from flask import Blueprint, Response, request

from bot.stories.world import World
from core.errors import Unavailable, Untrusted
from core.log import logger
from messages import inbox
from messages.channels import Channel, Knock
from payments import checkouts

_log = logger(__name__)
_MOST_BYTES: Final = 64 * 1024
# What can be an id at all; databases choke on some of the rest.
_ID: Final = re.compile(r"[\w.-]{1,60}", re.ASCII)
_TWIML: Final = '<?xml version="1.0" encoding="UTF-8"?><Response/>'


def doors(world: World) -> Blueprint:
    """Return the doors of `world`. Each also takes a suffix to its path, which the provider signs along."""
    blueprint = Blueprint("webhooks", __name__, url_prefix="/webhooks")

    @blueprint.before_request
    def limit() -> None:
        request.max_content_length = _MOST_BYTES

    @blueprint.errorhandler(Untrusted)
    def stranger(error: Untrusted) -> Response:
        _log.warning("webhook refused", door=request.path.split("/")[2], reason=str(error))
        return Response("forbidden", 403)

    @blueprint.errorhandler(Unavailable)
    def not_stored(_error: Unavailable) -> Response:
        return Response("try again", 503, {"Retry-After": "5"})

    _open(blueprint, "/mollie", lambda suffix: _mollie(world, suffix))
    _open(blueprint, "/twilio/message", lambda _: _keep(world, "twilio", _TWIML, "text/xml"))
    _open(blueprint, "/twilio/status", lambda _: _keep(world, "twilio", "ok", "text/plain"))
    _open(blueprint, "/telegram", lambda _: _keep(world, "telegram", "ok", "text/plain"))
    return blueprint


def _open(blueprint: Blueprint, path: str, answer: Callable[[str | None], Response]) -> None:
    def door(suffix: str | None = None) -> Response:
        return answer(suffix)

    name = path.strip("/").replace("/", "_")
    blueprint.add_url_rule(path, name, door, methods=["POST"])
    blueprint.add_url_rule(f"{path}/<path:suffix>", name, door, methods=["POST"])


def _mollie(world: World, suffix: str | None) -> Response:
    """Mollie's call is unsigned and carries only an id: a hint to ask. Every id gets the same answer."""
    psp_id = request.form.get("id", "")
    checkout_id = suffix if suffix and _ID.fullmatch(suffix) else None
    known = _ID.fullmatch(psp_id) and world.db.run(checkouts.hint, world.psp.name, psp_id, checkout_id)
    if not known:
        _log.info("a hint about a payment we do not know")
    return Response("ok", 200, mimetype="text/plain")


def _keep(world: World, provider: str, answer: str, kind: str) -> Response:
    """Verify with the adapter of any channel that uses this door, and keep what came."""
    channel = _channel(world, provider)
    if channel is None:
        return Response("not in use", 404, mimetype="text/plain")
    for envelope in channel.verify(_knock(world)):
        if not world.db.run(inbox.store, provider, envelope.event_id, envelope.payload):
            _log.info("brought before", door=provider)
    return Response(answer, 200, mimetype=kind)


def _channel(world: World, provider: str) -> Channel | None:
    return next((channel for channel in world.channels.values() if channel.provider == provider), None)


def _knock(world: World) -> Knock:
    """The address is built from our own setting: what proxies and Host headers say proves nothing."""
    query = f"?{request.query_string.decode('latin-1')}" if request.query_string else ""
    headers = {name.lower(): value for name, value in request.headers.items()}
    return Knock(f"{world.settings.public_url}{request.path}{query}", headers, request.get_data())

"""The door for merchants' systems: payment requests in JSON, with a Bearer key."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final, cast

from flask import Blueprint, Response, g, jsonify, request
from sqlalchemy import select

from bot.stories.ask import Asker, ask_for_payment
from bot.stories.world import World
from core.db import Tx
from core.errors import Invalid, Untrusted
from messages.bots import start_link
from payments import intake
from payments.invites import invite
from payments.requests import PaymentRequest, of_merchant
from web.accounts import throttle
from web.accounts.models import ApiKey
from web.accounts.throttle import TooOften
from web.api import asked, shape
from web.api.asked import Filters
from web.once import once
from web.refusals import problem
from web.telling import BY_KEY

_OPENAPI: Final = Path(__file__).with_name("openapi.json")


def room(world: World) -> Blueprint:
    """Return the room with /api/v1."""
    blueprint = Blueprint("api", __name__, url_prefix="/api/v1")
    description = _described(world)

    @blueprint.before_request
    def unlock() -> None:
        if request.endpoint != "api.openapi":
            g.key = _key_shown(world)

    @blueprint.get("/openapi.json")
    def openapi() -> Response:
        return jsonify(description)

    @blueprint.post("/payment-requests")
    def create() -> tuple[Response, int]:
        raw, key = asked.body(request), asked.idempotency_key(request)
        made, before = once(world.db, _create, world, _key(), key, raw)
        answer = jsonify(made)
        answer.headers["Location"] = f"/api/v1/payment-requests/{made['id']}"
        if before:
            answer.headers["Idempotent-Replayed"] = "true"
        return answer, 200 if before else 201

    @blueprint.get("/payment-requests/<request_id>")
    def one(request_id: str) -> Response:
        return jsonify(world.db.read(_one, world, _key(), request_id))

    @blueprint.get("/payment-requests")
    def many() -> Response:
        return jsonify(world.db.read(_many, world, _key(), asked.filters(request)))

    _answer_errors(blueprint)
    return blueprint


def _described(world: World) -> Any:  # noqa: ANN401 - JSON is any
    description = json.loads(_OPENAPI.read_text(encoding="utf-8"))
    description["servers"] = [{"url": world.settings.public_url}]
    return description


def _answer_errors(blueprint: Blueprint) -> None:
    @blueprint.errorhandler(Invalid)
    def invalid(error: Invalid) -> Response:
        errors = [{"field": p.field, "what": p.what, "remedy": p.remedy} for p in error.problems]
        return problem(422, "Nothing was done. Put these fields right and send it again.", errors=errors)

    @blueprint.errorhandler(Untrusted)
    def stranger(_error: Untrusted) -> Response:
        answer = problem(401, "Send your key as `Authorization: Bearer sk_…`.")
        answer.headers["WWW-Authenticate"] = 'Bearer realm="seintje"'
        return answer

    @blueprint.errorhandler(TooOften)
    def too_often(error: TooOften) -> Response:
        answer = problem(429, f"Try again in {error.wait} seconds.")
        answer.headers["Retry-After"] = str(error.wait)
        return answer


def _key() -> ApiKey:
    return cast("ApiKey", g.key)


def _key_shown(world: World) -> ApiKey:
    """Return the key that the caller shows. Raises Untrusted, and TooOften above the limit."""
    scheme, _, shown = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not shown.startswith("sk_"):
        raise Untrusted("no key")
    key = world.db.read(_known, shown.strip())
    if key is None:
        raise Untrusted("unknown key")
    if wait := world.db.run(throttle.take, throttle.API, key.id):
        raise TooOften(wait)
    return key


def _known(tx: Tx, shown: str) -> ApiKey | None:
    query = select(ApiKey).where(ApiKey.key == shown, ApiKey.revoked_at.is_(None))
    return tx.session.scalars(query).first()


def _create(tx: Tx, world: World, key: ApiKey, once_key: str, raw: object) -> tuple[dict[str, Any], bool]:
    """Make the request, or find what the same call made before; say which."""
    merchant_id, stored_key = key.merchant_id, f"api:{once_key}" if once_key else ""
    before = bool(stored_key) and intake.accepted(tx, merchant_id, stored_key, raw) is not None
    asker = Asker(merchant_id, f"{BY_KEY}{key.name}"[:80], "merchant", key=stored_key)
    made = ask_for_payment(tx, world.links, asker, raw)
    return {**shape.whole(tx, world, made), "telegram_url": _telegram(tx, world, made)}, before


def _telegram(tx: Tx, world: World, made: PaymentRequest) -> str | None:
    """The address with which the payer starts a chat with our bot, if there is one; it works once."""
    if start_link(tx, world.settings, "telegram", "") is None:
        return None
    return start_link(tx, world.settings, "telegram", invite(tx, made, "telegram"))


def _one(tx: Tx, world: World, key: ApiKey, request_id: str) -> dict[str, Any]:
    return shape.whole(tx, world, of_merchant(tx, key.merchant_id, request_id))


def _many(tx: Tx, world: World, key: ApiKey, wanted: Filters) -> dict[str, Any]:
    """Return the newest requests first, and where the next page begins."""
    query = select(PaymentRequest).where(PaymentRequest.merchant_id == key.merchant_id)
    if wanted.status:
        query = query.where(PaymentRequest.status == wanted.status)
    if wanted.reference:
        query = query.where(PaymentRequest.reference == wanted.reference)
    if wanted.after:
        query = query.where(PaymentRequest.id < wanted.after)
    found = tx.session.scalars(query.order_by(PaymentRequest.id.desc()).limit(wanted.limit + 1)).all()
    page = found[: wanted.limit]
    more = page[-1].id if len(found) > wanted.limit else None
    return {"data": [shape.summary(tx, world, one) for one in page], "next": more}

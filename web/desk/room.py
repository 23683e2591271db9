"""The desk: an agent on the phone types, presses Enter, and sees the payment happen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, Response, jsonify, redirect, render_template, request
from sqlalchemy import select
from werkzeug.wrappers import Response as AnyResponse

from bot.stories.say import best_address
from bot.stories.world import World
from core.calendar import local
from core.db import Tx
from core.errors import Invalid, Refused
from payments.parties import Merchant, Payer
from payments.requests import PaymentRequest, of_merchant
from payments.timeline import timeline
from web.accounts import throttle
from web.accounts.gate import Who, who
from web.desk.live import live_line
from web.desk.mourning import TICKED, InMourning
from web.desk.person import hang_queue
from web.desk.push import FIELDS, SentLately, WhichPayer, find, push
from web.desk.waiting import how_many
from web.numbers import spoken
from web.once import once
from web.wording import Words, words

_LATEST = 5


def room(world: World) -> Blueprint:
    """Return the room with /desk."""
    blueprint = Blueprint("desk", __name__, url_prefix="/desk", template_folder="templates")

    @blueprint.get("")
    def home() -> AnyResponse:
        return _form(world, _fresh(world))

    @blueprint.post("", endpoint="push")
    def send() -> AnyResponse:
        return _push(world, {name: request.form.get(name, "").strip() for name in FIELDS})

    @blueprint.get("/who", endpoint="who")
    def known() -> Response:
        return jsonify(world.db.read(_known, who(), request.args.get("q", "")))

    @blueprint.get("/requests/<request_id>")
    def story(request_id: str) -> str:
        shown = world.db.read(_shown, request_id, 0)
        return render_template("desk/story.html", **shown)

    @blueprint.get("/requests/<request_id>/events")
    def events(request_id: str) -> Response:
        after = request.args.get("after", 0, int)
        return jsonify(world.db.read(_shown, request_id, after)["line"])

    hang_queue(blueprint, world)
    return blueprint


def _fresh(world: World) -> dict[str, str]:
    return {"reference": f"T-{1000 + world.db.ids.below(9000)}"}


def _form(world: World, typed: Mapping[str, str], status: int = 200, **told: Any) -> AnyResponse:  # noqa: ANN401 - for the template
    """Show the form with what was `typed`. Each showing has an id of its own: sent twice, it is one push."""
    latest = world.db.read(_latest, who())
    waiting, late = world.db.read(how_many, who().merchant_id)
    form_id = told.pop("form_id", "") or world.db.ids.token(18)
    shown = {"latest": latest, "waiting": waiting, "late": late}
    page = render_template("desk/home.html", typed=typed, form_id=form_id, **shown, **told)
    return Response(page, status)


def _push(world: World, typed: Mapping[str, str]) -> AnyResponse:
    form_id = request.form.get("form", "")
    if wait := world.db.run(throttle.take, throttle.PUSH, who().user_id):
        return _form(world, typed, 429, news="form.too_often", minutes=-(-wait // 60), form_id=form_id)
    again = " ".join(request.form.getlist("again"))
    try:
        made = once(world.db, push, world.links, who(), form_id, typed, again)
    except Invalid as error:
        wrong = {problem.field: f"form.{problem.field}.{problem.what}" for problem in error.problems}
        return _form(world, typed, 422, wrong=wrong, form_id="" if "form" in wrong else form_id)
    except WhichPayer as error:
        return _form(world, typed, 409, payers=error.payers, form_id=form_id)
    except InMourning as error:
        told = {"mourning": error, "name": spoken(error.name), "payers": error.payers}
        return _form(world, typed, 409, **told, form_id=form_id)
    except SentLately as error:
        told = {"before": error, "name": spoken(error.name), "payers": error.payers}
        kept = [tick for tick in again.split() if tick.startswith(TICKED)]
        return _form(world, typed, 409, **told, ticked=kept, form_id=form_id)
    except Refused:
        return _form(world, typed, 409, news="form.used")
    return redirect(f"/desk/requests/{made.id}", 303)


def _latest(tx: Tx, asking: Who) -> list[tuple[PaymentRequest, str]]:
    """Return the merchant's newest requests, each with its payer's name."""
    query = select(PaymentRequest).where(PaymentRequest.merchant_id == asking.merchant_id)
    found = tx.session.scalars(query.order_by(PaymentRequest.id.desc()).limit(_LATEST))
    return [(one, spoken(one.payer.name)) for one in found]


def _known(tx: Tx, asking: Who, typed: str) -> dict[str, Any]:
    """Return how the first field is understood while it is typed: the number, the channel, the payers."""
    w = words(asking.language)
    if not typed.strip():
        return {"text": "", "wrong": False}
    try:
        found = find(tx, asking.merchant_id, typed)
    except Invalid as error:
        return {"text": w(f"form.who.{error.problems[0].what}"), "wrong": True}
    if not found.phone and not found.payers:
        return {"text": w("form.who.unknown_name"), "wrong": True}
    order = tx.session.get_one(Merchant, asking.merchant_id).policy.channels
    return {"text": " · ".join(_hints(found.phone, found.payers, order, w)), "wrong": False}


def _hints(phone: str, payers: Sequence[Payer], order: Sequence[str], w: Words) -> list[str]:
    hints = [spoken(phone)] if phone else []
    if len(payers) > 1:
        return [*hints, w("form.several", count=len(payers))]
    if not payers:
        return [*hints, w(f"channel.{order[0]}"), w("form.new_payer")]
    addresses = [address for address in payers[0].addresses if address.usable and address.channel in order]
    best = min(addresses, key=lambda address: order.index(address.channel), default=None)
    return [*hints, payers[0].name, w(f"channel.{best.channel}") if best else w("form.unreachable")]


def _shown(tx: Tx, request_id: str, after: int) -> dict[str, Any]:
    found = of_merchant(tx, who().merchant_id, request_id)
    events = timeline(tx, found.id)
    address = best_address(found)
    sent = [event.data["channel"] for event in events if event.kind == "sent"]
    return {
        "request_": found,
        "name": spoken(found.payer.name),
        "channel": sent[0] if sent else (address.channel if address else ""),
        "number": spoken(address.value) if address and address.channel != "telegram" else "",
        "line": live_line(events, words(who().language), local(tx.now).date(), after),
    }

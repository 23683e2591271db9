"""The doors of the queue: who waits for a person, the thread of one, and what an agent can do about it."""

from __future__ import annotations

from typing import Any, Final

from flask import Blueprint, Response, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from bot.stories import by_hand
from bot.stories.answer_by_hand import MOST_LETTERS, agree_on_parts, answer, choices, own, way_to
from bot.stories.world import World
from core.calendar import local
from core.db import Tx
from core.errors import Invalid, Refused
from payments.ledger import balance
from payments.lifecycle import Status
from payments.requests import of_merchant
from web.accounts import throttle
from web.accounts.gate import Who, who
from web.admin.conversation import conversation
from web.desk.waiting import waiting
from web.numbers import spoken
from web.told_once import news_of, to_page, told
from web.wording import words

NEWS: Final = frozenset({"answered", "settled", "resumed", "agreed", "agreed_untold"})
_PLACE: Final = "/waiting/<request_id>"
# What only the owner can do, in the overview: it is about money that has to go back.
OWNERS: Final = frozenset({"charged_back", "surplus"})


def hang_queue(blueprint: Blueprint, world: World) -> None:
    """Add the queue to the desk, and what can be done from there."""
    _hang_pages(blueprint, world)
    _hang_deeds(blueprint, world)


def _hang_pages(blueprint: Blueprint, world: World) -> None:

    @blueprint.get("/waiting", endpoint="waiting")
    def everybody() -> AnyResponse:
        page = render_template("desk/waiting.html", lines=_lines(world), news=news_of(NEWS))
        return told(Response(page))

    @blueprint.get("/waiting/rows", endpoint="rows")
    def rows() -> str:
        return render_template("desk/rows.html", lines=_lines(world))

    @blueprint.get(_PLACE, endpoint="person")
    def person(request_id: str) -> AnyResponse:
        return told(_page(world, request_id, news=news_of(NEWS)))

    @blueprint.get(f"{_PLACE}/talk", endpoint="talk")
    def talk(request_id: str) -> str:
        return render_template("desk/talk.html", **world.db.read(_shown, world, who(), request_id))


def _hang_deeds(blueprint: Blueprint, world: World) -> None:
    @blueprint.post(f"{_PLACE}/answer", endpoint="answer")
    def write(request_id: str) -> AnyResponse:
        return _answer(world, request_id)

    @blueprint.post(f"{_PLACE}/settle", endpoint="settle")
    def settle(request_id: str) -> AnyResponse:
        world.db.run(_settle, who(), request_id, request.form.get("reason", ""))
        return to_page(world.settings, "/desk/waiting", "settled")

    @blueprint.post(f"{_PLACE}/resume", endpoint="resume")
    def resume(request_id: str) -> AnyResponse:
        world.db.run(by_hand.let_go_on, who().merchant_id, request_id, who().name)
        return to_page(world.settings, "/desk/waiting", "resumed")

    @blueprint.post(f"{_PLACE}/plan", endpoint="plan")
    def plan(request_id: str) -> AnyResponse:
        return _plan(world, request_id)


def _lines(world: World) -> Any:  # noqa: ANN401 - for the template
    return world.db.read(waiting, who().merchant_id, words(who().language))


def _page(world: World, request_id: str, status: int = 200, **more: Any) -> Response:  # noqa: ANN401 - idem
    """Show the thread and what can be done. Each showing has an id: sent twice, it is one answer."""
    shown = world.db.read(_shown, world, who(), request_id)
    told_more = {"typed": "", "form_id": world.db.ids.token(18), **more}
    return Response(render_template("desk/person.html", **shown, **told_more), status)


def _shown(tx: Tx, world: World, asking: Who, request_id: str) -> dict[str, Any]:
    found = of_merchant(tx, asking.merchant_id, request_id)
    w, today = words(asking.language), local(tx.now).date()
    way = way_to(tx, world, found)
    phones = [a for a in found.payer.addresses if a.channel != "telegram"]
    return {
        "request_": found,
        "name": spoken(found.payer.name),
        "number": spoken(phones[0].value) if phones else "",
        "remaining": balance(tx, found).remaining,
        "parts": conversation(tx, found, w, today),
        "channel": way.address.channel if way.address else "",
        "why_not": way.why,
        "may_resume": Status(found.status) in by_hand.CAN_RESUME,
        "owners": found.attention in OWNERS and not asking.owner,
        "plans": choices(tx, found),
        "most": MOST_LETTERS,
    }


def _answer(world: World, request_id: str) -> AnyResponse:
    """Send what was typed; what cannot go stays on the page with why."""
    typed, form = request.form.get("typed", ""), request.form.get("form", "")
    if wait := world.db.run(throttle.take, throttle.PUSH, who().user_id):
        news = {"wrong": "queue.typed.too_often", "minutes": -(-wait // 60)}
        return _page(world, request_id, 429, typed=typed, form_id=form, **news)
    settles = request.form.get("then") == "settle"
    try:
        world.db.run(_send, world, who(), request_id, (form, typed, settles, request.form.get("reason", "")))
    except Invalid as error:
        wrong = f"queue.typed.{error.problems[0].what}"
        return _page(world, request_id, 422, wrong=wrong, typed=typed)
    if settles:
        return to_page(world.settings, "/desk/waiting", "answered")
    return to_page(world.settings, f"/desk/waiting/{request_id}", "answered")


def _send(tx: Tx, world: World, asking: Who, request_id: str, sent: tuple[str, str, bool, str]) -> None:
    form, typed, settles, reason = sent
    answer(tx, world, own(tx, asking.merchant_id, request_id), form, typed, asking.name)
    if settles:
        _settle(tx, asking, request_id, reason)


def _settle(tx: Tx, asking: Who, request_id: str, reason: str) -> None:
    """Note that it was looked at, as far as the page told; what came up since still waits."""
    found = own(tx, asking.merchant_id, request_id)
    if found.attention in OWNERS and not asking.owner:
        raise Refused("only the owner gives money back")
    if found.attention == reason:
        by_hand.looked_at(tx, asking.merchant_id, request_id, asking.name)


def _plan(world: World, request_id: str) -> AnyResponse:
    count, _, interval = request.form.get("plan", "").partition("-")
    wanted = (int(count) if count.isascii() and count.isdigit() and len(count) < 3 else 0, interval)
    try:
        reached = world.db.run(_agree, world, who(), request_id, wanted)
    except Refused:
        return _page(world, request_id, 409, wrong="queue.no_plan")
    news = "agreed" if reached else "agreed_untold"
    return to_page(world.settings, f"/desk/waiting/{request_id}", news)


def _agree(tx: Tx, world: World, asking: Who, request_id: str, wanted: tuple[int, str]) -> bool:
    return agree_on_parts(tx, world, own(tx, asking.merchant_id, request_id), wanted, asking.name)

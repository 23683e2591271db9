"""The doors of the queue: who waits for a person, the thread of one, and what an agent can do about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import Any, Final

from flask import Blueprint, Response, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from bot.stories import by_hand
from bot.stories.answer_by_hand import (
    MOST_LETTERS,
    Typed,
    agree_on_parts,
    answer,
    choices,
    own,
    payable,
    way_to,
)
from bot.stories.answered_before import AnsweredBefore, last_typed
from bot.stories.by_hand import seen_to
from bot.stories.lower_amount import can_lower
from bot.stories.reopen import WHYS, reopen
from bot.stories.waits import also_waiting, conversation_of
from bot.stories.world import World
from core.calendar import local
from core.db import Tx
from core.errors import Invalid, Refused
from payments.instalments import charge
from payments.ledger import balance
from payments.lifecycle import Status
from payments.requests import PaymentRequest, of_merchant
from web.accounts import throttle
from web.accounts.gate import Who, who
from web.admin.conversation import conversation
from web.desk.waiting import answer_due, waiting
from web.numbers import spoken
from web.told_once import news_of, to_page, told
from web.wording import words

NEWS: Final = frozenset(
    {"answered", "answered_before", "settled", "resumed", "agreed", "agreed_untold", "reopened"}
    | {"still_stopped"}
)
_PLACE: Final = "/waiting/<request_id>"
# What only the owner can do, in the overview: it is about money that has to go back.
OWNERS: Final = frozenset({"charged_back", "surplus"})
# What a page told of why it waits: the reasons by request, with "" for the one whose page it is.
_Reasons = Mapping[str, Set[str]]


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
        world.db.run(_settle_alone, who(), request_id, _told())
        return to_page(world.settings, "/desk/waiting", "settled")

    @blueprint.post(f"{_PLACE}/resume", endpoint="resume")
    def resume(request_id: str) -> AnyResponse:
        world.db.run(by_hand.let_go_on, who().merchant_id, request_id, who().name)
        return to_page(world.settings, "/desk/waiting", "resumed")

    @blueprint.post(f"{_PLACE}/reopen", endpoint="reopen")
    def open_again(request_id: str) -> AnyResponse:
        why = request.form.get("why", "")
        try:
            reached = world.db.run(reopen, who().merchant_id, request_id, why, who().name)
        except Invalid:
            return _page(world, request_id, 422, wrong="queue.reopen.missing")
        except Refused:
            return _page(world, request_id, 409, wrong="queue.reopen.already")
        news = "reopened" if reached else "still_stopped"
        return to_page(world.settings, f"/desk/waiting/{request_id}", news)

    @blueprint.post(f"{_PLACE}/plan", endpoint="plan")
    def plan(request_id: str) -> AnyResponse:
        return _plan(world, request_id)


def _lines(world: World) -> Any:  # noqa: ANN401 - for the template
    return world.db.read(waiting, who().merchant_id, words(who().language))


def _page(world: World, request_id: str, status: int = 200, **more: Any) -> Response:  # noqa: ANN401 - idem
    """Show the thread and what can be done. Each showing has an id: sent twice, it is one answer."""
    shown = world.db.read(_shown, world, who(), request_id)
    told_more = {"typed": "", "form_id": world.db.ids.token(18), **more}
    return Response(render_template("desk/person.html", **{**shown, **told_more}), status)


def _shown(tx: Tx, world: World, asking: Who, request_id: str) -> dict[str, Any]:
    found = of_merchant(tx, asking.merchant_id, request_id)
    w, today = words(asking.language), local(tx.now).date()
    way, money = way_to(tx, world, found), balance(tx, found)
    others = also_waiting(tx, found)
    promised, late = answer_due(tx, [found, *others], w)
    phones = [a for a in found.payer.addresses if a.channel != "telegram"]
    return {
        "request_": found,
        "name": spoken(found.payer.name),
        "number": spoken(phones[0].value) if phones else "",
        "remaining": money.remaining,
        "due": charge(tx, found, money),
        "parts": conversation(tx, found, w, today),
        "channel": way.address.channel if way.address else "",
        "why_not": way.why,
        "may_resume": Status(found.status) in by_hand.CAN_RESUME,
        "others": others,
        "promised": promised,
        "late": late,
        "owners": any(set(one.attentions) & _not_for(asking) for one in (found, *others)),
        "not_mine": _not_for(asking),
        "may_settle": any(set(one.attentions) - _not_for(asking) for one in (found, *others)),
        "plans": choices(tx, found),
        "whys": WHYS if found.payer.is_closed else (),
        "most": MOST_LETTERS,
        "payable": payable(tx, found),
        "may_lower": can_lower(found),
        "seen": last_typed(tx, found.payer_id),
        "today": today,
    }


def _answer(world: World, request_id: str) -> AnyResponse:
    """Send what was typed; what cannot go stays on the page with why."""
    kept = {name: request.form.get(name, "") for name in ("typed", "seen", "link")}
    form = request.form.get("form", "")
    if wait := world.db.run(throttle.take, throttle.PUSH, who().user_id):
        news = {"wrong": "queue.typed.too_often", "minutes": -(-wait // 60)}
        return _page(world, request_id, 429, form_id=form, **kept, **news)
    settles = request.form.get("then") == "settle"
    told = frozenset({kept["seen"], request.form.get("again", "")})
    sent = Typed(form, kept["typed"], who().name, with_link=kept["link"] == "yes", told=told)
    try:
        is_new = world.db.run(_send, world, who(), request_id, sent, _told() if settles else None)
    except Invalid as error:
        wrong = f"queue.typed.{error.problems[0].what}"
        return _page(world, request_id, 422, wrong=wrong, **kept)
    except AnsweredBefore as before:
        return _page(world, request_id, 409, before=before, **kept)
    page = "/desk/waiting" if settles else f"/desk/waiting/{request_id}"
    return to_page(world.settings, page, "answered" if is_new else "answered_before")


def _told() -> _Reasons:
    """Return what the page told: for this request in `reason`, for others as `also`, an id and a reason."""
    found: dict[str, set[str]] = {"": set(request.form.getlist("reason"))}
    for pair in request.form.getlist("also"):
        ident, _, reason = pair.partition("/")
        found.setdefault(ident, set()).add(reason)
    return found


def _send(tx: Tx, world: World, asking: Who, request_id: str, sent: Typed, settles: _Reasons | None) -> bool:
    conversation = conversation_of(tx, asking.merchant_id, request_id)
    is_new = answer(tx, world, conversation, sent)
    if settles is not None:
        _settle(tx, asking, conversation, settles)
    return is_new


def _settle_alone(tx: Tx, asking: Who, request_id: str, settles: _Reasons) -> None:
    _settle(tx, asking, conversation_of(tx, asking.merchant_id, request_id), settles)


def _settle(tx: Tx, asking: Who, conversation: Sequence[PaymentRequest], settles: _Reasons) -> None:
    """Note that it was looked at, as far as the page told; what came up since still waits.

    What only the owner does stays for the owner; raises Refused when that is all there is.
    """
    wanted = [(one, settles.get("" if one is conversation[0] else one.id, set())) for one in conversation]
    mine = [(one, reasons - _not_for(asking)) for one, reasons in wanted]
    if any(reasons for _, reasons in wanted) and not any(reasons for _, reasons in mine):
        raise Refused("only the owner gives money back")
    for one, reasons in mine:
        seen_to(tx, one, reasons, asking.name)


def _not_for(asking: Who) -> frozenset[str]:
    return frozenset() if asking.owner else OWNERS


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

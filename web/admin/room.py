"""The overview: four figures, one list, and one page that tells the whole story of a request."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from bot.stories.by_hand import CAN_PAUSE, CAN_RESUME
from bot.stories.lower_amount import WHYS, can_lower, how_told
from bot.stories.next_message import coming
from bot.stories.world import World
from core.calendar import local
from core.db import Tx
from payments.ledger import balance
from payments.lifecycle import Status, Verb, after
from payments.refunds import on_its_way, returnable
from payments.requests import of_merchant
from web.accounts.gate import Who, who
from web.admin.conversation import conversation
from web.admin.deeds import NEWS, hang_deeds
from web.admin.figures import figures
from web.admin.listing import Wanted, page_of, stands, wanted
from web.admin.rules import hang_rules
from web.numbers import spoken
from web.told_once import news_of, told
from web.wording import words


def room(world: World) -> Blueprint:
    """Return the room with /admin."""
    blueprint = Blueprint("admin", __name__, url_prefix="/admin", template_folder="templates")

    @blueprint.get("")
    def home() -> str:
        asked = wanted(*(request.args.get(name, "") for name in ("q", "show", "after")))
        return render_template("admin/home.html", **world.db.read(_overview, who(), asked))

    @blueprint.get("/requests/<request_id>")
    def story(request_id: str) -> AnyResponse:
        return told(Response(show(request_id, "")))

    def show(request_id: str, wrong: str, **more: Any) -> str:  # noqa: ANN401 - for the template
        shown = world.db.read(_story, who(), request_id)
        news = "" if wrong or more else news_of(NEWS)
        return render_template("admin/story.html", wrong=wrong, news=news, **{**shown, **more})

    def again(request_id: str, wrong: str, status: int, **more: Any) -> Response:  # noqa: ANN401 - idem
        return Response(show(request_id, wrong, **more), status)

    hang_deeds(blueprint, world, again)
    hang_rules(blueprint, world)
    return blueprint


def _overview(tx: Tx, asking: Who, asked: Wanted) -> dict[str, Any]:
    found, following = page_of(tx, asking.merchant_id, asked)
    kept = {"q": asked.text, "show": asked.show}
    return {
        "figures": figures(tx, asking.merchant_id),
        "rows": [(one, spoken(one.payer.name)) for one in found],
        "asked": asked,
        "next": f"/admin?{urlencode({**kept, 'after': following})}" if following else "",
        "stands": stands(tx, found),
    }


def _story(tx: Tx, asking: Who, request_id: str) -> dict[str, Any]:
    found = of_merchant(tx, asking.merchant_id, request_id)
    w, today = words(asking.language), local(tx.now).date()
    status = Status(found.status)
    phones = [a for a in found.payer.addresses if a.channel != "telegram"]
    return {
        "request_": found,
        "name": spoken(found.payer.name),
        "number": spoken(phones[0].value) if phones else "",
        "money": balance(tx, found),
        "stand": stands(tx, [found])[found.id],
        "back": returnable(tx, found),
        "way": on_its_way(tx, found),
        "parts": conversation(tx, found, w, today),
        "coming": coming(tx, found),
        "closed": found.payer.is_closed,
        "may_pause": status in CAN_PAUSE,
        "may_resume": status in CAN_RESUME,
        "lower_whys": WHYS if can_lower(found) else (),
        "how_told": how_told(tx, found),
        "typed": {},
        "may_withdraw": after(status, Verb.CANCEL) is not None,
    }

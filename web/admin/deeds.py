"""What the buttons of a request do: pause, go on, withdraw, give back, note that somebody looked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from bot.stories.by_hand import hold, let_go_on, looked_at
from bot.stories.give_back import give_back, returnable
from bot.stories.lower_amount import Less, TooMuchPaid, lower
from bot.stories.withdraw import withdraw
from bot.stories.world import World
from core.errors import Invalid, OutcomeUnknown, Refused, Unavailable
from core.log import logger
from core.money import Money
from web.accounts import throttle
from web.accounts.gate import who
from web.told_once import to_page

Again = Callable[..., AnyResponse]
_log = logger(__name__)
_MOST_DIGITS: Final = 12
# What a page may be asked to tell after a deed; nothing else that a browser sends is ever told.
NEWS: Final = frozenset(
    {"paused", "resumed", "withdrawn", "looked", "given", "lowered", "lowered_untold"}
    | {"lowered_opted_out", "lowered_wrong_person", "lowered_no_address"}
)


def hang_deeds(blueprint: Blueprint, world: World, again: Again) -> None:
    """Add the deeds to the room; `again` shows the request's page with what went wrong."""

    @blueprint.post("/requests/<request_id>/pause")
    def pause(request_id: str) -> AnyResponse:
        try:
            world.db.run(hold, who().merchant_id, request_id, _day(request.form.get("until", "")), who().name)
        except Invalid:
            return again(request_id, "deed.wrong_day", 422)
        return _done(world, request_id, "paused")

    @blueprint.post("/requests/<request_id>/resume")
    def resume(request_id: str) -> AnyResponse:
        world.db.run(let_go_on, who().merchant_id, request_id, who().name)
        return _done(world, request_id, "resumed")

    @blueprint.post("/requests/<request_id>/withdraw", endpoint="withdraw")
    def take_back(request_id: str) -> AnyResponse:
        world.db.run(withdraw, world, who().merchant_id, request_id, who().name)
        return _done(world, request_id, "withdrawn")

    @blueprint.post("/requests/<request_id>/settle")
    def settle(request_id: str) -> AnyResponse:
        world.db.run(looked_at, who().merchant_id, request_id, who().name)
        return _done(world, request_id, "looked")

    @blueprint.post("/requests/<request_id>/lower", endpoint="lower")
    def ask_for_less(request_id: str) -> AnyResponse:
        return _lower(world, request_id, again)

    @blueprint.post("/requests/<request_id>/give-back", endpoint="give_back")
    def give(request_id: str) -> AnyResponse:
        return _give_back(world, request_id, again)


def _give_back(world: World, request_id: str, again: Again) -> AnyResponse:
    """Give back what the page showed, and only that: a second tap finds that nothing is left to give."""
    merchant_id, by = who().merchant_id, who().name
    of_this = f"{merchant_id}/{request_id}"
    tapped_twice = bool(world.db.run(throttle.take, throttle.GIVE_BACK, of_this))
    amount = world.db.read(returnable, merchant_id, request_id)
    if tapped_twice or not amount or request.form.get("cents") != str(amount.cents):
        return again(request_id, "deed.amount_changed", 409)
    try:
        give_back(world, merchant_id, request_id, Money(amount.cents, amount.currency), by)
    except OutcomeUnknown:
        return again(request_id, "deed.refund_unknown", 502)
    except Unavailable:
        return again(request_id, "deed.refund_unavailable", 503)
    except Refused as error:
        _log.warning("refund refused", request=request_id, reason=str(error))
        return again(request_id, "deed.refund_refused", 409)
    return _done(world, request_id, "given")


def _lower(world: World, request_id: str, again: Again) -> AnyResponse:
    """Lower the amount; what would be too much then is told first, and has to be agreed to as it was told."""
    typed = {name: request.form.get(name, "").strip() for name in ("amount", "why")}
    try:
        cents = Money.parse(typed["amount"]).cents
    except ValueError:
        return again(request_id, "deed.lower_no_amount", 422, typed=typed)
    less = Less(cents, _cents("was"), typed["why"], who().name, _cents("surplus"))
    try:
        untold = world.db.run(lower, world, who().merchant_id, request_id, less)
    except TooMuchPaid as error:
        return again(request_id, "", 409, typed=typed, surplus=error.surplus)
    except Invalid as error:
        return again(request_id, f"deed.lower_{error.problems[0].what}", 422, typed=typed)
    except Refused:
        return again(request_id, "deed.lower_closed", 409)
    if not untold:
        return _done(world, request_id, "lowered")
    because = f"lowered_{untold}"
    return _done(world, request_id, because if because in NEWS else "lowered_untold")


def _cents(name: str) -> int:
    text = request.form.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < _MOST_DIGITS else 0


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _done(world: World, request_id: str, news: str) -> AnyResponse:
    return to_page(world.settings, f"/admin/requests/{request_id}", news)

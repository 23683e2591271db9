"""The page with the merchant's rules: everybody of the shop reads them, the owner changes them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from flask import Blueprint, Response, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from bot.stories.world import World
from core.calendar import local
from core.db import Tx
from core.errors import Refused
from payments.house_rules import change_rules, changes, edition, policy_of_edition
from payments.parties import Merchant
from payments.timeline import Event
from web.accounts.gate import Who, who
from web.admin.rule_fields import (
    EVERY,
    GROUPS,
    Choices,
    Number,
    Typed,
    amount_in_field,
    read,
    typed_in,
    typed_of,
)
from web.told_once import news_of, to_page, told
from web.wording import Words, words

NEWS: Final = frozenset({"saved", "same"})
_MOST_TOLD: Final = 20
_BY_NAME: Final = {rule.name: rule for rule in EVERY}


def hang_rules(blueprint: Blueprint, world: World) -> None:
    """Add the page with the rules to the room."""

    @blueprint.get("/rules")
    def rules() -> AnyResponse:
        return told(_page(world, 200, news=news_of(NEWS)))

    @blueprint.post("/rules", endpoint="change_rules")
    def change() -> AnyResponse:
        typed = typed_in(request.form)
        values, wrong = read(typed)
        if wrong:
            return _page(world, 422, typed=typed, wrong=wrong, seen=request.form.get("seen", ""))
        try:
            changed = world.db.run(
                change_rules, who().merchant_id, request.form.get("seen", ""), values, who().name
            )
        except Refused:
            merged = world.db.read(_merged, who(), request.form.get("seen", ""), typed)
            return _page(world, 409, typed=merged, meanwhile=True)
        return to_page(world.settings, "/admin/rules", "saved" if changed else "same")


def _page(world: World, status: int, **more: Any) -> Response:  # noqa: ANN401 - for the template
    shown = {"wrong": {}, "news": "", "meanwhile": False, **world.db.read(_shown, who()), **more}
    return Response(render_template("admin/rules.html", **shown), status)


def _merged(tx: Tx, asking: Who, seen: str, typed: Typed) -> dict[str, Any]:
    """The rules as they are now, with what this person changed of those that they had seen.

    So keeping the form once more undoes nothing that a colleague changed meanwhile.
    """
    w = words(asking.language)
    shown = typed_of(tx.session.get_one(Merchant, asking.merchant_id).policy, w)
    before = policy_of_edition(tx, asking.merchant_id, seen)
    if before is None:
        return shown
    values, _ = read(typed)
    then, _ = read(typed_of(before, w))
    return shown | {name: typed[name] for name in shown if values.get(name) != then.get(name)}


def _shown(tx: Tx, asking: Who) -> dict[str, Any]:
    policy = tx.session.get_one(Merchant, asking.merchant_id).policy
    w, today = words(asking.language), local(tx.now).date()
    return {
        "groups": GROUPS,
        "typed": typed_of(policy, w),
        "seen": edition(policy),
        "limits": lambda rule: _limits(rule, w),
        "history": [
            (w.moment(event.at, today), event.actor, list(_told(event, w)))
            for event in changes(tx, asking.merchant_id, _MOST_TOLD)
        ],
    }


def _limits(rule: Number, w: Words) -> Mapping[str, str]:
    """The least and the most of a rule, as they are typed."""
    both = (rule.least, rule.most)
    least, most = (amount_in_field(n, w) for n in both) if rule.money else map(str, both)
    return {"least": least, "most": most}


def _told(event: Event, w: Words) -> Iterator[str]:
    """Each rule that changed, from what to what."""
    for name, (old, new) in event.data["changed"].items():
        rule = _BY_NAME.get(name)
        if rule is not None:
            yield w(
                "rules.told",
                rule=w(f"rules.{name}.label"),
                old=_written(rule, old, w),
                new=_written(rule, new, w),
            )


def _written(rule: Number | Choices, value: Any, w: Words) -> str:  # noqa: ANN401 - as it is kept
    if isinstance(rule, Choices):
        return ", ".join(w(f"{rule.texts}.{name}") for name in value) or w("rules.none")
    return w.euros(value) if rule.money else str(value)

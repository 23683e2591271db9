"""Paying in parts, chosen on the page: every way that would be granted, and no other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from bot.decide import Act
from bot.stories.pay_look import Look
from bot.stories.pay_page import look
from bot.stories.pay_page_answers import choose_parts
from bot.stories.pay_page_choices import Division
from bot.stories.world import World
from payments.lifecycle import Status
from payments.parts import MONTH, WEEK
from web.pay.pages import Pages

_INTERVALS: Final = (MONTH, WEEK)
_WITH_A_PERSON: Final = frozenset({Status.DISPUTED, Status.CHECKING})
_MOST: Final = 1000


class Dividing:
    """In how many parts, and how often. In hardship it is a wish, which a person arranges."""

    def __init__(self, world: World, pages: Pages) -> None:
        self._world = world
        self._pages = pages

    def hang_in(self, blueprint: Blueprint) -> None:
        blueprint.add_url_rule("/p/<token>/parts", "parts", self.parts)
        blueprint.add_url_rule("/p/<token>/parts", "parts-post", self.divide, methods=["POST"])

    def parts(self, token: str) -> AnyResponse:
        seen = self._world.db.read(look, token)
        return self._choices(token, seen) if _about_parts(seen) else self._to_page(token)

    def divide(self, token: str) -> AnyResponse:
        """Agree on the parts that were tapped; a second tap finds them agreed."""
        seen = self._world.db.read(look, token)
        count, interval = request.form.get("count", 0, int), request.form.get("interval", MONTH)
        if not _about_parts(seen):
            return self._to_page(token)
        agreed = seen.status is Status.INSTALMENTS and len(seen.plan) == count
        if not agreed and not any((d.count, d.interval) == (count, interval) for d in seen.divisions):
            return self._choices(token, seen, refused=True)
        decision = self._world.db.run(choose_parts, token, min(count, _MOST), interval)
        after = self._world.db.read(look, token)
        if decision.act is Act.DIVIDE:
            return self._pages.show("parts_noted", token, after, plan=decision.parts)
        if decision.answer == "wish-noted":
            lines = self._pages.answer(after, decision, decision.facts)
            return self._pages.show("answered", token, after, act=str(decision.act), lines=lines)
        return self._choices(token, after, refused=True)

    def _choices(self, token: str, seen: Look, *, refused: bool = False) -> Response:
        """Offer what can be, and say so when something else was asked for; or say why nothing can."""
        if not seen.divisions:
            return self._pages.show("no_parts", token, seen, 409 if refused else 200, why=_why(seen))
        groups = [(i, [d for d in seen.divisions if d.interval == i]) for i in _INTERVALS]
        return self._pages.show(
            "parts",
            token,
            seen,
            422 if refused else 200,
            groups=[(interval, found) for interval, found in groups if found],
            choice=_choice,
            hard=seen.status is Status.HARDSHIP,
            refused=refused,
        )

    def _to_page(self, token: str) -> AnyResponse:
        return redirect(f"{request.script_root}/p/{token}", 303)


def _about_parts(seen: Look) -> bool:
    return seen.payable and not seen.several


def _why(seen: Look) -> str:
    """Return the key of the text that says why nothing can be divided."""
    if seen.plan:
        return "parts.why_plan"
    return "parts.why_person" if seen.status in _WITH_A_PERSON else "parts.why_small"


def _choice(division: Division) -> tuple[str, dict[str, object]]:
    """Return the text of a choice and its facts: it never adds up to more than what is owed."""
    parts: Sequence[object] = [part.amount for part in division.parts]
    facts = {"count": division.count, "part": parts[0], "last": parts[-1], "larger": division.larger}
    match division.larger:
        case 0:
            return "parts.choice", facts
        case 1:
            return "parts.choice_first", facts
        case _:
            return "parts.choice_some", facts

"""`Something else?`: what a payer may want besides paying, each on its own page with one plain button."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from bot.decide import Act
from bot.decide.days import suggestions
from bot.stories.pay_look import Look
from bot.stories.pay_page import look
from bot.stories.pay_page_answers import MOST_LETTERS
from bot.stories.pay_page_choices import said
from bot.stories.pay_page_wishes import Answered, channels, wish
from bot.stories.world import World
from bot.understanding import Intent
from core.errors import Missing
from payments.lifecycle import Status
from web.pay.pages import Pages

# What the page says for a day that was not taken, by the decision's answer.
_DAY_ERRORS: Final = {"ask-until": "rest.past", "pause-too-long": "rest.far"}
_DAYS: Final = frozenset(str(number) for number in range(1, 32))


@dataclass(frozen=True)
class Wish:
    """One choice: its name in the address, that of its texts, what it means, the field that it asks for.

    `offered` says whether it makes sense where the request stands.
    """

    name: str
    section: str
    intent: Intent
    offered: Callable[[Look], bool]
    field: str = ""


def _one(seen: Look) -> bool:
    return not seen.several


WISHES: Final = (
    Wish(
        "already-paid",
        "already",
        Intent.ALREADY_PAID,
        lambda seen: _one(seen) and seen.status is not Status.CHECKING,
    ),
    Wish(
        "not-right",
        "wrong",
        Intent.DISPUTE,
        lambda seen: _one(seen) and seen.status is not Status.DISPUTED,
        "text",
    ),
    Wish("cannot-pay", "cannot", Intent.CANT_PAY, lambda seen: seen.status is not Status.HARDSHIP),
    Wish("rest", "rest", Intent.PAUSE, lambda seen: seen.rest_until is not None, "day"),
    Wish("go-on", "again", Intent.RESUME, lambda seen: seen.status is Status.PAUSED and not seen.stopped),
    Wish("pay-day", "payday", Intent.SET_PAY_DAY, lambda _seen: True, "number"),
    Wish("channel", "channel", Intent.CHANGE_CHANNEL, lambda seen: not seen.stopped, "channel"),
    Wish("stop", "stop", Intent.OPT_OUT, lambda seen: not seen.stopped),
    Wish("start", "start", Intent.RESUME, lambda seen: seen.stopped),
)
_BY_NAME: Final[Mapping[str, Wish]] = {one.name: one for one in WISHES}


class Wishes:
    """The list, a page for each choice, and what was done with it. Nothing changes before a POST."""

    def __init__(self, world: World, pages: Pages) -> None:
        self._world = world
        self._pages = pages

    def hang_in(self, blueprint: Blueprint) -> None:
        blueprint.add_url_rule("/p/<token>/else", "else", self.list)
        blueprint.add_url_rule("/p/<token>/else/<name>", "wish", self.ask)
        blueprint.add_url_rule("/p/<token>/else/<name>", "wish-post", self.do, methods=["POST"])

    def list(self, token: str) -> AnyResponse:
        seen = self._look(token)
        if not seen.payable:
            return self._to_page(token)
        return self._pages.show("else", token, seen, wishes=[one for one in WISHES if one.offered(seen)])

    def ask(self, token: str, name: str) -> AnyResponse:
        chosen, seen = _known(name), self._look(token)
        if not seen.payable:
            return self._to_page(token)
        if not chosen.offered(seen):
            return redirect(f"{request.script_root}/p/{token}/else", 303)
        return self._form(token, seen, chosen)

    def do(self, token: str, name: str) -> AnyResponse:
        """Do what was chosen. What is no use is asked again, with why; what cannot be is answered."""
        chosen, seen = _known(name), self._look(token)
        if not seen.payable:
            return self._to_page(token)
        typed = request.form.get(chosen.field, "") or request.form.get("own", "")
        typed = typed.replace("\r\n", "\n").replace("\0", "").strip()
        if wrong := self._wrong(token, chosen, typed):
            return self._form(token, seen, chosen, wrong, typed)
        slots, text = _slots(chosen, typed)
        reading = said(chosen.intent, slots, seen.language)
        comes_back = chosen.name == "start"
        answered = self._world.db.run(wish, self._world, token, reading, text, comes_back=comes_back)
        if error := _DAY_ERRORS.get(answered.decision.answer or ""):
            return self._form(token, seen, chosen, error, typed)
        return self._answer(token, answered)

    def _wrong(self, token: str, chosen: Wish, typed: str) -> str:
        """Return the key of what is wrong with what was typed, if anything is."""
        match chosen.field:
            case "text" if len(typed) > MOST_LETTERS:
                return "question.long"
            case "day" if _day(typed) is None:
                return "rest.unreadable"
            case "number" if typed not in _DAYS:
                return "payday.wrong"
            case "channel" if typed not in self._channels(token):
                return "channel.wrong"
            case _:
                return ""

    def _form(self, token: str, seen: Look, chosen: Wish, error: str = "", typed: str = "") -> Response:
        latest = seen.rest_until or seen.today + timedelta(days=1)
        return self._pages.show(
            "wish",
            token,
            seen,
            422 if error else 200,
            wish=chosen,
            error=error,
            typed=typed[: 2 * MOST_LETTERS],
            most=MOST_LETTERS,
            first=seen.today + timedelta(days=1),
            last=latest,
            days=suggestions(seen.today, latest),
            channels=self._channels(token) if chosen.field == "channel" else (),
        )

    def _answer(self, token: str, answered: Answered) -> Response:
        seen, act = self._look(token), answered.decision.act
        return self._pages.show(
            "answered",
            token,
            seen,
            act=str(act),
            lines=self._pages.answer(seen, answered.decision, answered.facts),
            day=answered.decision.facts.get("date") if act is Act.PAY_DAY else None,
            invite=answered.facts.get("invite"),
            in_parts=act is Act.HARDSHIP and bool(seen.divisions),
        )

    def _channels(self, token: str) -> Sequence[str]:
        return self._world.db.read(channels, self._world, token)

    def _look(self, token: str) -> Look:
        return self._world.db.read(look, token)

    def _to_page(self, token: str) -> AnyResponse:
        """The page itself says why there is nothing to choose."""
        return redirect(f"{request.script_root}/p/{token}", 303)


def _known(name: str) -> Wish:
    if name not in _BY_NAME:
        raise Missing("no such wish")
    return _BY_NAME[name]


def _slots(chosen: Wish, typed: str) -> tuple[dict[str, object], str]:
    """Return what was typed as the meaning of the choice, or else as words for a person."""
    match chosen.field:
        case "day":
            return {"until": typed}, ""
        case "number":
            return {"day_of_month": int(typed)}, ""
        case "channel":
            return {"channel": typed}, ""
        case _:
            return {}, typed


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None

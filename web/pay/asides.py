"""The quiet links under the button: another day, a question, "is this real?" and "not for me"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from bot.decide import Act, Decision
from bot.decide.days import suggestions
from bot.stories.link_to_all import Sent, send_link_to_all
from bot.stories.pay_look import Look
from bot.stories.pay_page import look
from bot.stories.pay_page_answers import MOST_LETTERS, ask_person, choose_day, not_me
from bot.stories.world import World
from payments.lifecycle import Status, Verb, after
from web.pay.pages import Pages

# What the page says for a day that was not taken, by the decision's answer.
_DAY_ERRORS: Final = {
    "date-past": "later.past",
    "ask-part-day": "later.past",
    "promise-too-far": "later.far",
    "part-too-far": "later.far",
}
_STOPPED: Final = "question.sent_stopped"
_NO_WAY_BACK: Final = "question.sent_no_way"
# What the page says after a question, by what was done at once.
_AFTER: Final = {
    Act.OPT_OUT: _STOPPED,
    Act.BLOCK: _STOPPED,
    Act.HARDSHIP: "question.sent_quiet",
    Act.BEREAVE: "question.sent_quiet",
    Act.DISPUTE: "question.sent_quiet",
    Act.CHECK: "question.sent_quiet",
}


class Asides:
    """Each aside is a page of its own that works without scripts; what it does, it does on POST."""

    def __init__(self, world: World, pages: Pages) -> None:
        self._world = world
        self._pages = pages

    def hang_in(self, blueprint: Blueprint) -> None:
        for name, get, post in (
            ("later", self.later, self.choose),
            ("question", self.question, self.ask),
            ("not-me", self.stranger, self.tell),
        ):
            blueprint.add_url_rule(f"/p/<token>/{name}", f"{name}", get)
            blueprint.add_url_rule(f"/p/<token>/{name}", f"{name}-post", post, methods=["POST"])
        blueprint.add_url_rule("/p/<token>/real", "real", self.real)
        blueprint.add_url_rule("/p/<token>/all", "all", self._to_page)
        blueprint.add_url_rule("/p/<token>/all", "all-post", self.all, methods=["POST"])
        blueprint.add_url_rule("/p/not-for-you/noted", "noted", self.noted)

    def _look(self, token: str) -> Look:
        return self._world.db.read(look, token)

    def later(self, token: str) -> AnyResponse:
        seen = self._look(token)
        if not seen.payable or seen.several:  # several may have several days: in the chat, or one by one
            return self._to_page(token)
        if seen.latest is None:
            return self._no_day(token, seen)
        return self._ask_day(token, seen)

    def choose(self, token: str) -> AnyResponse:
        seen = self._look(token)
        if not seen.payable or seen.several:  # several may have several days: in the chat, or one by one
            return self._to_page(token)
        chosen = request.form.get("day") or request.form.get("own", "")
        try:
            day = date.fromisoformat(chosen.strip())
        except ValueError:
            return self._ask_day(token, seen, "later.unreadable")
        decision = self._world.db.run(choose_day, token, day)
        match decision.answer:
            case "promise-noted" | "promise-noted-rest":
                nudge = decision.facts.get("nudge")
                return self._pages.show("noted", token, self._look(token), day=day, nudge=nudge)
            case "part-moved":
                return self._part_moved(token, decision)
            case "pay-link":
                return self._to_page(token)
            case wrong if wrong in _DAY_ERRORS:
                return self._ask_day(token, seen, _DAY_ERRORS[wrong])
            case _:
                return self._no_day(token, self._look(token))

    def _ask_day(self, token: str, seen: Look, error: str | None = None) -> Response:
        first = seen.today + timedelta(days=1)
        latest = seen.latest or first
        begin = max(seen.today, seen.next_part.due_on) if seen.next_part else seen.today
        days = suggestions(begin, latest)
        status = 422 if error else 200
        return self._pages.show(
            "later", token, seen, status, first=first, last=latest, days=days, error=error
        )

    def _part_moved(self, token: str, decision: Decision) -> Response:
        seen = self._look(token)
        lines = self._pages.answer(seen, decision, decision.facts)
        return self._pages.show("answered", token, seen, act="part_moved", lines=lines)

    def _no_day(self, token: str, seen: Look) -> AnyResponse:
        if not seen.payable or seen.several:  # several may have several days: in the chat, or one by one
            return self._to_page(token)
        possible = after(seen.status, Verb.PROMISE) or seen.status is Status.INSTALMENTS
        section = "often" if possible else "person"
        return self._pages.show("no_day", token, seen, section=section)

    def question(self, token: str) -> Response:
        return self._pages.show("question", token, self._look(token), most=MOST_LETTERS, text="")

    def ask(self, token: str) -> Response:
        seen = self._look(token)
        # A browser sends a new line as two characters and counts it as one.
        text = request.form.get("text", "").replace("\r\n", "\n").replace("\0", "").strip()
        if not text or len(text) > MOST_LETTERS:
            error = "question.long" if text else "question.empty"
            return self._pages.show(
                "question", token, seen, 422, most=MOST_LETTERS, text=text[: 2 * MOST_LETTERS], error=error
            )
        act = self._world.db.run(ask_person, token, text, self._world.links.keyring)
        return self._pages.show("sent", token, self._look(token), lines=_after(act, seen))

    def real(self, token: str) -> Response:
        return self._pages.show(
            "real", token, self._look(token), address=f"{self._world.settings.public_url}/p/"
        )

    def all(self, token: str) -> AnyResponse:
        """Send one link to all that is open to the payer's phone; this page names none of it."""
        sent = self._world.db.run(send_link_to_all, self._world, token)
        if sent is Sent.NOTHING:
            return self._to_page(token)
        return self._pages.show("all_sent", token, self._look(token), sent=str(sent))

    def stranger(self, token: str) -> Response:
        return self._pages.show("not_me", token, self._look(token))

    def tell(self, token: str) -> AnyResponse:
        """Afterwards this link is closed, so what follows is a page that is about nobody."""
        words = self._pages.words(self._look(token))
        self._world.db.run(not_me, token)
        return redirect(f"{request.script_root}/p/not-for-you/noted?lang={words.language}", 303)

    def noted(self) -> Response:
        return self._pages.show_plain("not_me_noted", 200)

    def _to_page(self, token: str) -> AnyResponse:
        return redirect(f"{request.script_root}/p/{token}", 303)


def _after(act: Act, seen: Look) -> Sequence[str]:
    """Return the keys of what is said after a question: who reads it, when the answer comes, who can help."""
    said = _AFTER.get(act, "question.sent_text")
    if said != _STOPPED and (seen.stopped or not seen.reachable):
        # No message of ours gets there, so that none is promised.
        return [_NO_WAY_BACK, *(["question.sent_call"] if seen.shop.phone else [])]
    return [said, *(["cannot.help"] if act is Act.HARDSHIP else [])]

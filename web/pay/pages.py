"""Draws the room's pages: the visitor's language, the merchant's colour, and one template each."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from flask import Response, render_template, request

from bot.decide import Decision
from bot.stories.pay_look import Look
from bot.stories.world import World
from core.calendar import local
from payments.answers import answer_by
from web.pay import theme
from web.pay.telling import ahead_lines, facts
from web.pay.words import LANGUAGES, Words, unbroken

_STYLE: Final = Path(__file__).parent / "static" / "pay.css"
_COOKIE: Final = "lang"
_COOKIE_SECONDS: Final = 7200
# A page about no request whose form is answered in the language that was chosen on it.
_WITH_A_FORM: Final = frozenset({"/real"})


class Pages:
    """Draws pages for one world. A page without a look is about no request at all."""

    def __init__(self, world: World) -> None:
        self._world = world

    def words(self, look: Look | None = None) -> Words:
        """Return the payer's voice, or the language that the visitor chose."""
        chosen = request.args.get("lang") or request.cookies.get(_COOKIE)
        if look is not None:
            return Words(_known(chosen) or look.language, look.formality, look.today)
        language = _known(chosen) or request.accept_languages.best_match(LANGUAGES, "nl")
        return Words(language or "nl", "u", self._today())

    def show(self, name: str, token: str, look: Look, status: int = 200, **more: Any) -> Response:  # noqa: ANN401 - what a template needs
        """Draw `templates/pay/<name>.html` about one request."""
        words = self.words(look)
        known = facts(look)
        shown = {
            "look": look,
            "facts": known,
            "ahead": list(ahead_lines(look)),
            "here": f"{request.script_root}/p/{token}",
            "say": lambda key, **extra: words.say(key, **{**known, **extra}),
            "color": theme.safe(look.shop.color),
            "method": self._world.psp.method_label,
            "psp": self._world.psp.name.capitalize(),
            **more,
        }
        return self._answer(name, words, status, shown)

    def show_plain(self, name: str, status: int, words: Words | None = None, **more: Any) -> Response:  # noqa: ANN401 - what a template needs
        """Draw a page that is about no request, so that it cannot tell anything about one."""
        words = words or self.words()
        shown = {"look": None, "say": words.say, "color": theme.DEFAULT, **more}
        return self._answer(name, words, status, shown)

    def answer(self, look: Look, decision: Decision, known: Mapping[str, object]) -> Sequence[str]:
        """Return what chat would say to `decision`, in lines; what asks for a reply has words of its own."""
        words, name = self.words(look), decision.answer or ""
        silent = f"said.{name}-silent"
        for key in (silent if not look.reachable else "", f"said.{name}"):
            if words.has(key):
                return [words.say(key, **{**facts(look), **known})]
        said = self._world.catalogue.say(
            name,
            language=words.language,
            formality=words.formality,
            channel="",
            facts={"check_by": answer_by(look.today), **known, **decision.facts},
            today=look.today,
        )
        return unbroken(said.body).splitlines()

    def _answer(self, name: str, words: Words, status: int, shown: dict[str, Any]) -> Response:
        html = render_template(
            f"pay/{name}.html", words=words, root=request.script_root, style=style_version(), **shown
        )
        return Response(html, status)

    def remember_language(self, response: Response) -> None:
        """Keep a language that was chosen for as long as paying takes: the bank sends people back without it.

        The cookie holds two letters and is set only for somebody who chose.
        """
        chosen, token = _known(request.args.get("lang")), (request.view_args or {}).get("token")
        page = f"/p/{token}" if token is not None else request.path
        keeps = token is not None or page in _WITH_A_FORM
        if chosen is not None and keeps and response.status_code < 400:
            response.set_cookie(
                _COOKIE,
                chosen,
                max_age=_COOKIE_SECONDS,
                path=f"{request.script_root}{page}",
                secure=self._world.settings.public_url.startswith("https://"),
                httponly=True,
                samesite="Lax",
            )

    def _today(self) -> date:
        return local(self._world.clock.now()).date()


def _known(language: str | None) -> str | None:
    return language if language in LANGUAGES else None


@cache
def style() -> bytes:
    """The stylesheet that all pages share."""
    return _STYLE.read_bytes()


@cache
def style_version() -> str:
    """A name for this very stylesheet, so that it may be kept for ever."""
    return hashlib.sha256(style()).hexdigest()[:12]

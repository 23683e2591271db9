"""Puts the rooms of the web site together behind one gate."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from flask import Blueprint, Flask, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

import web.accounts.room
import web.admin.room
import web.api.room
import web.desk.room
import web.pay
from bot.stories.world import World
from core.calendar import local
from web import vitals, wording
from web.accounts.gate import guard, somebody
from web.accounts.sessions import csrf_token
from web.armour import protect
from web.emphasis import emphasised
from web.refusals import answer_errors

_HERE: Final = Path(__file__).parent
_MOST_BYTES: Final = 64 * 1024


def create_site(world: World) -> Flask:
    """Return the site of `world`: the rooms for people and their systems, each behind its own lock."""
    site = Flask("web", root_path=str(_HERE))
    site.config.update(
        MAX_CONTENT_LENGTH=_MOST_BYTES,
        MAX_FORM_MEMORY_SIZE=_MOST_BYTES,
        SEND_FILE_MAX_AGE_DEFAULT=timedelta(days=365),
    )
    site.jinja_env.filters["emphasised"] = emphasised
    site.jinja_env.trim_blocks = site.jinja_env.lstrip_blocks = True
    protect(site, world.settings)
    guard(site, world)
    answer_errors(site)
    site.context_processor(lambda: _in_templates(world))
    site.register_blueprint(_front())
    for room in _ROOMS:
        site.register_blueprint(room(world))
    return site


_ROOMS: Final[tuple[Callable[[World], Blueprint], ...]] = (
    vitals.room,
    web.accounts.room.room,
    web.desk.room.room,
    web.admin.room.room,
    web.api.room.room,
    web.pay.room,
)


def _front() -> Blueprint:
    blueprint = Blueprint("front", __name__)

    @blueprint.get("/")
    def door() -> AnyResponse:
        return redirect("/desk", 303)

    return blueprint


def _in_templates(world: World) -> dict[str, Any]:
    """What every page may use: its words, who looks, the day, and what its forms must carry."""
    who = somebody()
    language = who.language if who else _visitors_language()
    token = g.get("token", "")
    return {
        "w": wording.words(language),
        "other_language": next(other for other in wording.LANGUAGES if other != language),
        "who": who,
        "today": local(world.clock.now()).date(),
        "csrf": csrf_token(world.settings.secret_key, token) if token else "",
        "asset": _asset,
    }


def _visitors_language() -> str:
    """The language that somebody who is not logged in chose on the page, or else that of their browser."""
    chosen = request.args.get("lang", "")
    if chosen in wording.LANGUAGES:
        return chosen
    return request.accept_languages.best_match(wording.LANGUAGES, "nl") or "nl"


def _asset(name: str) -> str:
    """The address of a static file; it changes with the file, so that browsers may keep it for a year."""
    return url_for("static", filename=name, v=_fingerprint(name))


@lru_cache(maxsize=32)
def _fingerprint(name: str) -> str:
    return hashlib.sha256((_HERE / "static" / name).read_bytes()).hexdigest()[:12]

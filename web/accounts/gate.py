"""The gate: before every request it is clear who asks, that they may, and that their own page sent it."""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass
from typing import Final, cast

from flask import Flask, Request, Response, abort, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from bot.stories.world import World
from core.config import Settings
from web.accounts import sessions
from web.accounts.access import ACCESS, OPEN, OWN_PROOF
from web.accounts.models import Role, User

_CHANGES: Final = frozenset({"POST", "PUT", "PATCH", "DELETE"})
# Doors at which a script of ours looks for news.
_FOR_SCRIPTS: Final = frozenset({"desk.events", "desk.who", "desk.rows", "desk.talk"})
_OURS: Final = re.compile(r"/(?:desk|admin)(?:[/?][A-Za-z0-9_./?=&%+:-]*)?", re.ASCII)


@dataclass(frozen=True)
class Who:
    """Who is logged in, at which merchant, in which language their pages are."""

    user_id: str
    name: str
    role: Role
    merchant_id: str
    merchant_name: str
    language: str

    @property
    def owner(self) -> bool:
        return self.role is Role.OWNER


def who() -> Who:
    """Return who asks. Only behind the gate, where somebody always does."""
    return cast("Who", g.who)


def somebody() -> Who | None:
    """Return who asks, if they are logged in."""
    return cast("Who | None", g.get("who"))


def cookie_name(settings: Settings) -> str:
    """`__Host-` binds the cookie to our host over https; a loopback demo without https cannot have it."""
    return "__Host-session" if settings.public_url.startswith("https://") else "session"


def set_token(settings: Settings, response: AnyResponse, token: str) -> None:
    """Let the browser keep `token` until it is closed; the database says how long it is good."""
    name = cookie_name(settings)
    secure = name.startswith("__Host-")
    response.set_cookie(name, token, secure=secure, httponly=True, samesite="Lax", path="/")


def local(wanted: str | None, otherwise: str) -> str:
    """Return `wanted` when it leads into one of our own rooms, else `otherwise`."""
    safe = wanted is not None and _OURS.fullmatch(wanted) is not None and "//" not in wanted
    return wanted if wanted is not None and safe and ".." not in wanted else otherwise


def guard(site: Flask, world: World) -> None:
    """Put the gate before every request to `site`."""

    @site.before_request
    def gate() -> AnyResponse | None:
        endpoint = request.endpoint
        if endpoint is None or endpoint in OPEN - {"accounts.login"} or request.blueprint in OWN_PROOF:
            return None  # no door, a door for everybody, or one with a lock of its own
        g.token = request.cookies.get(cookie_name(world.settings), "")
        _same_site(request, world.settings, g.token)
        if endpoint in OPEN:
            return None
        g.who = _who(world, g.token)
        if g.who is None:
            return _to_login(request)
        if g.who.role not in ACCESS.get(endpoint, frozenset()):
            abort(403)
        return None


def _who(world: World, token: str) -> Who | None:
    found = world.db.read(sessions.find, token) if token else None
    if found is None:
        return None
    user, tell = found
    if tell:
        world.db.run(sessions.seen, token)
    return _known(user)


def _known(user: User) -> Who:
    return Who(
        user_id=user.id,
        name=user.name,
        role=Role(user.role),
        merchant_id=user.merchant_id,
        merchant_name=user.merchant.name,
        language=user.merchant.language,
    )


def _same_site(asked: Request, settings: Settings, token: str) -> None:
    """Refuse a change that another site made the browser send."""
    if asked.method not in _CHANGES:
        return
    if asked.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        abort(403)
    expected = sessions.csrf_token(settings.secret_key, token)
    if not token or not hmac.compare_digest(asked.form.get("csrf", "").encode(), expected.encode()):
        abort(403, "stale form")


def _to_login(asked: Request) -> AnyResponse:
    """A page leads to the login and back; a script that looks for news hears plainly that it may not."""
    if asked.endpoint in _FOR_SCRIPTS:
        return Response("log in first", 401, mimetype="text/plain")
    back = asked.full_path.rstrip("?") if asked.method == "GET" else asked.path.rpartition("/")[0]
    return redirect(url_for("accounts.login", next=local(back, "/desk")), 303)

"""Logging in and out: one door for the desk and the admin."""

from __future__ import annotations

from flask import Blueprint, Response, g, make_response, redirect, render_template, request
from sqlalchemy import select
from werkzeug.wrappers import Response as AnyResponse

from bot.stories.world import World
from core.db import Tx
from core.log import logger
from web.accounts import passwords, sessions, throttle
from web.accounts.gate import local, set_token
from web.accounts.models import Role, User
from web.accounts.people import as_kept

_log = logger(__name__)


def room(world: World) -> Blueprint:
    """Return the room with the login."""
    blueprint = Blueprint("accounts", __name__, template_folder="templates")

    @blueprint.route("/login", methods=["GET", "POST"])
    def login() -> AnyResponse:
        return _show(world, "") if request.method == "GET" else _login(world)

    @blueprint.post("/logout")
    def logout() -> AnyResponse:
        world.db.run(sessions.end, g.token)
        answer = redirect("/login", 303)
        set_token(world.settings, answer, world.db.ids.token(32))
        return answer

    return blueprint


def _show(world: World, error: str, status: int = 200, wait: int = 0) -> Response:
    """Show the form; a new browser gets a token that opens nothing but makes its forms its own."""
    fresh = "" if g.token else world.db.ids.token(32)
    g.token = g.token or fresh
    page = render_template(
        "login.html",
        error=error,
        minutes=-(-wait // 60),
        email=request.form.get("email", ""),
        next=local(request.values.get("next"), ""),
    )
    answer = make_response(page, status)
    if fresh:
        set_token(world.settings, answer, fresh)
    if wait:
        answer.headers["Retry-After"] = str(wait)
    return answer


def _login(world: World) -> AnyResponse:
    email, password = as_kept(request.form.get("email", "")), request.form.get("password", "")
    place = request.remote_addr or ""
    wait = world.db.run(_knock, email, place)
    if wait:
        return _show(world, "login.too_often", 429, wait)
    known = world.db.read(_by_email, email)
    # A very long password only makes us work; nobody has one.
    right = passwords.right(known.password_hash if known else None, password[: passwords.LONGEST + 1])
    token = world.db.run(_enter, known, email, place, g.token) if known is not None and right else None
    if known is None or token is None:
        _log.info("login refused")
        return _show(world, "login.wrong", 401)
    answer = redirect(local(request.form.get("next"), _home(known)), 303)
    set_token(world.settings, answer, token)
    return answer


def _knock(tx: Tx, email: str, place: str) -> int:
    """Count a try before it is looked at, so that many at once count too; return the seconds to wait."""
    return max(throttle.take(tx, limit, who) for limit, who in _counters(email, place))


def _counters(email: str, place: str) -> list[tuple[throttle.Limit, str]]:
    return [
        (throttle.LOGIN, f"{email}@{place}"),
        (throttle.LOGIN_PLACE, place),
        (throttle.LOGIN_ACCOUNT, email),
    ]


def _by_email(tx: Tx, email: str) -> User | None:
    return tx.session.scalars(select(User).where(User.email_index == email)).first()


def _enter(tx: Tx, user: User, email: str, place: str, before: str) -> str | None:
    for limit, who in _counters(email, place):
        throttle.forgive(tx, limit, who)
    return sessions.begin(tx, user.id, before)


def _home(user: User) -> str:
    return "/admin" if user.role == Role.OWNER else "/desk"

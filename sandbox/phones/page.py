"""The phones for people: three phones side by side, in which one types, taps, scans and pays."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from sandbox.guard import own_page_only
from sandbox.pages.dutch import day, time_of_day
from sandbox.people import CHANNELS
from sandbox.phones.bubbles import invitation, safe
from sandbox.phones.hands import CannotDo, Hands
from sandbox.phones.screens import Screens
from sandbox.phones.view import View
from sandbox.telegram.errors import TelegramRefusal
from sandbox.twilio.errors import TwilioRefusal
from sandbox.world import SandboxWorld

# Nothing from elsewhere, nothing inline: what a message says can never run.
CSP: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
REFUSED: Final = "Dat lukt nu niet. Probeer het nog eens."
_REFUSALS: Final = (CannotDo, TelegramRefusal, TwilioRefusal)


class PhonesPage:
    """GET shows the phones, POST does what a form on them asks and goes back to them.

    The page works without a script; the script fetches this same page and takes over what changed.
    """

    def __init__(self, world: SandboxWorld) -> None:
        self._world = world
        self._screens = Screens(world)
        self._hands = Hands(world)
        self._bot = world.settings.telegram_username

    def blueprint(self) -> Blueprint:
        door = Blueprint(
            "phones_page",
            __name__,
            template_folder="templates",
            static_folder="static",
            static_url_path="/phones/static",
        )
        door.before_request(own_page_only)
        door.after_request(_locked)
        door.add_url_rule("/phones", "page", self.page)
        door.add_url_rule("/phones/hands/<channel>/<who>/<deed>", "act", self.act, methods=["POST"])
        door.add_url_rule("/phones/scanned/<media_id>", "scanned", self.scanned)
        door.add_url_rule("/t.me/<bot>", "invited", self.invited)
        return door

    def page(self) -> Response:
        return self._show(View.read(request.args))

    def act(self, channel: str, who: str, deed: str) -> AnyResponse:
        view = View.unpack(request.form.get("here", ""))
        if channel not in CHANNELS:
            abort(404)
        try:
            at = self._do(channel, who, deed)
        except _REFUSALS:
            return self._show(view, REFUSED, 409)
        return redirect(view.choosing(channel, at).url, 303)

    def scanned(self, media_id: str) -> Response:
        """The camera of a second phone, held in front of a picture."""
        if self._world.media.get(media_id) is None:
            abort(404)
        text = self._world.media.scan(media_id)
        web = (text or "").startswith(("http://", "https://"))
        return make_response(render_template("scanned.html", media_id=media_id, text=text, web=web))

    def invited(self, bot: str) -> Response:
        """What t.me shows to who follows a link to a bot: which of the phones opens it?"""
        payload = invitation(f"https://t.me/{bot}?{request.query_string.decode()}", self._bot)
        if payload is None:
            abort(404)
        people = self._world.people.everyone()
        html = render_template(
            "invited.html", shop=self._world.settings.mollie_shop, bot=bot, people=people, payload=payload
        )
        return make_response(html)

    def _do(self, channel: str, who: str, deed: str) -> str:
        """Do it; return the address whose thread is then open."""
        hands, given = self._hands, request.values
        if deed == "start":
            at = self._on_telegram(who)
            hands.start(channel, at, given.get("payload", ""))
            return at
        if deed in {"say", "press"}:
            # Who answers has the thread in front of them.
            hands.read(channel, who)
        match deed:
            case "say":
                hands.say(channel, who, given.get("text", ""), given.get("reply_to", ""))
            case "press":
                hands.press(channel, who, given.get("message", ""), given.get("button", ""))
            case "block":
                hands.block(channel, who)
            case "unblock":
                hands.unblock(channel, who)
            case _:
                abort(404)
        return who

    def _on_telegram(self, who: str) -> str:
        """The Telegram id of a person, who installs the app when they have only a number so far."""
        if who.isdigit():
            return who
        person = self._hands.person("sms", who)
        if not person.telegram_id:
            new = 10_000_000 + self._world.ids.below(900_000_000)
            person = self._world.people.register(replace(person, telegram_id=new))
        return person.at("telegram")

    def _show(self, view: View, notice: str = "", status: int = 200) -> Response:
        table = self._screens.table(view)
        settings = self._world.settings
        html = render_template(
            "phones.html",
            table=table,
            today=day(table.now).rsplit(" ", 1)[0],
            time=time_of_day(table.now),
            settings=settings,
            notice=notice,
            safe_url=safe,
            invitation=lambda url: invitation(url, self._bot),
        )
        return make_response(html, status)


def _locked(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = CSP
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    if response.mimetype == "text/html":
        response.headers["Cache-Control"] = "no-store"
    return response

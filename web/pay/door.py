"""The payer's room: the page behind a pay link, the tap that leads to the bank, and the way back."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response, abort, redirect, request
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import Forbidden, NotFound, RequestEntityTooLarge
from werkzeug.wrappers import Response as AnyResponse

from bot.stories.pay import Changed, back_from_bank, pay
from bot.stories.pay_look import Look
from bot.stories.pay_page import look, note_opened
from bot.stories.standing import Standing
from bot.stories.world import World
from core.errors import Missing, Refused, SeintjeError, Unavailable
from core.log import logger
from web.pay.asides import Asides
from web.pay.dividing import Dividing
from web.pay.headers import put_on
from web.pay.pages import Pages
from web.pay.pictures import Pictures
from web.pay.real import RealDoor
from web.pay.telling import notes, settled_lines
from web.pay.visitors import from_another_site, is_person
from web.pay.wishes import Wishes

_log = logger(__name__)
_MOST_BYTES: Final = 16 * 1024
_MOST_DIGITS: Final = 12
# Seconds between looks while the bank has not answered: quick at first, two minutes in all. People can
# look again themselves, and nothing they typed is lost (WCAG 2.2.1 allows it for an event in real time).
WAITS: Final = (2, 2, 3, 5, 8, 12, 18, 28, 42)


def room(world: World) -> Blueprint:
    """Return the room: `/p/<token>` and what belongs to it, `/q/<token>.png`, and `/real`."""
    blueprint = Blueprint("pay", __name__, template_folder="templates")
    pages = Pages(world)
    _hang_doors(world, pages, blueprint)
    targets = world.psp.form_targets()

    @blueprint.before_request
    def guard() -> None:
        request.max_content_length = _MOST_BYTES
        if request.method == "POST" and from_another_site(request, world.settings.public_url):
            abort(403)

    @blueprint.after_request
    def finish(response: Response) -> Response:
        pages.remember_language(response)
        return put_on(response, world.settings, targets)

    @blueprint.errorhandler(Missing)
    @blueprint.errorhandler(NotFound)
    def gone(_error: Exception) -> Response:
        return pages.show_plain("gone", 404)

    @blueprint.errorhandler(Forbidden)
    def foreign(_error: Forbidden) -> Response:
        return pages.show_plain("foreign", 403)

    @blueprint.errorhandler(RequestEntityTooLarge)
    def too_much(_error: RequestEntityTooLarge) -> Response:
        return pages.show_plain("long", 413)

    @blueprint.errorhandler(Unavailable)
    def trouble(_error: Unavailable) -> Response:
        response = pages.show_plain("trouble", 503)
        response.headers["Retry-After"] = "30"
        return response

    return blueprint


def _hang_doors(world: World, pages: Pages, blueprint: Blueprint) -> None:
    for door in (PayDoor, Asides, Dividing, Wishes, RealDoor):
        door(world, pages).hang_in(blueprint)
    Pictures(world).hang_in(blueprint)


def _worked(seen: Look) -> bool:
    """Whether a payment came in just now, and this is the time to say thanks for it."""
    if seen.just_paid is None:
        return False
    part = seen.payable and seen.attempt is not None and seen.attempt.status == "paid"
    return part or seen.standing is Standing.PAID


class PayDoor:
    """The page, the tap and the way back. GET only looks; the one trace it leaves is that a person looked."""

    def __init__(self, world: World, pages: Pages) -> None:
        self._world = world
        self._pages = pages

    def hang_in(self, blueprint: Blueprint) -> None:
        blueprint.add_url_rule("/p/<token>", "page", self.page)
        blueprint.add_url_rule("/p/<token>/pay", "back", self.back)
        blueprint.add_url_rule("/p/<token>/pay", "pay", self.pay, methods=["POST"])
        blueprint.add_url_rule("/p/<token>/done", "done", self.done)
        blueprint.add_url_rule("/p/<token>/<path:rest>", "nowhere", self.nowhere)

    def page(self, token: str) -> Response:
        seen = self._world.db.read(look, token)
        if is_person(request) and not seen.seen_lately:
            self._note_opened(token)
        return self._show(token, seen)

    def pay(self, token: str) -> AnyResponse:
        """Lead the payer to the bank for the amount that the page showed."""
        seen = self._world.db.read(look, token)
        if not seen.payable:
            return self._show(token, seen, 409)
        cents = request.form.get("cents", "")
        if cents and not (cents.isascii() and cents.isdigit() and len(cents) < _MOST_DIGITS):
            return self._show(token, seen, 409, "changed")
        try:
            return redirect(pay(self._world, token, int(cents) if cents else None), 303)
        except Changed:
            return self._show(token, self._world.db.read(look, token), 409, "changed")
        except Refused:
            return self._show(token, self._world.db.read(look, token), 409, "refused")
        except Unavailable:
            response = self._show(token, seen, 503, "unavailable")
            response.headers["Retry-After"] = "60"
            return response

    def back(self, token: str) -> AnyResponse:
        """Whoever reloads the answer to a tap sees the page again."""
        return redirect(f"{request.script_root}/p/{token}", 303)

    def done(self, token: str) -> AnyResponse:
        """Say truthfully what is known about the payment that the payer comes back from."""
        seen = self._world.db.read(look, token)
        turn = request.args.get("n", 0, int)
        if seen.unsettled and seen.attempt is not None and seen.attempt.live:
            if turn <= 0 and is_person(request):
                self._hint(token)
            return self._wait(token, seen, turn)
        if not _worked(seen):
            return self._show(token, seen)
        return self._pages.show("thanks", token, seen, lines=list(settled_lines(seen))[1:])

    def nowhere(self, **_path: str) -> Response:
        """There is nothing here, whether the token is one of ours or not."""
        raise Missing("no such page")

    def _show(self, token: str, seen: Look, status: int = 200, news: str | None = None) -> Response:
        if seen.payable:
            return self._pages.show("payable", token, seen, status, notes=notes(seen, news))
        return self._pages.show("settled", token, seen, status, lines=list(settled_lines(seen)))

    def _wait(self, token: str, seen: Look, turn: int) -> Response:
        turn = max(turn, 0)
        wait = WAITS[turn] if turn < len(WAITS) else None
        return self._pages.show("checking", token, seen, wait=wait, turn=turn + 1)

    def _hint(self, token: str) -> None:
        """Coming back is a hint to ask the PSP, worth no more than that."""
        try:
            self._world.db.run(back_from_bank, token)
        except SeintjeError as error:
            _log.warning("the way back from the bank was not noted", reason=type(error).__name__)

    def _note_opened(self, token: str) -> None:
        """A page that cannot note that it was opened is still a page."""
        try:
            self._world.db.run(note_opened, token)
        except (SeintjeError, SQLAlchemyError) as error:
            _log.warning("an opened page was not noted", reason=type(error).__name__)

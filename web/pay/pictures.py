"""What the pages show besides words: the QR code of a link, the stylesheets and the icon."""

from __future__ import annotations

import re
from typing import Final

from flask import Blueprint, Response

from bot.stories.world import World
from core.db import Tx
from core.errors import Missing
from messages import qr
from payments.links import opened
from web.pay import theme
from web.pay.headers import FOREVER
from web.pay.pages import style

# WhatsApp looks at this picture before it approves a template that has one, see whatsapp_content.py.
_EXAMPLE: Final = "example"
_EXAMPLE_COLOR: Final = "#000000"
_DIGITS: Final = re.compile(r"[0-9a-f]{6}", re.ASCII)


class Pictures:
    """Files that never change under their address, so that they may be kept for ever."""

    def __init__(self, world: World) -> None:
        self._world = world

    def hang_in(self, blueprint: Blueprint) -> None:
        blueprint.add_url_rule("/q/<token>.png", "qr", self.code)
        blueprint.add_url_rule("/p/static/pay.css", "style", self.style)
        blueprint.add_url_rule("/p/theme/<digits>.css", "theme", self.theme)
        blueprint.add_url_rule("/p/theme/<digits>.svg", "icon", self.icon)

    def code(self, token: str) -> Response:
        if token == _EXAMPLE:
            return _kept(qr.png(self._world.settings.public_url, _EXAMPLE_COLOR), "image/png")
        color = self._world.db.read(_color, token)
        return _kept(qr.png(self._world.links.url(token), f"#{theme.safe(color)}"), "image/png")

    def style(self) -> Response:
        return _kept(style(), "text/css")

    def theme(self, digits: str) -> Response:
        return _kept(theme.stylesheet(_checked(digits)), "text/css")

    def icon(self, digits: str) -> Response:
        return _kept(theme.icon(_checked(digits)), "image/svg+xml")


def _color(tx: Tx, token: str) -> str:
    return opened(tx, token)[1].merchant.color


def _checked(digits: str) -> str:
    if not _DIGITS.fullmatch(digits):
        raise Missing("no such colour")
    return digits


def _kept(body: bytes | str, kind: str) -> Response:
    return Response(body, mimetype=kind, headers={"Cache-Control": FOREVER})

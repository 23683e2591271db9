"""The HTTP side of the Bot API: /bot<token>/<method> and /file/bot<token>/<path>."""

from __future__ import annotations

import hmac
import re
from typing import Final

from flask import Blueprint, Response, jsonify, request

from sandbox.telegram.asked import Asked
from sandbox.telegram.errors import TelegramRefusal
from sandbox.telegram.methods import Methods
from sandbox.world import SandboxWorld

_TOKEN: Final = re.compile(r"\d+:[A-Za-z0-9_-]+")


class TelegramDoor:
    """One door for all methods; operations are named after them."""

    def __init__(self, world: SandboxWorld) -> None:
        self._world = world
        self._methods = Methods(world.telegram, world.media)

    def blueprint(self) -> Blueprint:
        door = Blueprint("telegram", __name__)
        verbs = ["GET", "POST"]
        door.add_url_rule("/bot<token>/<method>", "call", self.call, methods=verbs)
        door.add_url_rule("/file/bot<token>/<path:path>", "file", self.file)
        door.register_error_handler(TelegramRefusal, lambda r: (r.as_json(), r.status))
        return door

    def call(self, token: str, method: str) -> Response:
        self._authorize(token)
        act = self._methods.find(method)
        if act is None:
            raise TelegramRefusal(404, "Not Found: method not found")
        return jsonify({"ok": True, "result": act(_asked())})

    def file(self, token: str, path: str) -> Response:
        self._authorize(token)
        picture = self._world.telegram.picture_at(path)
        if picture is None:
            raise TelegramRefusal(404, "Not Found")
        return Response(picture.media.content, content_type="application/octet-stream")

    def _authorize(self, token: str) -> None:
        if not _TOKEN.fullmatch(token):
            raise TelegramRefusal(404, "Not Found")
        if not hmac.compare_digest(token.encode(), self._world.settings.telegram_token.encode()):
            raise TelegramRefusal(401, "Unauthorized")


def _asked() -> Asked:
    fields = dict(request.values.items())
    if request.is_json:
        body = request.get_json(silent=True)
        fields |= body if isinstance(body, dict) else {}
    uploads = {
        name: (upload.read(), _image_type(upload.mimetype, upload.filename or ""))
        for name, upload in request.files.items()
    }
    return Asked(fields, uploads)


def _image_type(mimetype: str, filename: str) -> str:
    """Telegram looks at the content; a picture sent without a type is a picture all the same."""
    if mimetype.startswith("image/"):
        return mimetype
    return "image/jpeg" if filename.endswith((".jpg", ".jpeg")) else "image/png"

"""The HTTP side of Twilio's content templates: /v1/Content…, as JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, jsonify, request

from sandbox.twilio.door import DEFAULT_PAGE, check_account
from sandbox.twilio.errors import TwilioRefusal
from sandbox.twilio.writing import Writing
from sandbox.world import SandboxWorld


class ContentDoor:
    """Create, fetch, list and delete templates, submit them to WhatsApp and ask how that went."""

    def __init__(self, world: SandboxWorld) -> None:
        self._world = world
        self._shelf = world.twilio.shelf

    def blueprint(self) -> Blueprint:
        door = Blueprint("content", __name__, url_prefix="/v1")
        one = "/Content/<sid>"
        routes: tuple[tuple[str, str, str, Callable[..., Response]], ...] = (
            ("POST", "/Content", "CreateContent", self.create),
            ("GET", "/Content", "ListContent", self.list_),
            ("GET", one, "FetchContent", self.fetch),
            ("DELETE", one, "DeleteContent", self.delete),
            ("POST", f"{one}/ApprovalRequests/whatsapp", "CreateApprovalCreate", self.submit),
            ("GET", f"{one}/ApprovalRequests", "FetchApprovalFetch", self.approval),
        )
        for verb, rule, name, view in routes:
            door.add_url_rule(rule, name, view, methods=[verb])
        door.before_request(lambda: check_account(self._world))
        door.register_error_handler(TwilioRefusal, lambda r: (r.as_json(), r.status))
        return door

    @property
    def _writing(self) -> Writing:
        return Writing(self._world.settings, request.url_root.rstrip("/"))

    def create(self) -> Response:
        return _answer(self._writing.content(self._shelf.create(_body())), 201)

    def fetch(self, sid: str) -> Response:
        return _answer(self._writing.content(self._shelf.get(sid)))

    def delete(self, sid: str) -> Response:
        self._shelf.delete(sid)
        return Response(status=204)

    def submit(self, sid: str) -> Response:
        self._shelf.submit(sid, _body())
        return _answer(self._writing.approval(self._shelf.get(sid), "received"), 201)

    def approval(self, sid: str) -> Response:
        content = self._shelf.get(sid)
        now = self._world.clock.now()
        status = content.approval.status(now) if content.approval else "unsubmitted"
        return _answer(
            {
                "sid": sid,
                "account_sid": self._world.settings.twilio_sid,
                "whatsapp": {"type": "whatsapp", **self._writing.approval(content, status)},
                "url": f"{request.url_root}v1/Content/{sid}/ApprovalRequests",
            }
        )

    def list_(self) -> Response:
        size = min(max(request.args.get("PageSize", DEFAULT_PAGE, int), 1), 1000)
        page = max(request.args.get("Page", 0, int), 0)
        everything = self._shelf.everything()
        shown = everything[page * size : (page + 1) * size]
        more = len(everything) > (page + 1) * size

        def at(number: int) -> str:
            return f"{request.base_url}?PageSize={size}&Page={number}"

        meta = {
            "page": page,
            "page_size": size,
            "first_page_url": at(0),
            "previous_page_url": at(page - 1) if page else None,
            "url": at(page),
            "next_page_url": at(page + 1) if more else None,
            "key": "contents",
        }
        return _answer({"contents": [self._writing.content(c) for c in shown], "meta": meta})


def _body() -> dict[str, Any]:
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        raise TwilioRefusal(400, 20001, "Bad Request: the body is not a JSON object")
    return body


def _answer(content: dict[str, Any], status: int = 200) -> Response:
    response = jsonify(content)
    response.status_code = status
    return response

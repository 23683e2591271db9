"""The HTTP side of Twilio's messages: /2010-04-01/…, with operations named as in Twilio's own spec."""

from __future__ import annotations

import hmac
import operator
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Final, TypeVar
from urllib.parse import urlencode

from flask import Blueprint, Response, jsonify, request

from sandbox.twilio.errors import TwilioRefusal, absent, refused
from sandbox.twilio.facts import Message
from sandbox.twilio.rules import Form
from sandbox.twilio.writing import Writing
from sandbox.world import SandboxWorld

Day = Any  # two dates or two moments
Row = TypeVar("Row")
LARGEST_PAGE: Final = 1000
DEFAULT_PAGE: Final = 50
_FILTERS: Final[dict[str, Callable[[Day, Day], bool]]] = {
    "DateSent": operator.eq,
    "DateSent>": operator.ge,
    "DateSent<": operator.le,
}


def check_account(world: SandboxWorld) -> None:
    """Check Basic authentication. Raises TwilioRefusal (401, 20003)."""
    given = request.authorization
    settings = world.settings
    name = (given.username or "") if given else ""
    word = (given.password or "") if given else ""
    right = hmac.compare_digest(name, settings.twilio_sid)
    if not (hmac.compare_digest(word, settings.twilio_token) and right):
        raise TwilioRefusal(401, 20003, "Authenticate")


class MessagesDoor:
    """Create, fetch, list, change and delete messages."""

    def __init__(self, world: SandboxWorld) -> None:
        self._world = world
        self._twilio = world.twilio

    def blueprint(self) -> Blueprint:
        door = Blueprint("twilio", __name__, url_prefix="/2010-04-01/Accounts/<account>")
        one = "/Messages/<sid>.json"
        routes: tuple[tuple[str, str, str, Callable[..., Response]], ...] = (
            ("POST", "/Messages.json", "CreateMessage", self.create),
            ("GET", "/Messages.json", "ListMessage", self.list_),
            ("GET", one, "FetchMessage", self.fetch),
            ("POST", one, "UpdateMessage", self.update),
            ("DELETE", one, "DeleteMessage", self.delete),
            ("GET", "/Messages/<sid>/Media.json", "ListMedia", self.media),
        )
        for verb, rule, name, view in routes:
            door.add_url_rule(rule, name, view, methods=[verb])
        door.before_request(self._authorize)
        door.register_error_handler(TwilioRefusal, lambda r: (r.as_json(), r.status))
        return door

    def _authorize(self) -> None:
        check_account(self._world)
        if (request.view_args or {}).get("account") != self._world.settings.twilio_sid:
            raise absent(request.path)

    @property
    def _writing(self) -> Writing:
        return Writing(self._world.settings, request.url_root.rstrip("/"))

    def create(self, account: str) -> Response:  # noqa: ARG002 - checked before
        message = self._twilio.create(Form(request.form.to_dict(flat=False)))
        return self._answer(message, 201)

    def fetch(self, account: str, sid: str) -> Response:  # noqa: ARG002 - checked before
        return self._answer(self._twilio.get(sid), 200)

    def update(self, account: str, sid: str) -> Response:  # noqa: ARG002 - checked before
        if "Status" in request.form:
            if request.form["Status"] != "canceled":
                raise refused(20001, "Status must be canceled")
            return self._answer(self._twilio.cancel(sid), 200)
        if request.form.get("Body") != "":
            raise refused(20009, "A message's body can only be made empty")
        return self._answer(self._twilio.redact(sid), 200)

    def delete(self, account: str, sid: str) -> Response:  # noqa: ARG002 - checked before
        self._twilio.delete(sid)
        return Response(status=204)

    def media(self, account: str, sid: str) -> Response:
        media = [
            {"sid": f"ME{media_id:0>32}", "parent_sid": sid, "account_sid": account}
            for media_id in self._twilio.get(sid).media
        ]
        return jsonify(self._page("media_list", media, dict))

    def list_(self, account: str) -> Response:  # noqa: ARG002 - checked before
        chosen = _asked_for(self._twilio.everything())
        return jsonify(self._page("messages", chosen, self._writing.message))

    def _answer(self, message: Message, status: int) -> Response:
        response = jsonify(self._writing.message(message))
        response.status_code = status
        return response

    def _page(self, name: str, rows: list[Row], write: Callable[[Row], object]) -> dict[str, Any]:
        size = min(max(request.args.get("PageSize", DEFAULT_PAGE, int), 1), LARGEST_PAGE)
        page = max(request.args.get("Page", 0, int), 0)
        shown = rows[page * size : (page + 1) * size]
        return {
            name: [write(row) for row in shown],
            "end": page * size + max(len(shown) - 1, 0),
            "first_page_uri": _page_uri(0, size),
            "next_page_uri": _page_uri(page + 1, size) if len(rows) > (page + 1) * size else None,
            "page": page,
            "page_size": size,
            "previous_page_uri": _page_uri(page - 1, size) if page else None,
            "start": page * size,
            "uri": _page_uri(page, size),
        }


def _page_uri(page: int, size: int) -> str:
    asked = {k: v for k, v in request.args.items() if k not in {"Page", "PageSize", "PageToken"}}
    return f"{request.path}?{urlencode({**asked, 'PageSize': size, 'Page': page})}"


def _asked_for(messages: list[Message]) -> list[Message]:
    """The messages that pass the filters; one without date_sent passes no filter on that date."""
    to, sender = request.args.get("To"), request.args.get("From")
    dates = [
        (_read_day(request.args[name]), compare) for name, compare in _FILTERS.items() if name in request.args
    ]
    return [
        message
        for message in messages
        if message.to == (to or message.to)
        and message.sender == (sender or message.sender)
        and all(_compare(message.sent_at, asked, compare) for asked, compare in dates)
    ]


def _compare(sent: datetime | None, asked: Day, compare: Callable[[Day, Day], bool]) -> bool:
    """Compare whole days, or moments when a time was given."""
    if sent is None:
        return False
    return compare(sent.replace(microsecond=0) if isinstance(asked, datetime) else sent.date(), asked)


def _read_day(text: str) -> Day:
    try:
        return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
    except ValueError as error:
        raise refused(20001, f"Invalid date: {text}") from error

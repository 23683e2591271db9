"""Content templates: kept, submitted to WhatsApp, approved, and filled in for one payer."""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from sandbox.ground import Ground
from sandbox.twilio.errors import TwilioRefusal, absent, refused
from sandbox.twilio.facts import Button, Rendered
from sandbox.twilio.templates import SESSION_ONLY, check_types, preferred, without_nulls

_VARIABLE: Final = re.compile(r"\{\{\s*([A-Za-z0-9_]+)\s*\}\}")
_NAME: Final = re.compile(r"[a-z0-9_]{1,512}")
CATEGORIES: Final = frozenset({"UTILITY", "MARKETING", "AUTHENTICATION"})


@dataclass
class Approval:
    """A template as submitted to WhatsApp; approved from `approved_at`, unless someone rejects it."""

    name: str
    category: str
    approved_at: datetime
    rejection: str = ""

    def status(self, now: datetime) -> str:
        if self.rejection:
            return "rejected"
        return "approved" if now >= self.approved_at else "pending"


@dataclass
class Content:
    sid: str
    friendly_name: str
    language: str
    variables: dict[str, str]
    types: dict[str, dict[str, Any]]
    created_at: datetime
    updated_at: datetime
    approval: Approval | None = None
    names: list[str] = field(default_factory=list)


class Shelf:
    """All templates of the account."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._contents: dict[str, Content] = {}
        self._lock = threading.Lock()

    def create(self, body: Mapping[str, Any]) -> Content:
        """Keep a new template. Raises TwilioRefusal (400) when the body breaks a rule."""
        if not isinstance(body.get("language"), str) or not body["language"]:
            raise TwilioRefusal(400, 20001, "Bad Request: language is required")
        types = without_nulls(body.get("types"))
        check_types(types)
        now = self._ground.clock.now()
        content = Content(
            f"HX{self._ground.ids.hex(32)}",
            str(body.get("friendly_name") or ""),
            body["language"],
            {str(k): str(v) for k, v in (body.get("variables") or {}).items()},
            types,
            now,
            now,
        )
        with self._lock:
            self._contents[content.sid] = content
        return content

    def get(self, sid: str) -> Content:
        with self._lock:
            content = self._contents.get(sid)
        if content is None:
            raise absent(f"/Content/{sid}")
        return content

    def everything(self) -> list[Content]:
        """All templates, newest first."""
        with self._lock:
            return list(reversed(self._contents.values()))

    def delete(self, sid: str) -> None:
        self.get(sid)
        with self._lock:
            self._contents.pop(sid, None)

    def submit(self, sid: str, body: Mapping[str, Any]) -> Approval:
        """Submit a template to WhatsApp, which takes `approval_seconds` to approve it."""
        content = self.get(sid)
        name, category = str(body.get("name") or ""), str(body.get("category") or "")
        if not _NAME.fullmatch(name):
            raise TwilioRefusal(
                400, 20001, "Bad Request: name can only contain lowercase letters, digits and _"
            )
        if category not in CATEGORIES:
            raise TwilioRefusal(400, 20001, f"Bad Request: category {category} is unknown")
        wait = timedelta(seconds=self._ground.settings.approval_seconds)
        content.approval = Approval(name, category, self._ground.clock.now() + wait)
        return content.approval

    def approved(self, sid: str) -> bool:
        """Whether WhatsApp has approved this template by now."""
        content = self._contents.get(sid)
        if content is None or content.types.keys() <= SESSION_ONLY:
            return False
        approval = content.approval
        return approval is not None and approval.status(self._ground.clock.now()) == "approved"

    def render(self, sid: str, variables: Mapping[str, str], *, plain: bool) -> Rendered:
        """Fill in a template; its own sample values stand in for what is not given.

        `plain` is for a channel without buttons: the plain text, when the template has one.
        """
        content = self._contents.get(sid)
        if content is None:
            raise refused(21655, "The ContentSid is Invalid.")
        values = {**content.variables, **variables}
        rendered = _render(preferred(content.types, plain=plain), values)
        return Rendered(rendered.body, rendered.media_urls) if plain else rendered


def _render(kind: Mapping[str, Any], values: Mapping[str, str]) -> Rendered:
    def fill(text: object) -> str:
        return _VARIABLE.sub(lambda m: values.get(m[1], m[0]), str(text or ""))

    title, subtitle = fill(kind.get("title")), fill(kind.get("subtitle"))
    body = fill(kind.get("body")) or "\n".join(part for part in (title, subtitle) if part)
    media = kind.get("media") or []
    urls = [media] if isinstance(media, str) else media
    buttons = [_button(action, fill) for action in kind.get("actions") or []]
    buttons += [Button("item", fill(i.get("item")), fill(i.get("id"))) for i in kind.get("items") or []]
    return Rendered(
        body,
        tuple(filled for url in urls if (filled := fill(url))),
        tuple(buttons),
        footer=fill(kind.get("footer")) or (subtitle if kind.get("body") else ""),
        header=fill(kind.get("header_text")),
    )


def _button(action: Mapping[str, Any], fill: Any) -> Button:  # noqa: ANN401 - a local function
    title = fill(action.get("title"))
    if action.get("type", "QUICK_REPLY") == "QUICK_REPLY":
        return Button("reply", title, fill(action.get("id")) or title)
    if action["type"] == "PHONE_NUMBER":
        return Button("url", title, url=f"tel:{fill(action.get('phone'))}")
    return Button("url", title, url=fill(action.get("url")))

"""The shapes a template may have, and WhatsApp's limits on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sandbox.twilio.errors import TwilioRefusal


@dataclass(frozen=True)
class Shape:
    """One content type: fields that must be there, and the most characters or items in some of them."""

    required: tuple[str, ...]
    limits: Mapping[str, int]


# Richest first: that is the one a channel with buttons shows.
SHAPES: Final = {
    "whatsapp/card": Shape(("body",), {"body": 1024, "footer": 60, "header_text": 60, "actions": 10}),
    "twilio/card": Shape(("title",), {"title": 1024, "subtitle": 60, "actions": 10}),
    "twilio/quick-reply": Shape(("body", "actions"), {"body": 1024, "actions": 10}),
    "twilio/call-to-action": Shape(("body", "actions"), {"body": 1024, "actions": 10}),
    "twilio/list-picker": Shape(("body", "button", "items"), {"body": 1024, "button": 20, "items": 10}),
    "twilio/media": Shape(("media",), {"body": 1600, "media": 10}),
    "twilio/text": Shape(("body",), {"body": 1600}),
}
# WhatsApp shows these in a conversation that the payer opened, never to open one.
SESSION_ONLY: Final = frozenset({"twilio/list-picker"})
LONGEST_TITLE: Final = 24
LONGEST_BUTTON: Final = 25
LONGEST_QUICK_REPLY: Final = 20
LONGEST_ITEM_DESCRIPTION: Final = 72


def check_types(types: object) -> None:
    """Check a template's types. Raises TwilioRefusal (400) that names what is wrong."""
    if not isinstance(types, dict) or not types:
        raise _bad("types must contain at least one content type")
    for name, kind in types.items():
        shape = SHAPES.get(name)
        if shape is None or not isinstance(kind, dict):
            raise _bad(f"content type {name} is not supported")
        _check(name, kind, shape)


def without_nulls(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """Leave out what is null: the official client writes every field it knows of."""
    if isinstance(value, dict):
        return {name: without_nulls(kept) for name, kept in value.items() if kept is not None}
    return [without_nulls(kept) for kept in value] if isinstance(value, list) else value


def preferred(types: Mapping[str, dict[str, Any]], *, plain: bool) -> dict[str, Any]:
    """The richest of a template's types, or the plainest."""
    names = reversed(SHAPES) if plain else iter(SHAPES)
    return next(types[name] for name in names if name in types)


def _check(name: str, kind: Mapping[str, Any], shape: Shape) -> None:
    for required in shape.required:
        if not kind.get(required):
            raise _bad(f"{name}: {required} is required")
    for field, most in shape.limits.items():
        if len(kind.get(field) or "") > most:
            raise _bad(f"{name}: {field} is longer than {most}")
    for action in kind.get("actions") or ():
        _check_action(name, action)
    for item in kind.get("items") or ():
        _check_item(name, item)


def _check_item(name: str, item: Mapping[str, Any]) -> None:
    if len(item.get("item") or "") > LONGEST_TITLE or not item.get("id"):
        raise _bad(f"{name}: an item needs an id and at most {LONGEST_TITLE} characters")
    if len(item.get("description") or "") > LONGEST_ITEM_DESCRIPTION:
        raise _bad(f"{name}: an item's description is too long")


def _check_action(name: str, action: Mapping[str, Any]) -> None:
    title = action.get("title") or ""
    quick = action.get("type", "QUICK_REPLY") == "QUICK_REPLY"
    most = LONGEST_QUICK_REPLY if quick else LONGEST_BUTTON
    if not title or len(title) > most:
        raise _bad(f"{name}: a button's title is required, with at most {most} characters")
    if not quick and action.get("type") == "URL" and not action.get("url"):
        raise _bad(f"{name}: a URL button needs a url")


def _bad(message: str) -> TwilioRefusal:
    return TwilioRefusal(400, 20001, f"Bad Request: {message}")

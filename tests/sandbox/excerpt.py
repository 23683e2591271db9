"""Cuts the few schemas we check against out of the providers' own specifications.

Run by hand when a specification changes:
`python tests/sandbox/excerpt.py FOLDER`, where FOLDER holds mollie_openapi.json,
twilio_api_v2010.json, twilio_content_v1.json and telegram_bot_api.json.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, Final

HERE: Final = Path(__file__).parent / "specs"
PROSE: Final = frozenset(
    {"description", "example", "examples", "title", "x-enumDescriptions", "x-speakeasy-enum-descriptions"}
)
MOLLIE: Final = (
    "payment-response",
    "list-payment-response",
    "entity-refund-response",
    "list-entity-refund",
    "entity-chargeback",
    "list-entity-chargeback",
    "entity-method",
    "error-response",
    "list-links",
)
TWILIO: Final = ("api.v2010.account.message",)
CONTENT: Final = (
    "content.v1.content",
    "content.v1.content.approval_create",
    "content.v1.content.approval_fetch",
)
TELEGRAM: Final = (
    "User",
    "Chat",
    "Message",
    "PhotoSize",
    "MessageEntity",
    "CallbackQuery",
    "ChatMemberUpdated",
    "ChatMemberMember",
    "ChatMemberBanned",
    "Update",
    "WebhookInfo",
    "File",
    "InlineKeyboardMarkup",
    "InlineKeyboardButton",
)


def bare(schema: Any) -> Any:
    """The schema without its prose. Names of properties are kept, whatever they are."""
    if isinstance(schema, list):
        return [bare(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {}
    for key, value in schema.items():
        if key == "properties":
            kept[key] = {name: bare(part) for name, part in value.items()}
        elif key not in PROSE:
            kept[key] = bare(value)
    return kept


def closure(schemas: dict[str, Any], wanted: tuple[str, ...]) -> dict[str, Any]:
    """The wanted schemas and every schema they refer to."""
    found: dict[str, Any] = {}
    todo = [name for name in wanted if name in schemas]
    while todo:
        name = todo.pop()
        if name not in found:
            found[name] = bare(schemas[name])
            todo += _references(found[name])
    return dict(sorted(found.items()))


def _references(schema: Any) -> list[str]:
    if isinstance(schema, list):
        return [name for part in schema for name in _references(part)]
    if not isinstance(schema, dict):
        return []
    own = [schema["$ref"].rpartition("/")[2]] if isinstance(schema.get("$ref"), str) else []
    return own + [name for part in schema.values() for name in _references(part)]


def telegram(spec: dict[str, Any]) -> dict[str, Any]:
    """Each type as {field: [types, required]}."""
    return {
        name: {
            field["name"]: [field["types"], field["required"]]
            for field in spec["types"][name].get("fields", ())
        }
        for name in TELEGRAM
    }


def main(folder: Path) -> None:
    def load(name: str) -> dict[str, Any]:
        loaded: dict[str, Any] = json.loads((folder / name).read_text())
        return loaded

    def save(name: str, content: object) -> None:
        (HERE / name).write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n")

    save("mollie.json", closure(load("mollie_openapi.json")["components"]["schemas"], MOLLIE))
    twilio = load("twilio_api_v2010.json")["components"]["schemas"]
    content = load("twilio_content_v1.json")["components"]["schemas"]
    save("twilio.json", closure(twilio, TWILIO) | closure(content, CONTENT))
    save("telegram.json", telegram(load("telegram_bot_api.json")))


if __name__ == "__main__":
    main(Path(sys.argv[1]))

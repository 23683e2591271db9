"""Checks answers against excerpts of the providers' specifications, and returns what is wrong with them."""

from __future__ import annotations

import json
import re
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, Final

SPECS: Final = Path(__file__).parent / "specs"
_TYPES: Final[dict[str, Any]] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "null": type(None),
}


def load(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((SPECS / name).read_text())
    return loaded


class Schemas:
    """JSON Schema as Mollie and Twilio write it, as far as they use it."""

    def __init__(self, name: str) -> None:
        self._all = load(name)

    def complaints(self, value: object, schema: str) -> list[str]:
        return self._check(value, {"$ref": schema}, schema)

    def properties(self, schema: str) -> set[str]:
        """All names that an object of this schema may have."""
        return self._names({"$ref": schema})

    def _names(self, schema: dict[str, Any]) -> set[str]:
        names = set(schema.get("properties", {}))
        if "$ref" in schema:
            names |= self._names(self._resolve(schema))
        for part in (*schema.get("allOf", ()), *schema.get("anyOf", ()), *schema.get("oneOf", ())):
            names |= self._names(part)
        return names

    def _resolve(self, schema: dict[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = self._all[schema["$ref"].rpartition("/")[2]]
        return found

    def _check(self, value: object, schema: dict[str, Any], at: str) -> list[str]:
        if value is None and (schema.get("nullable") or "null" in _named(schema)):
            return []
        found = [] if "$ref" not in schema else self._check(value, self._resolve(schema), at)
        found += _plain(value, schema, at)
        for part in schema.get("allOf", ()):
            found += self._check(value, part, at)
        for choice in ("oneOf", "anyOf"):
            options = [self._check(value, part, at) for part in schema.get(choice, ())]
            if options and all(options):
                found.append(f"{at}: fits none of {choice}")
        if isinstance(value, dict):
            found += self._object(value, schema, at)
        if isinstance(value, list) and isinstance(schema.get("items"), dict):
            for number, item in enumerate(value):
                found += self._check(item, schema["items"], f"{at}[{number}]")
        return found

    def _object(self, value: dict[str, Any], schema: dict[str, Any], at: str) -> list[str]:
        found = [f"{at}: {name} is missing" for name in schema.get("required", ()) if name not in value]
        for name, part in schema.get("properties", {}).items():
            if name in value:
                found += self._check(value[name], part, f"{at}.{name}")
        return found


def _named(schema: dict[str, Any]) -> list[str]:
    named = schema.get("type", [])
    return [named] if isinstance(named, str) else list(named)


def _plain(value: object, schema: dict[str, Any], at: str) -> list[str]:
    found = []
    types = _named(schema)
    fits = [isinstance(value, _TYPES[name]) for name in types]
    if types and (not any(fits) or (isinstance(value, bool) and "boolean" not in types)):
        found.append(f"{at}: {value!r} is not {types}")
    # Clients must allow for values to come; a stand-in has no business inventing any.
    if "enum" in schema and value not in schema["enum"]:
        found.append(f"{at}: {value!r} is not one of {schema['enum']}")
    if "pattern" in schema and isinstance(value, str) and not re.search(schema["pattern"], value):
        found.append(f"{at}: {value!r} does not match {schema['pattern']}")
    if "maxLength" in schema and isinstance(value, str) and len(value) > schema["maxLength"]:
        found.append(f"{at}: longer than {schema['maxLength']}")
    return found + _format(value, schema.get("format", ""), at)


def _format(value: object, name: str, at: str) -> list[str]:
    if not isinstance(value, str) or name not in {"date-time", "date-time-rfc-2822"}:
        return []
    try:
        moment = datetime.fromisoformat(value) if name == "date-time" else parsedate_to_datetime(value)
    except ValueError:
        return [f"{at}: {value!r} is not a {name}"]
    return [] if moment.tzinfo else [f"{at}: {value!r} has no zone"]


class TelegramTypes:
    """The Bot API's own table of types; a field that it does not name is a complaint too."""

    SIMPLE: Final[dict[str, Any]] = {
        "Integer": int,
        "String": str,
        "Boolean": bool,
        "True": bool,
        "Float": float,
    }
    CHOICES: Final = {
        "ChatMember": ("ChatMemberMember", "ChatMemberBanned"),
        "MaybeInaccessibleMessage": ("Message",),
    }

    def __init__(self) -> None:
        self._types = load("telegram.json")

    def complaints(self, value: Any, name: str, at: str = "") -> list[str]:
        at = at or name
        if name.startswith("Array of "):
            if not isinstance(value, list):
                return [f"{at}: {value!r} is not a list"]
            return [c for n, v in enumerate(value) for c in self.complaints(v, name[9:], f"{at}[{n}]")]
        if name in self.SIMPLE:
            wrong = not isinstance(value, self.SIMPLE[name]) or (name == "Integer" and value is True)
            return [f"{at}: {value!r} is not {name}"] if wrong else []
        options = [self._object(value, option, at) for option in self.CHOICES.get(name, (name,))]
        return [] if any(not option for option in options) else options[0]

    def _object(self, value: Any, name: str, at: str) -> list[str]:
        fields = self._types.get(name)
        if fields is None:
            return [f"{at}: no excerpt of {name}"]
        found = [f"{at}: {key} is not a field of {name}" for key in value if key not in fields]
        for key, (types, required) in fields.items():
            if key in value:
                tried = [self.complaints(value[key], option, f"{at}.{key}") for option in types]
                found += [] if any(not t for t in tried) else tried[0]
            elif required:
                found.append(f"{at}: {key} is missing")
        return found

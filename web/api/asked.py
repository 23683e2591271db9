"""What a caller of the API sent, read strictly: what cannot be read is told, never guessed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask import Request, abort

from core.errors import Invalid, Problem
from payments.lifecycle import Status

_DEEPEST: Final = 8
_MOST: Final = 100
_DEFAULT: Final = 25
_KEY_MOST: Final = 100
_FILTERS: Final = ("status", "reference", "limit", "after")


def body(asked: Request) -> object:
    """Return the JSON body. Raises Invalid for text that cannot be kept; aborts with 400 or 415."""
    if asked.mimetype != "application/json":
        abort(415, "send the body as application/json")
    try:
        raw: object = json.loads(asked.get_data(), object_pairs_hook=_object, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        abort(400, f"the body is not JSON: {error}"[:200])
    if problems := list(_unusable(raw, "", 0)):
        raise Invalid(problems)
    return raw


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise ValueError("a field is there twice")
    return made


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is not a number in JSON")


def _unusable(value: object, where: str, depth: int) -> Iterator[Problem]:
    """Find text that no database or message can hold, and nesting that nothing of ours has."""
    if depth > _DEEPEST:
        yield Problem(where or "body", "is nested too deeply.")
    elif isinstance(value, str):
        if "\0" in value or any("\ud800" <= letter <= "\udfff" for letter in value):
            yield Problem(where or "body", "must be a line of ordinary text.", "It holds a broken character.")
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _unusable(inner, f"{where}.{key}".lstrip("."), depth + 1)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _unusable(inner, f"{where}.{number}".lstrip("."), depth + 1)


def idempotency_key(asked: Request) -> str:
    """Return the Idempotency-Key, or an empty text. Raises Invalid for one that cannot be kept."""
    key = asked.headers.get("Idempotency-Key", "").strip()
    if len(key) > _KEY_MOST or not key.isascii() or not key.isprintable():
        raise Invalid(
            [Problem("Idempotency-Key", "cannot be used.", f"Use at most {_KEY_MOST} plain characters.")]
        )
    return key


@dataclass(frozen=True)
class Filters:
    """Which requests a list is about; `after` is the id of the last one of the page before."""

    status: str = ""
    reference: str = ""
    limit: int = _DEFAULT
    after: str = ""


def filters(asked: Request) -> Filters:
    """Read the query of a list. Raises Invalid with every wrong one."""
    given = {name: asked.args.get(name, "") for name in _FILTERS}
    problems = [Problem(name, "is not a filter we know; leave it out.") for name in asked.args.keys() - given]
    if given["status"] and given["status"] not in set(Status):
        problems.append(Problem("status", "is not a status.", f"Use one of: {', '.join(Status)}."))
    limit = given["limit"] or str(_DEFAULT)
    if not (limit.isascii() and limit.isdigit() and 1 <= int(limit[:9]) <= _MOST and len(limit) < 4):
        problems.append(Problem("limit", "must be a whole number.", f"Use 1 to {_MOST}."))
    if problems:
        raise Invalid(problems)
    return Filters(given["status"], given["reference"], int(limit), given["after"])

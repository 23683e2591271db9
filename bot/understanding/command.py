"""The ``understand`` command: replies in, one a line, readings out, one JSON line each."""

import json
from collections.abc import Callable
from datetime import datetime
from functools import partial

from bot.understanding.dates.settle import AMSTERDAM
from bot.understanding.reading import Context
from bot.understanding.understand import understand

_SAFE: dict[str, object] = {
    "intents": ["other"],
    "slots": {},
    "clarify": True,
    "ask": None,
    "language": "nl",
    "spans": [],
}


class Unreadable(ValueError):
    """A line that is not what the command reads."""


def reader(now: datetime) -> Callable[[str], str]:
    """What answers a line, with all its tables there, so that the processes that share the work have them."""
    answer("", now)
    return partial(answer, now=now)


def answer(line: str, now: datetime) -> str:
    """The JSON line for a line that was typed; ``now`` counts where it brings no moment of its own.

    A line is plain text, or a JSON object with "text" and perhaps "language", "reference" (an ISO
    moment; without an offset it is Amsterdam time) and "context". A line that cannot be read gives
    the safe reading (``other``, ask back) with an "error" that says why.
    """
    try:
        reading = _read(line.rstrip("\r\n"), now)
    except (ValueError, OverflowError) as wrong:
        reading = {**_SAFE, "error": str(wrong) or type(wrong).__name__}
    return json.dumps(reading, ensure_ascii=False)


def _read(line: str, now: datetime) -> dict[str, object]:
    if not line.lstrip().startswith("{"):
        return understand(line, now=now).as_json()
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError) as wrong:
        raise Unreadable(f"This is not a JSON object: {wrong}") from wrong
    text = asked.get("text")
    if not isinstance(text, str):
        raise Unreadable('"text" must be there, as text')
    return understand(
        text,
        _context(asked.get("context")),
        now=_reference(asked.get("reference"), now),
        language=_language(asked.get("language")),
    ).as_json()


def _context(value: object) -> Context | None:
    if value is None or value == "":
        return None
    if not isinstance(value, str) or value not in list(Context):
        raise Unreadable(f'"context" must be one of: {", ".join(Context)}')
    return Context(value)


def _reference(value: object, now: datetime) -> datetime:
    if value is None:
        return now
    if not isinstance(value, str):
        raise Unreadable('"reference" must be an ISO moment, such as 2026-11-18T10:00:00+01:00')
    moment = datetime.fromisoformat(value)
    return moment if moment.tzinfo else moment.replace(tzinfo=AMSTERDAM)


def _language(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    raise Unreadable('"language" must be an ISO code, such as "nl"')

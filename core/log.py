"""Structured logs in which no phone number, token or key can be read."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Mapping, MutableMapping
from typing import Any

import structlog

# Long runs of digits keep their last two, also behind the %2B that a plus is in an address;
# bearer tokens, pay links and bot tokens keep nothing.
_MASKS = (
    (re.compile(r"\b\d{6,}:[\w-]{30,}"), "…"),
    (re.compile(r"(/p/|/q/|/bot)[\w:-]{10,}"), r"\1…"),
    (re.compile(r"\b(test|live|access|sk)_[\w-]{6,}"), r"\1_…"),
    (re.compile(r"(?i)(bearer|basic)\s+[\w.=+/-]{8,}"), r"\1 …"),
    (
        re.compile(
            r"(?:(?<![\w.])|(?<=%2B)|(?<=%2b))(?!\d{4}-\d\d-\d\d)\+?\d(?:[ -]?\d){6,13}[ -]?(\d\d)(?!\w)"
        ),
        r"…\1",
    ),
)
_SECRET_NAMES = frozenset({"token", "password", "secret", "key", "api_key", "authorization", "cookie"})


def mask(text: str) -> str:
    """Return `text` with phone numbers, tokens and keys made unreadable."""
    for pattern, instead in _MASKS:
        text = pattern.sub(instead, text)
    return text


def _mask_event(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for key, value in event.items():
        if key != "timestamp":
            event[key] = _masked(key, value)
    return event


def _masked(key: object, value: object) -> object:
    """Return `value`, whatever is inside it, as something that may be written down."""
    if key in _SECRET_NAMES:
        return "…"
    if value is None or isinstance(value, bool | float):
        return value
    if isinstance(value, int):
        text = mask(str(value))  # a phone number or a chat may be a number
        return value if text == str(value) else text
    if isinstance(value, Mapping):
        return {mask(str(name)): _masked(name, inner) for name, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_masked(None, inner) for inner in value]
    return mask(value if isinstance(value, str) else repr(value))


def set_up(*, quiet: bool = False) -> None:
    """Send every log line, also those of libraries, masked and as one JSON object, to standard error.

    `quiet`: only what is wrong, for somebody at a terminal who did not ask for a log.
    """
    before: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    after = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=before,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            _mask_event,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )
    door = logging.StreamHandler(sys.stderr)
    door.setFormatter(after)
    root = logging.getLogger()
    root.handlers[:] = [door]
    root.setLevel(logging.WARNING if quiet else logging.INFO)
    for talkative in ("alembic", "httpx", "httpcore", "aiohttp.access", "apscheduler", "twilio", "werkzeug"):
        logging.getLogger(talkative).setLevel(logging.WARNING)
    structlog.configure(
        processors=[*before, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def logger(name: str) -> structlog.stdlib.BoundLogger:
    """Return a logger: `log.info("what happened", key=value)`."""
    made: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(name)
    return made

"""Structured logs in which no phone number, token or key can be read."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

# Long runs of digits keep their last two; bearer tokens, pay links and bot tokens keep nothing.
_MASKS = (
    (re.compile(r"(/p/|/q/|/bot)[\w:-]{10,}"), r"\1…"),
    (re.compile(r"\b(test|live|access|sk)_[\w-]{6,}"), r"\1_…"),
    (re.compile(r"(?i)(bearer|basic)\s+[\w.=+/-]{8,}"), r"\1 …"),
    (re.compile(r"(?<![\w.])\+?\d(?:[ -]?\d){6,13}(\d\d)(?![\w])"), r"…\1"),
)


def mask(text: str) -> str:
    """Return `text` with phone numbers, tokens and keys made unreadable."""
    for pattern, instead in _MASKS:
        text = pattern.sub(instead, text)
    return text


def _mask_event(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for key, value in event.items():
        if isinstance(value, str) and key != "timestamp":
            event[key] = mask(value)
    return event


def set_up(level: int = logging.INFO) -> None:
    """Send every log line, also those of libraries, masked and as one JSON object, to standard error."""
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
    root.setLevel(level)
    for talkative in ("httpx", "httpcore", "aiohttp.access", "apscheduler", "twilio", "werkzeug"):
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

"""What Telegram's errors mean for a message, as a table. Loaded with the client, by senders only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from core.log import logger
from messages.channels import Failure, NotSent
from messages.channels.telegram_transport import NotConnected, Throttled

_log = logger(__name__)


@dataclass(frozen=True)
class Rule:
    """Errors of `kind` with `words` in their text mean this. `alarm` says that a person must look."""

    kind: type[TelegramError]
    words: str
    failure: Failure
    unusable: bool = False
    retry_after: float | None = None
    alarm: bool = False


# The first that fits counts, so BadRequest and TimedOut stand before NetworkError, which they belong to.
# Source: the Bot API server's own texts, github.com/tdlib/telegram-bot-api.
RULES: Final = (
    Rule(NotConnected, "", Failure.LATER),
    Rule(RetryAfter, "", Failure.LATER, retry_after=30.0),
    Rule(InvalidToken, "", Failure.LATER, retry_after=300.0, alarm=True),
    Rule(Forbidden, "deactivated", Failure.OTHER_CHANNEL, unusable=True),
    Rule(Forbidden, "initiate conversation", Failure.OTHER_CHANNEL, unusable=True),  # never started
    Rule(Forbidden, "", Failure.NEVER, unusable=True),  # blocked by the payer, who says no with it
    Rule(ChatMigrated, "", Failure.OTHER_CHANNEL, unusable=True),  # a group, which no payer is
    Rule(BadRequest, "chat not found", Failure.OTHER_CHANNEL, unusable=True),
    Rule(BadRequest, "PEER_ID_INVALID", Failure.OTHER_CHANNEL, unusable=True),
    Rule(BadRequest, "", Failure.NEVER),
    Rule(Conflict, "", Failure.LATER, retry_after=60.0),
    Rule(TimedOut, "Pool timeout", Failure.LATER),  # it waited for a connection and was not sent
    Rule(TimedOut, "", Failure.UNKNOWN),
    Rule(NetworkError, "", Failure.UNKNOWN),
    Rule(TelegramError, "", Failure.UNKNOWN),
)
# An answer of these kinds that is not in Telegram's words comes from something in between, which refused.
_FROM_BETWEEN: Final = Rule(TelegramError, "", Failure.LATER, retry_after=300.0, alarm=True)
_REFUSALS: Final = (Forbidden, BadRequest, InvalidToken, Conflict)


def not_sent(error: Exception) -> NotSent:
    """Return what an error of the client means. What is not surely a refusal is UNKNOWN."""
    if isinstance(error, Throttled):
        return NotSent(Failure.LATER, "429", retry_after=error.seconds)
    if not isinstance(error, TelegramError):
        return NotSent(Failure.UNKNOWN, type(error).__name__)
    rule = _rule_for(error)
    code = f"{type(error).__name__}: {error.message}"[:160]
    if rule.alarm:
        _log.error("Telegram refuses: look at the bot and the settings", code=code)
    return NotSent(rule.failure, code, retry_after=rule.retry_after, unusable=rule.unusable)


def _rule_for(error: TelegramError) -> Rule:
    unreadable = isinstance(error.__cause__, TelegramError)
    if unreadable and isinstance(error, _REFUSALS):
        return _FROM_BETWEEN
    return next(rule for rule in RULES if isinstance(error, rule.kind) and says(error, rule.words))


def says(error: TelegramError, words: str) -> bool:
    """Whether these words are in the error; the library gives Telegram's own a capital letter."""
    return words.lower() in error.message.lower()

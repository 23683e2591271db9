"""The error table of Telegram: what each error of the library means for the message."""

from __future__ import annotations

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    TelegramError,
    TimedOut,
)

from messages.channels import Failure
from messages.channels.telegram_errors import RULES, not_sent
from messages.channels.telegram_transport import NotConnected, Throttled


@pytest.mark.parametrize(
    ("error", "failure", "unusable"),
    [
        (Forbidden("Forbidden: bot was blocked by the user"), Failure.NEVER, True),
        (Forbidden("Forbidden: user is deactivated"), Failure.OTHER_CHANNEL, True),
        (BadRequest("Chat not found"), Failure.OTHER_CHANNEL, True),
        (BadRequest("chat not found"), Failure.OTHER_CHANNEL, True),
        (BadRequest("message is too long"), Failure.NEVER, False),
        (ChatMigrated(-100), Failure.OTHER_CHANNEL, True),
        (Throttled("Too Many Requests", 7), Failure.LATER, False),
        (Conflict("Conflict: terminated by other request"), Failure.LATER, False),
        (NotConnected("ClientConnectorError"), Failure.LATER, False),
        (TimedOut("Pool timeout: All connections in the pool are occupied"), Failure.LATER, False),
        (TimedOut(), Failure.UNKNOWN, False),
        (NetworkError("ServerDisconnectedError"), Failure.UNKNOWN, False),
        (NetworkError("Bad Gateway (502)"), Failure.UNKNOWN, False),
        (TelegramError("Invalid server response"), Failure.UNKNOWN, False),
        (KeyError("result"), Failure.UNKNOWN, False),
    ],
)
def test_an_error_means_for_the_message(error: Exception, failure: Failure, unusable: bool) -> None:
    """Trap 17: BadRequest and TimedOut are NetworkErrors too, and must not be taken for one."""
    says = not_sent(error)
    assert (says.failure, says.unusable) == (failure, unusable)


def test_the_wait_that_telegram_asks_is_kept() -> None:
    assert not_sent(Throttled("Too Many Requests", 35.0)).retry_after == 35.0


def test_a_wrong_token_loses_no_message_and_is_said_loudly(capsys: pytest.CaptureFixture[str]) -> None:
    says = not_sent(InvalidToken("Unauthorized"))
    assert (says.failure, says.retry_after) == (Failure.LATER, 300.0)
    assert "look at the bot" in capsys.readouterr().out


def test_a_refusal_in_html_is_a_proxys_and_says_nothing_about_the_payer() -> None:
    error = Forbidden("Forbidden (403). Parsing the server response b'<html>' failed")
    error.__cause__ = TelegramError("Invalid server response")
    says = not_sent(error)
    assert (says.failure, says.unusable) == (Failure.LATER, False)


def test_every_error_of_the_library_finds_a_rule_and_no_rule_hides_behind_a_wider_one() -> None:
    for place, rule in enumerate(RULES):
        hidden = [r for r in RULES[:place] if issubclass(rule.kind, r.kind) and r.words in rule.words]
        assert not hidden, rule
    assert RULES[-1].kind is TelegramError
    assert RULES[-1].words == ""

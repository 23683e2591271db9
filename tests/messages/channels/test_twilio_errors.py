"""The error table of Twilio: what each answer means for the message."""

from __future__ import annotations

import json

import pytest
from aiohttp import ClientConnectorDNSError, ConnectionTimeoutError
from aiohttp.client_reqrep import ConnectionKey
from twilio.base.exceptions import TwilioRestException, TwilioServiceException

from messages.channels import Failure
from messages.channels.twilio_client import not_sent
from messages.channels.twilio_errors import CODES


def answered(code: int, status: int = 400) -> TwilioRestException:
    return TwilioRestException(status, "/Messages.json", "no", code, "POST")


@pytest.mark.parametrize(
    ("code", "failure", "unusable"),
    [
        (21211, Failure.OTHER_CHANNEL, True),
        (21610, Failure.NEVER, True),
        (21614, Failure.OTHER_CHANNEL, True),
        (30006, Failure.OTHER_CHANNEL, True),
        (63014, Failure.NEVER, True),
        (63024, Failure.OTHER_CHANNEL, True),
        (21408, Failure.NEVER, False),
        (63003, Failure.OTHER_CHANNEL, True),
        (63016, Failure.OTHER_CHANNEL, False),
        (21656, Failure.OTHER_CHANNEL, False),
        (63999, Failure.OTHER_CHANNEL, False),
    ],
)
def test_a_refusal_says_whether_to_give_up_or_to_go_elsewhere(
    code: int, failure: Failure, unusable: bool
) -> None:
    error = not_sent(answered(code))
    assert (error.failure, error.unusable, error.code) == (failure, unusable, str(code))


@pytest.mark.parametrize(("code", "least"), [(20429, 1), (21611, 60), (30001, 60), (63018, 86_400)])
def test_what_was_not_processed_may_go_later_after_a_wait(code: int, least: float) -> None:
    error = not_sent(answered(code, 429 if code == 20429 else 400))
    assert error.failure is Failure.LATER
    assert (error.retry_after or 0) >= least


@pytest.mark.parametrize(("code", "status"), [(20003, 401), (20404, 404), (403, 403), (401, 401)])
def test_a_wrong_key_loses_no_message_and_is_said_loudly(
    code: int, status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    error = not_sent(answered(code, status))
    assert (error.failure, error.retry_after) == (Failure.LATER, 300.0)
    assert "look at the account" in capsys.readouterr().out


@pytest.mark.parametrize(("code", "status"), [(20500, 500), (500, 500), (502, 502), (503, 503), (20500, 400)])
def test_an_error_of_twilios_own_leaves_the_outcome_unknown(code: int, status: int) -> None:
    """Trap 1: a POST that met a 5xx may have been carried out."""
    assert not_sent(answered(code, status)).failure is Failure.UNKNOWN


def test_an_error_in_twilios_newer_form_is_read_too() -> None:
    error = TwilioServiceException("https://t", "Opted out", 400, 21610)
    assert not_sent(error).failure is Failure.NEVER


@pytest.mark.parametrize(
    "error", [json.JSONDecodeError("x", "<html>", 0), TimeoutError(), ConnectionResetError(), KeyError("sid")]
)
def test_whatever_is_not_surely_a_refusal_is_unknown(error: Exception) -> None:
    """Trap 1."""
    assert not_sent(error).failure is Failure.UNKNOWN


def test_only_an_address_is_ever_called_unusable_and_a_wait_is_only_given_for_later() -> None:
    for code, says in CODES.items():
        assert not says.unusable or says.failure in {Failure.NEVER, Failure.OTHER_CHANNEL}, code
        assert (says.retry_after is not None) == (says.failure is Failure.LATER), code


NOWHERE = ConnectionKey("api.twilio.com", 443, True, True, None, None, None)


@pytest.mark.parametrize(
    "error", [ClientConnectorDNSError(NOWHERE, OSError("no such name")), ConnectionTimeoutError()]
)
def test_without_a_connection_nothing_was_sent_so_it_may_go_later(error: Exception) -> None:
    assert not_sent(error).failure is Failure.LATER

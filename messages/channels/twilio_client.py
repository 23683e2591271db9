"""Twilio's own asynchronous client with time limits, a bounded pool and JSON bodies; only senders load it."""

from __future__ import annotations

import json
from typing import Any, Final

from aiohttp import (
    ClientConnectorError,
    ClientResponse,
    ClientSession,
    ClientTimeout,
    ConnectionTimeoutError,
    TCPConnector,
    encode_basic_auth,
)
from twilio.base.exceptions import TwilioException, TwilioRestException, TwilioServiceException
from twilio.http.async_http_client import AsyncTwilioHttpClient
from twilio.rest import Client

from core.config import Settings
from core.log import logger
from messages.channels import Failure, NotSent
from messages.channels.twilio_errors import meaning, refusal

_log = logger(__name__)
CONNECTIONS: Final = 64
_TOO_MANY_SECONDS: Final = 30.0


class Throttled(TwilioException):  # type: ignore[misc]  # twilio is not typed
    """Twilio refused for being asked too often; `retry_after` is in seconds."""

    def __init__(self, retry_after: float) -> None:
        super().__init__("429")
        self.retry_after = retry_after


class _Session:
    """The session that the client sends through.

    The client passes neither its time limit nor JSON bodies on to aiohttp, and its errors leave out
    Retry-After; all three are put right here.
    """

    def __init__(self, limits: ClientTimeout) -> None:
        # Not trust_env: a proxy or a .netrc of the machine must not change where messages go.
        self._inner = ClientSession(
            connector=TCPConnector(limit=CONNECTIONS), timeout=limits, trust_env=False
        )
        self._limits = limits

    async def request(self, **call: Any) -> ClientResponse:  # noqa: ANN401 - as the client calls it
        call["timeout"] = self._limits
        if call["headers"].get("Content-Type") == "application/json":
            call["data"] = json.dumps(call["data"])
        response = await self._inner.request(**call)
        if response.status == 429:
            response.release()
            raise Throttled(_seconds(response.headers.get("Retry-After", "")))
        return response

    async def close(self) -> None:
        await self._inner.close()


def _seconds(retry_after: str) -> float:
    return float(retry_after) if retry_after.isdigit() else _TOO_MANY_SECONDS


class Transport(AsyncTwilioHttpClient):  # type: ignore[misc]  # twilio is not typed
    """Twilio's HTTP client over our session. It never retries: a POST would be sent again."""

    def __init__(self, limits: ClientTimeout) -> None:
        super().__init__(pool_connections=False, timeout=limits.total, max_retries=None)
        self.session = _Session(limits)

    async def request(self, method: str, url: str, **call: Any) -> Any:  # noqa: ANN401 - as inherited
        # The client's own way of passing the key is deprecated in aiohttp, and warns with every call.
        account, token = call.pop("auth")
        call["headers"]["Authorization"] = encode_basic_auth(account, token)
        return await super().request(method, url, **call)


def connect(settings: Settings, *, connect_seconds: float, total_seconds: float) -> Any:  # noqa: ANN401 - not typed
    """Return a client for the settings' account, within a running event loop; close its `http_client`."""
    limits = ClientTimeout(total=total_seconds, connect=connect_seconds)
    client = Client(
        settings.twilio_account_sid,
        settings.twilio_auth_token,
        http_client=Transport(limits),
        # Not the machine's environment: TWILIO_EDGE and TWILIO_REGION would change the host.
        environment={"TWILIO_EDGE": "", "TWILIO_REGION": ""},
    )
    if settings.twilio_api_url:
        client.api.base_url = client.content.base_url = settings.twilio_api_url
    return client


def not_sent(error: Exception) -> NotSent:
    """Return what an error of the client means. What is not surely a refusal is UNKNOWN."""
    if isinstance(error, Throttled):
        return NotSent(Failure.LATER, "429", retry_after=error.retry_after)
    if isinstance(error, ClientConnectorError | ConnectionTimeoutError):
        # No connection was made, so nothing was asked.
        return NotSent(Failure.LATER, "no connection")
    if isinstance(error, TwilioRestException | TwilioServiceException):
        return _refused(int(error.code or 0), int(error.status))
    if isinstance(error, TimeoutError):
        return NotSent(Failure.UNKNOWN, "timeout")
    return NotSent(Failure.UNKNOWN, type(error).__name__)


def _refused(code: int, status: int) -> NotSent:
    if meaning(code, status).alarm:
        _log.error("Twilio refuses: look at the account and the settings", code=code, status=status)
    return refusal(code, status)

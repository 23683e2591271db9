"""Carries python-telegram-bot's calls over aiohttp: its own transport collapses under open connections."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientSession,
    ClientTimeout,
    ConnectionTimeoutError,
    FormData,
    TCPConnector,
)
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

# Telegram allows a bot about 30 messages a second; more connections would only wait.
CONNECTIONS: Final = 8
_TOO_MANY_SECONDS: Final = 30.0


class NotConnected(NetworkError):
    """No connection could be made, so nothing was sent."""


class Throttled(TelegramError):
    """Telegram refused for being asked too often; `seconds` is how long to wait."""

    def __init__(self, message: str, seconds: float) -> None:
        super().__init__(message)
        self.seconds = seconds


class AiohttpRequest(BaseRequest):
    """A transport with time limits in seconds: to connect, for a call, and for a call with a picture."""

    def __init__(self, *, connect: float, total: float, upload: float) -> None:
        self._connect, self._total, self._upload = connect, total, upload
        self._session: ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return self._total

    async def initialize(self) -> None:
        if self._session is None:
            # Not trust_env: a proxy of the machine must not change where messages go.
            self._session = ClientSession(connector=TCPConnector(limit=CONNECTIONS), trust_env=False)

    async def shutdown(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(  # noqa: PLR0913, PLR0917 - as inherited
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - covered by the total
        connect_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - always ours
        pool_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - part of connecting
    ) -> tuple[int, bytes]:
        total = self._upload if request_data and request_data.contains_files else self._total
        if isinstance(read_timeout, int | float):
            total = read_timeout
        code, body = await self._call(method, url, _form(request_data), total)
        if code == 429:
            raise _throttled(body)
        return code, body

    async def _call(self, method: str, url: str, data: Any, total: float) -> tuple[int, bytes]:  # noqa: ANN401 - a form
        if self._session is None:
            raise NotConnected("not started")
        limits = ClientTimeout(total=total, connect=self._connect)
        headers = {"User-Agent": self.USER_AGENT}
        try:
            async with self._session.request(
                method, url, data=data, headers=headers, timeout=limits
            ) as response:
                return response.status, await response.read()
        except (ClientConnectorError, ConnectionTimeoutError) as error:
            raise NotConnected(type(error).__name__) from error
        except TimeoutError as error:
            raise TimedOut from error
        except ClientError as error:
            raise NetworkError(type(error).__name__) from error


def _form(asked: RequestData | None) -> FormData | Mapping[str, str] | None:
    if asked is None:
        return None
    if not asked.contains_files:
        return asked.json_parameters
    form = FormData(asked.json_parameters)
    for name, (filename, content, content_type) in asked.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=content_type)
    return form


def _throttled(body: bytes) -> Throttled:
    """The library's own error for this warns of a change to come, and has no wait when none was given."""
    try:
        answer = json.loads(body)
        seconds = float(answer["parameters"]["retry_after"])
    except (ValueError, KeyError, TypeError):
        seconds = _TOO_MANY_SECONDS
    return Throttled("Too Many Requests", seconds)

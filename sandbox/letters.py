"""A webhook on its way: what is in it, how it is carried, and whether it is tried again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

import urllib3

# Twilio and Mollie both give up on an answer after fifteen seconds.
CONNECT_SECONDS: Final = 5.0
ANSWER_SECONDS: Final = 15.0


@dataclass(frozen=True)
class Answer:
    """What came back: an HTTP status, or None when there was no answer at all."""

    status: int | None
    connected: bool = True
    retry_after: float | None = None

    @property
    def accepted(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


class Rule:
    """When a webhook is tried again. This one: never; each provider has its own."""

    def next_try(self, attempt: int, answer: Answer) -> float | None:  # noqa: ARG002 - for the others
        """Return the seconds until the next try after the `attempt`th (from 1), or None to give up."""
        return None

    def wanted(self) -> bool:
        """Whether a next try still makes sense when its moment has come."""
        return True

    def delivered(self) -> None:
        """Called when the webhook was accepted, or given up."""


@dataclass(frozen=True)
class Letter:
    """One webhook request. `lane` names what must stay in order, `name` is what a fault plan calls it."""

    api: str
    name: str
    url: str
    body: bytes
    headers: Mapping[str, str]
    lane: str = ""
    rule: Rule = field(default_factory=Rule)
    attempt: int = 1


Transport = Callable[[Letter], Answer]


class HttpTransport:
    """Carries letters over HTTP, without following redirects and without retrying by itself."""

    def __init__(self) -> None:
        timeout = urllib3.Timeout(connect=CONNECT_SECONDS, read=ANSWER_SECONDS)
        self._pool = urllib3.PoolManager(num_pools=8, maxsize=8, timeout=timeout, retries=False)

    def __call__(self, letter: Letter) -> Answer:
        try:
            answer = self._pool.request(
                "POST", letter.url, body=letter.body, headers=dict(letter.headers), redirect=False
            )
        except (urllib3.exceptions.NewConnectionError, urllib3.exceptions.ConnectTimeoutError):
            return Answer(None, connected=False)
        except urllib3.exceptions.HTTPError:
            return Answer(None)
        wait = answer.headers.get("Retry-After", "")
        return Answer(answer.status, retry_after=float(wait) if wait.isdigit() else None)

    def close(self) -> None:
        self._pool.clear()

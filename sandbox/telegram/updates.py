"""Brings updates to the bot's webhook: numbered, in order for each chat, again until they are accepted."""

from __future__ import annotations

import json
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sandbox.ground import Ground
from sandbox.letters import Answer, Letter, Rule

LONGEST_WAIT: Final = 60.0
LONGEST_WISH: Final = 3600.0
KEPT: Final = timedelta(hours=24)
CALLBACK_KEPT: Final = timedelta(seconds=150)
DEFAULT_CONNECTIONS: Final = 40


@dataclass
class Webhook:
    """Where updates go. An empty address means nowhere: they wait."""

    url: str = ""
    secret: str = ""
    allowed: tuple[str, ...] = ()
    max_connections: int = DEFAULT_CONNECTIONS
    last_error: str = ""
    last_error_at: datetime | None = None


@dataclass(frozen=True)
class Update:
    id: int
    kind: str
    body: dict[str, Any]
    chat: int
    expires: datetime


@dataclass
class UntilAccepted(Rule):
    """Telegram's rule: at once, then after 2, 4, 8… seconds, or when Retry-After says so."""

    expires: datetime
    now: Callable[[], datetime]
    # Whether this update still waits for this webhook, and not for another one, or for none.
    current: Callable[[], bool]
    failed: Callable[[Answer], None]
    done: Callable[[], None]

    def next_try(self, attempt: int, answer: Answer) -> float | None:
        if answer.accepted:
            return None
        self.failed(answer)
        wait = min(float(2 ** (attempt - 1)), LONGEST_WAIT) if attempt > 1 else 0.0
        if answer.retry_after is not None:
            wait = min(answer.retry_after, LONGEST_WISH)
        return wait if self.now() + timedelta(seconds=wait) < self.expires else None

    def wanted(self) -> bool:
        return self.current()

    def delivered(self) -> None:
        self.done()


class Updates:
    """The queue of each chat; the next update of a chat waits until the one before it was accepted."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        settings = ground.settings
        self.webhook = Webhook(settings.telegram_webhook_url, settings.telegram_secret)
        self._waiting: dict[tuple[int, str], deque[Update]] = {}
        self._under_way: dict[tuple[int, str], object] = {}
        self._last_id = 100_000_000 + ground.ids.below(800_000_000)
        self._lock = threading.RLock()

    def add(self, kind: str, chat: int, body: dict[str, Any]) -> None:
        """Queue an update of a kind (`message`, `callback_query`, `my_chat_member`)."""
        if self.webhook.allowed and kind not in self.webhook.allowed:
            return
        kept = CALLBACK_KEPT if kind == "callback_query" else KEPT
        expires = self._ground.clock.now() + kept
        with self._lock:
            self._last_id += 1
            update = Update(self._last_id, kind, body, chat, expires)
            self._waiting.setdefault((chat, kind), deque()).append(update)
        self._next((chat, kind))

    def aim(self, webhook: Webhook, *, drop_pending: bool) -> None:
        """Send updates somewhere else from now on; an empty address lets them wait."""
        with self._lock:
            self.webhook = webhook
            self._under_way.clear()
            if drop_pending:
                self._waiting.clear()
            queues = list(self._waiting)
        for lane in queues:
            self._next(lane)

    @property
    def pending(self) -> int:
        with self._lock:
            return sum(len(waiting) for waiting in self._waiting.values())

    def _next(self, lane: tuple[int, str]) -> None:
        with self._lock:
            waiting = self._waiting.get(lane)
            while waiting and waiting[0].expires <= self._ground.clock.now():
                waiting.popleft()
            if not waiting or not self.webhook.url or lane in self._under_way:
                return
            letter = self._letter(waiting[0], lane)
        self._ground.postman.post(letter)

    def _letter(self, update: Update, lane: tuple[int, str]) -> Letter:
        headers = {"Content-Type": "application/json"}
        if self.webhook.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self.webhook.secret
        body = json.dumps({"update_id": update.id, update.kind: update.body}).encode()
        ticket = self._under_way[lane] = object()
        rule = UntilAccepted(
            update.expires,
            self._ground.clock.now,
            lambda: self._under_way.get(lane) is ticket,
            self._note,
            lambda: self._done(lane, ticket),
        )
        lane_name = f"telegram-{update.chat}"
        return Letter("telegram", "update", self.webhook.url, body, headers, lane_name, rule)

    def _note(self, answer: Answer) -> None:
        self.webhook.last_error_at = self._ground.clock.now()
        status = answer.status
        self.webhook.last_error = (
            f"Wrong response from the webhook: {status}" if status else "Connection failed"
        )

    def _done(self, lane: tuple[int, str], ticket: object) -> None:
        with self._lock:
            if self._under_way.get(lane) is not ticket:
                return
            del self._under_way[lane]
            self._waiting[lane].popleft()
        self._next(lane)

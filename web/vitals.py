"""For operators: is the process up, can it work, and how much waits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from hmac import compare_digest
from types import MappingProxyType
from typing import Any, Final

from flask import Blueprint, Response, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy import Select, func, select
from werkzeug.exceptions import NotFound

from bot.stories.world import World
from core.db import Database, Tx, constant
from core.errors import Misconfigured, Unavailable
from core.migrate import pending
from messages.inbox import Incoming
from messages.outbox import Outgoing, Sending
from payments.lifecycle import Status
from payments.plans import Step
from payments.requests import PaymentRequest

# Nobody is told more by a larger number, and counting further costs the database its time.
MOST: Final = 10_000
# Where a message is not over, or did not end well. What went well only grows: it is in the timelines.
_UNDER_WAY: Final = (Sending.QUEUED, Sending.CLAIMED, Sending.UNKNOWN, Sending.FAILED)


def room(world: World) -> Blueprint:
    """Return the room with /healthz, /readyz and /metrics."""
    blueprint = Blueprint("vitals", __name__)
    registry = CollectorRegistry()
    registry.register(_Gauges(world.db))
    expected = f"Bearer {world.settings.metrics_token}".encode()
    ready = _Ready(world.db)

    @blueprint.get("/healthz")
    def healthz() -> Response:
        return _plain("ok", 200)

    @blueprint.get("/readyz")
    def readyz() -> Response:
        lacking = ready.lacking()
        return _plain(lacking or "ok", 503 if lacking else 200)

    @blueprint.get("/metrics")
    def metrics() -> Response:
        if not world.settings.metrics_token:
            raise NotFound
        # In bytes, since a header may hold letters that text could not be compared by.
        if not compare_digest(request.headers.get("Authorization", "").encode(), expected):
            return _plain("this needs METRICS_TOKEN as a Bearer token", 401, {"WWW-Authenticate": "Bearer"})
        try:
            return Response(generate_latest(registry), 200, content_type=CONTENT_TYPE_LATEST)
        except Unavailable as error:
            return _plain(str(error), 503)

    return blueprint


def _plain(text: str, status: int, headers: Mapping[str, str] = MappingProxyType({})) -> Response:
    return Response(text, status, headers, mimetype="text/plain")


class _Ready:
    """Whether requests can be served. A database that was once up to date is not looked through again."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._up_to_date = False

    def lacking(self) -> str:
        try:
            self._db.ping()
            self._up_to_date = self._up_to_date or not pending(self._db)
        except (Unavailable, Misconfigured) as error:
            return str(error)
        return "" if self._up_to_date else "the database is behind; run `python app.py migrate`"


class _Gauges(Collector):
    """Counts when it is asked, in one reading transaction."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def describe(self) -> Iterator[GaugeMetricFamily]:
        """Nothing is known beforehand, and registering must not ask the database."""
        return iter(())

    def collect(self) -> Iterator[GaugeMetricFamily]:
        yield from self._db.read(_count)


def _count(tx: Tx) -> list[GaugeMetricFamily]:
    """Count what stands in an index, as far as MOST: no table is looked through, however long it grew."""
    attention = select(1).where(PaymentRequest.attention.is_not(None))
    sending = select(func.min(Outgoing.due_at)).where(Outgoing.status == constant(Sending.QUEUED))
    planned = select(func.min(Step.due_at)).where(Step.state == constant("planned"))
    heard = select(func.min(Incoming.received_at)).where(Incoming.state == constant("new"))
    return [
        _by_status("seintje_requests", "Payment requests", tx, PaymentRequest.status, list(Status)),
        _by_status("seintje_outgoing", "Messages to payers", tx, Outgoing.status, _UNDER_WAY),
        _by_status("seintje_incoming", "What providers brought", tx, Incoming.state, ["new", "dead"]),
        _one("seintje_attention", "Requests at which a person should look", _bounded(tx, attention)),
        _age("seintje_message_overdue_seconds", "How long the oldest message waits to be sent", tx, sending),
        _age("seintje_step_overdue_seconds", "How long the oldest planned step waits", tx, planned),
        _age("seintje_incoming_waiting_seconds", "How long the oldest incoming word waits", tx, heard),
    ]


def _bounded(tx: Tx, rows: Select[Any]) -> int:
    return tx.session.scalar(select(func.count()).select_from(rows.limit(MOST).subquery())) or 0


def _by_status(name: str, text: str, tx: Tx, column: Any, known: Sequence[str]) -> GaugeMetricFamily:  # noqa: ANN401 - a mapped column
    """Every known status is there, also with nothing in it, so that an alarm can be put on it."""
    gauge = GaugeMetricFamily(
        name, f"{text}, by status; {MOST} stands for that many or more.", labels=["status"]
    )
    for status in known:
        gauge.add_metric([str(status)], _bounded(tx, select(1).where(column == constant(status))))
    return gauge


def _one(name: str, text: str, value: int) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, f"{text}; {MOST} stands for that many or more.", value=value)


def _age(name: str, text: str, tx: Tx, oldest: object) -> GaugeMetricFamily:
    found: datetime | None = tx.session.scalar(oldest)  # type: ignore[call-overload]  # a select of one instant
    seconds = max((tx.now - found).total_seconds(), 0) if found is not None else 0
    return GaugeMetricFamily(name, f"{text}; 0 when nothing is due.", value=seconds)

"""For operators: is the process up, can it work, and how much waits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from flask import Blueprint, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy import func, select

from bot.stories.world import World
from core.db import Database, Tx
from core.errors import Misconfigured, Unavailable
from core.migrate import pending
from messages.inbox import Incoming
from messages.outbox import Outgoing, Sending
from payments.lifecycle import Status
from payments.plans import Step
from payments.requests import PaymentRequest


def room(world: World) -> Blueprint:
    """Return the room with /healthz, /readyz and /metrics."""
    blueprint = Blueprint("vitals", __name__)
    registry = CollectorRegistry()
    registry.register(_Gauges(world.db))
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
        try:
            return Response(generate_latest(registry), 200, content_type=CONTENT_TYPE_LATEST)
        except Unavailable as error:
            return _plain(str(error), 503)

    return blueprint


def _plain(text: str, status: int) -> Response:
    return Response(text, status, mimetype="text/plain")


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
    requests = _by_status("seintje_requests", "Payment requests", tx, PaymentRequest.status, list(Status))
    outgoing = _by_status("seintje_outgoing", "Messages to payers", tx, Outgoing.status, list(Sending))
    incoming = _by_status("seintje_incoming", "What providers brought", tx, Incoming.state, ["new", "dead"])
    attention = select(func.count()).where(PaymentRequest.attention.is_not(None))
    sending = select(func.min(Outgoing.due_at)).where(Outgoing.status == Sending.QUEUED)
    planned = select(func.min(Step.due_at)).where(Step.state == "planned")
    heard = select(func.min(Incoming.received_at)).where(Incoming.state == "new")
    return [
        requests,
        outgoing,
        incoming,
        _one("seintje_attention", "Requests at which a person should look", tx.session.scalar(attention)),
        _age("seintje_message_overdue_seconds", "How long the oldest message waits to be sent", tx, sending),
        _age("seintje_step_overdue_seconds", "How long the oldest planned step waits", tx, planned),
        _age("seintje_incoming_waiting_seconds", "How long the oldest incoming word waits", tx, heard),
    ]


def _by_status(name: str, text: str, tx: Tx, column: object, known: list[str]) -> GaugeMetricFamily:
    """Every known status is there, also with nothing in it, so that an alarm can be put on it."""
    gauge = GaugeMetricFamily(name, f"{text}, by status.", labels=["status"])
    counted = select(column, func.count()).where(column.in_(known)).group_by(column)  # type: ignore[attr-defined,call-overload]  # a mapped column
    found = {name: number for name, number in tx.session.execute(counted)}
    for status in known:
        gauge.add_metric([str(status)], found.get(status, 0))
    return gauge


def _one(name: str, text: str, value: int | None) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, f"{text}.", value=value or 0)


def _age(name: str, text: str, tx: Tx, oldest: object) -> GaugeMetricFamily:
    found: datetime | None = tx.session.scalar(oldest)  # type: ignore[call-overload]  # a select of one instant
    seconds = max((tx.now - found).total_seconds(), 0) if found is not None else 0
    return GaugeMetricFamily(name, f"{text}; 0 when nothing is due.", value=seconds)

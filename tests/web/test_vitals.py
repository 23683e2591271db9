"""What operators ask: is it up, can it work, and how much waits."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import event

from core.clock import ManualClock
from core.crypto import Keyring
from core.db import Base, Database, Tx
from core.ids import Ids, OsIds
from core.migrate import upgrade
from messages.inbox import store
from payments.plans import plan_step
from payments.requests import PaymentRequest
from tests.databases import Factory
from tests.making import Shop
from tests.web.front import METRICS_TOKEN, make_world
from web.site import create_site

_TOKEN = {"Authorization": f"Bearer {METRICS_TOKEN}"}
# What these hold is as much as waits or failed, however much there is.
_PARTIAL = {
    index.name
    for table in Base.metadata.tables.values()
    for index in table.indexes
    if index.dialect_options["sqlite"]["where"] is not None
}


def test_a_database_that_was_brought_up_to_date_is_ready(
    database_factory: Factory, clock: ManualClock, keyring: Keyring, ids: Ids
) -> None:
    with database_factory.empty() as url:
        database = Database(url, clock, keyring, ids)
        client = create_site(make_world(database)).test_client()
        before = client.get("/readyz")
        assert (before.status_code, client.get("/healthz").status_code) == (503, 200)
        assert "python app.py migrate" in before.text
        upgrade(database)
        assert client.get("/readyz").status_code == 200
        database.close()


def test_without_a_database_the_process_is_up_but_not_ready(clock: ManualClock, keyring: Keyring) -> None:
    away = Database("postgresql://nobody@127.0.0.1:9/nothing", clock, keyring, OsIds())
    client = create_site(make_world(away)).test_client()
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 503
    assert client.get("/metrics", headers=_TOKEN).status_code == 503
    client.set_cookie("__Host-session", "x" * 43, domain="betalen.fietshuis.example", secure=True)
    page = client.get("/desk", base_url="https://betalen.fietshuis.example")
    assert (page.status_code, page.headers["Retry-After"]) == (503, "5")
    assert "Even geduld" in page.text
    api = client.get(
        "/api/v1/payment-requests", headers={"Authorization": "Bearer sk_x", "Host": "127.0.0.1"}
    )
    assert (api.status_code, api.mimetype) == (503, "application/problem+json")
    assert api.headers["Retry-After"] == "5"


def test_the_figures_of_operators_tell_what_stands_where_and_what_waits(
    site: Flask, shop: Shop, database: Database, clock: ManualClock
) -> None:
    shop()
    owed = shop(asked_days_ago=3)

    def wait(tx: Tx) -> None:
        request = tx.session.get_one(PaymentRequest, owed.request_id)
        request.attention = "hardship"
        plan_step(tx, request, "reminder-1", "reminder-1", tx.now.replace(tzinfo=None) + timedelta(hours=1))
        store(tx, "twilio", "SM1", "{}")

    database.run(wait)
    clock.advance(timedelta(minutes=2))
    found = _metrics(site)
    assert found["seintje_requests", "open"] == 1
    assert found["seintje_requests", "planned"] == 1
    assert found["seintje_requests", "paid"] == 0
    assert found["seintje_outgoing", "unknown"] == 0
    assert found["seintje_incoming", "new"] == 1
    assert found["seintje_attention", ""] == 1
    assert found["seintje_incoming_waiting_seconds", ""] == 120
    assert found["seintje_step_overdue_seconds", ""] == 120
    assert found["seintje_message_overdue_seconds", ""] == 0


def _metrics(site: Flask) -> dict[tuple[str, str], float]:
    text = site.test_client().get("/metrics", headers=_TOKEN).text
    return {
        (sample.name, sample.labels.get("status", "")): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_nothing_about_a_person_is_in_the_figures_of_operators(site: Flask, shop: Shop) -> None:
    shop(payer_name="Anna de Vries", reference="GEHEIM-7")
    text = site.test_client().get("/metrics", headers=_TOKEN).text
    assert "Anna" not in text
    assert "GEHEIM" not in text
    assert "612345678" not in text


@pytest.mark.parametrize("said", [None, "", "Bearer", "Bearer wrong", "Bearer \u00e9", METRICS_TOKEN])
def test_the_figures_open_to_the_token_alone(site: Flask, said: str | None) -> None:
    headers = {} if said is None else {"Authorization": said}
    answer = site.test_client().get("/metrics", headers=headers)
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert "seintje_" not in answer.text


def test_without_the_setting_there_are_no_figures(sqlite_database: Database) -> None:
    world = make_world(sqlite_database)
    site = create_site(replace(world, settings=replace(world.settings, metrics_token="")))
    for headers in ({}, _TOKEN, {"Authorization": "Bearer "}):
        assert site.test_client().get("/metrics", headers=headers).status_code == 404


def test_the_figures_look_through_no_table(sqlite_database: Database) -> None:
    """However many requests and messages there are, only what stands in an index is counted."""
    asked: list[tuple[str, Any]] = []
    engine = sqlite_database.engine

    def keep(_c: object, _cursor: object, statement: str, parameters: Any, *_more: object) -> None:
        asked.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", keep)
    _metrics(create_site(make_world(sqlite_database)))
    event.remove(engine, "before_cursor_execute", keep)
    counted = [(sql, values) for sql, values in asked if sql.startswith("SELECT")]
    assert len(counted) > 20
    with engine.connect() as connection:
        for sql, values in counted:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values).all()
            for step in plan:
                of_itself = step.detail.startswith("SCAN anon")  # what was just counted
                assert of_itself or not _looks_through(step.detail), (sql, step.detail)


def _looks_through(step: str) -> bool:
    """Whether a step of a plan reads all of something that grows: a table, or an index of every row."""
    return "SCAN" in step and step.split(" INDEX ")[-1] not in _PARTIAL


def test_an_index_of_every_row_is_looked_through_and_one_of_what_waits_is_not() -> None:
    assert _looks_through("SCAN payment_request USING COVERING INDEX ix_payment_request_status")
    assert _looks_through("SCAN payment_request")
    assert not _looks_through("SCAN outgoing USING INDEX ix_outgoing_failed")
    assert not _looks_through("SEARCH payment_request USING INDEX ix_payment_request_status (status=?)")

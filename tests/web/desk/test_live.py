"""The live line: four steps that fill as they happen, and one sentence that an agent can act on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from core.clock import ManualClock
from core.db import Database, Tx
from payments.requests import PaymentRequest
from payments.timeline import note
from tests.making import Shop
from tests.web.front import Staff, Visitor

_MESSAGE = {"template": "request", "channel": "whatsapp"}
HAPPENS: dict[str, dict[str, Any]] = {
    "sent": {**_MESSAGE, "outgoing": "out_1"},
    "delivered": {**_MESSAGE, "outgoing": "out_1"},
    "read": {**_MESSAGE, "outgoing": "out_1"},
    "unknown": {**_MESSAGE, "code": "timeout"},
    "failed": {**_MESSAGE, "code": "30003"},
    "unreachable": {"template": "request"},
    "withheld": {**_MESSAGE, "reason": "opted_out"},
    "opened": {"link": "request"},
    "checkout": {"cents": 4250},
    "payment": {"cents": 4250, "ref": "tr_1"},
    "paid": {},
}


def happen(database: Database, request_id: str, kind: str) -> None:
    def write(tx: Tx) -> None:
        note(tx, tx.session.get_one(PaymentRequest, request_id), kind, **HAPPENS[kind])

    database.run(write)


@pytest.fixture
def looking(site: Flask, staff: Staff, shop: Shop) -> tuple[Visitor, str]:
    """An agent, and the id of the request that they look at."""
    agent = Visitor(site)
    agent.login(staff.agent)
    return agent, shop(merchant_id=staff.merchant_id).request_id


def _line(agent: Visitor, request_id: str, after: int = 0) -> dict[str, Any]:
    return dict(agent.get(f"/desk/requests/{request_id}/events?after={after}").json or {})


def _filled(line: dict[str, Any]) -> list[str]:
    return [step["name"] for step in line["steps"] if step["at"]]


@pytest.mark.parametrize(
    ("kinds", "filled", "now"),
    [
        ([], [], "gaat nu weg"),
        (["sent"], ["sent"], "We wachten tot het aankomt"),
        (["sent", "delivered"], ["sent", "delivered"], "staat op de telefoon"),
        (["sent", "opened"], ["sent", "delivered", "opened"], "bekijkt het betaalverzoek"),
        (["sent", "delivered", "opened", "checkout", "payment"], ["sent", "delivered", "opened"], "bekijkt"),
        (["sent", "paid"], ["sent", "delivered", "opened", "paid"], "Betaald"),
        (["unknown"], [], "Niet zeker of het aankwam: vraag de klant."),
        (["unknown", "delivered"], ["sent", "delivered"], "staat op de telefoon"),
        (["sent", "failed"], ["sent"], "30003"),
        (["sent", "failed", "sent"], ["sent"], "We wachten"),
        (["failed", "unreachable"], [], "Op geen enkel kanaal"),
        (["withheld"], [], "de klant wil geen berichten"),
        (["unknown", "paid"], ["sent", "delivered", "opened", "paid"], "Betaald"),
    ],
)
def test_the_steps_and_the_sentence_follow_what_happened(
    looking: tuple[Visitor, str], database: Database, kinds: list[str], filled: list[str], now: str
) -> None:
    agent, request_id = looking
    for kind in kinds:
        happen(database, request_id, kind)
    line = _line(agent, request_id)
    assert _filled(line) == filled
    assert now in line["now"]
    assert line["done"] == ("paid" in kinds)
    assert now in agent.get(f"/desk/requests/{request_id}").text


def test_only_what_is_new_is_told_again(
    looking: tuple[Visitor, str], database: Database, clock: ManualClock
) -> None:
    agent, request_id = looking
    happen(database, request_id, "sent")
    first = _line(agent, request_id)
    assert [event["text"] for event in first["events"]] == ["Verstuurd via WhatsApp: het betaalverzoek."]
    clock.advance(timedelta(seconds=7))
    happen(database, request_id, "delivered")
    second = _line(agent, request_id, first["last"])
    assert [event["at"] for event in second["events"]] == ["10:00:07"]
    assert _line(agent, request_id, second["last"])["events"] == []


def test_without_scripts_the_page_looks_again_by_itself(looking: tuple[Visitor, str]) -> None:
    agent, request_id = looking
    page = agent.get(f"/desk/requests/{request_id}").text
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page
    assert 'aria-live="polite"' in page


def test_a_script_whose_session_ended_hears_so(site: Flask, looking: tuple[Visitor, str]) -> None:
    _, request_id = looking
    assert Visitor(site).get(f"/desk/requests/{request_id}/events").status_code == 401

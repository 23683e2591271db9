"""What a merchant can rely on when the same request is sent twice."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
import requests
from mollie.api.error import BadRequestError, UnprocessableEntityError

from core.clock import ManualClock
from core.ids import SeededIds
from sandbox.mollie.errors import MollieRefusal
from sandbox.mollie.idempotency import Idempotency, Reply
from sandbox.server import Running
from tests.sandbox.mollie.test_payments import order


def test_the_same_key_makes_one_payment_and_says_so(mollie: Any, sandbox: Running) -> None:
    def post() -> requests.Response:
        headers = {
            "Authorization": f"Bearer {sandbox.world.settings.mollie_key}",
            "Idempotency-Key": "poging-1",
        }
        return requests.post(f"{sandbox.url}/v2/payments", json=order(), headers=headers, timeout=5)

    first, second = post(), post()
    assert first.json() == second.json()
    assert "Idempotent-Replayed" not in first.headers
    assert second.headers["Idempotent-Replayed"] == "true"
    assert mollie.payments.list().count == 1


def test_the_same_key_for_something_else_is_refused(mollie: Any) -> None:
    mollie.payments.create(order(), idempotency_key="poging-1")
    with pytest.raises(BadRequestError):
        mollie.payments.create(order(description="iets anders"), idempotency_key="poging-1")


def test_a_key_is_forgotten_after_an_hour(mollie: Any, clock: ManualClock) -> None:
    first = mollie.payments.create(order(), idempotency_key="poging-1")
    clock.advance(timedelta(hours=1))
    assert mollie.payments.create(order(), idempotency_key="poging-1").id != first.id


def test_a_refusal_is_remembered_too(mollie: Any) -> None:
    wrong = order(description="")
    answers: list[Any] = []
    for _ in range(2):
        with pytest.raises(UnprocessableEntityError, match="description") as caught:
            mollie.payments.create(wrong, idempotency_key="poging-1")
        answers.append(caught.value.status)
    assert answers == [422, 422]


def test_a_key_in_flight_is_a_conflict(clock: ManualClock, ids: SeededIds) -> None:
    idempotency = Idempotency(clock)
    started, go_on = threading.Event(), threading.Event()

    def slow() -> Reply:
        started.set()
        go_on.wait(5)
        return 201, {"id": "tr_1"}

    thread = threading.Thread(target=idempotency.once, args=("k", "same", slow))
    thread.start()
    started.wait(5)
    with pytest.raises(MollieRefusal) as caught:
        idempotency.once("k", "same", slow)
    go_on.set()
    thread.join()
    assert caught.value.status == 409
    assert idempotency.once("k", "same", slow) == ((201, {"id": "tr_1"}), True)

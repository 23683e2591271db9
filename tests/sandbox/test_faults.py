"""What goes wrong by plan, as the official clients see it, and what had happened by then."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
import requests
from mollie.api.error import RequestError, ResponseError, ResponseHandlingError
from telegram import Bot
from telegram.error import Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut
from twilio.base.exceptions import TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client as TwilioClient

from sandbox.people import Person
from sandbox.server import Running
from sandbox.settings import SandboxSettings
from tests.sandbox.ears import Ear
from tests.sandbox.mollie.test_payments import order
from tests.sandbox.twilio.test_messages import SMS

ACTED = {"reset_after": 1, "error_500_after": 1, "html_502_after": 1, "hang_after": 1, "garbage": 1}


def plan(sandbox: Running, api: str, kind: str, call: str = "*", **more: Any) -> None:
    """Add one fault over HTTP, as another process would."""
    row = {"api": api, "kind": kind, "call": call, **more}
    answer = requests.post(f"{sandbox.url}/faults", json=[row], timeout=5)
    assert answer.status_code == 201, answer.text


@pytest.mark.parametrize(
    ("kind", "error", "status"),
    [
        ("hang", RequestError, None),
        ("hang_after", RequestError, None),
        ("reset_before", RequestError, None),
        ("reset_after", RequestError, None),
        ("error_429", ResponseError, 429),
        ("error_500", ResponseError, 500),
        ("error_500_after", ResponseError, 500),
        ("html_502", ResponseHandlingError, None),
        ("html_502_after", ResponseHandlingError, None),
        ("garbage", ResponseHandlingError, None),
    ],
)
def test_mollie_fails_as_planned_once_and_then_recovers(
    mollie: Any, sandbox: Running, kind: str, error: type[Exception], status: int | None
) -> None:
    mollie.set_timeout((1, 0.3))
    plan(sandbox, "mollie", kind, "create-payment")
    with pytest.raises(error) as caught:
        mollie.payments.create(order(), idempotency_key="poging-1")
    assert getattr(caught.value, "status", None) == status
    assert len(sandbox.world.mollie.everything()) == ACTED.get(kind, 0)
    payment = mollie.payments.create(order(), idempotency_key="poging-1")
    assert [p.id for p in sandbox.world.mollie.everything()] == [payment.id]


@pytest.mark.parametrize(
    ("kind", "error", "status"),
    [
        ("hang", requests.exceptions.ReadTimeout, None),
        ("hang_after", requests.exceptions.ReadTimeout, None),
        ("reset_before", requests.exceptions.ConnectionError, None),
        ("reset_after", requests.exceptions.ConnectionError, None),
        ("error_429", TwilioRestException, 429),
        ("error_500", TwilioRestException, 500),
        ("error_500_after", TwilioRestException, 500),
        ("html_502", TwilioRestException, 502),
        ("html_502_after", TwilioRestException, 502),
        ("garbage", ValueError, None),
    ],
)
def test_twilio_fails_as_planned_and_what_had_happened_can_be_found(
    sandbox: Running,
    settings: SandboxSettings,
    kind: str,
    error: type[Exception],
    status: int | None,
) -> None:
    http = TwilioHttpClient(timeout=0.3)
    client = TwilioClient(settings.twilio_sid, settings.twilio_token, http_client=http)
    client.api.base_url = sandbox.url
    plan(sandbox, "twilio", kind, "POST */Messages.json")
    with pytest.raises(error) as caught:
        client.messages.create(**SMS, body="Hoi http://127.0.0.1/p/abc")
    assert getattr(caught.value, "status", None) == status
    found = [m.body for m in client.messages.list(to=SMS["to"])]
    assert found == ["Hoi http://127.0.0.1/p/abc"] * ACTED.get(kind, 0)
    assert http.session is not None
    http.session.close()


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("hang", TimedOut),
        ("hang_after", TimedOut),
        ("reset_before", NetworkError),
        ("reset_after", NetworkError),
        ("error_429", RetryAfter),
        ("error_500", NetworkError),
        ("error_500_after", NetworkError),
        ("html_502", NetworkError),
        ("html_502_after", NetworkError),
        ("garbage", TelegramError),
    ],
)
def test_telegram_fails_as_planned(sandbox: Running, anna: Person, kind: str, error: type[Exception]) -> None:
    plan(sandbox, "telegram", kind, "sendMessage", seconds=2)

    async def story() -> None:
        base = f"{sandbox.url}/bot"
        async with Bot(sandbox.world.settings.telegram_token, base_url=base) as bot:
            with pytest.raises(error):
                await bot.send_message(77, "Hoi", read_timeout=0.3)

    asyncio.run(story())
    said = [note for note in sandbox.world.telegram.chat(77).notes.values() if note.from_bot]
    assert len(said) == ACTED.get(kind, 0)


def test_a_reset_is_a_real_one(sandbox: Running) -> None:
    plan(sandbox, "mollie", "reset_before")
    with pytest.raises(requests.exceptions.ConnectionError, match=r"(?i)reset"):
        requests.get(
            f"{sandbox.url}/v2/payments",
            headers={"Authorization": f"Bearer {sandbox.world.settings.mollie_key}"},
            timeout=5,
        )


def test_a_429_says_how_long_to_wait(sandbox: Running) -> None:
    plan(sandbox, "mollie", "error_429", seconds=7)
    answer = requests.get(
        f"{sandbox.url}/v2/payments",
        headers={"Authorization": f"Bearer {sandbox.world.settings.mollie_key}"},
        timeout=5,
    )
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "7")


def test_a_slow_call_still_succeeds(mollie: Any, sandbox: Running) -> None:
    plan(sandbox, "mollie", "slow", seconds=0.2)
    assert mollie.payments.create(order()).status == "open"


def test_the_plan_counts_what_it_lets_pass_and_what_it_hits(mollie: Any, sandbox: Running) -> None:
    plan(sandbox, "mollie", "error_500", "create-payment", after=1, times=2)
    outcomes = []
    for _ in range(4):
        try:
            mollie.payments.create(order())
            outcomes.append("goed")
        except ResponseError:
            outcomes.append("mis")
    assert outcomes == ["goed", "mis", "mis", "goed"]
    shown = requests.get(f"{sandbox.url}/faults", timeout=5).json()
    assert shown["left"] == []
    assert [(f["kind"], f["call"]) for f in shown["fired"]] == [("error_500", "create-payment")] * 2


@pytest.mark.parametrize(
    "rows", [{}, [1], [{"api": "mollie"}], [{"api": "fax", "kind": "hang"}], [{"api": "mollie", "kind": "x"}]]
)
def test_a_plan_that_makes_no_sense_is_refused(sandbox: Running, rows: object) -> None:
    answer = requests.post(f"{sandbox.url}/faults", json=rows, timeout=5)
    assert answer.status_code == 400
    assert answer.json()["error"]


def test_a_plan_can_be_cleared_and_replaced(sandbox: Running) -> None:
    plan(sandbox, "mollie", "hang")
    rows = [{"api": "twilio", "kind": "hang"}]
    requests.post(f"{sandbox.url}/faults?replace=1", json=rows, timeout=5)
    assert [f["api"] for f in requests.get(f"{sandbox.url}/faults", timeout=5).json()["left"]] == ["twilio"]
    assert requests.delete(f"{sandbox.url}/faults", timeout=5).json() == {"left": [], "fired": []}


def test_a_payer_blocks_the_bot_by_plan(sandbox: Running, anna: Person, ear: Ear) -> None:
    plan(sandbox, "telegram", "blocked")

    async def story() -> None:
        base = f"{sandbox.url}/bot"
        async with Bot(sandbox.world.settings.telegram_token, base_url=base) as bot:
            with pytest.raises(Forbidden):
                await bot.send_message(77, "Hoi")

    asyncio.run(story())
    assert "my_chat_member" in ear.wait_for(2)[1].json

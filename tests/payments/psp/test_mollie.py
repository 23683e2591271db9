"""Mollie, through its official client: what is asked for, with whose key, and who may call it."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from core.errors import Misconfigured, OutcomeUnknown
from core.money import Money
from payments.psp.mollie import Mollie
from sandbox.mollie import facts as sandbox
from tests.making import make_settings
from tests.payments.psp.canned import Canned, payment
from tests.payments.psp.stands import ORDER, MollieStand

KEY = "test_dHar4XY7LxsDOtmnkVtjNVWXLSlXsM"


def test_the_payer_is_asked_for_exactly_what_is_owed(stand: MollieStand) -> None:
    psp_id = stand.psp.open(ORDER).psp_id
    ordered = stand.world.get(psp_id).order
    assert ordered.amount == sandbox.Amount(4250, "EUR")
    assert ordered.description == "Fietshuis Jansen 1042"
    assert ordered.redirect_url == ORDER.return_url
    assert ordered.webhook_url == ORDER.webhook_url
    assert (ordered.method, ordered.locale) == ("ideal", "nl_NL")
    assert ordered.metadata == {"checkout_id": "chk_1", "request_id": "req_1"}


def test_an_english_payer_pays_in_english_and_a_long_description_is_cut(stand: MollieStand) -> None:
    order = replace(ORDER, language="en", description="x" * 300, webhook_url=None)
    ordered = stand.world.get(stand.psp.open(order).psp_id).order
    assert ordered.locale == "en_US"
    assert ordered.description == "x" * 255
    assert ordered.webhook_url is None


@pytest.mark.parametrize("key", ["", "test_", "access_abcdefgh", "live_abcdefgh-ij", "test_abcdefgh\n"])
def test_a_key_that_is_none_is_found_out_before_the_first_payer(key: str) -> None:
    settings = replace(make_settings(), mollie_api_key=key)
    with pytest.raises(Misconfigured, match="MOLLIE_API_KEY") as raised:
        Mollie(settings)
    assert "abcdefgh" not in str(raised.value)


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": {"currency": "EUR", "value": "4250.00"}},
        {"amount": {"currency": "USD", "value": "42.50"}},
        {"mode": "live"},
        {"metadata": {"checkout_id": "chk_2", "request_id": "req_1"}},
        {"metadata": None},
        {"id": "ord_1"},
        {"_links": {}},
    ],
)
def test_a_checkout_that_is_not_the_one_we_asked_for_is_never_shown(
    canned: Canned, wrong: dict[str, Any]
) -> None:
    canned.answers = [(201, payment(status="open", **wrong))]
    with pytest.raises(OutcomeUnknown):
        Mollie(make_settings(mollie_api_url=canned.url)).open(ORDER)


def test_a_second_refund_of_the_same_amount_within_the_hour_is_not_taken_for_the_first(
    stand: MollieStand,
) -> None:
    psp_id = stand.psp.open(ORDER).psp_id
    stand.pay(psp_id)
    first = stand.psp.refund(psp_id, Money(700), "rfd_1", "Terug")
    assert stand.psp.refund(psp_id, Money(700), "rfd_1", "Terug") == first
    with pytest.raises(OutcomeUnknown):
        stand.psp.refund(psp_id, Money(700), "rfd_2", "Terug")
    assert stand.psp.report(psp_id).refunds == {first: ("queued", "rfd_1")}


def test_neither_netrc_nor_a_proxy_comes_between(
    stand: MollieStand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password else\n")
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    assert stand.psp.open(ORDER).psp_id


def test_the_idempotency_key_and_our_api_key_go_along(canned: Canned) -> None:
    canned.answers = [(201, payment(status="open"))]
    Mollie(make_settings(mollie_api_url=canned.url)).open(ORDER)
    line, headers, _ = canned.heard[0]
    assert line == "POST /v2/payments"
    assert headers["Idempotency-Key"] == "key-1"
    assert headers["Authorization"] == f"Bearer {KEY}"


def test_all_threads_of_a_process_at_once_throw_no_connection_away(
    stand: MollieStand, caplog: pytest.LogCaptureFixture
) -> None:
    psp_id, threads = stand.psp.open(ORDER).psp_id, 12  # eight of the web, four of the worker
    together = Barrier(threads)

    def one(_number: int) -> str:
        together.wait(10)
        return stand.psp.report(psp_id).checkout_id

    with ThreadPoolExecutor(threads) as pool:
        for _ in range(5):
            assert set(pool.map(one, range(threads))) == {"chk_1"}
    assert [record.getMessage() for record in caplog.records if record.name.startswith("urllib3")] == []


def test_many_threads_share_one_adapter(stand: MollieStand) -> None:
    def one(number: int) -> str:
        order = replace(ORDER, checkout_id=f"chk_{number}", key=f"key-{number}")
        return stand.psp.report(stand.psp.open(order).psp_id).checkout_id

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(one, range(80))) == [f"chk_{number}" for number in range(80)]


@pytest.mark.parametrize(
    ("url", "targets"),
    [("https://api.mollie.com", "https:"), ("http://127.0.0.1:8001", "http://127.0.0.1:8001")],
)
def test_the_form_may_lead_to_every_bank_but_only_to_the_sandbox_in_the_demo(url: str, targets: str) -> None:
    assert Mollie(make_settings(mollie_api_url=url)).form_targets() == targets


def test_the_client_costs_nothing_until_somebody_pays() -> None:
    script = (
        "import sys, payments.psp.mollie; sys.exit('mollie.api' in sys.modules or 'requests' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", script], check=True, cwd=Path(__file__).parents[3])

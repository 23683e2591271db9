"""Mollie, through its official client: what is asked for, and what every kind of answer means."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from core.clock import ManualClock
from core.errors import Misconfigured, Missing, OutcomeUnknown, Refused, SeintjeError, Unavailable
from core.money import Money
from payments.psp import Order
from payments.psp.mollie import Mollie
from sandbox.mollie import facts as sandbox
from tests.making import make_settings
from tests.payments.psp.canned import Canned, canned_server
from tests.payments.psp.stands import MollieStand, mollie_stand

KEY = "test_dHar4XY7LxsDOtmnkVtjNVWXLSlXsM"
ORDER = Order(
    checkout_id="chk_1",
    request_id="req_1",
    amount=Money(4250),
    description="Fietshuis Jansen 1042",
    return_url="https://pay.example.nl/p/token/done",
    webhook_url="https://pay.example.nl/webhooks/mollie/chk_1",
    language="nl",
    key="key-1",
)


@pytest.fixture
def stand(clock: ManualClock) -> Iterator[MollieStand]:
    with mollie_stand(clock) as made:
        yield made


@pytest.fixture
def canned() -> Iterator[Canned]:
    with canned_server() as server:
        yield server


def impatient(url: str) -> Mollie:
    return Mollie(make_settings(mollie_api_url=url), timeout=(0.5, 0.3))


def payment(**changes: Any) -> dict[str, Any]:
    """A payment as Mollie writes it."""
    paid = {
        "resource": "payment",
        "id": "tr_5B8cwPMGnU6qLbRvo7qEZo",
        "mode": "test",
        "createdAt": "2026-11-23T09:00:00+00:00",
        "paidAt": "2026-11-23T09:01:00+00:00",
        "amount": {"currency": "EUR", "value": "42.50"},
        "metadata": {"checkout_id": "chk_1", "request_id": "req_1"},
        "status": "paid",
        "_embedded": {"refunds": [], "chargebacks": []},
        "_links": {"checkout": {"href": "https://www.mollie.com/checkout/x", "type": "text/html"}},
    }
    return {**paid, **changes}


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


@pytest.mark.parametrize("kind", ["hang", "hang_after", "reset_after", "error_500", "error_500_after"])
@pytest.mark.parametrize("act", ["open", "refund"])
def test_a_lost_answer_may_hide_that_mollie_acted(stand: MollieStand, kind: str, act: str) -> None:
    psp = impatient(stand.running.url)
    psp_id = psp.open(replace(ORDER, checkout_id="chk_0", key="key-0")).psp_id
    stand.pay(psp_id)
    stand.trouble(kind)
    with pytest.raises(OutcomeUnknown):
        psp.open(ORDER) if act == "open" else psp.refund(psp_id, Money(100), "rfd_1", "Terug")


@pytest.mark.parametrize("kind", ["html_502", "html_502_after", "garbage"])
def test_an_answer_that_is_no_json_may_hide_that_mollie_acted(stand: MollieStand, kind: str) -> None:
    stand.trouble(kind)
    with pytest.raises(OutcomeUnknown):
        stand.psp.open(ORDER)


@pytest.mark.parametrize("kind", ["hang", "reset_before", "error_429", "error_500", "html_502", "garbage"])
def test_a_question_that_goes_wrong_may_be_asked_again(stand: MollieStand, kind: str) -> None:
    psp = impatient(stand.running.url)
    psp_id = psp.open(ORDER).psp_id
    stand.trouble(kind)
    with pytest.raises(Unavailable):
        psp.report(psp_id)
    stand.trouble(kind)
    with pytest.raises(Unavailable):
        psp.find("chk_1", stand.clock.now())
    assert psp.report(psp_id).status == "open"


def test_too_many_calls_at_once_means_that_nothing_was_done(stand: MollieStand) -> None:
    stand.trouble("error_429")
    with pytest.raises(Unavailable):
        stand.psp.open(ORDER)
    assert stand.payments() == 0


@pytest.mark.parametrize("call", ["open", "report", "find", "refund"])
def test_a_key_that_mollie_refuses_is_shouted_about_and_never_told(
    stand: MollieStand, call: str, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    wrong = "test_thisKeyWasRevokedYesterday1234"
    psp = Mollie(make_settings(mollie_api_url=stand.running.url, mollie_api_key=wrong))
    calls: dict[str, Callable[[], object]] = {
        "open": lambda: psp.open(ORDER),
        "report": lambda: psp.report("tr_1"),
        "find": lambda: psp.find("chk_1", stand.clock.now()),
        "refund": lambda: psp.refund("tr_1", Money(100), "rfd_1", "Terug"),
    }
    with pytest.raises(Unavailable) as raised:
        calls[call]()
    printed = capsys.readouterr()
    told = printed.out + printed.err + caplog.text  # wherever logs go at this moment
    assert "nobody can pay until it is right" in told
    assert wrong not in told + str(raised.value)


@pytest.mark.parametrize("key", ["", "test_", "access_abcdefgh", "live_abcdefgh-ij", "test_abcdefgh\n"])
def test_a_key_that_is_none_is_found_out_before_the_first_payer(key: str) -> None:
    settings = replace(make_settings(), mollie_api_key=key)
    with pytest.raises(Misconfigured, match="MOLLIE_API_KEY") as raised:
        Mollie(settings)
    assert "abcdefgh" not in str(raised.value)


def test_a_refusal_tells_the_field_and_the_reason(stand: MollieStand) -> None:
    with pytest.raises(Refused, match="amount: The amount is lower than the minimum"):
        stand.psp.open(replace(ORDER, amount=Money(0)))


def test_a_key_used_for_other_content_means_that_something_was_done_with_it(stand: MollieStand) -> None:
    stand.psp.open(ORDER)
    with pytest.raises(OutcomeUnknown):
        stand.psp.open(replace(ORDER, return_url="https://pay.example.nl/p/other/done"))
    assert stand.psp.find("chk_1", stand.clock.now()) is not None


def refusal(status: int, detail: str = "No.") -> dict[str, Any]:
    return {"status": status, "title": "x", "detail": detail}


@pytest.mark.parametrize(
    ("answer", "open_raises", "refund_raises", "report_raises"),
    [
        ((409, refusal(409)), Unavailable, OutcomeUnknown, Unavailable),
        ((404, refusal(404)), Refused, Refused, Missing),
        ((403, refusal(403)), Unavailable, Unavailable, Unavailable),
        ((400, refusal(400)), Refused, Refused, Unavailable),
        ((422, refusal(422)), Refused, Refused, Unavailable),
        ((503, refusal(503)), OutcomeUnknown, OutcomeUnknown, Unavailable),
        ((422, {"status": 422, "title": "without a detail"}), OutcomeUnknown, OutcomeUnknown, Unavailable),
        ((500, {"message": "without a status"}), OutcomeUnknown, OutcomeUnknown, Unavailable),
        ((201, []), OutcomeUnknown, OutcomeUnknown, Unavailable),
        ((201, {}), OutcomeUnknown, OutcomeUnknown, Unavailable),
        ((201, "<html>Maintenance</html>"), OutcomeUnknown, OutcomeUnknown, Unavailable),
    ],
)
def test_what_an_answer_means_depends_on_whether_we_asked_or_acted(
    canned: Canned,
    answer: tuple[int, Any],
    open_raises: type[SeintjeError],
    refund_raises: type[SeintjeError],
    report_raises: type[SeintjeError],
) -> None:
    canned.answers = [answer]
    psp = Mollie(make_settings(mollie_api_url=canned.url))
    with pytest.raises(open_raises):
        psp.open(ORDER)
    with pytest.raises(refund_raises):
        psp.refund("tr_1", Money(100), "rfd_1", "Terug")
    with pytest.raises(report_raises):
        psp.report("tr_1")


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


@pytest.mark.parametrize(
    "changes", [{"mode": "live"}, {"metadata": None}, {"metadata": "1042"}, {"metadata": {"order_id": "7"}}]
)
def test_a_payment_of_another_mode_or_another_shop_is_not_ours(canned: Canned, changes: Any) -> None:
    canned.answers = [(200, payment(**changes))]
    with pytest.raises(Missing):
        Mollie(make_settings(mollie_api_url=canned.url)).report("tr_1")


def test_a_payment_that_is_authorized_is_not_paid(canned: Canned) -> None:
    canned.answers = [(200, payment(status="authorized", paidAt=None))]
    report = Mollie(make_settings(mollie_api_url=canned.url)).report("tr_1")
    assert (report.status, report.facts) == ("authorized", ())


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"details": {"failureReason": "insufficient_funds"}}, "insufficient_funds"),
        ({"details": None, "statusReason": {"code": "bank_declined", "message": "Nee."}}, "bank_declined"),
        ({"details": {}}, ""),
    ],
)
def test_the_reason_of_a_failure_is_told_where_mollie_knows_it(
    canned: Canned, changes: dict[str, Any], reason: str
) -> None:
    canned.answers = [(200, payment(status="failed", paidAt=None, **changes))]
    assert Mollie(make_settings(mollie_api_url=canned.url)).report("tr_1").reason == reason


@pytest.mark.parametrize(
    "changes", [{"status": "puzzled"}, {"paidAt": None}, {"amount": {"currency": "EUR", "value": "42.505"}}]
)
def test_a_report_that_is_not_understood_credits_nothing(canned: Canned, changes: dict[str, Any]) -> None:
    canned.answers = [(200, payment(**changes))]
    with pytest.raises(Unavailable):
        Mollie(make_settings(mollie_api_url=canned.url)).report("tr_1")


def test_refunds_are_read_from_every_page_also_behind_a_proxy(canned: Canned) -> None:
    def refund(number: int) -> dict[str, Any]:
        amount = {"currency": "EUR", "value": "0.10"}
        return {
            "id": f"re_{number}",
            "status": "refunded",
            "amount": amount,
            "createdAt": "2026-11-23T10:00:00Z",
        }

    many = [refund(n) for n in range(60)]
    links = {"refunds": {"href": "https://api.mollie.com/v2/payments/tr_1/refunds", "type": "x"}}
    further = {
        "next": {"href": "https://api.mollie.com/v2/payments/tr_1/refunds?limit=250&from=re_40", "type": "x"}
    }
    canned.answers = [
        (200, payment(_embedded={"refunds": many[:50], "chargebacks": []}, _links=links)),
        (200, {"count": 40, "_embedded": {"refunds": many[:40]}, "_links": further}),
        (200, {"count": 20, "_embedded": {"refunds": many[40:]}, "_links": {"next": None}}),
    ]
    report = Mollie(make_settings(mollie_api_url=canned.url)).report("tr_1")
    assert sum(fact.cents for fact in report.facts if fact.kind == "refund") == 600
    assert canned.heard[2][0].endswith("/refunds?limit=250&from=re_40")


def test_a_refund_made_by_hand_counts_and_is_nobodys(stand: MollieStand) -> None:
    psp_id = stand.psp.open(ORDER).psp_id
    stand.pay(psp_id)
    ref = stand.given_back(psp_id, 700)
    stand.finish_refund(psp_id, ref, "refunded")
    report = stand.psp.report(psp_id)
    assert report.refunds == {ref: ("refunded", "")}
    assert [(fact.kind, fact.cents) for fact in report.facts] == [("payment", 4250), ("refund", 700)]


def test_a_refund_that_was_taken_back_in_time_never_was(stand: MollieStand) -> None:
    psp_id = stand.psp.open(ORDER).psp_id
    stand.pay(psp_id)
    stand.world.cancel_refund(psp_id, stand.given_back(psp_id, 700))
    assert [fact.kind for fact in stand.psp.report(psp_id).facts] == ["payment"]


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


def _others(stand: MollieStand, count: int) -> None:
    for _ in range(count):
        stand.world.create_payment(sandbox.Order(sandbox.Amount(100), "webshop", "https://shop.example"))


def test_a_lost_checkout_is_found_behind_hundreds_of_later_ones(stand: MollieStand) -> None:
    lost = stand.psp.open(ORDER).psp_id
    _others(stand, 600)
    assert stand.psp.find("chk_1", stand.clock.now()) == lost


def test_looking_for_a_lost_checkout_ends_where_it_was_asked_for(stand: MollieStand) -> None:
    stand.psp.open(ORDER)
    stand.clock.advance(timedelta(hours=1))
    _others(stand, 10)
    assert stand.psp.find("chk_1", stand.clock.now()) is None
    assert stand.psp.find("chk_1", stand.clock.now() - timedelta(hours=1)) is not None
    assert stand.psp.find("chk_1", stand.clock.now() - timedelta(minutes=56)) is not None, "clocks differ"


def test_a_list_without_end_is_not_taken_for_an_empty_one(canned: Canned) -> None:
    further = {"next": {"href": "https://api.mollie.com/v2/payments?from=tr_1", "type": "x"}}
    other = payment(metadata=None)
    canned.answers = [(200, {"count": 1, "_embedded": {"payments": [other]}, "_links": further})]
    with pytest.raises(Unavailable):
        Mollie(make_settings(mollie_api_url=canned.url)).find("chk_1", datetime(2026, 11, 23, 9, tzinfo=UTC))


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

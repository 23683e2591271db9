"""What Mollie tells about a checkout, and finding one whose opening was never confirmed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core.errors import Missing, Unavailable
from payments.psp.mollie import Mollie
from sandbox.mollie import facts as sandbox
from tests.making import make_settings
from tests.payments.psp.canned import Canned, payment
from tests.payments.psp.stands import ORDER, MollieStand


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

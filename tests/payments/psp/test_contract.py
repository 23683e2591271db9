"""What every PSP adapter promises, whichever it is; a PSP that is added to the registry is tested here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

import pytest

from core.clock import ManualClock
from core.errors import Missing, OutcomeUnknown, Refused, Unavailable
from core.money import Money
from payments.ledger import KINDS
from payments.psp import REGISTRY, Fact, Order, Report
from tests.payments.psp.stands import STANDS, Stand

AMOUNT = Money(4250)


@pytest.fixture(params=REGISTRY)
def stand(request: pytest.FixtureRequest, clock: ManualClock) -> Iterator[Stand]:
    assert request.param in STANDS, "a new PSP needs a stand-in in tests/payments/psp/stands.py"
    with STANDS[request.param](clock) as made:
        assert made.psp.name == request.param
        yield made


def order(number: int = 1, amount: Money = AMOUNT) -> Order:
    return Order(
        checkout_id=f"chk_{number}",
        request_id="req_1",
        amount=amount,
        description="Fietshuis Jansen 1042",
        return_url="http://127.0.0.1:8000/p/token/done",
        webhook_url=None,
        language="nl",
        key=f"key-{number}",
    )


def paid(stand: Stand) -> str:
    psp_id = stand.psp.open(order()).psp_id
    stand.pay(psp_id)
    return psp_id


def net(report: Report) -> int:
    signs = {"payment": 1, "refund": -1, "refund_reversal": 1, "chargeback": -1, "chargeback_reversal": 1}
    return sum(signs[fact.kind] * fact.cents for fact in report.facts)


def test_an_opened_checkout_has_an_address_and_some_time(stand: Stand) -> None:
    opened = stand.psp.open(order())
    assert opened.url.startswith("http")
    assert opened.expires_at is not None
    assert opened.expires_at - stand.clock.now() > timedelta(minutes=5)
    report = stand.psp.report(opened.psp_id)
    assert (report.psp_id, report.checkout_id, report.status) == (opened.psp_id, "chk_1", "open")
    assert report.amount == AMOUNT
    assert report.facts == ()
    assert report.url == opened.url


def test_a_second_tap_on_the_same_attempt_never_opens_a_second_checkout(stand: Stand) -> None:
    first, second = stand.psp.open(order()), stand.psp.open(order())
    assert first == second
    assert stand.payments() == 1


def test_another_attempt_is_another_checkout(stand: Stand) -> None:
    assert stand.psp.open(order(1)).psp_id != stand.psp.open(order(2)).psp_id


def test_a_payment_is_one_fact_however_often_it_is_asked_about(stand: Stand) -> None:
    psp_id = paid(stand)
    report = stand.psp.report(psp_id)
    assert report.status == "paid"
    [fact] = report.facts
    assert (fact.kind, fact.cents, fact.currency, fact.at) == ("payment", 4250, "EUR", stand.clock.now())
    assert stand.psp.report(psp_id) == report


def test_what_failed_is_no_money(stand: Stand) -> None:
    psp_id = stand.psp.open(order()).psp_id
    stand.fail(psp_id)
    report = stand.psp.report(psp_id)
    assert (report.status, report.facts) == ("failed", ())


def test_a_checkout_whose_time_is_over_says_so(stand: Stand) -> None:
    psp_id = stand.psp.open(order()).psp_id
    stand.clock.advance(timedelta(days=30))
    assert stand.psp.report(psp_id).status == "expired"


def test_facts_are_never_taken_back_whatever_happens_to_the_money(stand: Stand) -> None:
    psp_id = paid(stand)
    seen = [stand.psp.report(psp_id)]
    first = stand.psp.refund(psp_id, Money(1000), "rfd_1", "Terug: 1042")
    second = stand.psp.refund(psp_id, Money(500), "rfd_2", "Terug: 1042")
    seen.append(stand.psp.report(psp_id))
    stand.finish_refund(psp_id, first, "refunded")
    seen.append(stand.psp.report(psp_id))
    stand.finish_refund(psp_id, second, "failed")
    seen.append(stand.psp.report(psp_id))
    chargeback = stand.charge_back(psp_id)
    seen.append(stand.psp.report(psp_id))
    stand.reverse_chargeback(psp_id, chargeback)
    seen.append(stand.psp.report(psp_id))
    for earlier, later in pairwise(seen):
        assert set(earlier.facts) <= set(later.facts)
    assert [net(report) for report in seen] == [4250, 4250, 3250, 3250, 0, 3250]
    every: list[Fact] = list(seen[-1].facts)
    assert {fact.kind for fact in every} == set(KINDS)
    assert len({(fact.kind, fact.ref) for fact in every}) == len(every), "the ledger knows them by these"
    assert all(fact.cents > 0 for fact in every)
    assert {report.status for report in seen} == {"paid"}


def test_a_refund_is_recognised_by_our_own_id(stand: Stand) -> None:
    psp_id = paid(stand)
    ref = stand.psp.refund(psp_id, Money(1000), "rfd_1", "Terug: 1042")
    refunds = stand.psp.report(psp_id).refunds or {}
    assert list(refunds) == [ref]
    assert refunds[ref][1] == "rfd_1"
    assert refunds[ref][0] in {"queued", "pending", "processing"}


def test_more_than_was_paid_is_never_given_back(stand: Stand) -> None:
    psp_id = paid(stand)
    with pytest.raises(Refused):
        stand.psp.refund(psp_id, Money(4251), "rfd_1", "Terug: 1042")
    assert not stand.psp.report(psp_id).refunds


def test_a_lost_answer_to_an_opening_is_found_again(stand: Stand) -> None:
    since = stand.clock.now()
    stand.lose_answer("open", acted=True)
    with pytest.raises(OutcomeUnknown):
        stand.psp.open(order())
    found = stand.psp.find("chk_1", since)
    assert found is not None
    assert stand.psp.open(order()).psp_id == found
    assert stand.payments() == 1


def test_an_opening_that_never_arrived_is_not_found_and_may_be_done_again(stand: Stand) -> None:
    stand.lose_answer("open", acted=False)
    with pytest.raises(OutcomeUnknown):
        stand.psp.open(order())
    assert stand.psp.find("chk_1", stand.clock.now()) is None
    stand.psp.open(order())
    assert stand.payments() == 1


@pytest.mark.parametrize("acted", [True, False])
def test_a_lost_answer_to_a_refund_is_told_by_the_report(stand: Stand, acted: bool) -> None:
    psp_id = paid(stand)
    stand.lose_answer("refund", acted=acted)
    with pytest.raises(OutcomeUnknown):
        stand.psp.refund(psp_id, Money(1000), "rfd_1", "Terug: 1042")
    refunds = stand.psp.report(psp_id).refunds or {}
    assert [ours for _, ours in refunds.values()] == (["rfd_1"] if acted else [])


def test_nothing_was_done_when_nobody_could_be_reached(stand: Stand) -> None:
    psp_id = paid(stand)
    with pytest.raises(Unavailable):
        stand.deaf.open(order())
    with pytest.raises(Unavailable):
        stand.deaf.report(psp_id)
    with pytest.raises(Unavailable):
        stand.deaf.find("chk_1", stand.clock.now())
    with pytest.raises(Unavailable):
        stand.deaf.refund(psp_id, Money(1000), "rfd_1", "Terug: 1042")


@pytest.mark.parametrize(
    "psp_id", ["tr_unknown", "", "../refunds", "tr_1?embed=x", "tr_" + "a" * 500, "chk_1"]
)
def test_an_id_that_is_no_checkout_of_ours_is_missing(stand: Stand, psp_id: str) -> None:
    with pytest.raises(Missing):
        stand.psp.report(psp_id)


def test_a_form_may_lead_to_the_checkout(stand: Stand) -> None:
    opened = stand.psp.open(order())
    assert any(opened.url.startswith(source) for source in stand.psp.form_targets().split())
    assert stand.psp.method_label

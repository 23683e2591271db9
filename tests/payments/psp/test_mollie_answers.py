"""What each kind of answer from Mollie means: whether something was done, and what to do next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from core.errors import Missing, OutcomeUnknown, Refused, SeintjeError, Unavailable
from core.money import Money
from payments.psp.mollie import Mollie
from tests.making import make_settings
from tests.payments.psp.canned import Canned
from tests.payments.psp.stands import ORDER, MollieStand


def impatient(url: str) -> Mollie:
    return Mollie(make_settings(mollie_api_url=url), timeout=(0.5, 0.3))


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

"""Why a person should look: the gravest reason shows, and none is lost behind another."""

from __future__ import annotations

import pytest

from payments.attention import BY_GOING_ON, BY_MONEY, REASONS, raise_attention, settle_attention
from payments.requests import PaymentRequest


@pytest.fixture
def request_() -> PaymentRequest:
    return PaymentRequest(attention=None, attentions=[])


@pytest.mark.parametrize("later", REASONS)
def test_nothing_hides_that_too_much_was_paid(request_: PaymentRequest, later: str) -> None:
    raise_attention(request_, "surplus")
    raise_attention(request_, later)
    assert request_.attention in {"surplus", "charged_back"}
    settle_attention(request_, {"surplus", "charged_back"})
    assert request_.attention == (later if later not in {"surplus", "charged_back"} else None)


def test_the_same_reason_twice_is_one_reason(request_: PaymentRequest) -> None:
    raise_attention(request_, "disputed")
    raise_attention(request_, "disputed")
    settle_attention(request_, {"disputed"})
    assert (request_.attention, request_.attentions) == (None, [])


@pytest.mark.parametrize("promised", ["asks_a_person", "not_understood", "disputed", "hardship"])
def test_money_answers_no_question_that_we_promised_to_answer(
    request_: PaymentRequest, promised: str
) -> None:
    raise_attention(request_, promised)
    raise_attention(request_, "unreachable")
    settle_attention(request_, BY_MONEY)
    assert request_.attention == promised


def test_who_lets_the_asking_go_on_still_sees_the_money(request_: PaymentRequest) -> None:
    raise_attention(request_, "asks_a_person")
    raise_attention(request_, "surplus")
    settle_attention(request_, BY_GOING_ON)
    assert request_.attentions == ["surplus"]


def test_a_reason_that_nobody_explained_is_refused(request_: PaymentRequest) -> None:
    with pytest.raises(KeyError):
        raise_attention(request_, "because")

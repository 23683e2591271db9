"""Who paid is asked for nothing, and is heard when something is not right."""

from __future__ import annotations

import pytest

from bot.stories.say import Words, say
from core.db import Tx
from payments.lifecycle import Status
from payments.requests import locked
from tests.bot.stories.watching import cancel, why, worth
from tests.house import House


def paid(house: House) -> str:
    request = house.ask()
    house.settle()
    house.pays(request)
    assert house.request(request).status == "paid"
    return request


@pytest.mark.parametrize(
    ("words", "template"), [("wie zijn jullie?", "help-settled"), ("is dit echt?", "tell-real")]
)
def test_who_paid_and_asks_who_we_are_is_not_asked_for_money(
    small_house: House, words: str, template: str
) -> None:
    request = paid(small_house)
    small_house.says(words)
    assert small_house.heard(request)[-1] == (template, "delivered")
    assert "U hoeft nu niets te betalen." in small_house.bodies(request)[-1]
    assert "€" not in small_house.bodies(request)[-1]
    assert "/p/" not in small_house.bodies(request)[-1]


@pytest.mark.parametrize(
    "template", ["pay-here", "pay-link", "resumed", "promise-too-often", "part-paid", "reminder-1"]
)
@pytest.mark.parametrize("how", ["paid", "cancelled"])
def test_no_message_that_asks_to_pay_goes_when_nothing_is_owed(house: House, template: str, how: str) -> None:
    """Whatever led to it, at the last moment the claim looks at the balance."""
    request = house.ask()
    house.settle()

    def answer(tx: Tx) -> None:
        say(tx, locked(tx, request), Words(template, "answer:late", {"paid": 0}, asked=True))

    house.pays(request) if how == "paid" else cancel(house, request)
    house.world.db.run(answer)
    house.settle()
    assert house.heard(request)[-1] == (template, "withheld")
    assert why(house, request, "withheld") == [how]


@pytest.mark.parametrize("words", ["klopt niet", "geld terug graag"])
def test_who_paid_and_does_not_agree_is_brought_to_a_person(house: House, words: str) -> None:
    request = paid(house)
    house.says(words)
    assert house.heard(request)[-1][0] == "dispute-passed-on"
    assert (house.request(request).status, house.request(request).attention) == ("paid", "disputed")


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (Status.PAID, "settled"),
        (Status.REFUNDED, "nothing-open"),
        (Status.CANCELLED, "withdrawn"),
        (Status.EXPIRED, "expired-passed-on"),
    ],
)
def test_what_is_answered_to_who_wants_to_pay_fits_where_it_stands(
    small_house: House, status: Status, answer: str
) -> None:
    request = small_house.ask()
    small_house.settle()

    def put(tx: Tx) -> None:
        locked(tx, request).status = status

    small_house.world.db.run(put)
    small_house.says("ik wil betalen")
    assert small_house.heard(request)[-1][0] == answer


def test_a_question_survives_the_payment(house: House) -> None:
    request = house.ask()
    house.settle()
    house.says("ik wil iemand spreken")
    house.pays(request)
    assert (house.request(request).status, house.request(request).attention) == ("paid", "asks_a_person")


def test_a_question_does_not_hide_the_surplus(house: House) -> None:
    request = house.ask()
    house.settle()
    payment = house.tap(request)
    worth(house, payment, 5000)
    house.at_the_bank(payment)
    assert house.request(request).attention == "surplus"
    house.says("ik wil iemand spreken")
    found = house.request(request)
    assert (found.attention, found.attentions) == ("surplus", ["surplus", "asks_a_person"])

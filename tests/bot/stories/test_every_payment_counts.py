"""Every payment is credited once, whenever and however often it comes, and surplus is never kept silently."""

from __future__ import annotations

from datetime import timedelta

import pytest
import requests

from core.errors import Refused, Unavailable
from tests.bot.stories.watching import (
    cancel,
    checkouts,
    goes_wrong,
    happened,
    mended,
    outgoing,
    payments,
    phone,
    worth,
)
from tests.house import House

_MINUTE = timedelta(minutes=1)


def test_three_calls_of_mollie_are_one_entry_and_one_thanks(house: House) -> None:
    """Trap 2: the webhook is a hint; what is booked is what Mollie says when asked."""
    request = house.ask()
    house.settle()
    goes_wrong(house, "mollie", "duplicate", "payment")
    payment = house.tap(request)
    house.at_the_bank(payment)
    address = f"{house.world.settings.public_url}/webhooks/mollie"
    for path in ("", f"/{checkouts(house, request)[0].id}", "/anything"):
        assert requests.post(address + path, data={"id": payment}, timeout=5).status_code == 200
        house.settle()
    assert happened(house) == ["duplicate"]
    assert house.ledger(request) == [("payment", 4250)]
    assert [template for template, _ in house.heard(request)] == ["request", "thanks"]


def test_a_payment_whose_webhooks_are_all_lost_is_found_by_asking(house: House) -> None:
    """Trap 16: no webhook is sure to come; the schedule asks."""
    request = house.ask()
    house.settle()
    goes_wrong(house, "mollie", "drop", "payment", times=99)
    house.pays(request)
    house.move(timedelta(seconds=45))
    assert house.ledger(request) == [("payment", 4250)]
    assert house.heard(request)[-1] == ("thanks", "delivered")


def test_coming_back_from_the_bank_or_posting_an_id_pays_nothing(house: House) -> None:
    """Trap 2: neither the redirect nor the webhook's body makes a request paid."""
    from bot.stories.pay import back_from_bank

    request = house.ask()
    house.settle()
    payment = house.tap(request)
    house.world.db.run(back_from_bank, house.token(request))
    address = f"{house.world.settings.public_url}/webhooks/mollie"
    requests.post(address, data={"id": payment, "status": "paid"}, timeout=5)
    house.settle()
    assert house.ledger(request) == []
    assert house.request(request).status == "open"


def test_a_tap_whose_answer_was_lost_leads_to_the_same_checkout_next_time(house: House) -> None:
    """Trap 3: the attempt keeps its key, so that a second tap opens nothing twice."""
    request = house.ask()
    house.settle()
    goes_wrong(house, "mollie", "reset_after", "create-payment")
    with pytest.raises(Unavailable):
        house.tap(request)
    [opened] = payments(house)
    assert house.tap(request) == opened
    assert payments(house) == [opened]
    house.at_the_bank(opened)
    assert house.ledger(request) == [("payment", 4250)]


def test_a_checkout_whose_opening_was_lost_is_found_and_credited(house: House) -> None:
    """Trap 3: nobody taps again, no webhook comes, and still it is found, by listing."""
    request = house.ask()
    house.settle()
    goes_wrong(house, "mollie", "reset_after", "create-payment")
    goes_wrong(house, "mollie", "drop", "payment", times=99)
    with pytest.raises(Unavailable):
        house.tap(request)
    [opened] = payments(house)
    assert checkouts(house, request)[0].psp_id is None
    house.at_the_bank(opened)
    house.move(_MINUTE)
    assert checkouts(house, request)[0].psp_id == opened
    assert house.ledger(request) == [("payment", 4250)]


def test_a_lost_opening_is_not_offered_again_once_it_has_died_at_the_bank(house: House) -> None:
    """Traps 3 and 4: Mollie answers a known key with the checkout of then, which lives fifteen minutes."""
    request = house.ask()
    house.settle()
    goes_wrong(house, "mollie", "reset_after", "create-payment")
    goes_wrong(house, "mollie", "error_500", "list-payments", times=999)
    goes_wrong(house, "mollie", "drop", "payment", times=99)
    with pytest.raises(Unavailable):
        house.tap(request)
    house.move(timedelta(minutes=16))
    house.pays(request)
    house.move(_MINUTE)
    assert house.ledger(request) == [("payment", 4250)]


def test_while_the_psp_is_down_the_payer_hears_it_and_can_pay_later(house: House) -> None:
    request = house.ask()
    house.settle()
    goes_wrong(house, "mollie", "html_502", times=999)
    for _ in range(3):
        with pytest.raises(Unavailable):
            house.tap(request)
    house.move(timedelta(hours=3))
    mended(house)
    house.pays(request)
    assert house.ledger(request) == [("payment", 4250)]
    assert len(checkouts(house, request)) == 2


def test_a_payer_who_pays_in_two_tabs_is_credited_twice_and_told(house: House) -> None:
    """Trap 6: two attempts that can both be paid; the surplus is shown and offered back."""
    from bot.stories.give_back import returnable

    request = house.ask()
    house.settle()
    first = house.tap(request)
    house.move(timedelta(minutes=13, seconds=30))
    second = house.tap(request)
    assert first != second
    house.at_the_bank(first)
    house.at_the_bank(second)
    assert house.ledger(request) == [("payment", 4250), ("payment", 4250)]
    house_request = house.request(request)
    assert (house_request.status, house_request.attention) == ("paid", "surplus")
    assert [template for template, _ in house.heard(request)] == ["request", "thanks", "surplus"]
    assert "surplus" in house.kinds(request)
    assert house.world.db.read(returnable, house.merchant_id, request).value == "42.50"


def test_a_payment_after_the_checkout_expired_is_still_credited(house: House) -> None:
    """Trap 4: Mollie said fifteen minutes, and the bank took a little longer."""
    request = house.ask()
    house.settle()
    goes_wrong(house, "mollie", "late_expiry", "create-payment", seconds=1200)
    payment = house.tap(request)
    house.move(timedelta(minutes=30))
    house.at_the_bank(payment)
    assert house.ledger(request) == [("payment", 4250)]
    assert house.heard(request)[-1] == ("thanks", "delivered")


def test_a_payment_after_cancelling_is_credited_and_shown_as_surplus(house: House) -> None:
    request = house.ask()
    house.settle()
    payment = house.tap(request)
    cancel(house, request)
    house.at_the_bank(payment)
    assert house.ledger(request) == [("payment", 4250)]
    assert house.request(request).attention == "surplus"
    assert house.heard(request)[-1] == ("surplus", "delivered")
    with pytest.raises(Refused):
        house.tap(request)


def test_a_part_payment_leaves_exactly_the_rest(house: House) -> None:
    """Trap 22: whole cents, so that what remains is exact."""
    request = house.ask(amount={"value": "0.30", "currency": "EUR"})
    house.settle()
    payment = house.tap(request)
    worth(house, payment, 10)
    house.at_the_bank(payment)
    assert house.ledger(request) == [("payment", 10)]
    assert house.request(request).status == "open"
    assert "0,20" in phone(house)[-1]
    assert house.heard(request)[-1] == ("part-paid", "delivered")
    rest = house.tap(request)
    assert house.sandbox.world.mollie.get(rest).order.amount.cents == 20
    house.at_the_bank(rest)
    assert house.request(request).status == "paid"
    assert house.ledger(request) == [("payment", 10), ("payment", 20)]


def test_nothing_is_opened_at_the_psp_before_the_payer_taps(house: House) -> None:
    """Traps 4 and 5: the message carries our own link; a checkout would be dead before it is read."""
    request = house.ask()
    house.settle()
    token = outgoing(house, request)[0].token
    assert token is not None
    assert f"{house.world.settings.public_url}/p/{token}" in phone(house)[0]
    assert payments(house) == []
    first = house.tap(request)
    assert house.tap(request) == first
    assert payments(house) == [first]

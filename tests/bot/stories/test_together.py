"""Several requests paid at once: one link, one payment, and each request credited on its own."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import requests

from bot.decide import Act, Decision
from bot.stories.carry_out import carry_out
from bot.stories.give_back import returnable
from bot.stories.pay import Changed, back_from_bank
from core.db import Tx
from core.errors import Refused, Unavailable
from core.money import Money
from payments.guards import paying_until
from payments.parts import divide
from payments.requests import locked
from tests.bot.stories.watching import (
    cancel,
    checkouts,
    goes_wrong,
    link_for_all,
    outgoing,
    payments,
    phone,
    tap_all,
)
from tests.house import House


def thanks(house: House, *ids: str) -> list[str]:
    """The bodies of all that was said after money came in."""
    said = [row for one in ids for row in outgoing(house, one) if row.name.startswith("thanks:")]
    return [row.body or "" for row in said]


def test_one_payment_credits_each_request_exactly_and_is_thanked_for_once(
    house: House, two: tuple[str, str]
) -> None:
    bike, tire = two
    house.at_the_bank(tap_all(house, bike, tire))
    assert len(payments(house)) == 1
    assert house.ledger(bike) == [("payment", 4250)]
    assert house.ledger(tire) == [("payment", 3000)]
    assert [house.request(one).status for one in two] == ["paid", "paid"]
    [said] = thanks(house, bike, tire)
    assert phone(house)[-1] == said
    for part in ("€ 72,50", "1042 (€ 42,50)", "1043 (€ 30,00)"):
        assert part in said
    house.move(timedelta(days=60))
    assert all("reminder" not in template for one in two for template, _ in house.heard(one))


def test_each_timeline_says_with_what_it_was_paid(house: House, two: tuple[str, str]) -> None:
    house.at_the_bank(tap_all(house, *two))
    for one, cents, other in ((two[0], 4250, "1043"), (two[1], 3000, "1042")):
        for kind in ("checkout", "payment"):
            [event] = [event for event in house.events(one) if event.kind == kind]
            assert (event.data["cents"], event.data["together"]) == (cents, other)
        assert "paid" in house.kinds(one)


def test_three_calls_of_mollie_are_one_entry_for_each_and_one_thanks(
    house: House, two: tuple[str, str]
) -> None:
    payment = tap_all(house, *two)
    house.at_the_bank(payment)
    for path in ("", f"/{checkouts(house, two[1])[0].id}", "/anything"):
        address = f"{house.world.settings.public_url}/webhooks/mollie{path}"
        assert requests.post(address, data={"id": payment}, timeout=5).status_code == 200
        house.settle()
    assert [len(house.ledger(one)) for one in two] == [1, 1]
    assert len(thanks(house, *two)) == 1


def test_a_second_tap_goes_on_with_the_same_checkout(house: House, two: tuple[str, str]) -> None:
    first = tap_all(house, *two)
    assert tap_all(house, *reversed(two), cents=7250) == first
    assert payments(house) == [first]


def test_the_amount_is_what_is_owed_at_the_moment_of_the_tap(house: House, two: tuple[str, str]) -> None:
    bike, tire = two
    both = tap_all(house, bike, tire)
    house.pays(tire)
    with pytest.raises(Changed):
        tap_all(house, bike, tire, cents=7250)
    rest = tap_all(house, bike, tire, cents=4250)
    assert house.sandbox.world.mollie.get(rest).order.amount.cents == 4250
    house.at_the_bank(rest)
    assert [house.request(one).status for one in two] == ["paid", "paid"]
    with pytest.raises(Refused, match="paid"):
        tap_all(house, bike, tire)
    assert both != rest


def test_what_was_also_paid_in_another_tab_is_surplus_of_that_request_alone(
    house: House, two: tuple[str, str]
) -> None:
    bike, tire = two
    both, alone = tap_all(house, bike, tire), house.tap(tire)
    house.at_the_bank(alone)
    house.at_the_bank(both)
    assert house.ledger(bike) == [("payment", 4250)]
    assert house.ledger(tire) == [("payment", 3000), ("payment", 3000)]
    assert (house.request(bike).attention, house.request(tire).attention) == (None, "surplus")
    can_return = [house.world.db.read(returnable, house.merchant_id, one).cents for one in two]
    assert can_return == [0, 3000]
    assert house.heard(bike)[-1] == ("surplus-all", "delivered")
    assert "€ 30,00 te veel" in thanks(house, bike)[0]


def test_a_request_that_was_withdrawn_while_the_payer_was_at_the_bank_is_offered_back(
    house: House, two: tuple[str, str]
) -> None:
    bike, tire = two
    payment = tap_all(house, bike, tire)
    cancel(house, bike)
    house.at_the_bank(payment)
    assert house.ledger(bike) == [("payment", 4250)]
    assert house.request(bike).attention == "surplus"
    assert (house.request(tire).status, house.request(tire).attention) == ("paid", None)
    with pytest.raises(Refused):
        tap_all(house, bike, tire)


def test_an_instalment_plan_is_paid_off_whole_and_ends(house: House, two: tuple[str, str]) -> None:
    bike, tire = two
    parts = divide(Money(4250), 2, date(2026, 11, 23))
    plan = Decision(Act.DIVIDE, None, parts=parts)
    house.world.db.run(lambda tx: carry_out(tx, locked(tx, bike), plan))
    assert house.request(bike).status == "instalments"
    house.at_the_bank(tap_all(house, bike, tire, cents=7250))
    assert house.ledger(bike) == [("payment", 4250)]
    assert house.request(bike).status == "paid"
    assert [template for template, _ in house.heard(bike)][-1] == "thanks-all"
    house.move(timedelta(days=40))
    assert house.heard(bike)[-1][0] == "thanks-all"


def test_a_promise_is_kept_by_paying_all_at_once(house: House, two: tuple[str, str]) -> None:
    house.says("ik betaal vrijdag")
    house.at_the_bank(tap_all(house, *two))
    house.move(timedelta(days=10))
    assert [template for one in two for template, _ in house.heard(one) if "promise-due" in template] == []
    assert [house.request(one).quiet_until for one in two] == [None, None]


def test_while_the_payer_may_be_at_the_bank_none_of_them_is_asked_for(
    house: House, two: tuple[str, str]
) -> None:
    tap_all(house, *two)

    def ends(tx: Tx) -> list[bool]:
        return [paying_until(tx, locked(tx, one)) is not None for one in two]

    assert house.world.db.read(ends) == [True, True]


@pytest.mark.parametrize("which", [0, 1])
def test_already_paid_looks_at_the_payment_for_all_from_each_of_them(
    house: House, two: tuple[str, str], which: int
) -> None:
    payment = tap_all(house, *two)
    goes_wrong(house, "mollie", "drop", "payment", times=99)
    house.at_the_bank(payment)
    house.move(timedelta(seconds=1))
    check = Decision(Act.CHECK, "checking")
    house.world.db.run(lambda tx: carry_out(tx, locked(tx, two[which]), check))
    house.settle()
    assert [house.request(one).status for one in two] == ["paid", "paid"]


def test_who_says_paid_and_was_not_hears_it_once_the_payment_for_all_is_looked_up(
    house: House, two: tuple[str, str]
) -> None:
    house.at_the_bank(tap_all(house, *two), "failed")
    check = Decision(Act.CHECK, "checking")
    house.world.db.run(lambda tx: carry_out(tx, locked(tx, two[1]), check))
    house.settle()
    assert house.heard(two[1])[-1] == ("still-open", "delivered")
    assert all("checkout_failed" in house.kinds(one) for one in two)


def test_coming_back_from_the_bank_asks_at_once(house: House, two: tuple[str, str]) -> None:
    payment = tap_all(house, *two)
    goes_wrong(house, "mollie", "drop", "payment", times=99)
    house.at_the_bank(payment)
    house.world.db.run(back_from_bank, link_for_all(house, *two))
    house.settle()
    assert house.ledger(two[1]) == [("payment", 3000)]


def test_a_lost_opening_is_found_and_credits_each(house: House, two: tuple[str, str]) -> None:
    goes_wrong(house, "mollie", "reset_after", "create-payment")
    goes_wrong(house, "mollie", "drop", "payment", times=99)
    with pytest.raises(Unavailable):
        tap_all(house, *two)
    [opened] = payments(house)
    house.at_the_bank(opened)
    house.move(timedelta(minutes=1))
    assert [house.ledger(one) for one in two] == [[("payment", 4250)], [("payment", 3000)]]


def test_three_at_once(house: House) -> None:
    three = [house.ask(reference=ref, amount={"value": "0.33", "currency": "EUR"}) for ref in ("A", "B", "C")]
    house.settle()
    house.at_the_bank(tap_all(house, *three))
    assert [house.ledger(one) for one in three] == [[("payment", 33)]] * 3
    assert "A (€ 0,33), B (€ 0,33), C (€ 0,33)" in thanks(house, *three)[0]
    event = next(event for event in house.events(three[1]) if event.kind == "payment")
    assert event.data["together"] == "A, C"

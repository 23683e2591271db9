"""Several requests paid at once: one link, one payment, and each request credited on its own."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import requests

from bot.decide import Act, Decision
from bot.stories import together
from bot.stories.carry_out import carry_out
from bot.stories.give_back import give_back, returnable
from bot.stories.pay import Changed, back_from_bank, pay
from bot.stories.pay_page import look
from bot.stories.say import say
from core.db import Tx
from core.errors import Missing, Refused, Unavailable
from core.money import Money
from payments.parts import divide
from payments.requests import locked
from tests.bot.stories.watching import cancel, checkouts, goes_wrong, outgoing, payments, phone
from tests.house import House

_TIRE = {"description": "Nieuwe band", "amount": {"value": "30.00", "currency": "EUR"}}
_DAY = timedelta(days=1, minutes=5)


@pytest.fixture
def two(house: House) -> tuple[str, str]:
    """Two requests that Anna owes: 42.50 (nota 1042) and 30.00 (nota 1043)."""
    return _two(house)


def _two(house: House) -> tuple[str, str]:
    found = house.ask(), house.ask(**_TIRE)
    house.settle()
    return found


def token(house: House, *ids: str, purpose: str = "all") -> str:
    def mint(tx: Tx) -> str:
        return together.link_for_all(tx, house.world.links, [locked(tx, one) for one in ids], purpose)

    return house.world.db.run(mint).rpartition("/")[2]


def tap(house: House, *ids: str, cents: int | None = None) -> str:
    return pay(house.world, token(house, *ids), cents).rpartition("/")[2]


def thanks(house: House, *ids: str) -> list[str]:
    """The bodies of all that was said after money came in."""
    said = [row for one in ids for row in outgoing(house, one) if row.name.startswith("thanks:")]
    return [row.body or "" for row in said]


def test_one_payment_credits_each_request_exactly_and_is_thanked_for_once(
    house: House, two: tuple[str, str]
) -> None:
    bike, tire = two
    house.at_the_bank(tap(house, bike, tire))
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
    house.at_the_bank(tap(house, *two))
    for one, cents, other in ((two[0], 4250, "1043"), (two[1], 3000, "1042")):
        for kind in ("checkout", "payment"):
            [event] = [event for event in house.events(one) if event.kind == kind]
            assert (event.data["cents"], event.data["together"]) == (cents, other)
        assert "paid" in house.kinds(one)


def test_three_calls_of_mollie_are_one_entry_for_each_and_one_thanks(
    house: House, two: tuple[str, str]
) -> None:
    payment = tap(house, *two)
    house.at_the_bank(payment)
    for path in ("", f"/{checkouts(house, two[1])[0].id}", "/anything"):
        address = f"{house.world.settings.public_url}/webhooks/mollie{path}"
        assert requests.post(address, data={"id": payment}, timeout=5).status_code == 200
        house.settle()
    assert [len(house.ledger(one)) for one in two] == [1, 1]
    assert len(thanks(house, *two)) == 1


def test_a_second_tap_goes_on_with_the_same_checkout(house: House, two: tuple[str, str]) -> None:
    first = tap(house, *two)
    assert tap(house, *reversed(two), cents=7250) == first
    assert payments(house) == [first]


def test_the_amount_is_what_is_owed_at_the_moment_of_the_tap(house: House, two: tuple[str, str]) -> None:
    bike, tire = two
    both = tap(house, bike, tire)
    house.pays(tire)
    with pytest.raises(Changed):
        tap(house, bike, tire, cents=7250)
    rest = tap(house, bike, tire, cents=4250)
    assert house.sandbox.world.mollie.get(rest).order.amount.cents == 4250
    house.at_the_bank(rest)
    assert [house.request(one).status for one in two] == ["paid", "paid"]
    with pytest.raises(Refused, match="paid"):
        tap(house, bike, tire)
    assert both != rest


def test_what_was_also_paid_in_another_tab_is_surplus_of_that_request_alone(
    house: House, two: tuple[str, str]
) -> None:
    bike, tire = two
    both, alone = tap(house, bike, tire), house.tap(tire)
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
    payment = tap(house, bike, tire)
    cancel(house, bike)
    house.at_the_bank(payment)
    assert house.ledger(bike) == [("payment", 4250)]
    assert house.request(bike).attention == "surplus"
    assert (house.request(tire).status, house.request(tire).attention) == ("paid", None)
    with pytest.raises(Refused):
        tap(house, bike, tire)


def test_an_instalment_plan_is_paid_off_whole_and_ends(house: House, two: tuple[str, str]) -> None:
    bike, tire = two
    parts = divide(Money(4250), 2, date(2026, 11, 23))
    plan = Decision(Act.DIVIDE, None, parts=parts)
    house.world.db.run(lambda tx: carry_out(tx, locked(tx, bike), plan))
    assert house.request(bike).status == "instalments"
    house.at_the_bank(tap(house, bike, tire, cents=7250))
    assert house.ledger(bike) == [("payment", 4250)]
    assert house.request(bike).status == "paid"
    assert [template for template, _ in house.heard(bike)][-1] == "thanks-all"
    house.move(timedelta(days=40))
    assert house.heard(bike)[-1][0] == "thanks-all"


def test_a_promise_is_kept_by_paying_all_at_once(house: House, two: tuple[str, str]) -> None:
    house.says("ik betaal vrijdag")
    house.at_the_bank(tap(house, *two))
    house.move(timedelta(days=10))
    assert [template for one in two for template, _ in house.heard(one) if "promise-due" in template] == []
    assert [house.request(one).quiet_until for one in two] == [None, None]


def test_while_the_payer_may_be_at_the_bank_none_of_them_is_asked_for(
    house: House, two: tuple[str, str]
) -> None:
    from payments.guards import paying_until

    tap(house, *two)
    for one in two:
        assert house.world.db.read(lambda tx, one=one: paying_until(tx, locked(tx, one))) is not None


@pytest.mark.parametrize("which", [0, 1])
def test_already_paid_looks_at_the_payment_for_all_from_each_of_them(
    house: House, two: tuple[str, str], which: int
) -> None:
    payment = tap(house, *two)
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
    house.at_the_bank(tap(house, *two), "failed")
    check = Decision(Act.CHECK, "checking")
    house.world.db.run(lambda tx: carry_out(tx, locked(tx, two[1]), check))
    house.settle()
    assert house.heard(two[1])[-1] == ("still-open", "delivered")
    assert all("checkout_failed" in house.kinds(one) for one in two)


def test_coming_back_from_the_bank_asks_at_once(house: House, two: tuple[str, str]) -> None:
    payment = tap(house, *two)
    goes_wrong(house, "mollie", "drop", "payment", times=99)
    house.at_the_bank(payment)
    house.world.db.run(back_from_bank, token(house, *two))
    house.settle()
    assert house.ledger(two[1]) == [("payment", 3000)]


def test_a_lost_opening_is_found_and_credits_each(house: House, two: tuple[str, str]) -> None:
    goes_wrong(house, "mollie", "reset_after", "create-payment")
    goes_wrong(house, "mollie", "drop", "payment", times=99)
    with pytest.raises(Unavailable):
        tap(house, *two)
    [opened] = payments(house)
    house.at_the_bank(opened)
    house.move(timedelta(minutes=1))
    assert [house.ledger(one) for one in two] == [[("payment", 4250)], [("payment", 3000)]]


def test_the_merchants_refund_of_one_request_comes_from_its_share_alone(
    house: House, two: tuple[str, str]
) -> None:
    bike, tire = two
    house.at_the_bank(tap(house, bike, tire))
    with pytest.raises(Refused):
        give_back(house.world, house.merchant_id, tire, Money(30_01), "merchant")
    give_back(house.world, house.merchant_id, bike, Money(40_00), "merchant")
    give_back(house.world, house.merchant_id, tire, Money(30_00), "merchant")
    house.move(_DAY)
    assert house.ledger(bike) == [("payment", 4250), ("refund", -4000)]
    assert house.ledger(tire) == [("payment", 3000), ("refund", -3000)]
    assert (house.heard(bike)[-1], house.heard(tire)[-1]) == (("refunded", "delivered"),) * 2


def test_a_chargeback_takes_all_shares_back_and_a_person_looks_at_each(
    house: House, two: tuple[str, str]
) -> None:
    payment = tap(house, *two)
    house.at_the_bank(payment)
    house.move(timedelta(days=3))
    house.at_the_bank(payment, "chargeback")
    assert [house.ledger(one)[-1] for one in two] == [("chargeback", -4250), ("chargeback", -3000)]
    assert [house.request(one).status for one in two] == ["charged_back", "charged_back"]
    assert [house.request(one).attention for one in two] == ["charged_back", "charged_back"]


def test_the_message_names_each_request_and_is_true_when_it_goes(house: House, two: tuple[str, str]) -> None:
    bike, tire = two

    def queue(tx: Tx) -> None:
        asked = [locked(tx, bike), locked(tx, tire)]
        say(tx, asked[0], together.words_for_all(asked, "all-1"))

    house.world.db.run(queue)
    house.settle()
    said = phone(house)[-1]
    address = house.world.links.url(token(house, bike, tire, purpose="all-1"))
    assert address in said
    assert said.index("€ 72,50") < said.index(address) < said.index("1042 € 42,50")
    assert "1043 € 30,00" in said
    row = outgoing(house, bike)[-1]
    assert (row.template, row.status) == ("pay-link-all", "delivered")


def test_a_message_about_what_was_paid_meanwhile_does_not_go(house: House, two: tuple[str, str]) -> None:
    bike, tire = two
    house.pays(bike)
    house.pays(tire)

    def queue(tx: Tx) -> None:
        asked = [locked(tx, bike), locked(tx, tire)]
        say(tx, asked[0], together.words_for_all(asked, "all-1"))

    house.world.db.run(queue)
    house.settle()
    assert house.heard(bike)[-1] == ("pay-link-all", "withheld")


def test_only_requests_of_one_payer_at_one_merchant_are_paid_together(house: House) -> None:
    bike = house.ask()
    other = house.ask(phone="+31687654321", name="Bob")
    with pytest.raises(ValueError, match="one payer"):
        token(house, bike, other)
    with pytest.raises(ValueError, match="one payer"):
        token(house)


def test_one_who_is_not_meant_sees_none_of_the_requests_any_more(house: House, two: tuple[str, str]) -> None:
    shared = token(house, *two)
    block = Decision(Act.BLOCK, None, attention="wrong_person")
    house.world.db.run(lambda tx: carry_out(tx, locked(tx, two[1]), block))
    with pytest.raises(Missing):
        house.world.db.read(look, shared)


def test_a_link_to_one_request_is_an_ordinary_link(house: House) -> None:
    bike = house.ask()
    house.settle()
    seen = house.world.db.read(look, token(house, bike))
    assert (seen.several, seen.total) == (False, Money(4250))
    house.at_the_bank(tap(house, bike))
    assert house.heard(bike)[-1] == ("thanks", "delivered")


def test_three_at_once(house: House) -> None:
    three = [house.ask(reference=ref, amount={"value": "0.33", "currency": "EUR"}) for ref in ("A", "B", "C")]
    house.settle()
    house.at_the_bank(tap(house, *three))
    assert [house.ledger(one) for one in three] == [[("payment", 33)]] * 3
    assert "A (€ 0,33), B (€ 0,33), C (€ 0,33)" in thanks(house, *three)[0]
    event = next(event for event in house.events(three[1]) if event.kind == "payment")
    assert event.data["together"] == "A, C"

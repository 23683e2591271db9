"""What goes back of a payment for several requests, what is said about it, and who may see the link."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.decide import Act, Decision
from bot.stories import together
from bot.stories.carry_out import carry_out
from bot.stories.give_back import give_back
from bot.stories.pay_page import look
from bot.stories.say import say
from core.db import Tx
from core.errors import Missing, Refused
from core.money import Money
from payments.requests import locked
from tests.bot.stories.watching import link_for_all, outgoing, phone, tap_all
from tests.house import House

_DAY = timedelta(days=1, minutes=5)


def test_the_merchants_refund_of_one_request_comes_from_its_share_alone(
    house: House, two: tuple[str, str]
) -> None:
    bike, tire = two
    house.at_the_bank(tap_all(house, bike, tire))
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
    payment = tap_all(house, *two)
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
    address = house.world.links.url(link_for_all(house, bike, tire, purpose="all-1"))
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
        link_for_all(house, bike, other)
    with pytest.raises(ValueError, match="one payer"):
        link_for_all(house)


def test_one_who_is_not_meant_sees_none_of_the_requests_any_more(house: House, two: tuple[str, str]) -> None:
    shared = link_for_all(house, *two)
    block = Decision(Act.BLOCK, None, attention="wrong_person")
    house.world.db.run(lambda tx: carry_out(tx, locked(tx, two[1]), block))
    with pytest.raises(Missing):
        house.world.db.read(look, shared)


def test_a_link_to_one_request_is_an_ordinary_link(house: House) -> None:
    bike = house.ask()
    house.settle()
    seen = house.world.db.read(look, link_for_all(house, bike))
    assert (seen.several, seen.total) == (False, Money(4250))
    house.at_the_bank(tap_all(house, bike))
    assert house.heard(bike)[-1] == ("thanks", "delivered")

"""What goes back of a payment for several requests, what is said about it, and who may see the link."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from bot.decide import Act, Decision
from bot.stories import together
from bot.stories.carry_out import carry_out
from bot.stories.give_back import give_back
from bot.stories.paid import reported
from bot.stories.pay import pay
from bot.stories.pay_page import look
from bot.stories.say import NOW, Words, say
from core.db import Tx
from core.errors import Missing, Refused
from core.money import Money
from payments.requests import locked
from tests.bot.stories.watching import chat, link_for_all, outgoing, phone, tap_all, worth
from tests.house import House

_DAY = timedelta(days=1, minutes=5)


def _ask_for_all(tx: Tx, ids: Sequence[str]) -> None:
    """What the chat does when the payer says "alles"."""
    requests = [locked(tx, one) for one in sorted(ids)]
    facts = together.named(together.one_payers(requests))
    say(tx, requests[0], Words("pay-link-all", "all-1", facts, asked=True, urgency=NOW))


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

    house.world.db.run(_ask_for_all, [bike, tire])
    house.settle()
    said = phone(house)[-1]
    address = house.world.links.url(link_for_all(house, bike, tire, purpose="all-1"))
    assert address in said
    assert said.index("€ 72,50") < said.index(address) < said.index("fiets 1042 € 42,50")
    assert "Nieuwe band 1043 € 30,00" in said
    row = outgoing(house, bike)[-1]
    assert (row.template, row.status) == ("pay-link-all", "delivered")


def test_a_message_about_what_was_paid_meanwhile_does_not_go(house: House, two: tuple[str, str]) -> None:
    bike, tire = two
    house.pays(bike)
    house.pays(tire)

    house.world.db.run(_ask_for_all, [bike, tire])
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


def test_less_than_all_pays_the_oldest_first_and_the_rest_can_be_paid_at_once(
    house: House, two: tuple[str, str]
) -> None:
    payment = tap_all(house, *two)
    worth(house, payment, 5000)
    house.at_the_bank(payment)
    assert [house.ledger(one) for one in two] == [[("payment", 4250)], [("payment", 750)]]
    assert [house.request(one).status for one in two] == ["paid", "open"]
    row = outgoing(house, two[0])[-1]
    assert (row.template, row.status) == ("part-paid-all", "delivered")
    assert "€ 22,50" in phone(house)[-1]
    rest = pay(house.world, str(row.body).partition("/p/")[2].split()[0], 2250).rpartition("/")[2]
    house.at_the_bank(rest)
    assert [house.request(one).status for one in two] == ["paid", "paid"]


@pytest.mark.parametrize("channel", ["whatsapp", "telegram"])
def test_on_a_roomy_channel_each_request_has_a_line_and_the_button_pays_all(
    small_house: House, channel: str
) -> None:
    tire = {"description": "Nieuwe band", "amount": {"value": "30.00", "currency": "EUR"}}
    ids = [small_house.ask(channels=[channel]), small_house.ask(channels=[channel], **tire)]
    if channel == "telegram":
        small_house.joins_telegram(ids[0])
    else:
        small_house.settle()
        small_house.says("hallo", "whatsapp")
    small_house.world.db.run(_ask_for_all, ids)
    small_house.settle()
    row = outgoing(small_house, ids[0])[-1]
    assert (row.template, row.channel) == ("pay-link-all", channel)
    said = (chat(small_house) if channel == "telegram" else phone(small_house, channel))[-1]
    assert "Reparatie fiets (1042): € 42,50\nNieuwe band (1043): € 30,00" in said
    small_house.at_the_bank(tap_all(small_house, *ids))
    small_house.move(timedelta(days=1))
    said = (chat(small_house) if channel == "telegram" else phone(small_house, channel))[-1]
    assert "voor de nota's 1042 (€ 42,50), 1043 (€ 30,00)" in said


def test_a_thank_you_for_all_can_open_a_conversation_on_whatsapp(small_house: House) -> None:
    """Nobody wrote for longer than a day, so that only an approved message may go."""
    tire = {"description": "Nieuwe band", "amount": {"value": "30.00", "currency": "EUR"}}
    ids = [small_house.ask(channels=["whatsapp"]), small_house.ask(channels=["whatsapp"], **tire)]
    small_house.settle()
    small_house.at_the_bank(tap_all(small_house, *ids))
    assert small_house.heard(ids[0])[-1][0] == "thanks-all"
    assert "1042 (€ 42,50), 1043 (€ 30,00)" in phone(small_house, "whatsapp")[-1]


def test_many_reports_at_once_neither_wait_for_each_other_for_ever_nor_count_twice(
    house: House, two: tuple[str, str]
) -> None:
    """One payment for both and one for each, all heard at the same moment by several workers."""
    made = [tap_all(house, *two), *(house.tap(one) for one in two)]
    for payment in made:
        house.sandbox.world.mollie.pay(payment)
    reports = [house.world.psp.report(payment) for payment in made]
    run = house.world.db.run
    with ThreadPoolExecutor(6) as threads:
        heard = [threads.submit(run, reported, house.world, r.checkout_id, r) for r in reports * 8]
        assert all(future.result(60) for future in heard)
    assert [sorted(house.ledger(one)) for one in two] == [[("payment", 4250)] * 2, [("payment", 3000)] * 2]
    house.settle()
    assert [house.request(one).attention for one in two] == ["surplus", "surplus"]

"""What a payer says while a plan runs: a day, "al betaald", a button of long ago."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import requests

from bot.stories.pay_page import look
from messages.outbox import Outgoing
from payments import instalments
from tests.bot.stories.test_parts_in_time import EUROS, days, divided, resolved
from tests.bot.stories.watching import all_of, goes_wrong, mended
from tests.house import ANNA, House


def parts_of(house: House, request: str) -> list[tuple[int, date]]:
    agreed = house.world.db.read(lambda tx: instalments.agreed(tx, request))
    return [(part.number, part.due_on) for part in agreed]


@pytest.mark.parametrize("first", ["het klopt niet", "ik heb al betaald"])
def test_a_day_during_a_plan_that_a_person_looks_into_is_for_that_person(
    small_house: House, first: str
) -> None:
    request = divided(small_house)
    agreed = parts_of(small_house, request)
    small_house.says(first)
    status = small_house.request(request).status
    small_house.says("ik betaal vrijdag")
    assert small_house.request(request).status == status
    assert small_house.heard(request)[-1] == ("later-passed-on", "delivered")
    assert "asks_more_time" in small_house.request(request).attentions
    assert parts_of(small_house, request) == agreed
    assert small_house.world.db.read(look, small_house.token(request)).latest is None
    resolved(small_house, request)
    small_house.move_to(date(2026, 12, 23))
    assert small_house.heard(request)[-1][0].startswith("instalment-")


def test_who_paid_the_part_that_was_due_hears_that_it_is_in(small_house: House) -> None:
    request = divided(small_house)
    small_house.pays(request)
    small_house.says("ik heb al betaald")
    assert small_house.heard(request)[-1] == ("part-is-in", "delivered")
    assert "€ 50,00" in small_house.bodies(request)[-1]
    assert (small_house.request(request).status, small_house.request(request).attention) == (
        "instalments",
        None,
    )
    small_house.move_to(date(2026, 12, 23))
    assert small_house.heard(request)[-1] == ("instalment-due", "delivered")


def _pays_unheard(house: House, request: str) -> None:
    """The payment is made, and no webhook tells it."""
    payment = house.tap(request)
    goes_wrong(house, "mollie", "drop", "payment", times=20)
    goes_wrong(house, "mollie", "error_500", "get-payment", times=99)
    address = f"{house.sandbox.url}/bank/{payment}"
    requests.post(address, data={"status": "paid"}, allow_redirects=False, timeout=5)
    house.sandbox.world.postman.wait_until_idle()
    mended(house)
    house.clock.advance(timedelta(seconds=1))


def test_a_part_that_the_look_up_finds_lets_the_plan_go_on(house: House) -> None:
    request = divided(house)
    _pays_unheard(house, request)
    house.says("ik heb al betaald")
    assert [template for template, _ in house.heard(request)][-2:] == ["checking", "instalment-paid"]
    assert (house.request(request).status, house.request(request).attention) == ("instalments", None)
    assert "nothing_found" not in house.kinds(request)
    days(house, date(2026, 12, 23))
    assert house.heard(request)[-1] == ("instalment-due", "delivered")


def test_a_payment_that_waits_at_the_bank_is_said_to_be_under_way(house: House) -> None:
    request = house.ask()
    house.settle()
    house.tap(request)
    house.says("ik heb al betaald")
    assert [template for template, _ in house.heard(request)][-2:] == ["checking", "still-under-way"]
    house.move(timedelta(minutes=10))
    assert house.heard(request)[-1][0] == "still-under-way"
    house.move(timedelta(hours=1))
    assert house.heard(request)[-1] == ("still-open", "delivered")
    assert house.kinds(request).count("nothing_found") == 1


def test_a_payment_that_was_under_way_and_ends_well_is_thanked_for(house: House) -> None:
    request = house.ask()
    house.settle()
    payment = house.tap(request)
    house.says("ik heb al betaald")
    house.at_the_bank(payment)
    assert [template for template, _ in house.heard(request)][-2:] == ["still-under-way", "thanks"]
    assert "nothing_found" not in house.kinds(request)


def _tap(house: House, row: Outgoing) -> None:
    """Tap the first button below a message, on WhatsApp."""
    assert row.options is not None
    assert row.provider_id is not None
    house.hands.press("whatsapp", ANNA, row.provider_id, row.options[0]["label"])
    house.sandbox.world.postman.wait_until_idle()
    house.settle()


def test_a_button_of_long_ago_moves_the_part_that_it_was_about_and_no_other(small_house: House) -> None:
    request = small_house.ask(amount=EUROS, channels=["whatsapp"])
    small_house.settle()
    small_house.says("in 3 keer", "whatsapp")
    small_house.pays(request)
    small_house.move_to(date(2026, 12, 23))
    small_house.says("kan het later?", "whatsapp")
    offered = all_of(small_house, Outgoing, request)[-1]
    _tap(small_house, offered)
    moved = parts_of(small_house, request)
    assert moved[1] == (2, date(2026, 12, 30))
    assert small_house.request(request).times_promised == 1
    _tap(small_house, offered)
    assert small_house.heard(request)[-1][0] == "part-moved"
    assert small_house.request(request).times_promised == 1
    small_house.pays(request)
    small_house.move(timedelta(minutes=30))
    _tap(small_house, offered)
    assert small_house.heard(request)[-1][0] == "part-is-paid"
    assert parts_of(small_house, request) == moved

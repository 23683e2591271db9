"""The shop asks for less: the payer hears it once, and what was agreed besides goes on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.stories.lower_amount import Less, lower
from core.errors import Invalid, Refused
from payments.promises import PromiseToPay
from tests.bot.stories.lowering import WAS, lowers, quietly_lowers
from tests.bot.stories.watching import all_of, asked, cancel, phone, templates
from tests.house import House


def test_a_dispute_that_is_granted_ends_with_one_message_and_the_rhythm_goes_on(house: House) -> None:
    request = asked(house, "klopt niet, de bel zat er niet bij")
    assert house.request(request).status == "disputed"
    lowers(house, request, 30_00)
    now = house.request(request)
    assert (now.status, now.attention, now.amount_cents) == ("open", None, 30_00)
    [event] = [event for event in house.events(request) if event.kind == "amount_lowered"]
    assert event.actor == "Aysha"
    assert event.data == {"from_cents": WAS, "cents": 30_00, "reason": "mistake"}
    assert templates(house, request)[-1] == "amount-lowered"
    assert templates(house, request).count("amount-lowered") == 1
    body = phone(house)[-1]
    assert "verlaagd naar € 30,00. Er staat nog € 30,00 open." in body
    assert "/p/" in body
    house.pays(request)
    assert house.ledger(request) == [("payment", 30_00)]
    assert house.request(request).status == "paid"


def test_after_the_message_there_is_time_before_the_next_reminder(house: House) -> None:
    request = asked(house, "klopt niet")
    house.move(timedelta(days=3))
    lowers(house, request, 30_00)
    house.move(timedelta(days=2))
    assert "reminder-1" not in templates(house, request)
    house.move(timedelta(days=4))
    assert "reminder-1" in templates(house, request)
    assert "€ 30,00" in phone(house)[-1]


def test_a_promised_day_stays_and_asks_for_the_new_amount(house: House) -> None:
    request = asked(house, "ik betaal vrijdag")
    lowers(house, request, 30_00)
    assert house.request(request).status == "promised"
    assert [made.outcome for made in all_of(house, PromiseToPay, request)] == ["open"]
    house.move_to(date(2026, 11, 27))
    assert templates(house, request)[-1] == "promise-due"
    assert "€ 30,00" in phone(house)[-1]


def test_who_was_not_asked_yet_reads_the_new_amount_in_the_first_message(house: House) -> None:
    request = house.ask(send_at="2026-11-25T09:00")
    lowers(house, request, 30_00)
    assert templates(house, request) == []
    house.move_to(date(2026, 11, 25))
    assert templates(house, request) == ["request"]
    assert "€ 30,00" in phone(house)[-1]


@pytest.mark.parametrize(
    ("less", "what"),
    [
        (Less(WAS, WAS, "mistake", "Aysha"), "not_less"),
        (Less(50_00, WAS, "mistake", "Aysha"), "not_less"),
        (Less(0, WAS, "mistake", "Aysha"), "not_less"),
        (Less(-1, WAS, "mistake", "Aysha"), "not_less"),
        (Less(30_00, 40_00, "mistake", "Aysha"), "changed"),
        (Less(30_00, WAS, "", "Aysha"), "no_reason"),
        (Less(30_00, WAS, "hij zeurde", "Aysha"), "no_reason"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(house: House, less: Less, what: str) -> None:
    request = asked(house)
    with pytest.raises(Invalid) as refused:
        house.world.db.run(lower, house.world, house.merchant_id, request, less)
    assert [problem.what for problem in refused.value.problems] == [what]
    assert house.request(request).amount_cents == WAS
    assert templates(house, request) == ["request"]


def test_a_second_tap_lowers_nothing_more(house: House) -> None:
    request = asked(house)
    lowers(house, request, 30_00)
    with pytest.raises(Invalid):
        lowers(house, request, 30_00)
    assert templates(house, request).count("amount-lowered") == 1


def test_who_wants_no_messages_gets_none_and_the_shop_knows_that(house: House) -> None:
    request = asked(house, "stop met appen")
    assert quietly_lowers(house, request, 30_00) == "opted_out"
    house.settle()
    assert "amount-lowered" not in templates(house, request)
    assert house.request(request).amount_cents == 30_00


def test_what_is_closed_keeps_its_amount(house: House) -> None:
    request = asked(house)
    cancel(house, request)
    with pytest.raises(Refused):
        lowers(house, request, 30_00)


def test_hardship_stays_with_the_person_who_calls(house: House) -> None:
    request = asked(house, "ik heb geen geld, ik kan het niet betalen")
    assert house.request(request).status == "hardship"
    lowers(house, request, 30_00)
    assert house.request(request).status == "hardship"
    assert "hardship" in house.request(request).attentions


def test_who_is_yet_to_hear_of_a_lower_amount_hears_the_last_one_only(house: House) -> None:
    request = asked(house)
    for was, cents in ((WAS, 30_00), (30_00, 20_00)):
        quietly_lowers(house, request, cents, was)
    house.settle()
    [told] = [words for words in phone(house) if "verlaagd" in words]
    assert "€ 20,00" in told
    [event] = [event for event in house.events(request) if event.kind == "withheld"]
    assert event.data["reason"] == "lowered_again"

"""The shop asks for less: what is charged is what is shown, what is too much comes back, the rest goes on."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest

from bot.stories.fall_due import fall_due
from bot.stories.give_back import give_back, returnable
from bot.stories.lower_amount import Less, TooMuchPaid, lower
from bot.stories.pay import Changed, pay
from core.db import Tx
from core.errors import Invalid, Refused
from core.money import Money
from payments import instalments, plans
from payments.ledger import balance
from payments.parts import left
from payments.promises import PromiseToPay
from tests.bot.stories.watching import all_of, cancel, phone, tap_all
from tests.house import House

_WAS = 42_50


def lowers(house: House, request: str, cents: int, was: int = _WAS, surplus: int = 0) -> None:
    house.world.db.run(
        lower, house.world, house.merchant_id, request, Less(cents, was, "mistake", "Aysha", surplus)
    )
    house.settle()


def asked(house: House, *says: str, **changes: object) -> str:
    request = house.ask(**changes)
    house.settle()
    for text in says:
        house.says(text)
    return request


def templates(house: House, request: str) -> list[str]:
    return [template for template, _ in house.heard(request)]


def one_part_paid(house: House) -> str:
    """A request for 90.00 in three parts, of which the first came in."""
    request = asked(house, "in 3 keer", amount={"value": "90.00", "currency": "EUR"})
    house.pays(request)
    assert house.ledger(request) == [("payment", 30_00)]
    return request


def parts_left(house: House, request: str) -> list[tuple[str, int]]:
    def read(tx: Tx) -> list[tuple[str, int]]:
        remaining = balance(tx, house.request(request)).remaining
        open_parts = left(instalments.agreed(tx, request), remaining)
        return [(part.due_on.isoformat(), part.amount.cents) for part in open_parts]

    return house.world.db.read(read)


def test_a_dispute_that_is_granted_ends_with_one_message_and_the_rhythm_goes_on(house: House) -> None:
    request = asked(house, "klopt niet, de bel zat er niet bij")
    assert house.request(request).status == "disputed"
    lowers(house, request, 30_00)
    now = house.request(request)
    assert (now.status, now.attention, now.amount_cents) == ("open", None, 30_00)
    [event] = [event for event in house.events(request) if event.kind == "amount_lowered"]
    assert event.actor == "Aysha"
    assert event.data == {"from_cents": _WAS, "cents": 30_00, "reason": "mistake"}
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


def test_who_is_at_the_bank_for_the_old_amount_gets_the_rest_back(house: House) -> None:
    request = asked(house, "klopt niet")
    payment = house.tap(request)
    lowers(house, request, 30_00)
    house.at_the_bank(payment)
    now = house.request(request)
    assert house.ledger(request) == [("payment", _WAS)]
    assert (now.status, now.attentions) == ("paid", ["surplus"])
    assert house.world.db.read(returnable, house.merchant_id, request) == Money(12_50)
    assert templates(house, request)[-1] == "surplus"
    assert "€ 12,50" in phone(house)[-1]
    give_back(house.world, house.merchant_id, request, Money(12_50), "Jan")
    house.move(timedelta(days=1, minutes=5))
    assert house.ledger(request) == [("payment", _WAS), ("refund", -12_50)]
    assert (house.request(request).status, house.request(request).attention) == ("paid", None)


def test_a_page_that_showed_the_old_amount_cannot_charge_it_and_a_new_tap_charges_the_new_one(
    house: House,
) -> None:
    request = asked(house)
    token = house.token(request)
    first = house.tap(request)
    lowers(house, request, 30_00)
    with pytest.raises(Changed):
        pay(house.world, token, _WAS)
    second = house.tap(request)
    assert second != first
    house.at_the_bank(second)
    assert house.ledger(request) == [("payment", 30_00)]
    house.at_the_bank(first)  # the old tab was still open
    assert house.ledger(request) == [("payment", 30_00), ("payment", _WAS)]
    assert house.world.db.read(returnable, house.merchant_id, request) == Money(_WAS)


def test_two_requests_paid_together_at_the_old_amount_leave_the_surplus_where_it_belongs(
    two: tuple[str, str], house: House
) -> None:
    payment = tap_all(house, *two, cents=72_50)
    lowers(house, two[0], 30_00)
    house.at_the_bank(payment)
    assert [house.request(one).status for one in two] == ["paid", "paid"]
    assert [house.world.db.read(returnable, house.merchant_id, one).cents for one in two] == [12_50, 0]


def test_less_than_was_paid_is_told_before_it_is_done_and_shown_and_offered_back(house: House) -> None:
    request = one_part_paid(house)
    with pytest.raises(TooMuchPaid) as refused:
        lowers(house, request, 10_00, was=90_00)
    assert refused.value.surplus == Money(20_00)
    assert house.request(request).amount_cents == 90_00
    with pytest.raises(TooMuchPaid):
        lowers(house, request, 10_00, was=90_00, surplus=1)
    lowers(house, request, 10_00, was=90_00, surplus=20_00)
    now = house.request(request)
    assert (now.status, now.attentions) == ("paid", ["surplus"])
    assert templates(house, request)[-1] == "amount-lowered-surplus"
    assert house.world.db.read(returnable, house.merchant_id, request).cents == 20_00
    assert house.world.db.read(plans.planned, request) == []


def test_an_amount_that_is_in_already_ends_it_without_a_surplus(house: House) -> None:
    request = one_part_paid(house)
    lowers(house, request, 30_00, was=90_00)
    assert (house.request(request).status, house.request(request).attention) == ("paid", None)
    assert templates(house, request)[-1] == "amount-lowered-paid"


def test_what_was_agreed_in_parts_goes_on_with_its_days_and_is_done_earlier(house: House) -> None:
    request = one_part_paid(house)
    before = parts_left(house, request)
    assert [cents for _, cents in before] == [0, 30_00, 30_00]
    lowers(house, request, 75_00, was=90_00)
    assert parts_left(house, request) == [(before[0][0], 0), (before[1][0], 30_00), (before[2][0], 15_00)]
    assert templates(house, request)[-1] == "amount-lowered-parts"
    assert "volgende termijn is € 30,00, op woensdag 23 december." in phone(house)[-1]
    lowers(house, request, 50_00, was=75_00)
    assert parts_left(house, request) == [(before[0][0], 0), (before[1][0], 20_00)]
    house.move_to(date(2026, 12, 23))
    assert templates(house, request)[-1] == "instalment-due"
    assert "€ 20,00" in phone(house)[-1]
    house.pays(request)
    assert house.ledger(request) == [("payment", 30_00), ("payment", 20_00)]
    assert house.request(request).status == "paid"


def test_a_message_about_a_part_that_waits_to_go_names_the_new_amount(house: House) -> None:
    request = one_part_paid(house)
    lowers(house, request, 50_00, was=90_00)
    house.clock.set(house.clock.now() + timedelta(days=30))
    assert fall_due(house.world)  # and a worker is slow to send it
    house.world.db.run(lower, house.world, house.merchant_id, request, Less(45_00, 50_00, "mistake", "Aysha"))
    house.settle()
    due = [body for body in house.bodies(request) if "termijn" in body]
    assert "€ 15,00" in due[-1]
    assert "€ 20,00" not in due[-1]


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
        (Less(_WAS, _WAS, "mistake", "Aysha"), "not_less"),
        (Less(50_00, _WAS, "mistake", "Aysha"), "not_less"),
        (Less(0, _WAS, "mistake", "Aysha"), "not_less"),
        (Less(-1, _WAS, "mistake", "Aysha"), "not_less"),
        (Less(30_00, 40_00, "mistake", "Aysha"), "changed"),
        (Less(30_00, _WAS, "", "Aysha"), "no_reason"),
        (Less(30_00, _WAS, "hij zeurde", "Aysha"), "no_reason"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(house: House, less: Less, what: str) -> None:
    request = asked(house)
    with pytest.raises(Invalid) as refused:
        house.world.db.run(lower, house.world, house.merchant_id, request, less)
    assert [problem.what for problem in refused.value.problems] == [what]
    assert house.request(request).amount_cents == _WAS
    assert templates(house, request) == ["request"]


def test_a_second_tap_lowers_nothing_more(house: House) -> None:
    request = asked(house)
    lowers(house, request, 30_00)
    with pytest.raises(Invalid):
        lowers(house, request, 30_00)
    assert templates(house, request).count("amount-lowered") == 1


def test_of_several_who_lower_it_at_once_one_does(house: House) -> None:
    request = asked(house)
    start = Barrier(4)

    def at_once(cents: int) -> bool:
        start.wait(timeout=10)
        less = Less(cents, _WAS, "mistake", "Aysha")
        try:
            house.world.db.run(lower, house.world, house.merchant_id, request, less)
        except Invalid:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(at_once, (40_00, 38_00, 36_00, 34_00)))
    assert sorted(done) == [False, False, False, True]
    assert house.request(request).amount_cents == (40_00, 38_00, 36_00, 34_00)[done.index(True)]


def test_who_wants_no_messages_gets_none_and_the_shop_knows_that(house: House) -> None:
    request = asked(house, "stop met appen")
    less = Less(30_00, _WAS, "goodwill", "Aysha")
    assert house.world.db.run(lower, house.world, house.merchant_id, request, less) == "opted_out"
    house.settle()
    assert "amount-lowered" not in templates(house, request)
    assert house.request(request).amount_cents == 30_00


def test_an_amount_between_what_came_and_what_stayed_is_refused(house: House) -> None:
    request = one_part_paid(house)
    give_back(house.world, house.merchant_id, request, Money(25_00), "Jan")
    house.move(timedelta(days=1, minutes=5))
    with pytest.raises(Invalid) as refused:
        lowers(house, request, 29_99, was=90_00)
    assert refused.value.problems[0].what == "went_back"


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
    for was, cents in ((_WAS, 30_00), (30_00, 20_00)):
        house.world.db.run(lower, house.world, house.merchant_id, request, Less(cents, was, "mistake", "A"))
    house.settle()
    [told] = [words for words in phone(house) if "verlaagd" in words]
    assert "€ 20,00" in told
    [event] = [event for event in house.events(request) if event.kind == "withheld"]
    assert event.data["reason"] == "lowered_again"

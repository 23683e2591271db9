"""The shop asks for less of what is paid in parts: days and amounts stay, and it is done earlier."""

from __future__ import annotations

from datetime import date, timedelta

from bot.stories.fall_due import fall_due
from core.db import Tx
from payments import instalments
from payments.ledger import balance
from payments.parts import left
from tests.bot.stories.lowering import lowers, one_part_paid, quietly_lowers
from tests.bot.stories.watching import asked, phone, templates
from tests.house import House


def parts_left(house: House, request: str) -> list[tuple[str, int]]:
    def read(tx: Tx) -> list[tuple[str, int]]:
        remaining = balance(tx, house.request(request)).remaining
        open_parts = left(instalments.agreed(tx, request), remaining)
        return [(part.due_on.isoformat(), part.amount.cents) for part in open_parts]

    return house.world.db.read(read)


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
    quietly_lowers(house, request, 45_00, was=50_00)
    house.settle()
    due = [body for body in house.bodies(request) if "termijn" in body]
    assert "€ 15,00" in due[-1]
    assert "€ 20,00" not in due[-1]


def test_what_would_be_left_of_a_part_and_too_little_to_ask_for_goes_along_with_the_part_before(
    house: House,
) -> None:
    request = one_part_paid(house)
    [first, second, _] = [day for day, _ in parts_left(house, request)]
    lowers(house, request, 63_00, was=90_00)
    assert parts_left(house, request) == [(first, 0), (second, 33_00)]
    assert "volgende termijn is € 33,00, op woensdag 23 december." in phone(house)[-1]
    house.move_to(date(2026, 12, 23))
    assert "€ 33,00" in phone(house)[-1]
    house.pays(request)
    assert house.ledger(request) == [("payment", 30_00), ("payment", 33_00)]
    assert house.request(request).status == "paid"
    house.move_to(date(2027, 1, 23))
    assert templates(house, request).count("instalment-due") == 1


def test_the_part_that_is_due_today_is_named_too(house: House) -> None:
    request = asked(house, "in 3 keer", amount={"value": "90.00", "currency": "EUR"})
    lowers(house, request, 75_00, was=90_00)
    assert templates(house, request)[-1] == "amount-lowered-parts"
    told = phone(house)[-1]
    assert "verlaagd naar € 75,00. Er staat nog € 75,00 open." in told
    assert "volgende termijn is € 30,00, op maandag 23 november." in told
    house.pays(request)
    assert house.ledger(request) == [("payment", 30_00)]

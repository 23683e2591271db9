"""A day that was chosen for several requests is one message; each request keeps a life of its own."""

from __future__ import annotations

from datetime import date, timedelta

from bot.stories.fall_due import fall_due
from tests.bot.stories.watching import phone, planned, tap_all, templates
from tests.house import House

_FRIDAY = date(2026, 11, 27)


def promised(house: House, two: tuple[str, str], text: str = "ik betaal alles vrijdag") -> None:
    house.says(text)
    assert [house.request(one).status for one in two] in (["promised"] * 2, ["paused"] * 2)


def test_two_requests_promised_for_one_day_are_one_message_with_one_link(
    house: House, two: tuple[str, str]
) -> None:
    promised(house, two)
    before = len(phone(house))
    house.move_to(_FRIDAY)
    [said] = phone(house)[before:]
    for part in ("Reparatie fiets 1042 (€ 42,50)", "Nieuwe band 1043 (€ 30,00)", "€ 72,50", "/p/"):
        assert part in said
    for one in two:
        assert house.request(one).status == "open"
        assert house.events(one)[-1].kind in {"sent", "delivered"}
        assert [step.template for step in planned(house, one)][-1:] == ["reminder-1"]
    house.move(timedelta(days=1))
    assert len(phone(house)) == before + 1


def test_days_that_were_chosen_one_by_one_are_one_message_too(house: House, two: tuple[str, str]) -> None:
    house.says("1042 vrijdag")
    house.says("1043 vrijdag")
    house.move_to(_FRIDAY)
    assert sum("promise-due-all" in templates(house, one) for one in two) == 1
    assert not any("promise-due" in templates(house, one) for one in two)


def test_a_rest_of_both_ends_with_one_message(house: House, two: tuple[str, str]) -> None:
    promised(house, two, "pauze voor alles tot 4 december")
    house.move_to(date(2026, 12, 4))
    assert sum("pause-over-all" in templates(house, one) for one in two) == 1


def test_what_was_paid_or_put_off_before_the_day_is_not_in_it(house: House, two: tuple[str, str]) -> None:
    bike, tire = two
    promised(house, two)
    house.pays(tire)
    house.move_to(_FRIDAY)
    assert templates(house, bike)[-1] == "promise-due"
    assert "promise-due-all" not in templates(house, tire)


def test_what_was_paid_while_the_message_waited_drops_out_of_it(house: House, two: tuple[str, str]) -> None:
    bike, tire = two
    promised(house, two)
    house.clock.set(house.clock.now().replace(day=27, hour=8))
    fall_due(house.world)
    assert templates(house, bike)[-1] == "promise-due-all"
    house.pays(bike)
    house.settle()
    house.move(timedelta(minutes=20))
    [said] = [body for body in phone(house) if "u koos" in body]
    assert "nota 1043" in said
    assert "samen" not in said
    assert "€ 72,50" not in said
    assert house.request(tire).status == "open"
    assert templates(house, bike).count("promise-due") == 1


def test_an_answer_to_the_one_message_is_about_both(house: House, two: tuple[str, str]) -> None:
    promised(house, two)
    house.move_to(_FRIDAY)
    house.says("maandag")
    assert [house.request(one).quiet_until for one in two] == [date(2026, 11, 30)] * 2


def test_both_are_credited_by_one_payment(house: House, two: tuple[str, str]) -> None:
    promised(house, two)
    house.move_to(_FRIDAY)
    house.at_the_bank(tap_all(house, *two))
    assert [house.request(one).status for one in two] == ["paid", "paid"]


def test_what_was_asked_for_together_is_reminded_of_together(house: House, two: tuple[str, str]) -> None:
    promised(house, two)
    house.move_to(_FRIDAY)
    before = len(phone(house))
    house.move_to(date(2026, 12, 5))
    [said] = phone(house)[before:]
    for part in ("Reparatie fiets 1042 (€ 42,50)", "Nieuwe band 1043 (€ 30,00)", "€ 72,50"):
        assert part in said
    assert sum("reminder-all" in templates(house, one) for one in two) == 1
    house.move_to(date(2026, 12, 12))
    assert len(phone(house)) == before + 2
    house.at_the_bank(tap_all(house, *two))
    assert [house.request(one).status for one in two] == ["paid", "paid"]


def test_what_was_paid_since_is_reminded_of_no_more(house: House, two: tuple[str, str]) -> None:
    bike, _ = two
    promised(house, two)
    house.move_to(_FRIDAY)
    house.pays(bike)
    before = len(phone(house))
    house.move_to(date(2026, 12, 5))
    [said] = phone(house)[before:]
    assert "nota 1043" in said
    assert "1042" not in said
    assert "samen" not in said


def test_requests_that_were_never_asked_for_together_are_reminded_of_one_by_one(
    house: House, two: tuple[str, str]
) -> None:
    house.move_to(date(2026, 12, 5))
    assert not any("reminder-all" in templates(house, one) for one in two)
    assert all("reminder-1" in templates(house, one) for one in two)

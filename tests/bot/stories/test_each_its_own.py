"""A payer who says one thing of one request and another of another gets each of them done, and no more."""

from __future__ import annotations

from datetime import date

import pytest

from tests.bot.stories.test_which_request import shown, statuses
from tests.house import House

BOTH = "de ketting is betaald, de andere doe ik morgen"


def two(house: House) -> tuple[str, str]:
    """A chain of 42.50 (1042) and brakes of 60.00 (1043), both asked for today."""
    chain = house.ask(description="De ketting")
    house.settle()
    brakes = house.ask(description="Nieuwe remblokken", amount={"value": "60.00", "currency": "EUR"})
    house.settle()
    return chain, brakes


def answers(house: House, *requests: str) -> list[tuple[str, str]]:
    """Every answer that we gave about any of `requests`, with its words."""
    return [
        (template, body)
        for one in requests
        for (template, _), body in zip(house.heard(one), house.bodies(one), strict=True)
        if template != "request"
    ]


def test_each_half_is_done_on_its_own_request_and_said_back_in_one_message(house: House) -> None:
    chain, brakes = two(house)
    house.says(BOTH)
    assert statuses(house, chain, brakes) == ["checking", "promised"]
    assert house.request(brakes).quiet_until == date(2026, 11, 24)
    assert house.request(chain).quiet_until is None
    [(template, body)] = answers(house, chain, brakes)
    assert template == "each-own"
    assert "De ketting (nota 1042)" in body
    assert "Nieuwe remblokken (nota 1043): dinsdag 24 november" in body


def test_a_request_that_was_not_named_stays_as_it_was(house: House) -> None:
    chain, brakes = two(house)
    lamp = house.ask(description="Achterlicht", amount={"value": "15.00", "currency": "EUR"})
    house.settle()
    before = house.kinds(lamp)
    house.says("de ketting vrijdag, de remblokken 1 december")
    assert statuses(house, chain, brakes, lamp) == ["promised", "promised", "open"]
    assert house.kinds(lamp) == before


def test_the_clear_half_is_done_and_only_the_other_one_is_asked_about(house: House) -> None:
    chain, brakes = two(house)
    house.says("de ketting vrijdag, de remblokken volgende woensdag")
    assert statuses(house, chain, brakes) == ["promised", "open"]
    [(template, body)] = answers(house, chain, brakes)
    assert template == "ask-which-day"
    assert body.index("De ketting (nota 1042): vrijdag 27 november") < body.index("Welke dag")
    assert "Over Nieuwe remblokken (nota 1043)" in body
    house.says("woensdag 2 december")
    assert house.request(chain).quiet_until == date(2026, 11, 27)
    assert house.request(brakes).quiet_until == date(2026, 12, 2)


def test_when_both_halves_are_unclear_nothing_is_done(house: House) -> None:
    chain, brakes = two(house)
    house.says("de ketting volgende woensdag, de remblokken volgende vrijdag")
    assert statuses(house, chain, brakes) == ["open", "open"]
    assert len(answers(house, chain, brakes)) == 1


@pytest.mark.parametrize("text", ["nee zaterdag", "toch liever zaterdag"])
def test_another_day_after_both_is_asked_about_before_either_moves(house: House, text: str) -> None:
    chain, brakes = two(house)
    house.says("de ketting vrijdag, de remblokken 1 december")
    house.says(text)
    assert [house.request(one).quiet_until for one in (chain, brakes)] == [
        date(2026, 11, 27),
        date(2026, 12, 1),
    ]
    house.says("de ketting")
    assert [house.request(one).quiet_until for one in (chain, brakes)] == [
        date(2026, 11, 28),
        date(2026, 12, 1),
    ]


def test_a_stop_beside_two_days_is_heard(house: House) -> None:
    chain, brakes = two(house)
    house.says("de ketting vrijdag, de remblokken zaterdag en stuur me geen berichten meer")
    assert "opted_out" in [*house.kinds(chain), *house.kinds(brakes)]
    assert [template for template, _ in answers(house, chain, brakes)] == ["opted-out"]


def test_who_cannot_pay_one_of_them_is_left_in_peace_about_both(house: House) -> None:
    chain, brakes = two(house)
    house.says("de ketting kan ik niet betalen, ik heb geen geld, de remblokken vrijdag")
    assert "promised" not in statuses(house, chain, brakes)


def test_in_parts_is_agreed_on_for_the_one_request_that_it_is_about(house: House) -> None:
    chain, brakes = two(house)
    house.says("de ketting betaal ik vrijdag, de remblokken in 2 keer")
    assert statuses(house, chain, brakes) == ["promised", "instalments"]
    [(template, body)] = answers(house, chain, brakes)
    assert template == "plan-noted"
    assert body.index("De ketting (nota 1042): vrijdag 27 november") < body.index("€ 30,00")


def test_a_dispute_of_one_request_holds_up_only_that_one(house: House) -> None:
    chain, brakes = two(house)
    house.says("de ketting klopt niet, de remblokken betaal ik vrijdag")
    assert statuses(house, chain, brakes) == ["disputed", "promised"]
    assert house.request(chain).attention == "disputed"
    assert house.request(brakes).attention is None


@pytest.mark.parametrize("text", [BOTH, "de ketting vrijdag, de remblokken volgende woensdag"])
def test_an_answer_about_both_stands_in_the_conversation_of_each(house: House, text: str) -> None:
    chain, brakes = two(house)
    house.says(text)
    [(_, body)] = answers(house, chain, brakes)
    for one in (chain, brakes):
        story = shown(house, one).replace("\u00a0", " ")
        assert story.count(body) == 1
        assert story.count(text) == 1
        assert story.index(text) < story.index(body)


def test_one_day_for_both_is_told_in_the_conversation_of_each(house: House) -> None:
    chain, brakes = two(house)
    house.says("ik betaal ze allebei vrijdag")
    [(_, body)] = answers(house, chain, brakes)
    for one in (chain, brakes):
        assert shown(house, one).replace("\u00a0", " ").count(body) == 1


def test_an_answer_about_one_request_stands_in_no_other_conversation(house: House) -> None:
    chain, brakes = two(house)
    house.says("de ketting betaal ik vrijdag")
    [(_, body)] = answers(house, chain, brakes)
    assert body in shown(house, chain).replace("\u00a0", " ")
    assert body not in shown(house, brakes).replace("\u00a0", " ")

"""What a payer adds while somebody looks into it goes along to that person, and changes nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.house import House


def claimed(house: House, *says: str, first: str = "al betaald") -> str:
    request = house.ask()
    house.settle()
    for text in (first, *says):
        house.says(text)
    return request


def details(house: House, request: str, kind: str = "claim_detail") -> list[tuple[object, object]]:
    events = [event for event in house.events(request) if event.kind == kind]
    return [(event.data.get("reason"), event.data.get("date")) for event in events]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("gisteren", [("dated", "2026-11-22")]),
        ("vorige week met pin", [("by_card", None), ("more", None)]),
        ("met ideal", [("by_ideal", None)]),
        ("bewijs kan ik sturen", [("with_proof", None)]),
        ("heb een screenshot", [("with_proof", None)]),
        ("contant in de winkel", [("by_cash", None), ("in_the_shop", None)]),
        ("op 12 november via de bank", [("dated", "2026-11-12"), ("by_transfer", None)]),
        ("dinsdag", [("dated", "2026-11-17")]),
        ("vorige week", [("more", None)]),
        ("yesterday", [("dated", "2026-11-22")]),
        ("staat in de app als 'geslaagd'", [("more", None)]),
    ],
)
def test_what_is_said_about_a_payment_that_is_checked_is_added_to_the_claim(
    small_house: House, text: str, expected: list[tuple[object, object]]
) -> None:
    request = claimed(small_house, text)
    assert details(small_house, request) == expected
    assert small_house.request(request).status == "checking"
    assert small_house.request(request).attentions == ["claims_paid"]


def test_the_day_that_was_heard_is_said_back(small_house: House) -> None:
    request = claimed(small_house, "op 12 november")
    assert "donderdag 12 november" in small_house.bodies(request)[-1]


def test_a_day_to_come_is_still_a_day_to_pay_on(small_house: House) -> None:
    request = claimed(small_house, "ik betaal vrijdag")
    assert details(small_house, request) == []
    assert small_house.request(request).status == "promised"


def test_a_day_that_has_passed_is_asked_back_where_nothing_was_claimed(small_house: House) -> None:
    request = claimed(small_house, first="gisteren")
    assert small_house.heard(request)[-1][0] == "date-past"


def test_five_details_in_a_row_are_thanked_for_once(small_house: House) -> None:
    more = ("de kraan lekt nog", "de tegels zijn ook kapot", "de deur klemt nog steeds")
    request = claimed(small_house, *more, first="klopt niet")
    assert [name for name, _ in small_house.heard(request)].count("dispute-added") == 1
    assert len(details(small_house, request, "dispute_detail")) == 3
    small_house.move(timedelta(days=1))
    small_house.says("het klopt nog steeds niet")
    assert [name for name, _ in small_house.heard(request)].count("dispute-added") == 2


@pytest.mark.parametrize("first", ["al betaald", "klopt niet"])
@pytest.mark.parametrize(
    ("text", "asks"),
    [("hou nou eens een keer op met dat gedoe", "confirm-optout"), ("wie is anna", "ask-back")],
)
def test_a_leaning_stop_or_a_stranger_is_asked_back_and_not_thanked(
    small_house: House, first: str, text: str, asks: str
) -> None:
    request = claimed(small_house, text, first=first)
    assert small_house.heard(request)[-1][0] == asks
    assert not details(small_house, request) + details(small_house, request, "dispute_detail")


def test_a_stop_beside_a_detail_stops(small_house: House) -> None:
    request = claimed(small_house, "al betaald, stop met die berichten")
    assert small_house.heard(request)[-1][0] == "opted-out"


@pytest.mark.parametrize("text", ["20 euro nu en de rest vrijdag", "met ideal"])
def test_during_a_stop_nothing_is_granted_or_added_and_a_person_sees_it(
    small_house: House, text: str
) -> None:
    request = claimed(small_house, "stop", text, first="ik heb een vraag")
    assert small_house.heard(request)[-1][0] == "opted-out"
    assert "wrote_after_stop" in small_house.request(request).attentions
    assert small_house.request(request).status == "open"
    assert not {"divided", "claim_detail"} & {event.kind for event in small_house.events(request)}


def test_a_detail_during_a_stop_is_seen_by_a_person(small_house: House) -> None:
    request = claimed(small_house, "stop", "met ideal")
    assert "wrote_after_stop" in small_house.request(request).attentions
    assert details(small_house, request) == []

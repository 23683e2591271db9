"""After a stop the link is for all that is open; a new stop keeps it back, and a refusal reaches a person."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from bot.stories.pay import pay
from tests.bot.stories.test_asked_of_all import TIRE
from tests.bot.stories.test_each_its_own_in_time import heard, is_paid
from tests.bot.stories.test_how_to_pay_after_a_stop import ASKS, LINK, stopped
from tests.bot.stories.watching import asked, person, phone
from tests.house import House

ALL = "link-after-stop-all"


def two_stopped(house: House) -> tuple[str, str]:
    found = house.ask(), house.ask(**TIRE)
    house.settle()
    house.says("ik wil geen berichten meer")
    house.move(timedelta(days=2))
    return found


def new(house: House, words: str) -> list[str]:
    """What the phone shows after `words`."""
    before = len(phone(house))
    house.says(words)
    return phone(house)[before:]


def templates(house: House, *requests: str) -> list[str]:
    return [template for one in requests for template, _ in house.heard(one)]


def test_whoever_has_two_open_gets_one_link_that_says_and_pays_both(house: House) -> None:
    both = two_stopped(house)
    [said] = new(house, ASKS)
    assert "€ 72,50" in said
    assert "1042" in said
    assert "1043" in said
    assert "START" in said
    house.at_the_bank(pay(house.world, re.findall(r"/p/([\w-]+)", said)[0]).rpartition("/")[2])
    assert [house.request(one).status for one in both] == ["paid", "paid"]


def test_the_link_for_both_goes_once_as_well(small_house: House) -> None:
    both = two_stopped(small_house)
    assert len(new(small_house, ASKS)) == 1
    assert new(small_house, ASKS) == []
    assert templates(small_house, *both).count(ALL) == 1
    assert "wrote_after_stop" in [small_house.request(one).attention for one in both]


def test_whoever_names_one_of_them_gets_the_link_for_that_one(small_house: House) -> None:
    two_stopped(small_house)
    [said] = new(small_house, "stuur me de betaallink voor nota 1042")
    assert "€ 42,50" in said
    assert "72,50" not in said
    assert "nota 1042" in said


def test_what_a_person_looks_at_is_not_in_the_link(small_house: House) -> None:
    repair, _ = asked(small_house), asked(small_house, **TIRE)
    small_house.says("nota 1042 klopt niet")
    small_house.move(timedelta(minutes=20))
    small_house.says("ik wil geen berichten meer")
    small_house.move(timedelta(minutes=20))
    [said] = new(small_house, ASKS)
    assert "€ 30,00" in said
    assert "42,50" not in said
    assert small_house.request(repair).status == "disputed"


def test_what_is_paid_before_it_goes_is_not_in_it(small_house: House) -> None:
    repair, _ = two_stopped(small_house)
    heard(small_house, ASKS)
    is_paid(small_house, repair)
    small_house.settle()
    assert "€ 30,00" in phone(small_house)[-1]
    assert "72,50" not in phone(small_house)[-1]


@pytest.mark.parametrize("again", ["stop", "laat me met rust, geen berichten meer"])
def test_a_second_stop_keeps_back_a_link_that_did_not_go_yet(house: House, again: str) -> None:
    request = stopped(house)
    before = len(phone(house))
    heard(house, ASKS)
    house.says(again)
    assert (LINK, "withheld") in house.heard(request)
    assert len(phone(house)) == before
    assert house.request(request).attention == "wrote_after_stop"
    assert "opted_out" in [e.data.get("reason") for e in house.events(request) if e.kind == "withheld"]


def test_a_link_that_did_not_go_was_not_told(house: House) -> None:
    request = stopped(house)
    heard(house, ASKS)
    house.says("laat me met rust, geen berichten meer")
    house.move(timedelta(days=1))
    house.says(ASKS)
    assert house.heard(request)[-1] == (LINK, "delivered")


@pytest.mark.parametrize("kind", ["landline", "21610"])
def test_a_person_hears_when_the_provider_refuses_the_link(house: House, kind: str) -> None:
    if kind == "21610":
        request = stopped(house, "STOP")
        house.says(ASKS)
    else:
        request = stopped(house)
        person(house, landline=True)
        house.says(ASKS)
    assert house.heard(request)[-1] == (LINK, "failed")
    assert "wrote_after_stop" in house.request(request).attentions


@pytest.mark.parametrize("text", ["waar is die link voor?", "wat is die link?", "waarom stuur je die link?"])
def test_whoever_asks_what_the_link_is_for_gets_no_link(small_house: House, text: str) -> None:
    request = stopped(small_house)
    assert new(small_house, text) == []
    assert small_house.request(request).attention == "wrote_after_stop"


@pytest.mark.parametrize(
    "text", ["waar is die link voor?", "wat is die link?", "waar gaat die link naartoe?"]
)
def test_whoever_asks_what_the_link_is_for_is_told_what_is_to_be_paid(small_house: House, text: str) -> None:
    request = asked(small_house)
    small_house.says(text)
    assert small_house.heard(request)[-1][0] == "tell-what-for"
    assert "Reparatie fiets" in phone(small_house)[-1]


@pytest.mark.parametrize("text", ["waar is de link voor nota 1042?", "waar is de link?", "stuur de link"])
def test_whoever_asks_for_the_link_gets_it(small_house: House, text: str) -> None:
    request = asked(small_house)
    small_house.says(text)
    assert small_house.heard(request)[-1][0] == "pay-link"


@pytest.mark.parametrize("bills", [1, 2])
def test_the_total_asked_for_after_a_stop_is_seen_by_a_person(small_house: House, bills: int) -> None:
    requests = [small_house.ask(**bill) for bill in ({}, TIRE)[:bills]]
    small_house.settle()
    small_house.says("ik wil geen berichten meer")
    small_house.move(timedelta(days=2))
    assert new(small_house, "wat moet ik in totaal betalen?") == []
    assert "wrote_after_stop" in [small_house.request(one).attention for one in requests]

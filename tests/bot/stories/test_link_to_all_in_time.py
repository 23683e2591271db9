"""A link to all that is open leads to what the payer may be asked for at the moment at which it goes."""

from __future__ import annotations

import pytest

from payments.lifecycle import Verb
from tests.bot.stories.test_each_its_own import two
from tests.bot.stories.test_each_its_own_in_time import heard, stands_with_a_person
from tests.bot.stories.test_two_words_in_a_row import brings
from tests.bot.stories.watching import phone
from tests.house import House

WANTS = "stuur de link voor alles"


def links(house: House) -> list[str]:
    """The words of ours with a link in them, without those with which we asked."""
    return [body for body in phone(house) if "/p/" in body and "vraagt" not in body]


def test_no_link_follows_on_the_news_of_a_death(small_house: House) -> None:
    two(small_house)
    heard(small_house, WANTS)
    brings(small_house, "mijn man is overleden")
    assert links(small_house) == []


@pytest.mark.parametrize("verb", [Verb.BEREAVE, Verb.HARDSHIP, Verb.DISPUTE])
def test_when_a_person_looks_at_all_of_it_by_then_no_link_goes(small_house: House, verb: Verb) -> None:
    both = two(small_house)
    heard(small_house, WANTS)
    for one in both:
        stands_with_a_person(small_house, one, verb)
    small_house.settle()
    assert links(small_house) == []
    assert ("pay-link-all", "withheld") in small_house.heard(both[0]) + small_house.heard(both[1])


@pytest.mark.parametrize("at", [0, 1])
def test_what_a_person_looks_at_by_then_is_not_paid_with_the_others(small_house: House, at: int) -> None:
    both = two(small_house)
    heard(small_house, WANTS)
    stands_with_a_person(small_house, both[at], Verb.BEREAVE)
    small_house.settle()
    [said] = links(small_house)
    assert ("1042", "1043")[at] not in said
    assert ("€ 60,00", "€ 42,50")[at] in said.replace("\u00a0", " ")
    assert "102,50" not in said


def test_who_wants_to_pay_all_though_a_person_looks_at_it_gets_the_link(small_house: House) -> None:
    for one in two(small_house):
        stands_with_a_person(small_house, one, Verb.DISPUTE)
    heard(small_house, WANTS)
    small_house.settle()
    [said] = links(small_house)
    assert "102,50" in said

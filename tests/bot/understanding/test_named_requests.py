"""What a payer's words name among several requests."""

from __future__ import annotations

import pytest

from bot.understanding.named_requests import Candidate, in_order, named
from core.money import Money

BIKE = Candidate("bike", "jansen", "Fietshuis Jansen", "1042", "Reparatie fiets", Money(4250))
TYRE = Candidate("tyre", "jansen", "Fietshuis Jansen", "1043", "Nieuwe band", Money(3000))
CAKE = Candidate("cake", "bos", "Bakkerij Bos", "77", "Verjaardagstaart", Money(125000))
ALL = (BIKE, TYRE, CAKE)


def ids(text: str, *candidates: Candidate, amounts: bool = True) -> tuple[str, ...]:
    name = named(text, candidates or ALL, amounts=amounts)
    return name.ids if name else ()


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("1042", "bike"),
        ("nota 1043 graag", "tyre"),
        ("ik betaal nota 1042 vrijdag", "bike"),
        ("factuur 77", "cake"),
        ("die van 42,50", "bike"),
        ("die van € 42.50 betaal ik morgen", "bike"),
        ("42 euro 50", "bike"),
        ("die van 30", "tyre"),
        ("€ 30", "tyre"),
        ("30 euro", "tyre"),
        ("1.250,00", "cake"),
        ("1250 euro", "cake"),
        ("de fiets", "bike"),
        ("die fietsreparatie", "bike"),
        ("voor de band", "tyre"),
        ("de taart betaal ik zaterdag", "cake"),
        ("bakkerij bos", "cake"),
        ("van de bakker", "cake"),
    ],
)
def test_a_number_an_amount_a_thing_or_a_shop_names_a_request(text: str, meant: str) -> None:
    assert ids(text) == (meant,)


@pytest.mark.parametrize(
    "text",
    [
        "30",
        "77",
        "vrijdag",
        "in 3 keer",
        "die van 30 november",
        "ik betaal 30,50",
        "10421",
        "€ 1042",
        "3000",
        "ik betaal de rekening",
        "",
    ],
)
def test_a_count_a_day_or_another_amount_names_none(text: str) -> None:
    assert ids(text) == ()


def test_what_belongs_to_every_request_names_none() -> None:
    winter = Candidate("winter", "m", "Fietshuis Jansen", "2001", "Fiets winterbeurt", Money(100))
    assert ids("de fiets", BIKE, winter) == ()
    assert ids("fiets winterbeurt", BIKE, winter) == ("winter",)
    assert ids("jansen", BIKE, winter) == ()


def test_words_that_are_in_any_sentence_name_none() -> None:
    lesson = Candidate("lesson", "m", "Rijschool", "501", "Rijles per uur vanaf morgen", Money(100))
    assert ids("ik betaal over een uur", BIKE, lesson) == ()
    assert ids("morgen", BIKE, lesson) == ()
    assert ids("de rijles", BIKE, lesson) == ("lesson",)


def test_two_numbers_name_two_requests() -> None:
    assert ids("1042 en 1043 betaal ik vrijdag") == ("bike", "tyre")


def test_a_shop_names_all_of_its_requests_but_not_exactly_one() -> None:
    name = named("jansen", ALL)
    assert name is not None
    assert (name.ids, name.exact) == (("bike", "tyre"), False)


def test_a_day_is_no_name_where_the_reading_says_that_it_is_a_day() -> None:
    friday = Candidate("friday", "m", "Yoga", "2026", "Les op vrijdag", Money(100))
    text = "ik betaal 4 december 2026"
    assert named(text, [friday, BIKE], [(10, len(text))]) is None


def test_what_somebody_can_spare_is_no_name() -> None:
    assert ids("ik kan 30 euro per maand missen", amounts=False) == ()


def test_the_words_are_given_back_without_the_number_so_that_it_is_not_taken_for_a_day() -> None:
    name = named("ik betaal nota 1042 vrijdag", ALL)
    assert name is not None
    assert (name.rest, name.alone) == ("ik betaal vrijdag", False)


@pytest.mark.parametrize("text", ["die van 42,50", "de fiets bedoel ik", "nota 1042 graag", "de nieuwe band"])
def test_a_name_alone_says_nothing_more(text: str) -> None:
    name = named(text, ALL)
    assert name is not None
    assert name.alone


@pytest.mark.parametrize(
    ("text", "place"),
    [("de tweede", 1), ("the last one", 2), ("de eerste graag", 0), ("eerste", 0)],
)
def test_a_place_in_the_list_names_what_stands_there(text: str, place: int) -> None:
    assert in_order(text, ALL) == ALL[place]


@pytest.mark.parametrize("text", ["de vijfde", "de eerste betaal ik vrijdag", "de eerste en de tweede", "ja"])
def test_a_place_that_is_not_there_or_not_alone_names_none(text: str) -> None:
    assert in_order(text, ALL) is None

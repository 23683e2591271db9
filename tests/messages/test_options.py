"""What can be chosen: as buttons, as numbers, and what a reply chooses."""

from __future__ import annotations

from datetime import date

import pytest

from core.money import Money
from messages.catalogue import EXAMPLE_DAY, Catalogue
from messages.composing import Manner, compose, numbered
from messages.facts import Item, pack, unpack
from messages.options import Offer, Option, as_offered, chosen, pack_options, unpack_options

CATALOGUE = Catalogue.load()
DAYS = [Option("day", {"day": date(2026, 11, 27)}), Option("day", {"day": date(2026, 12, 4)})]
FRIDAY = Offer(1, "vr 27 nov", "vrijdag 27 november", "x")
OFFERED = as_offered([], [FRIDAY, Offer(2, "Nu", "nu betalen", "y")])


def said(channel: str, templates: list[str], options: list[Option], **facts: object) -> tuple[str, list[str]]:
    manner = Manner("nl", "u", channel, channel == "sms", EXAMPLE_DAY)
    known = {**CATALOGUE.examples("nl", "u"), **facts}
    made = compose(CATALOGUE, templates, options, known, manner)
    return made.body, [button.label for button in made.buttons]


@pytest.mark.parametrize("channel", ["whatsapp", "telegram"])
def test_where_there_are_buttons_the_options_are_buttons(channel: str) -> None:
    body, buttons = said(channel, ["ask-which-day"], DAYS)
    assert body == "Welke dag bedoelt u?"
    assert buttons == ["vr 27 nov", "vr 4 dec"]


def test_in_an_sms_the_options_are_numbered() -> None:
    body, buttons = said("sms", ["ask-which-day"], DAYS)
    assert body.splitlines() == [
        "Welke dag bedoelt u?",
        "1 vrijdag 27 november",
        "2 vrijdag 4 december",
        "Antwoord met een nummer.",
    ]
    assert buttons == []


REQUESTS = [
    Option("request", {"description": "Reparatie fiets", "reference": "1042", "remaining": Money(4250)}),
    Option("request", {"description": "Nieuwe band", "reference": "1043", "remaining": Money(3000)}),
    Option("all"),
]


@pytest.mark.parametrize("channel", ["whatsapp", "telegram"])
def test_what_does_not_fit_on_a_button_stands_in_the_message_too(channel: str) -> None:
    body, buttons = said(channel, ["which-request"], REQUESTS)
    assert body.splitlines() == [
        "Welk verzoek bedoelt u?",
        "1 Reparatie fiets (nota 1042): € 42,50",
        "2 Nieuwe band (nota 1043): € 30,00",
        "3 Alles samen",
    ]
    assert buttons == ["1. Reparatie fiets", "2. Nieuwe band", "Alles samen"]


def test_a_list_in_a_message_has_a_line_for_each_in_every_voice() -> None:
    lines = tuple(Item("request", option.facts) for option in REQUESTS[:2])
    body, _ = said("sms", ["for-all"], [], each=lines)
    assert body.splitlines()[1:] == [
        "Reparatie fiets (nota 1042): € 42,50",
        "Nieuwe band (nota 1043): € 30,00",
    ]


def test_options_take_the_place_of_a_messages_own_answers_but_not_of_its_pay_button() -> None:
    _, buttons = said("telegram", ["promise-too-often"], [Option("question")])
    assert buttons == ["Betaal € 42,50", "Ik heb een vraag"]


def test_several_answers_stand_below_each_other_in_one_message() -> None:
    body, buttons = said("whatsapp", ["promise-noted", "tell-amount", "pay-here"], [])
    first, second, third = body.split("\n\n")
    assert "vrijdag 27 november" in first
    assert "€ 42,50" in second
    assert "https://" in third
    assert buttons == ["Betaal € 42,50"]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("1", "vrijdag 27 november"),
        (" 2. ", "nu betalen"),
        ("2)", "nu betalen"),
        ("keuze 2", "nu betalen"),
        ("Optie 1!", "vrijdag 27 november"),
        ("nr 2", "nu betalen"),
        ("number 2", "nu betalen"),
        ("NU  betalen", "nu betalen"),
        ("vr 27 nov", "vrijdag 27 november"),
    ],
)
def test_a_number_a_tap_or_the_words_of_an_option_choose_it(text: str, answer: str) -> None:
    offer = chosen(OFFERED, text)
    assert offer is not None
    assert offer.answer == answer


@pytest.mark.parametrize("text", ["0", "3", "25", "12", "1 december", "nee", "", "2 keer", "1 of 2", "een"])
def test_whatever_says_more_or_less_than_a_choice_chooses_nothing(text: str) -> None:
    assert chosen(OFFERED, text) is None


def test_a_number_chooses_only_where_it_was_printed() -> None:
    on_buttons = as_offered([], [FRIDAY, Offer(2, "Nu", "nu betalen", "y")], printed=False)
    assert chosen(on_buttons, "2") is None
    assert chosen(on_buttons, "0") is None
    assert chosen(on_buttons, "nu betalen") is not None
    parts = [Option("parts", {"count": 3, "part": Money(2000)}, number=3)]
    offers = CATALOGUE.offers(parts, language="nl", formality="u", plain=False, today=EXAMPLE_DAY)
    assert chosen(as_offered(pack_options(parts), offers, printed=False), "3") == offers[0]


def test_nothing_is_chosen_from_what_was_never_offered() -> None:
    assert chosen(pack_options(DAYS), "1") is None
    assert chosen([], "1") is None


def test_what_was_offered_is_kept_and_can_be_offered_again() -> None:
    options = [Option("parts", {"count": 2, "part": Money(2125)}, says="in 2 keer", about="pr_1")]
    offers = CATALOGUE.offers(options, language="nl", formality="u", plain=True, today=EXAMPLE_DAY)
    kept = as_offered(pack_options(options), offers)
    assert unpack_options(kept) == options
    assert chosen(kept, "1") == offers[0]
    assert numbered(offers) == ["1 in 2 keer, eerst € 21,25"]


@pytest.mark.parametrize("voice", [("nl", "u"), ("nl", "je"), ("en", "u")])
def test_every_option_fits_on_a_button_and_behind_it(voice: tuple[str, str]) -> None:
    for offer in (CATALOGUE.example_offer(kind, *voice) for kind in CATALOGUE.option_kinds()):
        assert len(offer.label) <= 20, offer
        assert len(offer.answer.encode()) <= 64 - 5, offer  # a day in another year has it behind it


def test_the_lines_of_a_list_are_kept_as_they_are() -> None:
    facts = {"each": tuple(Item("request", option.facts) for option in REQUESTS[:2])}
    assert unpack(pack(facts)) == facts

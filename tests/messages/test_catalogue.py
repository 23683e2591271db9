"""Every message in every voice on every channel; and facts that are missing or empty."""

from __future__ import annotations

import re
from datetime import date

import pytest

from core.money import Money
from messages.catalogue import EXAMPLE_DAY, UnknownFact, UnknownTemplate
from messages.facts import pack, unpack
from messages.options import Option
from messages.segments import measure
from tests.messages.saying import CATALOGUE, LINK, every_channel, every_template, every_voice, say


@every_template
@every_voice
@every_channel
def test_every_message_can_be_said_in_every_voice_on_every_channel(
    template: str, voice: tuple[str, str], channel: str
) -> None:
    said = say(template, channel, voice)
    assert said.body.strip() == said.body != ""
    assert not re.search(r"[{}]|None|  ", said.body)
    assert said.body.count(LINK) <= 1
    for value in said.values.values():
        assert value in said.body or value.upper() in said.body


def test_the_request_says_who_how_much_and_what_for_before_anything_else() -> None:
    assert say("request", "whatsapp").body.splitlines() == [
        "Dag Anna de Vries, dit is een betaalverzoek van Fietshuis Jansen: € 42,50.",
        "Voor: Reparatie fiets (nota 1042).",
        f"Betaal met één tik: {LINK}",
        "",
        "Later betalen? Antwoord bijvoorbeeld *vrijdag*.",
        "Geen berichten meer? Antwoord *stop*.",
    ]


def test_the_first_message_asks_for_what_is_still_owed_not_for_what_once_was() -> None:
    said = say("request", facts={"amount": Money(5000), "remaining": Money(3000)})
    assert "€ 30,00" in said.body
    assert "€ 50,00" not in said.body


@every_voice
@every_channel
def test_the_first_message_says_how_to_stop(voice: tuple[str, str], channel: str) -> None:
    assert "stop" in say("request", channel, voice).body.lower().splitlines()[-1]


@every_template
@every_voice
def test_an_sms_has_no_buttons_no_bold_and_only_letters_of_the_sms_alphabet(
    template: str, voice: tuple[str, str]
) -> None:
    said = say(template, "sms", voice)
    assert said.buttons == ()
    assert "*" not in said.body
    assert measure(said.body).encoding == "GSM-7"


@every_template
@every_voice
def test_an_sms_fits_two_segments_with_long_facts(template: str, voice: tuple[str, str]) -> None:
    facts = {
        "name": "Maximiliaan van der Broek",
        "first_name": "Maximiliaan",
        "merchant": "Fietshuis van den Heuvels",
        "description": "Reparatie versnelling en nieuwe banden 2",
        "reference": "2026-110042",
        "amount": Money(1_042_50),
        "remaining": Money(1_042_50),
        "paid": Money(1_000_00),
        "surplus": Money(1_000_00),
        "refund": Money(1_000_00),
        **dict.fromkeys(("date", "until", "latest", "check_by"), date(2026, 9, 30)),
    }
    assert measure(say(template, "sms", voice, facts).body).segments <= 2


def test_an_sms_offers_its_answers_in_capitals_since_it_has_no_bold() -> None:
    assert "Antwoord VRIJDAG." in say("request", "sms").body


def test_a_letter_that_sms_does_not_have_never_doubles_the_cost() -> None:
    body = say(
        "request", "sms", facts={"name": "Daniël Łukasz Çelik", "description": "Coördinatie – ’s avonds"}
    ).body
    assert "Daniel Lukasz Çelik" in body
    assert "Coördinatie - 's avonds" in body
    assert measure(body).encoding == "GSM-7"


def test_letters_that_sms_has_stay_as_they_are() -> None:
    assert "André Müñoz è à ö ä" in say("request", "sms", facts={"name": "André Müñoz è à ö ä"}).body


def test_a_name_in_another_alphabet_becomes_a_polite_address_on_sms_and_stays_elsewhere() -> None:
    assert say("request", "sms", facts={"name": "Анна"}).body.startswith("Dag meneer of mevrouw, ")
    assert say("request", "whatsapp", facts={"name": "Анна"}).body.startswith("Dag Анна, ")


@pytest.mark.parametrize(
    ("voice", "start"),
    [(("nl", "u"), "Dag meneer of mevrouw,"), (("nl", "je"), "Hoi daar,"), (("en", "u"), "Hi there,")],
)
def test_somebody_without_a_name_is_still_greeted(voice: tuple[str, str], start: str) -> None:
    assert say("request", voice=voice, facts={"name": "", "first_name": " "}).body.startswith(start)


def test_a_shop_without_a_phone_number_points_to_the_number_that_the_payer_knows() -> None:
    assert say("tell-who", facts={"merchant_phone": ""}).body.endswith("Bel het nummer dat u al kent.")


@every_template
@every_voice
def test_each_fact_that_a_message_states_must_be_given(template: str, voice: tuple[str, str]) -> None:
    language, formality = voice
    for place in say(template, voice=voice).values.keys() - {"free_help"}:
        fact = place.removesuffix("_inline").removesuffix("_nth")
        facts = CATALOGUE.examples(*voice)
        del facts[fact]
        with pytest.raises(UnknownFact, match=f"{template}: {fact}"):
            CATALOGUE.say(
                template,
                language=language,
                formality=formality,
                channel="telegram",
                facts=facts,
                today=EXAMPLE_DAY,
            )


@pytest.mark.parametrize("value", ["", " \n", "https://evil.example", None, 1.5, True, ["x"], b"x"])
def test_a_fact_that_is_empty_or_no_fact_is_an_error(value: object) -> None:
    with pytest.raises(UnknownFact, match="merchant"):
        say("thanks", facts={"merchant": value})


def test_a_short_day_needs_a_day() -> None:
    with pytest.raises(UnknownFact, match="day"):
        CATALOGUE.offers(
            [Option("day", {"day": 5})], language="nl", formality="u", plain=False, today=EXAMPLE_DAY
        )


@pytest.mark.parametrize(
    ("template", "voice"), [("surprise", ("nl", "u")), ("thanks", ("fr", "u")), ("thanks", ("nl", "thou"))]
)
def test_an_unknown_message_or_voice_is_an_error(template: str, voice: tuple[str, str]) -> None:
    with pytest.raises(UnknownTemplate, match=template):
        CATALOGUE.say(
            template, language=voice[0], formality=voice[1], channel="sms", facts={}, today=EXAMPLE_DAY
        )


def test_only_the_first_message_carries_the_qr_code() -> None:
    assert [name for name in CATALOGUE.names() if say(name).image] == ["request"]


def test_paying_is_the_first_button_and_shows_the_amount() -> None:
    pay, *answers = say("request").buttons
    assert (pay.label, pay.url, pay.answer) == ("Betaal € 42,50", LINK, "")
    assert [button.label for button in answers] == ["Later betalen", "Al betaald", "Ik heb een vraag"]


def test_english_has_one_voice_and_says_which() -> None:
    assert say("thanks", voice=("en", "je")) == say("thanks", voice=("en", "u"))
    assert say("thanks", voice=("en", "je")).formality == "u"
    assert say("thanks", voice=("nl", "je")).formality == "je"


def test_the_year_is_named_only_when_it_is_another_one() -> None:
    assert "vrijdag 27 november een" in say("promise-noted").body
    assert "vrijdag 8 januari 2027 een" in say("promise-noted", facts={"date": date(2027, 1, 8)}).body


def test_facts_come_back_from_their_row_as_they_were() -> None:
    facts = {"paid": Money(-1250, "EUR"), "date": date(2026, 11, 27), "question": "welke dag?", "count": 3}
    assert unpack(pack(facts)) == facts

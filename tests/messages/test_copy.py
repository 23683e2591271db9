"""How we sound: the rules of the house for every text, held in every voice."""

from __future__ import annotations

import re
import tomllib
from datetime import date

import pytest

from messages.catalogue import EXAMPLE_DAY, Catalogue
from messages.segments import GSM, GSM_TWICE
from messages.voices import COPY, Line, read

CATALOGUE = Catalogue.load()
FILES = {"nl_u": ("nl", "u"), "nl_je": ("nl", "je"), "en": ("en", "u")}
VOICES = {name: read(name, *voice) for name, voice in FILES.items()}
TEXTS = [
    pytest.param(file, template, channel, id=f"{file}-{template}-{channel}")
    for file, voice in VOICES.items()
    for template, script in voice.scripts.items()
    for channel in script.texts
]
every_text = pytest.mark.parametrize(("file", "template", "channel"), TEXTS)
every_file = pytest.mark.parametrize("file", FILES)

# Words that press or shame, and words that nobody says aloud.
BANNED = (
    r"aanmaning|schuld|laatste kans|laatste keer|dringend|onmiddellijk|incasso|deurwaarder|sommatie"
    r"|achterstallig|achterstand|gelieve|verzuim|ingebreke|ondergetekende|voldoen|terstond|spoed"
    r"|binnen 24 uur|verplicht|direct betalen|final notice|urgent|last chance|last reminder"
    r"|overdue|debt|immediately|collections?|legal|penalty|warning|must|asap|act now"
)
# Twilio takes these for an opt-out.
NEVER_AN_ANSWER = {"cancel", "end", "quit", "unsubscribe", "revoke", "stopall", "optout", "yes", "info"}


def raw(file: str, template: str, channel: str) -> str:
    """The text with `{fact}` places still in it."""
    return VOICES[file].scripts[template].text(channel).fill(lambda place: f"{{{place}}}")


def sentences(text: str) -> list[str]:
    return [s for s in re.split(r"(?<=[.?!])\s+|\n+|:\s+(?=\S)", text) if s.strip()]


@every_text
def test_no_text_presses_or_shames(file: str, template: str, channel: str) -> None:
    assert not re.findall(BANNED, raw(file, template, channel), re.IGNORECASE)


@every_text
def test_the_first_forty_letters_can_lie_on_a_lock_screen(file: str, template: str, channel: str) -> None:
    start = CATALOGUE.say(
        template,
        language=FILES[file][0],
        formality=FILES[file][1],
        channel=channel,
        facts=CATALOGUE.examples(*FILES[file]),
        today=EXAMPLE_DAY,
    ).body[:40]
    assert not re.search(r"herinner|te laat|openstaand|remind|late\b|unpaid|niet betaald", start, re.I)


@every_text
def test_sentences_can_be_read_in_one_breath(file: str, template: str, channel: str) -> None:
    for sentence in sentences(raw(file, template, channel)):
        assert len(sentence.split()) <= 15, sentence


@every_text
def test_capitals_and_exclamation_marks_do_not_shout(file: str, template: str, channel: str) -> None:
    text = raw(file, template, channel)
    assert not re.search(r"\b[A-Z]{2,}\b|!!", text)
    if file != "nl_je" or template.startswith(
        ("request", "reminder", "promise-due", "pause-over", "hold-over", "hardship")
    ):
        assert "!" not in text


@every_text
def test_our_own_letters_are_all_in_the_sms_alphabet(file: str, template: str, channel: str) -> None:
    assert set(raw(file, template, channel)) <= GSM | GSM_TWICE


@every_text
def test_a_link_stands_once_and_no_other_address_at_all(file: str, template: str, channel: str) -> None:
    text = raw(file, template, channel)
    assert text.count("{link}") <= 1
    assert not re.search(r"https?:|www\.|\.nl\b|\.com\b", text)


@every_text
def test_who_asks_comes_before_the_link_and_the_answers_come_after(
    file: str, template: str, channel: str
) -> None:
    text = raw(file, template, channel)
    if template.startswith(("request", "reminder", "promise-due", "pause-over", "hold-over")):
        order = [text.index(p) for p in ("{merchant}", "{link}")]
        assert order == sorted(order)
        amount = "{total}" if "-all" in template else "{remaining}"
        assert text.index(amount) < text.index("{link}")
        assert "*" not in text[: text.index("{link}")]


@pytest.mark.parametrize("template", VOICES["nl_u"].scripts)
def test_u_stays_u(template: str) -> None:
    for channel in ("text", "sms"):
        assert not re.search(r"\b(je|jij|jou|jouw|jullie|hoi)\b", raw("nl_u", template, channel), re.I)


@pytest.mark.parametrize("template", VOICES["nl_je"].scripts)
def test_je_stays_je(template: str) -> None:
    for channel in ("text", "sms"):
        assert not re.search(r"\b(u|uw|uzelf)\b", raw("nl_je", template, channel), re.I)


def test_every_voice_has_the_same_messages() -> None:
    assert list(VOICES["nl_u"].scripts) == list(VOICES["nl_je"].scripts) == list(VOICES["en"].scripts)


def _facts(line: Line) -> set[str]:
    return {"name" if place == "first_name" else place for place in line.places}


@pytest.mark.parametrize("template", VOICES["nl_u"].scripts)
def test_a_message_states_the_same_facts_and_offers_as_much_in_every_voice(template: str) -> None:
    scripts = [voice.scripts[template] for voice in VOICES.values()]
    for channel in ("text", "sms"):
        assert len({frozenset(_facts(script.text(channel))) for script in scripts}) == 1
    assert len({(len(script.choices), script.pay is None) for script in scripts}) == 1


@every_text
def test_a_text_for_one_channel_states_nothing_that_the_others_do_not(
    file: str, template: str, channel: str
) -> None:
    script = VOICES[file].scripts[template]
    assert _facts(script.text(channel)) <= _facts(script.texts["text"])


@every_file
def test_words_for_absent_facts_are_there_and_can_go_by_sms(file: str) -> None:
    absent = VOICES[file].absent
    assert absent.keys() == {"name", "first_name", "merchant_phone", "reference", "description"}
    assert set("".join(absent.values())) <= GSM


@every_file
def test_no_answer_that_we_offer_means_stop_to_a_provider(file: str) -> None:
    answers = CATALOGUE.offered(*FILES[file])
    assert not {word for answer in answers for word in answer.lower().split()} & NEVER_AN_ANSWER


@every_file
def test_every_answer_that_we_offer_is_short_enough_for_a_button(file: str) -> None:
    answers = CATALOGUE.offered(*FILES[file])
    assert answers >= (
        {"friday", "pay later", "stop"} if file == "en" else {"vrijdag", "later betalen", "stop"}
    )
    # Telegram's limit is 64 bytes; a longer day with its year takes seven more than the example.
    assert max(len(answer.encode()) for answer in answers) <= 64 - 7


@every_file
def test_a_buttons_label_fits_and_reads_the_same_as_its_answer_where_whatsapp_returns_the_label(
    file: str,
) -> None:
    language, formality = FILES[file]
    opens = {template.name for template in CATALOGUE.templates()}
    for name in CATALOGUE.names():
        facts = {**CATALOGUE.examples(language, formality), "latest": date(2027, 9, 30)}
        said = CATALOGUE.say(
            name, language=language, formality=formality, channel="whatsapp", facts=facts, today=EXAMPLE_DAY
        )
        answers = [button for button in said.buttons if not button.url]
        assert len(answers) <= 3
        assert all(len(button.label) <= 20 for button in answers)
        if name in opens:
            assert all(button.answer == button.label.lower() for button in answers)


def test_free_help_stands_in_one_place_with_its_source_and_day() -> None:
    page = tomllib.loads((COPY / "free_help.toml").read_text(encoding="utf-8"))
    assert re.fullmatch(r"0800-\d{4}", page["phone"])
    assert page["free"]
    assert all(source.startswith("https://") for source in page["sources"])
    assert isinstance(page["checked"], date)
    for path in COPY.glob("*.toml"):
        if path.name != "free_help.toml":
            assert page["phone"] not in path.read_text(encoding="utf-8")
            assert page["name"] not in path.read_text(encoding="utf-8")


@every_file
def test_somebody_who_cannot_pay_hears_of_free_help_and_nothing_about_paying(file: str) -> None:
    text = raw(file, "hardship-noted", "text")
    assert "{free_help}" in text
    assert not re.search(r"\{link\}|\{remaining\}|\{amount\}", text)
    assert not VOICES[file].scripts["hardship-noted"].choices


@every_file
@pytest.mark.parametrize("template", ["wrong-person", "telegram-stale-link"])
def test_whoever_is_not_the_payer_hears_nothing_of_the_payer(file: str, template: str) -> None:
    assert "{" not in raw(file, template, "text")


@pytest.mark.parametrize(
    "text",
    ["{name", "name}", "{name!r}", "{name.x}", "{name[0]}", "{}", "{0}", "{Name}", "{{name}}", "{a b}"],
)
def test_a_place_is_a_plain_name_and_nothing_else(text: str) -> None:
    with pytest.raises(ValueError, match="a place is a fact's name between braces"):
        Line(text)

"""What is registered with WhatsApp: names that change with the words, and every limit kept."""

from __future__ import annotations

from dataclasses import replace

import pytest

from messages.catalogue import Catalogue
from messages.channels import Button, Template
from messages.channels.whatsapp_content import (
    LONGEST_LABEL,
    answer_draft,
    answer_values,
    draft_of,
    label,
    template_values,
)
from sandbox.twilio.templates import check_types
from tests.messages.channels.talking import parcel

URL = "https://pay.example.nl"
REMINDER = Template(
    "reminder-1",
    "nl",
    "u",
    "Beste {{1}}, er staat {{2}} open bij Fietshuis Jansen.",
    ("name", "remaining"),
    ("mevrouw De Vries", "€ 42,50"),
    ("Later betalen", "Al betaald"),
)
VALUES = {"name": "mevrouw De Vries", "remaining": "€ 42,50"}


def test_a_changed_word_button_or_picture_is_another_template_for_whatsapp() -> None:
    changed = [
        REMINDER,
        replace(REMINDER, body="Beste {{1}}, u moet {{2}} nog betalen."),
        replace(REMINDER, buttons=("Later betalen",)),
        replace(REMINDER, image=True),
        replace(REMINDER, formality="je"),
        replace(REMINDER, language="en"),
    ]
    assert len({draft_of(template, URL).name for template in changed}) == len(changed)


def test_the_same_words_keep_their_name_also_with_other_examples() -> None:
    again = replace(REMINDER, examples=("meneer Bakker", "€ 10,00"))
    assert draft_of(again, URL).name == draft_of(REMINDER, URL).name
    assert draft_of(REMINDER, URL).name.startswith("seintje_reminder_1_nl_u_v")


def test_words_replies_and_picture_go_in_the_one_type_that_whatsapp_approves_with_all_three() -> None:
    draft = draft_of(replace(REMINDER, image=True), URL)
    card = draft.types["whatsapp/card"]
    assert card["media"] == ["https://pay.example.nl/{{3}}"]
    assert [action["title"] for action in card["actions"]] == ["Later betalen", "Al betaald"]
    assert draft.samples["3"].endswith(".png")


def test_without_a_picture_it_is_a_quick_reply_and_without_buttons_a_text() -> None:
    assert set(draft_of(REMINDER, URL).types) == {"twilio/quick-reply"}
    assert set(draft_of(replace(REMINDER, buttons=()), URL).types) == {"twilio/text"}


def test_every_message_of_ours_is_within_the_limits_of_its_type() -> None:
    for template in Catalogue.load().templates():
        check_types(dict(draft_of(template, URL).types))
    for count in (1, 2, 3):
        for picture in (False, True):
            check_types(dict(answer_draft(count, URL, picture=picture).types))


def test_values_go_in_the_order_of_the_places_and_the_picture_comes_last() -> None:
    letter = parcel(values=VALUES, image_url=f"{URL}/q/abc.png")
    assert template_values(replace(REMINDER, image=True), letter, URL) == {
        "1": "mevrouw De Vries",
        "2": "€ 42,50",
        "3": "q/abc.png",
    }


def test_line_breaks_and_runs_of_spaces_which_whatsapp_refuses_become_one_space() -> None:
    letter = parcel(values={**VALUES, "name": " mevrouw\n\tDe     Vries "})
    values = template_values(REMINDER, letter, URL)
    assert values is not None
    assert values["1"] == "mevrouw De Vries"


@pytest.mark.parametrize("missing", [{"name": ""}, {"name": "  \n"}, {"remaining": ""}])
def test_an_empty_value_is_never_sent(missing: dict[str, str]) -> None:
    assert template_values(REMINDER, parcel(values={**VALUES, **missing}), URL) is None
    assert template_values(REMINDER, parcel(values={}), URL) is None


def test_a_long_label_is_cut_and_its_answer_is_not() -> None:
    button = Button("donderdag 24 september 2026", "ik betaal donderdag 24 september 2026")
    values = answer_values(parcel("Wanneer?"), [button], URL)
    assert len(values["2"]) <= LONGEST_LABEL
    assert values["2"].endswith("…")
    assert values["3"] == button.answer
    assert label("Vrijdag") == "Vrijdag"

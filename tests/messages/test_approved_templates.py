"""What WhatsApp asks of messages that may open a conversation."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from messages.catalogue import EXAMPLE_DAY, Catalogue
from messages.channels import Template

CATALOGUE = Catalogue.load()
TEMPLATES = CATALOGUE.templates()
every_template = pytest.mark.parametrize(
    "template", TEMPLATES, ids=lambda t: f"{t.name}-{t.language}-{t.formality}"
)


def filled(template: Template) -> str:
    return re.sub(r"\{\{(\d+)\}\}", lambda place: template.examples[int(place[1]) - 1], template.body)


@every_template
def test_the_approved_text_with_its_examples_is_what_is_said(template: Template) -> None:
    said = CATALOGUE.say(
        template.name,
        language=template.language,
        formality=template.formality,
        channel="whatsapp",
        facts=CATALOGUE.examples(template.language, template.formality),
        today=EXAMPLE_DAY,
    )
    assert filled(template) == said.body
    assert tuple(said.values[fact] for fact in template.facts) == template.examples
    assert template.buttons == tuple(button.label for button in said.buttons if button.answer)
    assert template.image == said.image


@every_template
def test_places_are_numbered_from_one_in_order_and_each_has_an_example(template: Template) -> None:
    numbers = [int(number) for number in re.findall(r"\{\{(\d+)\}\}", template.body)]
    assert sorted(set(numbers)) == list(range(1, len(template.facts) + 1))
    assert all(example.strip() for example in template.examples)


@every_template
def test_the_text_does_not_begin_or_end_with_a_place_nor_has_two_side_by_side(template: Template) -> None:
    pieces = re.split(r"\{\{\d+\}\}", template.body)
    assert re.search(r"\w", pieces[0])
    assert pieces[-1].strip()
    for before, after in pairwise(pieces[1:]):
        assert before.strip()
        assert after.strip()


@every_template
def test_there_are_more_words_than_twice_the_places(template: Template) -> None:
    words = re.sub(r"\{\{\d+\}\}", "", template.body).split()
    assert len(words) > 2 * len(template.facts)


@every_template
def test_the_text_and_its_buttons_are_within_the_limits(template: Template) -> None:
    assert len(filled(template)) <= 1024
    assert len(template.buttons) <= 3
    assert all(len(label) <= 20 for label in template.buttons)


@every_template
def test_no_line_break_can_stand_in_a_place(template: Template) -> None:
    assert not any(re.search(r"\s{2}|[\n\t]", example) for example in template.examples)


def test_equal_texts_are_submitted_once() -> None:
    assert len({template.body for template in TEMPLATES}) == len(TEMPLATES)


def test_every_unasked_message_may_open_a_conversation_in_every_voice() -> None:
    unasked = {"request", "reminder-1", "reminder-2", "reminder-3", "promise-due", "pause-over", "hold-over"}
    unasked |= {"thanks"}
    for voice in (("nl", "u"), ("nl", "je"), ("en", "u")):
        assert unasked <= {t.name for t in TEMPLATES if (t.language, t.formality) == voice}

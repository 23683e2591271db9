"""A question that is only announced is told from one that is asked."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.understanding import Intent, understand
from core.calendar import AMSTERDAM

_NOW = datetime(2026, 11, 23, 10, tzinfo=AMSTERDAM)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "Ik heb een vraag",
            "vraagje",
            "VRAAG",
            "mag ik iets vragen?",
            "hoi ik heb nog een vraag over de nota",
        ),
        *("ik heb een vraag over de fiets", "I have a question", "can I ask you something?", "question"),
    ],
)
def test_a_question_without_content_waits_for_its_content(text: str) -> None:
    reading = understand(text, "reminder", now=_NOW)
    assert (reading.intents, reading.announced, reading.clarify) == ((Intent.QUESTION,), True, False)


@pytest.mark.parametrize(
    "text",
    [
        *("ik heb een vraag: wat kost het", "vraagje, is de fiets al klaar?", "mag ik vragen wie u bent"),
        *(
            "kan ik vrijdag betalen?",
            "vraag het mijn man",
            "I have a question, is this real?",
            "ik heb geen vragen",
        ),
        *("vraag over mijn fiets die kapot is", "stop", "ik vraag me af of dit klopt"),
    ],
)
def test_a_question_that_is_asked_is_not_asked_for_again(text: str) -> None:
    assert not understand(text, "reminder", now=_NOW).announced

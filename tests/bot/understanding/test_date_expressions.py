"""Days and moments inside a sentence, in Dutch and English, read with a payer's eyes."""

import pytest

from bot.understanding import understand
from tests.bot.understanding.expressions.notation import SENTENCES, rows, said


@pytest.mark.parametrize(
    ("language", "right", "wrong"), [("nl", 0.97, 0.01), ("en", 0.97, 0.01)], ids=["nl", "en"]
)
def test_days_in_a_sentence_are_right_and_hardly_ever_wrong(
    language: str, right: float, wrong: float
) -> None:
    outcomes = []
    for now, expression, accepted in rows(language):
        for sentence in SENTENCES[language]:
            answer = said(understand(sentence.format(expression), now=now))
            outcomes.append("right" if answer in accepted else "ask" if answer in ("ask", "none") else answer)
    share = outcomes.count("right") / len(outcomes)
    missed = [outcome for outcome in outcomes if outcome not in ("right", "ask")]
    assert share >= right
    assert len(missed) / len(outcomes) <= wrong, missed


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_day_that_is_read_never_lies_in_the_past(language: str) -> None:
    for now, expression, _ in rows(language):
        reading = understand(SENTENCES[language][0].format(expression), now=now)
        if not reading.clarify and "date" in reading.slots:
            assert str(reading.slots["date"]) >= now.date().isoformat(), expression

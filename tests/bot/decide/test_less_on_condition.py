"""Who would pay a lower amount promises nothing yet: a person decides, and no link for the whole goes."""

from __future__ import annotations

import pytest

from bot.decide import Act, decide
from tests.bot.decide.monday import OPEN, read


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        *(("make it 30 and I pay now", 30_00), ("maak er 30 van dan betaal ik nu", 30_00)),
        *(("als u er 30 van maakt betaal ik nu", 30_00), ("I'll pay 40 now and that's it", 40_00)),
        *(("40 betaal ik en meer niet", 40_00), ("ik betaal 40 euro, meer niet", 40_00)),
        *(("te duur, kan er iets af?", None), ("mag er 10 euro af?", None), ("can you knock 10 off?", None)),
    ],
)
def test_a_person_decides_on_less_and_nothing_is_promised(text: str, cents: int | None) -> None:
    decision = decide(read(text), OPEN)
    assert (decision.act, decision.attention, decision.answer) == (
        Act.HAND_OVER,
        "asks_less",
        "less-passed-on",
    )
    assert decision.detail.get("cents") == cents
    assert not decision.beside


@pytest.mark.parametrize("text", ["ik betaal nu", "kan de spaak er af?", "40 per maand en meer niet"])
def test_other_words_ask_for_no_lower_amount(text: str) -> None:
    assert decide(read(text), OPEN).attention != "asks_less"

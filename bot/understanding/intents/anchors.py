"""The income that a payer waits for."""

from bot.understanding.draft import Draft
from bot.understanding.gate import words_of
from bot.understanding.hear import Heard
from bot.understanding.lexicon import words
from bot.understanding.lexicon.classes import CLASSES

_ANCHORS = (
    (
        "holiday_allowance",
        ("vakantiegeld", "vakantietoeslag", "holiday allowance", "holiday pay", "holiday money"),
    ),
    ("salary", ("salaris", "loon", "wages", "salary", "wage", "paycheck", "payday", "loondag", "paid")),
)


def _only_named(heard: Heard) -> bool:
    """ "Mijn betaaldag is de 20e" names no income."""
    said = {heard.line.words[at + 1] for at in words_of(heard, "income")}
    return said & _INCOMES <= {"betaaldag"} and "betaaldag" in said


_INCOMES = words(CLASSES["income"])


def put_anchor(draft: Draft) -> None:
    """Which income the payer waits for."""
    text = draft.heard.line.text
    for anchor, names in _ANCHORS:
        if any(name in text for name in names):
            draft.slots["anchor"] = anchor
            return
    if draft.heard.has("income") and not _only_named(draft.heard):
        draft.slots["anchor"] = "income"

"""Puts back what was said in so many words, where the words around it leaned to a day to pay on."""

import re

from bot.understanding.draft import Draft
from bot.understanding.intents.claims import claims_paid
from bot.understanding.intents.paying import read_paid
from bot.understanding.lexicon import words
from bot.understanding.lexicon.classes import CLASSES
from bot.understanding.reading import Intent

# "Betaalde" is past in Dutch, whatever day stands beside it.
_PAST = words("betaalde betaalden")
_CALL_BACK = re.compile(
    r" (?:terugbellen|teruggebeld|bel\S* (?:\S+ ){0,2}terug|(?:call|ring|phone) \S+ back) "
)
_PAYS = words(f"{CLASSES['paying']} {CLASSES['pays']} {CLASSES['paid']} regel doe maak")


def keep_what_was_said(draft: Draft) -> None:
    """No guess makes a day to pay on of a day on which was paid, or of an hour to call back at."""
    if not draft.guessed or Intent.RESCHEDULE not in draft.intents:
        return
    said = set(draft.heard.line.words)
    if _PAST & said and claims_paid(draft.heard):
        draft.guess([], [])
        draft.guessed = False
        read_paid(draft)
    elif draft.heard.has("human") and not _PAYS & said and _CALL_BACK.search(f"{draft.heard.line.text} "):
        draft.guess([], [])
        draft.guessed = False
        draft.add(Intent.HUMAN, "human")

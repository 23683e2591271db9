"""Puts back what was said in so many words, where the words around it leaned to a day to pay on."""

import re

from bot.understanding.draft import Draft
from bot.understanding.intents.claims import claims_paid
from bot.understanding.intents.paying import read_paid
from bot.understanding.lexicon import words
from bot.understanding.lexicon.classes import CLASSES
from bot.understanding.reading import Ask, Intent

# "Betaalde" is past in Dutch, whatever day stands beside it.
_PAST = words("betaalde betaalden")
_CALL_BACK = re.compile(
    r" (?:terugbellen|teruggebeld|bel\S* (?:\S+ ){0,2}terug|(?:call|ring|phone) \S+ back) "
)
_HOLDS = words("stop wacht wait hold")
_PAYS = words(f"{CLASSES['paying']} {CLASSES['pays']} {CLASSES['paid']} regel doe maak")


# What a slot is about; without that meaning it would tell of a wish that is not there.
_OWNERS = {
    "channel": {Intent.CHANGE_CHANNEL, Intent.HUMAN},
    "language": {Intent.CHANGE_LANGUAGE},
}


def keep_what_was_said(draft: Draft) -> None:
    """No guess makes a day to pay on of a day on which was paid, or of an hour to call back at."""
    for slot, owners in _OWNERS.items():
        if not owners & set(draft.intents):
            draft.slots.pop(slot, None)
    if draft.guessed and draft.heard.has("was_paying") and _HOLDS & set(draft.heard.line.words):
        draft.guess([Intent.PAY_NOW], draft.heard.spans("was_paying", str(Intent.PAY_NOW)))
        draft.guessed = False
        draft.doubt(Ask.PAY_NOW)
    if draft.guessed and Intent.RESCHEDULE in draft.intents:
        _keep_the_past(draft)


def _keep_the_past(draft: Draft) -> None:
    said = set(draft.heard.line.words)
    if _PAST & said and claims_paid(draft.heard):
        draft.guess([], [])
        draft.guessed = False
        read_paid(draft)
    elif draft.heard.has("human") and not _PAYS & said and _CALL_BACK.search(f"{draft.heard.line.text} "):
        draft.guess([], [])
        draft.guessed = False
        draft.add(Intent.HUMAN, "human")

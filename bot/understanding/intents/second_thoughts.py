"""Looks once more before anything is done: jokes, hearsay, conditions, and stops that end elsewhere."""

import re

from bot.understanding.draft import Draft
from bot.understanding.hear import Heard
from bot.understanding.promised import promised
from bot.understanding.reading import Ask, Intent

_PROMISES = {Intent.RESCHEDULE, Intent.PAY_NOW, Intent.INSTALMENTS, Intent.PAUSE}
# What a joke or an unlikely condition does not promise, agree to or claim.
_NOT_IN_JEST = (Intent.AFFIRM, Intent.THANKS, *_PROMISES)


# "Remove my number, I never agreed to this" is a plain stop.
_ANSWERED = {Intent.QUESTION, Intent.DENY, Intent.OPT_OUT}


# "Zelled you friday": an English verb in the past tense before a day tells what was done.
_TOLD = re.compile(
    r"[|,] (?:(?:i|we|have|just|already|sorry) )*"
    r"(?!need|wed |indeed|schedul|plann|delay|mov|agree|confirm|promis|postpon|push|book|shift|chang|fix)"
    r"[a-z]{3,}ed~? (?:[^ |,]+ ){0,3}@d"
)
# "Fridays" is every Friday, or any.
_PLURALS = frozenset(("mondays", "tuesdays", "wednesdays", "thursdays", "fridays", "saturdays", "sundays"))


def think_again(draft: Draft) -> None:
    """Asks back, or lets go, where the words around a wish say that it is not meant."""
    heard = draft.heard
    if heard.has("joke"):
        draft.withdraw(*_NOT_IN_JEST)
        if not draft.intents:
            draft.add(Intent.OTHER, "joke")
            draft.doubt(Ask.NOT_UNDERSTOOD)
    stops_else = heard.has("stops_else", "happens_then") and not heard.has("promise_day")
    radio = draft.language == "en" and any(token.word == "10-4" for token in heard.tokens)
    answered = not heard.moments and _ANSWERED & set(draft.intents)
    if stops_else or radio or (heard.has("disowned") and not answered):
        asked_for_rest = Intent.PAUSE in draft.intents and not heard.has("stops_else", "disowned")
        draft.withdraw(*(_PROMISES - {Intent.PAUSE} if asked_for_rest else _PROMISES))
        draft.doubt(Ask.NOT_UNDERSTOOD)
    if _passed_on(heard) and _PROMISES & set(draft.intents):
        draft.doubt(Ask.WHEN)
    if any(token.word in _PLURALS for token in heard.tokens) and Intent.RESCHEDULE in draft.intents:
        draft.doubt(Ask.WHICH_DAY)
    busy = len(heard.moments) == 1 and heard.has("busy_then") and not heard.has("promise_day", "then_pays")
    unsure = busy or heard.has("only_if") or bool(_TOLD.search(heard.line.text))
    if unsure and (_PROMISES - {Intent.PAUSE}) & set(draft.intents):
        draft.doubt(Ask.WHEN)


def _passed_on(heard: Heard) -> bool:
    """Somebody else's promise, unless the day stands in a sentence of its own."""
    said = heard.line.words[1:-1]
    days = [at for at, word in enumerate(said) if word in ("@d", "@day")]
    told = [days[at] for at in sorted(promised(heard).told)]
    if told and days[0] < told[0]:
        # "They said monday, so wednesday is realistic": the payer's own day comes after theirs.
        return False
    return any(
        not days or any("|" not in said[min(at, match.first) : max(at, match.last)] for at in days)
        for match in heard.signals.get("hearsay", ())
    )

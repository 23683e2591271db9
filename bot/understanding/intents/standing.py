"""What was heard in so many words, and stands whatever the other words lean to."""

import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from bot.understanding.draft import Draft
from bot.understanding.gate import says_more_than
from bot.understanding.hear import Heard
from bot.understanding.intents.asking import question
from bot.understanding.intents.at_once import all_at_once
from bot.understanding.intents.claims import claims_paid
from bot.understanding.intents.less import asks_less
from bot.understanding.intents.trouble import tells_besides
from bot.understanding.lexicon import words
from bot.understanding.lexicon.classes import CLASSES
from bot.understanding.reading import Ask, Context, Intent

# These are never explained away by other words; where next to nothing leans to them, they are asked about.
GRAVE: Final = frozenset((Intent.OPT_OUT, Intent.WRONG_PERSON))
# Below the first chance next to nothing leans to a meaning, below the second hardly anything.
NEVER, LIKELY = 0.05, 0.2
# What it takes against a day that was promised.
_AGAINST_A_DAY: Final = 0.9


@dataclass(frozen=True, slots=True)
class Kept:
    """What was heard stays as it is; ``ask`` is what has to be asked first, if anything."""

    ask: Ask | None = None


def stands(
    draft: Draft, chances: Mapping[Intent, float], leant: AbstractSet[Intent], heard: AbstractSet[Intent]
) -> Kept | None:
    """Whether what was heard stands though ``leant`` outweighs it, and with which question; None when not."""
    gone = heard - leant
    if Intent.WRONG_PERSON in heard & leant or (draft.ask is Ask.STOP_WHAT and Intent.OPT_OUT in gone):
        return Kept()
    if _in_so_many_words(draft.heard, gone, leant - heard) or _asks_less(draft, leant - heard):
        return Kept()
    paused = draft.context is Context.PAUSED and leant == {Intent.PAUSE}
    if paused and heard == {Intent.RESCHEDULE} and not says_more_than(draft.heard, 0, "deny"):
        return Kept()
    if _yes_or_no_stands(draft, chances, gone, leant):
        return Kept()
    if (
        draft.context in (Context.PLAN, Context.DONE)
        and "start_date" in draft.slots
        and leant - heard <= _AGREES
    ):
        return Kept()
    if Intent.RESCHEDULE in gone and draft.ask is None and _a_day_stands(chances, leant):
        _asks_besides(draft, leant)
        unlikely = chances[Intent.RESCHEDULE] < LIKELY and not draft.heard.has("promise_day")
        return Kept(Ask.WHEN if unlikely else None)
    grave = GRAVE & gone if draft.context is not Context.CONFIRM_OPTOUT else frozenset[Intent]()
    if any(chances[intent] > NEVER for intent in grave):
        return Kept(question(grave, chances))
    return None


def _yes_or_no_stands(
    draft: Draft,
    chances: Mapping[Intent, float],
    gone: AbstractSet[Intent],
    leant: AbstractSet[Intent],
) -> bool:
    """A no that was heard is no yes; nor is a yes to our question whether to stop anything else."""
    likeliest = max(chances[intent] for intent in leant)
    if Intent.PAY_NOW in gone and all_at_once(draft):
        return True
    if Intent.QUESTION in gone and draft.slots.get("topic") == "real" and leant == {Intent.DISPUTE}:
        return likeliest < _AGAINST_A_DAY
    asked_to_stop = draft.context is Context.CONFIRM_OPTOUT
    if asked_to_stop and Intent.DENY in gone and draft.heard.has("keeps_on"):
        return True
    if not asked_to_stop and Intent.DENY in gone and Intent.AFFIRM in leant:
        return likeliest < _AGAINST_A_DAY
    unlikely = likeliest < _AGAINST_A_DAY and not {Intent.DENY, Intent.RESUME, Intent.PAUSE} & leant
    return asked_to_stop and Intent.AFFIRM in gone and unlikely


# "Prima, eerste op 1 maart" agrees to a plan, and tells when it starts.
_AGREES: Final = frozenset((Intent.AFFIRM, Intent.RESCHEDULE))


def _asks_less(draft: Draft, new: AbstractSet[Intent]) -> bool:
    """ "Mag het ook 100 zijn?" stands, unless the words lean to something graver."""
    return not new & _GRAVER and not _GRAVER & set(draft.intents) and asks_less(draft.heard) is not None


_GRAVER: Final = GRAVE | {Intent.CANT_PAY, Intent.DISPUTE, Intent.ALREADY_PAID}


def _asks_besides(draft: Draft, leant: AbstractSet[Intent]) -> None:
    """ "Woensdag moet het lukken. Is 84,50 alles?": a promise, and a question behind it."""
    asks = leant == {Intent.QUESTION} and draft.heard.line.words[-2:-1] == ["@q"]
    if asks and draft.heard.has("promise_day"):
        draft.add(Intent.QUESTION)
        draft.slots.setdefault("topic", "other")


def _a_day_stands(chances: Mapping[Intent, float], leant: AbstractSet[Intent]) -> bool:
    return chances[Intent.RESCHEDULE] > NEVER and max(chances[intent] for intent in leant) < _AGAINST_A_DAY


# "Betaalde" is past in Dutch, whatever day stands beside it.
_PAST = words("betaalde betaalden")
_HAS_PAID = re.compile(r" (?:have|has|had) (?:\S+ )?(?:pay|transfer|settle) ")
_CALL_BACK = re.compile(
    r" (?:terugbellen|teruggebeld|bel\S* (?:\S+ ){0,2}terug|(?:call|ring|phone) \S+ back) "
)
_HOLDS = words("stop wacht wait hold")
_PAYS = words(f"{CLASSES['paying']} {CLASSES['pays']} {CLASSES['paid']} regel doe maak")


def _in_so_many_words(heard: Heard, gone: AbstractSet[Intent], new: AbstractSet[Intent]) -> bool:
    """ "Stop, I was about to pay"; and a day on which was paid, or to call back on, is none to pay on."""
    said = set(heard.line.words)
    if Intent.PAY_NOW in gone and heard.has("was_paying") and _HOLDS & said:
        return True
    besides = Intent.CANT_PAY in new and tells_besides(heard, "ill", "hardship", "maybe_cant_pay")
    if Intent.HUMAN in gone and heard.has("to_helper") and not besides:
        return True
    if Intent.RESCHEDULE not in new:
        return False
    past = (
        Intent.ALREADY_PAID in gone
        and bool(_PAST & said or _HAS_PAID.search(heard.line.text))
        and claims_paid(heard)
    )
    calls = Intent.HUMAN in gone and not _PAYS & said and bool(_CALL_BACK.search(f"{heard.line.text} "))
    return past or calls

"""How likely a lean must be before it is believed."""

from typing import Final

from bot.understanding.clauses import asks_about_a_habit
from bot.understanding.draft import Draft
from bot.understanding.hear import Heard
from bot.understanding.lexicon import words
from bot.understanding.reading import Context, Intent

# A yes or no answers something.
ANSWERS: Final = frozenset((Intent.AFFIRM, Intent.DENY))
ASKING: Final = (Context.PROPOSE, Context.PLAN, Context.CONFIRM_OPTOUT, Context.ASK_N, Context.ASK_WHEN)
NOTHING: Final = frozenset((Intent.OTHER,))
# From this chance on a lean is believed; a day, a count or a channel must have been told as well. Measured on
# replies that taught the table nothing, see docs/decisions/0030-leanings.md.
_BELIEVED: Final = {
    Intent.PAY_NOW: 0.65,
    Intent.RESCHEDULE: 0.7,
    Intent.PAUSE: 0.65,
    Intent.RESUME: 0.9,
    Intent.INSTALMENTS: 0.6,
    Intent.ALREADY_PAID: 0.5,
    Intent.DISPUTE: 0.6,
    Intent.CANT_PAY: 0.65,
    Intent.OPT_OUT: 0.8,
    Intent.HUMAN: 0.5,
    Intent.CHANGE_CHANNEL: 0.6,
    Intent.CHANGE_LANGUAGE: 0.6,
    Intent.AFFIRM: 0.8,
    Intent.DENY: 0.8,
    Intent.THANKS: 0.5,
    Intent.QUESTION: 0.5,
    Intent.WRONG_PERSON: 0.95,
    Intent.SET_PAY_DAY: 0.6,
}
# Against phrases that say something else it takes more.
_AGAINST_PHRASES: Final = 0.7
# A lean to yes, where yes ends all messages.
_STOPPED: Final = 0.95
# "Ja?" wonders, and "ja maar eerst de factuur" is no plain yes.
_UNSURE: Final = words(
    """
    @q but mits behalve except niet not eerst first advocaat lawyer klacht complaint overleg overleggen
    commissie geschillencommissie factuur invoice betwist scammer oplichter rechter court solicitor
    """
)


def wavers(heard: Heard) -> bool:
    """Whether a yes is no plain one."""
    return any(word.rstrip("~") in _UNSURE for word in heard.line.words)


def bar(draft: Draft, intent: Intent, heard: frozenset[Intent]) -> float:
    """The chance from which on this intent is believed where those were heard."""
    if _never(draft, intent):
        return 1.0
    if intent is Intent.AFFIRM and draft.context is Context.CONFIRM_OPTOUT:
        return _STOPPED
    return max(_BELIEVED.get(intent, 1.0), 0.0 if heard == NOTHING else _AGAINST_PHRASES)


def _never(draft: Draft, intent: Intent) -> bool:
    """Whether this intent is asked about, however likely."""
    if intent in ANSWERS and draft.context not in ASKING:
        return True
    if intent in (Intent.AFFIRM, Intent.RESUME) and wavers(draft.heard):
        return True
    if intent is Intent.SET_PAY_DAY and asks_about_a_habit(draft.heard):
        return True
    return intent is Intent.RESUME and draft.context is not Context.PAUSED

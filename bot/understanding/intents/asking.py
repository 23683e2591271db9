"""What is asked about a meaning that is in doubt."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from typing import Final

from bot.understanding.draft import Draft
from bot.understanding.reading import Ask, Intent

_ASKED: Final[Mapping[Intent, Ask]] = {
    Intent.PAY_NOW: Ask.PAY_NOW,
    Intent.RESCHEDULE: Ask.WHEN,
    Intent.PAUSE: Ask.UNTIL_WHEN,
    Intent.RESUME: Ask.START_AGAIN,
    Intent.INSTALMENTS: Ask.HOW_MANY,
    Intent.ALREADY_PAID: Ask.IS_PAID,
    Intent.DISPUTE: Ask.NOT_RIGHT,
    Intent.CANT_PAY: Ask.NO_MONEY,
    Intent.OPT_OUT: Ask.STOP_WHAT,
    Intent.HUMAN: Ask.A_PERSON,
    Intent.CHANGE_CHANNEL: Ask.WHICH_CHANNEL,
    Intent.CHANGE_LANGUAGE: Ask.WHICH_LANGUAGE,
    Intent.AFFIRM: Ask.YES_TO_WHAT,
    Intent.DENY: Ask.NO_TO_WHAT,
    Intent.WRONG_PERSON: Ask.NOT_ME,
    Intent.SET_PAY_DAY: Ask.WHICH_DAY,
}
# The first and strongest of these tells what is asked when several meanings are in doubt.
_GRAVEST: Final = (Intent.OPT_OUT, Intent.WRONG_PERSON, Intent.CANT_PAY, Intent.DISPUTE, Intent.ALREADY_PAID)
# What each question is about, when it goes with its meaning; whether to pay now is asked about anything.
ABOUT: Final[Mapping[Ask, Intent]] = {ask: intent for intent, ask in _ASKED.items() if ask is not Ask.PAY_NOW}


def question(meant: AbstractSet[Intent], chances: Mapping[Intent, float]) -> Ask:
    """What to ask when a reply seems to mean these."""
    grave = [intent for intent in _GRAVEST if intent in meant]
    most = grave[0] if grave else min(meant, key=lambda intent: (-chances[intent], intent))
    return _ASKED.get(most, Ask.NOT_UNDERSTOOD)


def doubt_that_day(draft: Draft) -> None:
    """Ask whether the day that was read is the one to pay on."""
    day = draft.slots.get("date") or draft.slots.get("datetime")
    if day is None:
        draft.doubt(Ask.WHEN)
    else:
        draft.doubt(Ask.THAT_DAY, date.fromisoformat(str(day)[:10]))

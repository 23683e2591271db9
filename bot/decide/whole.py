"""All of it at once: "alles nu" is a wish to pay, and in a plan it is about the whole that is left."""

from __future__ import annotations

import re
from typing import Final

from bot.decide.asides import about_all, only_all
from bot.decide.standing import hand_over
from bot.decision import Act, Decision, Known
from bot.understanding import Intent, Reading
from payments.lifecycle import Status

_WHOLE: Final = re.compile(
    r"\b(?:in (?:een|één|1) (?:keer|klap)|ineens|hele (?:bedrag|rest)|de (?:hele )?rest|helemaal"
    r"|in one go|at once|the (?:whole|rest)|in full)\b",
    re.IGNORECASE,
)
_PAYS: Final = frozenset({Intent.PAY_NOW, Intent.AFFIRM, Intent.DENY})


def is_wish_to_pay(text: str, reading: Reading) -> bool:
    """Whether `text` says no more than that all is to be paid, where the reading does not say so itself."""
    unread = set(reading.intents) <= {Intent.OTHER, Intent.RESCHEDULE, Intent.AFFIRM, Intent.DENY}
    return unread and not reading.slots and only_all(text)


def whole_of_a_plan(text: str, reading: Reading, known: Known) -> Decision | None:
    """Return the link for all that is left of a plan, where that is wished; the plan stays till then.

    All of it on another day undoes the plan, which is for a person.
    """
    all_of_it = about_all(text) or _WHOLE.search(text) is not None
    if known.status is Status.INSTALMENTS and all_of_it and Intent.RESCHEDULE in reading.intents:
        return hand_over("asks_more_time")
    pays = Intent.PAY_NOW in reading.intents and set(reading.intents) <= _PAYS and not reading.clarify
    if known.status is not Status.INSTALMENTS or not pays:
        return None
    return Decision(Act.LINK, "pay-link-rest") if all_of_it else None

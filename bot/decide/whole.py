"""All of it at once: "alles nu" is a wish to pay, and in a plan it is about the whole that is left."""

from __future__ import annotations

from typing import Final

from bot.decide.standing import hand_over
from bot.decision import Act, Decision, Known
from bot.understanding import Intent, Reading
from payments.lifecycle import Status

_PAYS: Final = frozenset({Intent.PAY_NOW, Intent.AFFIRM, Intent.DENY})


def is_wish_to_pay(reading: Reading) -> bool:
    """Whether the words say no more than that all is to be paid, where their intents do not say so."""
    unread = set(reading.intents) <= {Intent.OTHER, Intent.RESCHEDULE, Intent.AFFIRM, Intent.DENY}
    return unread and not reading.slots and reading.told.only_everything


def whole_of_a_plan(reading: Reading, known: Known) -> Decision | None:
    """Return the link for all that is left of a plan, where that is wished; the plan stays till then.

    All of it on another day undoes the plan, which is for a person.
    """
    all_of_it = reading.told.whole
    if known.status is Status.INSTALMENTS and all_of_it and Intent.RESCHEDULE in reading.intents:
        return hand_over("asks_more_time")
    pays = Intent.PAY_NOW in reading.intents and set(reading.intents) <= _PAYS and not reading.clarify
    if known.status is not Status.INSTALMENTS or not pays:
        return None
    return Decision(Act.LINK, "pay-link-rest") if all_of_it else None

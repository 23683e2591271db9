"""What was agreed on with a payer, told from where the request stands."""

from __future__ import annotations

from typing import Final

from bot.decide.closely import PAY_HERE, parts_as_they_stand
from bot.decide.days import said_back
from bot.decide.granted import is_ours
from bot.decide.standing import hand_over, settled
from bot.decision import Act, Decision, Known
from bot.understanding import About, Intent, Reading
from payments.lifecycle import CARED_FOR, WITH_A_PERSON, Status

_BESIDE: Final = frozenset({Intent.QUESTION, Intent.THANKS, Intent.AFFIRM, Intent.DENY})


def asks_what_stands(reading: Reading) -> bool:
    """Whether the words ask what was agreed on, and want nothing else."""
    only_asks = set(reading.intents) <= _BESIDE and not reading.clarify and reading.plight is None
    return only_asks and reading.told.about is About.AGREED


def what_stands(known: Known) -> Decision:
    """Return the day, the rest or the parts that stand now, or that nothing was agreed on."""
    if not is_ours(Intent.QUESTION, known) or known.status in CARED_FOR:
        return hand_over("asks_question")
    if done := settled(known):
        return done
    if known.status in WITH_A_PERSON:
        return Decision(Act.NOTHING, "tell-looked-into-still")
    if known.plan:
        return parts_as_they_stand(known) or hand_over("asks_question")
    return _day(known) or _nothing_to_come(known)


def _day(known: Known) -> Decision | None:
    """The day that is still to come, of paying or of the end of a rest."""
    day = known.quiet_until
    if day is None or day <= known.today or known.status not in {Status.PAUSED, Status.PROMISED}:
        return None
    rests = known.status is Status.PAUSED
    answer, facts = said_back("tell-pause", day, "until") if rests else said_back("tell-chosen-day", day)
    return Decision(Act.NOTHING, answer, facts=facts)


def _nothing_to_come(known: Known) -> Decision:
    if known.chosen is None:
        return Decision(Act.LINK, "tell-nothing-agreed", beside=(PAY_HERE,))
    return Decision(Act.LINK, "tell-agreed", facts={"date": known.chosen}, beside=(PAY_HERE,))

"""Yes, no and thanks, which mean what our last move makes of them."""

from __future__ import annotations

from dataclasses import replace

from bot.decide.asking import ask_back, puzzled
from bot.decide.granted import oldest
from bot.decide.moving import move_part
from bot.decide.promises import ask_when
from bot.decide.standing import settled
from bot.decide.wishes import switched
from bot.decision import Act, Decision, Known
from bot.understanding import Ask, Context, Reading
from payments.lifecycle import Status

_STATED = frozenset({Context.DONE, Context.PAUSED, Context.OPTED_OUT})
# Where a day, rest or parts stand, a no is about those.
_CHOSEN = frozenset({Status.PROMISED, Status.PAUSED, Status.INSTALMENTS})


def affirm(reading: Reading, known: Known) -> Decision:
    """A yes to the one thing that was proposed is taken as choosing it, before deciding: see `hear`."""
    if known.verifying and not reading.clarify:
        return switched(known)
    if known.move is Context.CONFIRM_OPTOUT and not reading.clarify:
        return Decision(Act.OPT_OUT, "opted-out")
    if len(known.offered) > 1:
        return Decision(Act.NOTHING, "which-one", options=known.offered)
    if reading.clarify:
        return settled(known) or ask_back(reading, known)
    if known.move is Context.DONE and known.plan_is_fresh and (stands := _as_agreed(known)):
        return stands
    return Decision(Act.NOTHING, None) if known.move in _STATED else puzzled(reading, known)


def _as_agreed(known: Known) -> Decision | None:
    """A yes to a plan that was agreed on a moment ago hears in short that it stands."""
    part = oldest(known)
    if known.status is not Status.INSTALMENTS or part is None:
        return None
    facts = {"number": part.number, "count": len(known.plan), "part": part.amount, "date": part.due_on}
    return Decision(Act.NOTHING, "plan-stands", facts=facts)


def deny(reading: Reading, known: Known) -> Decision:
    """A no to a proposal asks for another; a no to what was noted asks what it should be."""
    if known.move is Context.CONFIRM_OPTOUT or known.verifying:
        return Decision(Act.NOTHING, "stays-on")
    if done := settled(known):
        return done
    if reading.clarify:
        return ask_back(reading, known)
    if known.move is Context.DONE and known.status not in _CHOSEN:
        return ask_back(_no_to_nothing(reading), known)
    return move_part(reading, known) if known.status is Status.INSTALMENTS else ask_when(known)


def _no_to_nothing(reading: Reading) -> Reading:
    """A no where nothing was asked or noted, as one that has to say what it is to."""
    return replace(reading, clarify=True, ask_code=Ask.NO_TO_WHAT)


def thanks(_reading: Reading, known: Known) -> Decision:
    """Once is polite; twice would be a machine that must have the last word."""
    return Decision(Act.NOTHING, None if known.move is Context.OPTED_OUT else "welcome")

"""Rest until a day: granted within the rules, else the nearest day that is."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from bot.decide.days import as_options, choices, day_of, noted
from bot.decide.granted import is_ours, may_be_later, may_pause, may_pause_until
from bot.decide.standing import hand_over, settled
from bot.decision import Act, Decision, Known
from bot.understanding import Intent, Reading
from core.calendar import next_writing_day
from messages.options import Option
from payments.lifecycle import Status

_SHORT_REST: Final = timedelta(days=14)


def pause(reading: Reading, known: Known) -> Decision:
    """Answer a wish for rest: until the day that was named, or for a short while."""
    if done := settled(known):
        return done
    day = None if reading.clarify else day_of(reading, "until", "date", "datetime", "date_range")
    if day is not None and known.status is Status.PAUSED and day == known.quiet_until:
        return _paused(known)
    latest = known.latest(known.policy.pause_days)
    if not may_pause(known) or latest <= known.today:
        return _not_any(known)
    if reading.clarify or (day is not None and day <= known.today):
        return _ask_until(reading, known)
    day = day or min(next_writing_day(known.today + _SHORT_REST), latest)
    if may_pause_until(day, known):
        return noted(Act.PAUSE, "pause-noted", "until", day)
    until = as_options([latest], "until")
    return Decision(Act.NOTHING, "pause-too-long", facts={"latest": latest}, options=until)


def _paused(known: Known) -> Decision:
    day = known.quiet_until or known.today
    return noted(Act.PAUSE, "pause-noted", "until", day)


def _not_any(known: Known) -> Decision:
    """Rest was had already, or cannot be had here; a day to pay on is the other way, while there is one."""
    spent = known.times_paused >= known.policy.pause_times
    if not spent or not is_ours(Intent.PAUSE, known) or not may_be_later(known):
        return hand_over("asks_more_rest")
    options = (Option("later"), Option("question"))
    return Decision(Act.NOTHING, "pause-used", attention="asks_more_rest", options=options)


def _ask_until(reading: Reading, known: Known) -> Decision:
    wanted = choices(reading) or [known.today + timedelta(days=7), known.today + _SHORT_REST]
    latest = known.latest(known.policy.pause_days)
    days = [min(day, latest) for day in wanted if day > known.today] or [latest]
    return Decision(Act.NOTHING, "ask-until", options=as_options(days, "until"))

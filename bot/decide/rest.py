"""Rest until a day: granted within the rules, else the nearest day that is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from bot.decide.days import as_options, choices, day_of, noted, to_offer
from bot.decide.granted import is_ours, may_be_later, may_pause, may_pause_until, oldest, shifted
from bot.decide.questions import about_plan
from bot.decide.standing import hand_over, settled
from bot.decision import Act, Decision, Known
from bot.understanding import Intent, Reading
from core.calendar import next_writing_day
from messages.options import Option
from payments.lifecycle import Status
from payments.parts import Part

_SHORT_REST: Final = timedelta(days=14)


def pause(reading: Reading, known: Known) -> Decision:
    """Answer a wish for rest: until the day that was named, or for a short while."""
    if done := settled(known):
        return done
    day = None if reading.clarify else day_of(reading, "until", "date", "datetime", "date_range")
    if day is not None and (quiet := _quiet_already(day, known)):
        return quiet
    latest = known.latest(known.policy.pause_days)
    if not may_pause(known) or latest <= known.today:
        return _not_any(known)
    if reading.clarify or (day is not None and day <= known.today):
        return _ask_until(reading, known)
    day = day or min(next_writing_day(known.today + _SHORT_REST), latest)
    if may_pause_until(day, known):
        return _granted(day, known)
    if not may_pause_until(latest, known):
        return hand_over("asks_more_rest")
    offered = to_offer(latest, known.today, latest)
    latest = offered if may_pause_until(offered, known) else latest
    until = as_options([latest], "until")
    return Decision(Act.NOTHING, "pause-too-long", facts={"latest": latest}, options=until)


def _granted(day: date, known: Known) -> Decision:
    """In a plan, its parts move along, and are said back with their new days."""
    rest = noted(Act.PAUSE, "pause-noted", "until", day)
    if known.status is not Status.INSTALMENTS:
        return rest
    return _with_parts(rest, shifted(day, known))


def _quiet_already(day: date, known: Known) -> Decision | None:
    """What was asked before, or what a plan leaves quiet by itself, is said again and not counted."""
    if known.status is Status.PAUSED and day == known.quiet_until:
        return noted(Act.PAUSE, "pause-noted", "until", day)
    if shorter := _made_shorter(day, known):
        return shorter
    following = oldest(known)
    return about_plan(known) if following is not None and known.today < day <= following.due_on else None


def _made_shorter(day: date, known: Known) -> Decision | None:
    """Rest that ends sooner than was asked before brings the parts forward, never before their first days."""
    following = oldest(known)
    if following is None or known.rest_moved <= timedelta() or not known.today < day < following.due_on:
        return None
    until = max(day, following.due_on - known.rest_moved)
    if until <= known.today:
        return None
    by = following.due_on - until
    sooner = tuple(replace(part, due_on=part.due_on - by) for part in known.plan if part.amount)
    return _with_parts(noted(Act.PAUSE, "pause-noted", "until", until), sooner)


def _with_parts(rest: Decision, parts: tuple[Part, ...]) -> Decision:
    facts = {"schedule": tuple((part.due_on, part.amount) for part in parts)}
    return replace(rest, parts=parts, beside=(Decision(Act.NOTHING, "parts-shifted", facts=facts),))


def _not_any(known: Known) -> Decision:
    """Rest was had already, or cannot be had here; a day to pay on is the other way, while there is one."""
    spent = known.times_paused >= known.policy.pause_times
    if not spent or not is_ours(Intent.PAUSE, known) or not may_be_later(known):
        return hand_over("asks_more_rest")
    options = (Option("later"), Option("question"))
    return Decision(Act.NOTHING, "pause-used", attention="asks_more_rest", options=options)


def _ask_until(reading: Reading, known: Known) -> Decision:
    latest = known.latest(known.policy.pause_days)
    soon = (known.today + timedelta(days=7), known.today + _SHORT_REST)
    wanted = choices(reading, known.today) or [to_offer(day, known.today, latest) for day in soon]
    days = [min(day, latest) for day in wanted if day > known.today] or [latest]
    granted = [day for day in (*days, latest) if may_pause_until(day, known)][: len(days)]
    if not granted:
        return hand_over("asks_more_rest")
    return Decision(Act.NOTHING, "ask-until", options=as_options(granted, "until"))

"""What we do with a reading under the merchant's rules: pure, and the same for words, buttons and pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Final

from bot.decision import Act, Decision, Known
from bot.understanding import Ask, Intent, Reading
from core.calendar import is_rest_day, next_writing_day
from payments.lifecycle import OWING, Status, Verb, after

__all__ = ["Act", "Decision", "Known", "decide", "promise_for", "promised"]

_ABOUT_A_DAY: Final = frozenset(
    {Ask.WHEN, Ask.WHICH_DAY, Ask.IMPOSSIBLE_DATE, Ask.PAST_DATE, Ask.CONTRADICTION, Ask.UNTIL_WHEN}
)
# A range this short is a day with some room, such as a weekend: its first day is meant.
_A_DAY_OR_SO = timedelta(days=3)
_NOTHING_TO_PAY: Final[Mapping[Status, str]] = {
    Status.PAID: "settled",
    Status.REFUNDED: "nothing-open",
    Status.CANCELLED: "withdrawn",
}


def decide(reading: Reading, known: Known) -> Decision:
    """Return what to do with `reading`: the gravest intent is served first, wherever it stands."""
    if known.opted_out:
        return _after_opt_out(reading)
    for intent in _GRAVEST_FIRST:
        if intent in reading.intents:
            return _possible(_ROADS[intent](reading, known), reading, known)
    return _puzzled(reading, known)


def _possible(decision: Decision, reading: Reading, known: Known) -> Decision:
    """Never say yes to what cannot happen where the request stands now: then a person looks."""
    verb = _VERBS.get(decision.act)
    if verb is not None and after(known.status, verb) is None:
        return _hand_over(reading, known)
    return decision


def _after_opt_out(reading: Reading) -> Decision:
    """Stop means stop: only the payer's own way back is answered; a person sees the rest."""
    if Intent.RESUME in reading.intents and not reading.clarify:
        return Decision(Act.OPT_IN, "opted-in")
    return Decision(Act.NOTHING, None, attention="wrote_after_stop")


def _opt_out(reading: Reading, _known: Known) -> Decision:
    return _ask(reading) if reading.clarify else Decision(Act.OPT_OUT, "opted-out")


def _wrong_person(_reading: Reading, _known: Known) -> Decision:
    return Decision(Act.BLOCK, "wrong-person", attention="wrong_person")


def _settled(known: Known) -> Decision | None:
    """The answer when nothing is asked any more; None when something is.

    What expired may still be owed, which only a person can say.
    """
    if known.status in OWING:
        return None
    if known.status is Status.EXPIRED:
        return _to_a_person()
    return Decision(Act.NOTHING, _NOTHING_TO_PAY[known.status])


def _cant_pay(_reading: Reading, known: Known) -> Decision:
    return _settled(known) or Decision(Act.HARDSHIP, "hardship-noted", attention="hardship")


def _dispute(_reading: Reading, known: Known) -> Decision:
    """Whoever does not agree is heard, also after paying: "geld terug" is not answered with "all is well"."""
    if known.status not in OWING:
        return _to_a_person()
    return Decision(Act.DISPUTE, "dispute-noted", attention="disputed")


def _already_paid(_reading: Reading, known: Known) -> Decision:
    return _settled(known) or Decision(Act.CHECK, "checking", attention="claims_paid")


def _hand_over(_reading: Reading, _known: Known) -> Decision:
    return _to_a_person()


def _to_a_person() -> Decision:
    return Decision(Act.HAND_OVER, "handed-over", attention="asks_a_person")


def _resume(_reading: Reading, known: Known) -> Decision:
    return _settled(known) or Decision(Act.RESUME, "resumed")


def _pause(reading: Reading, known: Known) -> Decision:
    if settled := _settled(known):
        return settled
    day = _day(reading, "until", "date", "datetime", "date_range")
    latest = known.latest(known.policy.pause_days)
    if known.times_paused >= known.policy.pause_times:
        return Decision(Act.NOTHING, "pause-used", attention="asks_more_rest")
    if reading.clarify and day is None and reading.ask:
        return _ask(reading)
    if day is None:
        day = min(next_writing_day(known.today + timedelta(days=14)), latest)
    if day <= known.today:
        return Decision(Act.NOTHING, "date-past", facts={"latest": latest})
    if day > latest:
        return Decision(Act.NOTHING, "pause-too-long", facts={"latest": latest})
    return _on_a_day(Act.PAUSE, "pause-noted", "until", day)


def _reschedule(reading: Reading, known: Known) -> Decision:
    if settled := _settled(known):
        return settled
    if reading.clarify:
        return _ask(reading) if reading.ask else Decision(Act.NOTHING, "ask-when")
    day = _day(reading, "date", "datetime", "date_range", "until", "start_date")
    return Decision(Act.NOTHING, "ask-when") if day is None else promise_for(day, known)


def promise_for(day: date, known: Known) -> Decision:
    """Return what becomes of "I pay on `day`" under the merchant's rules: the chat and the page alike."""
    latest = known.latest(known.policy.postpone_days)
    if settled := _settled(known):
        return settled
    if day < known.today:
        return Decision(Act.NOTHING, "date-past", facts={"latest": latest})
    if day == known.today:
        return Decision(Act.LINK, "pay-link")
    if day > latest:
        return Decision(Act.NOTHING, "promise-too-far", facts={"latest": latest})
    if known.times_promised >= known.policy.postpone_times:
        return Decision(Act.NOTHING, "promise-too-often", attention="asks_more_time")
    return promised(day)


def promised(day: date) -> Decision:
    """Return the promise to pay on `day`, and the answer that says it back."""
    return _on_a_day(Act.PROMISE, "promise-noted", "date", day)


def _on_a_day(act: Act, template: str, fact: str, day: date) -> Decision:
    """Say the day back; on a rest day nothing is sent, so that the answer names the day on which we write."""
    if is_rest_day(day):
        return Decision(act, f"{template}-rest", day, {fact: day, "nudge": next_writing_day(day)})
    return Decision(act, template, day, {fact: day})


def _pay_now(reading: Reading, known: Known) -> Decision:
    return _settled(known) or (_ask(reading) if reading.clarify else Decision(Act.LINK, "pay-link"))


def _question(reading: Reading, known: Known) -> Decision:
    topic = reading.slots.get("topic")
    if topic in {"amount", "what_for", "deadline", "link", "how"}:
        return _settled(known) or Decision(Act.LINK, "pay-link")
    if topic in {"who", "real"}:
        return Decision(Act.NOTHING, "help" if known.status in OWING else "help-settled")
    return _hand_over(reading, known)


def _thanks(_reading: Reading, _known: Known) -> Decision:
    return Decision(Act.NOTHING, "welcome")


def _ask(reading: Reading) -> Decision:
    """Ask back what a careful person would; an example of an answer goes along when a day is wanted."""
    template = "ask-date-again" if reading.ask_code in _ABOUT_A_DAY else "ask-back"
    return Decision(Act.NOTHING, template, facts={"question": reading.ask or ""})


def _puzzled(reading: Reading, known: Known) -> Decision:
    if known.puzzled >= 1:
        return Decision(Act.HAND_OVER, "menu-again", attention="not_understood")
    if reading.language not in {"nl", "en"}:
        return Decision(Act.NOTHING, "other-language")
    return Decision(Act.NOTHING, "menu")


_ROADS: Final[Mapping[Intent, Callable[[Reading, Known], Decision]]] = {
    Intent.OPT_OUT: _opt_out,
    Intent.WRONG_PERSON: _wrong_person,
    Intent.CANT_PAY: _cant_pay,
    Intent.DISPUTE: _dispute,
    Intent.ALREADY_PAID: _already_paid,
    Intent.HUMAN: _hand_over,
    Intent.INSTALMENTS: _hand_over,
    Intent.PAUSE: _pause,
    Intent.RESCHEDULE: _reschedule,
    Intent.RESUME: _resume,
    Intent.PAY_NOW: _pay_now,
    Intent.SET_PAY_DAY: _hand_over,
    Intent.CHANGE_CHANNEL: _hand_over,
    Intent.CHANGE_LANGUAGE: _hand_over,
    Intent.QUESTION: _question,
    Intent.THANKS: _thanks,
}
_GRAVEST_FIRST: Final = tuple(_ROADS)
_VERBS: Final[Mapping[Act, Verb]] = {
    Act.PROMISE: Verb.PROMISE,
    Act.PAUSE: Verb.PAUSE,
    Act.RESUME: Verb.RESUME,
    Act.CHECK: Verb.CHECK,
    Act.DISPUTE: Verb.DISPUTE,
    Act.HARDSHIP: Verb.HARDSHIP,
}


def _day(reading: Reading, *slots: str) -> date | None:
    """Return the day that the first filled one of `slots` names."""
    for slot in slots:
        value = reading.slots.get(slot)
        if isinstance(value, list | tuple):
            first, last = (date.fromisoformat(str(day)[:10]) for day in value)
            return first if last - first < _A_DAY_OR_SO else last
        if isinstance(value, str):
            return datetime.fromisoformat(value).date()
    return None

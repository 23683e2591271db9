"""Questions by topic, answered truly from the request's own facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from bot.decide.closely import PAY_HERE, answered_closely
from bot.decide.days import said_back
from bot.decide.standing import hand_over, settled
from bot.decision import Act, Decision, Known
from bot.understanding import About, Intent, Reading
from core.money import MOST_CENTS, Money
from payments.lifecycle import OWING, Status

_TOLD: Final[Mapping[str, str]] = {
    "amount": "tell-amount",
    "what_for": "tell-what-for",
    "who": "tell-who",
    "real": "tell-real",
    "costs": "tell-costs",
    "how": "tell-how",
}
# Who has nothing to pay hears that too.
_ABOUT_US: Final = frozenset({"who", "real"})
# Whoever asks one of these is about to pay.
_WITH_LINK: Final = frozenset({"amount", "what_for", "deadline", "how"})


def announced(known: Known) -> Decision:
    """Ask what the question is; who was asked and still does not say is for a person."""
    return hand_over("asks_question") if known.question_asked else Decision(Act.NOTHING, "ask-question")


def question(reading: Reading, known: Known) -> Decision:
    """Answer a question; what has no answer in the request's own facts is for a person."""
    if (closely := answered_closely(reading, known)) is not None:
        return closely
    topic = str(reading.slots.get("topic", "other"))
    if topic == "link":
        return settled(known) or Decision(Act.LINK, "pay-link")
    told = told_about(topic, known)
    if told is None:
        return _for_a_person(reading, known)
    if topic in _ABOUT_US and known.status not in OWING:
        nothing = Decision(Act.NOTHING, "help-settled")
        return nothing if topic == "who" else replace(told, beside=(nothing,))
    if topic in _WITH_LINK and known.status in OWING:
        return Decision(Act.LINK, told.answer, facts=told.facts, beside=(PAY_HERE,))
    return told


def asks_how_to_pay(reading: Reading) -> bool:
    """Whether the words ask how or where to pay, or want to, and nothing else."""
    asks = reading.intents == (Intent.QUESTION,) and reading.slots.get("topic") in {"how", "link"}
    return asks or reading.intents == (Intent.PAY_NOW,)


def _for_a_person(reading: Reading, known: Known) -> Decision:
    """A lower amount is for a person to give; so is what only a person knows."""
    less = reading.told.less
    if less is None or known.status not in OWING:
        return hand_over("asks_question")
    wanted = _cents(less, known.remaining.currency)
    if wanted is not None and wanted >= known.remaining.cents:
        return hand_over("asks_question")
    return replace(
        hand_over(attention="asks_less"), detail={"cents": wanted, "reason": "less"} if wanted else {}
    )


def _cents(said: str, currency: str) -> int | None:
    """The amount that was named, however large; None where none was."""
    try:
        return Money.exact(said, currency).cents if said else None
    except ValueError:
        return MOST_CENTS


def told_beside(reading: Reading, known: Known) -> Decision:
    """Answer a question that stands beside something graver: briefly, with a link only when it is needed."""
    if reading.told.about is About.IS_PAID and Intent.ALREADY_PAID in reading.intents:
        return Decision(Act.NOTHING, None)  # whoever says so hears what is seen
    if (closely := answered_closely(reading, known)) is not None:
        return replace(closely, beside=tuple(b for b in closely.beside if b.act is not Act.LINK))
    topic = str(reading.slots.get("topic", "other"))
    if topic == "link":
        return settled(known) or PAY_HERE
    told = told_about(topic, known) or _for_a_person(reading, known)
    needs_link = topic == "how" and known.status in OWING
    return replace(told, beside=(PAY_HERE,)) if needs_link else told


def told_about(topic: str, known: Known) -> Decision | None:
    """Return what can be told about `topic` in a line or two; None when only a person knows."""
    if topic in {"amount", "deadline"} and known.plan and known.status in OWING:
        return about_plan(known)
    if topic == "deadline":
        return _deadline(known)
    if topic in {"amount", "how"} and known.status not in OWING:
        return settled(known)
    answer = _TOLD.get(topic)
    return Decision(Act.NOTHING, answer) if answer else None


def about_plan(known: Known) -> Decision | None:
    """In parts, the amount and the day that count are those of the next part."""
    part = next((part for part in known.plan if part.amount), None)
    if part is None:
        return settled(known)
    due = sum(other.amount.cents for other in known.plan if other.due_on <= known.today)
    if due > part.amount.cents:
        return Decision(Act.NOTHING, "tell-plan-due")
    facts = {"number": part.number, "count": len(known.plan), "part": part.amount, "date": part.due_on}
    return Decision(Act.NOTHING, "tell-plan", facts=facts)


def _deadline(known: Known) -> Decision:
    if done := settled(known):
        return done
    chosen = known.status in {Status.PROMISED, Status.PAUSED}
    if chosen and known.quiet_until is not None and known.quiet_until > known.today:
        answer, facts = said_back("tell-chosen-day", known.quiet_until)
        return Decision(Act.NOTHING, answer, facts=facts)
    past = known.due_date is not None and known.due_date < known.today
    return Decision(Act.NOTHING, "tell-deadline-past" if past else "tell-deadline")

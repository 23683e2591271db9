"""How a payer likes to be written to: the language, the channel, the day of the month."""

from __future__ import annotations

from bot.decide.asking import ask_back
from bot.decide.days import as_options
from bot.decide.standing import hand_over
from bot.decision import Act, Decision, Known
from bot.understanding import Reading
from payments.lifecycle import Status, Verb, after
from payments.pay_days import on_or_after

_OURS = frozenset({"nl", "en"})


def language(reading: Reading, known: Known) -> Decision:
    """Go on in the other language from this answer on; any but ours gets a way out."""
    if reading.clarify:
        return ask_back(reading, known)
    wanted = str(reading.slots.get("language", ""))
    if wanted not in _OURS:
        return Decision(Act.NOTHING, "other-language")
    return Decision(Act.LANGUAGE, "language-changed", detail={"language": wanted})


def channel(reading: Reading, known: Known) -> Decision:
    """Ask for a yes on the channel that is wanted, so that it is surely the payer's own."""
    if reading.clarify:
        return ask_back(reading, known)
    wanted = str(reading.slots.get("channel", ""))
    if wanted == known.channel:
        return Decision(Act.NOTHING, "channel-same")
    if wanted not in known.channels:
        other = {"channel": wanted, "reason": "channel"}
        return Decision(Act.HAND_OVER, "handed-over", attention="asks_a_person", detail=other)
    answer = "channel-telegram" if wanted == "telegram" else "channel-asked"
    return Decision(Act.CHANNEL, answer, detail={"channel": wanted})


def switched(known: Known) -> Decision:
    """The yes came on the channel itself."""
    return Decision(Act.SWITCH, "channel-changed", detail={"channel": known.channel})


def pay_day(reading: Reading, known: Known) -> Decision:
    """Remember the day on which money comes in, and offer it for what is open now."""
    number = reading.slots.get("day_of_month")
    if reading.clarify or not isinstance(number, int):
        return ask_back(reading, known) if reading.clarify else hand_over()
    detail = {"day_of_month": number}
    day = on_or_after(known.today, number)
    latest = known.latest(known.policy.postpone_days)
    free = known.times_promised < known.policy.postpone_times and known.status is not Status.PROMISED
    if free and not known.plan and after(known.status, Verb.PROMISE) and known.today < day <= latest:
        facts = {"number": number, "date": day}
        offer = as_options([day])
        return Decision(Act.PAY_DAY, "pay-day-offered", facts=facts, detail=detail, options=offer)
    return Decision(Act.PAY_DAY, "pay-day-noted", facts={"number": number}, detail=detail)

"""How a payer likes to be written to: the language, the channel, the day of the month."""

from __future__ import annotations

from dataclasses import replace

from bot.decide.asking import ask_back
from bot.decide.days import as_options
from bot.decide.granted import may_promise_on
from bot.decide.standing import hand_over
from bot.decision import Act, Decision, Known
from bot.understanding import Reading
from core.calendar import next_writing_day
from messages.options import Option
from payments.lifecycle import Status
from payments.pay_days import on_or_after

_OURS = frozenset({"nl", "en"})
_CHANNELS = ("whatsapp", "sms", "telegram")


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
        others = [name for name in _CHANNELS if name in known.channels - {known.channel}]
        options = tuple(Option(f"by_{name}") for name in others)
        return ask_back(reading, known, options) if options else _by_hand(None)
    wanted = str(reading.slots.get("channel", ""))
    if wanted == known.channel:
        return Decision(Act.NOTHING, "channel-same")
    if wanted not in known.channels:
        return _by_hand(wanted)
    answer = "channel-telegram" if wanted == "telegram" else "channel-asked"
    return Decision(Act.CHANNEL, answer, detail={"channel": wanted})


def _by_hand(wanted: str | None) -> Decision:
    """There is no such way of ours, so that a person hears of it."""
    detail = {"channel": wanted, "reason": "channel"} if wanted else {}
    return replace(hand_over("asks_a_person" if wanted == "phone" else "has_wish"), detail=detail)


def switched(known: Known) -> Decision:
    """The yes came on the channel itself."""
    return Decision(Act.SWITCH, "channel-changed", detail={"channel": known.channel})


def pay_day(reading: Reading, known: Known) -> Decision:
    """Remember the day on which money comes in, and offer it for what is open now."""
    number = reading.slots.get("day_of_month")
    if reading.clarify or not isinstance(number, int):
        return ask_back(reading, known) if reading.clarify else hand_over("has_wish")
    detail = {"day_of_month": number}
    facts: dict[str, object] = {"number": number}
    day = next_writing_day(on_or_after(known.today, number))
    # Where somebody else looks at it, a day was chosen already, or it is paid in parts, another is no help.
    open_still = known.status in {Status.PLANNED, Status.OPEN, Status.PAUSED} and not known.plan
    if open_still and may_promise_on(day, known):
        facts["date"] = day
        return Decision(Act.PAY_DAY, "pay-day-offered", facts=facts, detail=detail, options=as_options([day]))
    return Decision(Act.PAY_DAY, "pay-day-noted", facts=facts, detail=detail)

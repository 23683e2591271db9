"""What a reply means: the shape that understanding hands to deciding."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class Intent(StrEnum):
    """What a payer wants; a reply may carry several."""

    PAY_NOW = "pay_now"
    RESCHEDULE = "reschedule"
    PAUSE = "pause"
    RESUME = "resume"
    INSTALMENTS = "instalments"
    ALREADY_PAID = "already_paid"
    DISPUTE = "dispute"
    CANT_PAY = "cant_pay"
    OPT_OUT = "opt_out"
    HUMAN = "human"
    CHANGE_CHANNEL = "change_channel"
    CHANGE_LANGUAGE = "change_language"
    AFFIRM = "affirm"
    DENY = "deny"
    THANKS = "thanks"
    QUESTION = "question"
    WRONG_PERSON = "wrong_person"
    SET_PAY_DAY = "set_pay_day"
    OTHER = "other"


class Context(StrEnum):
    """The bot's last move, which gives a bare "ja" or "25" its meaning."""

    REMINDER = "reminder"
    ASK_WHEN = "ask_when"
    ASK_TIME = "ask_time"
    ASK_N = "ask_n"
    PROPOSE = "propose"
    PLAN = "plan"
    CONFIRM_OPTOUT = "confirm_optout"
    DONE = "done"
    PAUSED = "paused"
    OPTED_OUT = "opted_out"


class Plight(StrEnum):
    """What befell the payer's family."""

    DEATH = "death"
    ILLNESS = "illness"


class Ask(StrEnum):
    """Why a careful person would ask back; the decider may choose its own words for it."""

    WHEN = "when"
    WHICH_DAY = "which_day"
    THAT_DAY = "that_day"
    WHICH_TIME = "which_time"
    IMPOSSIBLE_DATE = "impossible_date"
    PAST_DATE = "past_date"
    CONTRADICTION = "contradiction"
    HOW_MANY = "how_many"
    HOW_OFTEN = "how_often"
    PAY_DAY = "pay_day"
    UNTIL_WHEN = "until_when"
    YES_TO_WHAT = "yes_to_what"
    NO_TO_WHAT = "no_to_what"
    WHICH_CHANNEL = "which_channel"
    WHICH_LANGUAGE = "which_language"
    NOT_ME = "not_me"
    STOP_WHAT = "stop_what"
    PAY_NOW = "pay_now"
    START_AGAIN = "start_again"
    IS_PAID = "is_paid"
    NOT_RIGHT = "not_right"
    NO_MONEY = "no_money"
    A_PERSON = "a_person"
    LANGUAGE = "language"
    TOO_LONG = "too_long"
    NOT_UNDERSTOOD = "not_understood"


@dataclass(frozen=True, slots=True)
class Span:
    """The characters ``[start, end)`` of the payer's own text that led to an intent or a slot."""

    start: int
    end: int
    text: str
    led_to: str

    def as_json(self) -> dict[str, object]:
        """The span as JSON-ready values."""
        return {"start": self.start, "end": self.end, "text": self.text, "led_to": self.led_to}


def _no_slots() -> Mapping[str, object]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Reading:
    """One reply, understood.

    ``slots`` holds JSON-ready values: days as ISO text, ``datetime`` with its offset, ``date_range``
    as ``[first, last]``, money as decimal text ("50.00"), counts as integers. A moment with a clock
    time fills ``datetime`` and leaves ``date`` out. ``choices`` are the ISO days (or datetimes)
    between which a doubtful phrase leaves open. ``guessed`` tells that no phrase said it: the words
    only lean to it. ``announced`` tells that the question itself is still to come, ``plight`` what
    befell the payer's family. When ``clarify`` is set nothing may be done on the strength of a date,
    an amount or a count before the payer has answered ``ask``.
    """

    intents: tuple[Intent, ...]
    slots: Mapping[str, object] = field(default_factory=_no_slots)
    clarify: bool = False
    ask: str | None = None
    language: str = "nl"
    spans: tuple[Span, ...] = ()
    ask_code: Ask | None = None
    choices: tuple[str, ...] = ()
    guessed: bool = False
    announced: bool = False
    plight: Plight | None = None

    def as_json(self) -> dict[str, object]:
        """The reading as the ``understand`` command prints it."""
        return {
            "intents": [str(intent) for intent in self.intents],
            "slots": dict(self.slots),
            "clarify": self.clarify,
            "ask": self.ask,
            "language": self.language,
            "spans": [span.as_json() for span in self.spans],
        }

"""What a reply means: the shape that understanding hands to deciding."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final


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


class About(StrEnum):
    """What a question is about, more closely than by its topic."""

    TOTAL = "total"
    PARTS = "parts"
    IS_PAID = "is_paid"
    IN_THE_SHOP = "in_the_shop"
    NEXT_WORD = "next_word"
    UNPAID = "unpaid"
    RECEIPT = "receipt"
    AGREED = "agreed"
    WHAT_LINK = "what_link"


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


# Shares of the whole that are no amount.
HALF: Final = "half"
REST: Final = "rest"


@dataclass(frozen=True, slots=True)
class Share:
    """One of two payments: decimal text, ``HALF`` or ``REST``; ``when`` are its first and last ISO day."""

    share: str
    when: tuple[str, str]


@dataclass(frozen=True, slots=True)
class TwoParts:
    """Two payments that somebody named, the earlier one first."""

    first: Share
    second: Share


@dataclass(frozen=True, slots=True)
class Told:
    """What the words tell besides intents and slots; deciding needs it, the command does not print it.

    ``paid_how`` names the ways in which it was paid, and ``at_the_counter`` says that no bank knows of it.
    ``only_a_day``: a weekday or today and nothing else, and ``bare_day``: any one day, with courtesy or "the
    rest" at most. ``whole``: it is about all of one, or of all that is open, and ``only_everything``: it says
    no more than that it is about all. ``pays``: a word of paying is in it. ``number`` is what a bare number
    says, and ``place`` the place in a list that is pointed at, from 0, with -1 for the last. ``weekdays``
    (Monday = 0) are those by which a day was named. ``not_paid``: it says that it was not paid, or still has
    to be. ``about`` is what a question is about, where that is clear; ``twice``, it was paid two times, and
    ``greets``, it only greets. ``less`` is the lower amount that is asked for, as decimal text, "" where none
    is named and None where none is asked for.
    ``family``: the words are those of kin, of heirs or of who has somebody else's phone in hand.
    ``part_now``: the share that is paid today, where no day is told for the rest.
    ``ill``: somebody is, or is in hospital, whatever else is said.
    ``clauses`` are the readings of the
    pieces of a reply with a stop in it.
    """

    paid_how: tuple[str, ...] = ()
    at_the_counter: bool = False
    not_paid: bool = False
    only_a_day: bool = False
    bare_day: bool = False
    only_everything: bool = False
    whole: bool = False
    pays: bool = False
    number: int | None = None
    place: int | None = None
    weekdays: frozenset[int] = frozenset()
    two_parts: TwoParts | None = None
    about: About | None = None
    twice: bool = False
    greets: bool = False
    less: str | None = None
    family: bool = False
    ill: bool = False
    part_now: str | None = None
    clauses: tuple["Reading", ...] = ()


def _nothing_told() -> Told:
    return Told()


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
    # Not what it means, so that two wordings of one meaning are alike; found out when first asked for.
    tell: Callable[[], Told] = field(default=_nothing_told, compare=False, repr=False)

    @property
    def told(self) -> Told:
        """What the words tell besides."""
        return self.tell()

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

"""What a reply tells besides its intents and slots, from the words themselves: for deciding alone."""

import re
from collections.abc import Callable
from datetime import datetime

from bot.understanding.asides import about_all, only_all
from bot.understanding.asked_about import asked_about, only_greets, paid_twice
from bot.understanding.hear import Heard
from bot.understanding.how_paid import at_the_counter, how_paid, only_a_day
from bot.understanding.illness import tells_of_illness
from bot.understanding.intents.claims import says_unpaid
from bot.understanding.intents.less import asks_less
from bot.understanding.intents.who_died import of_the_family, plain
from bot.understanding.one_part import part_now
from bot.understanding.pointing import pointed_at
from bot.understanding.reading import Intent, Reading, Told
from bot.understanding.two_parts import two_parts

_CLAUSES = re.compile(r"\s*(?:[,.;!?\n]+|\b(?:maar|en|want|but|and|because)\b)\s*", re.IGNORECASE)
_MOST_CLAUSES = 6
_WHOLE = re.compile(
    r"\b(?:in (?:een|één|1) (?:keer|klap)|ineens|hele (?:bedrag|rest)|de (?:hele )?rest|helemaal"
    r"|in one go|at once|the (?:whole|rest)|in full)\b",
    re.IGNORECASE,
)
_PAYS = re.compile(r"\b(betaal\w*|betalen|voldo\w+|overma\w+|pay\w*|transfer\w*)\b", re.IGNORECASE)
# What may stand around a day that says no more than the day, and what tells that it is another wish.
_AROUND_A_DAY = frozenset(
    re.findall(
        r"\w+",
        """
        ja ok oké oke prima goed graag dan doe maar op kan lukt is het wordt komt met de rest aub svp
        alsjeblieft alstublieft bedankt dank je u yes okay please then on it fine the thanks thank you
        """,
    )
)
_NOT_BEFORE = re.compile(r"\b(?:pas|niet eerder|not (?:before|until)|only)\b", re.IGNORECASE)
_DATES = frozenset({"date", "until", "start_date"})
_LONGEST_NUMBER = 3


def told(heard: Heard, reading: Reading, now: datetime, read: Callable[[str], Reading]) -> Told:
    """What ``heard`` tells beside ``reading``; ``read`` gives the reading of a piece of it by itself."""
    text = heard.text
    said = plain([word.rstrip("~") for word in heard.line.words[1:-1]])
    return Told(
        paid_how=how_paid(text),
        at_the_counter=at_the_counter(text),
        not_paid=says_unpaid(heard),
        only_a_day=only_a_day(text),
        bare_day=_bare_day(text, reading),
        only_everything=only_all(text),
        whole=about_all(text) or _WHOLE.search(text) is not None,
        pays=_PAYS.search(text) is not None,
        number=_bare_number(text),
        place=pointed_at(text),
        weekdays=_weekdays(heard, reading),
        two_parts=two_parts(heard, now),
        part_now=part_now(heard, now),
        about=asked_about(heard) if Intent.QUESTION in reading.intents else None,
        twice=paid_twice(heard),
        greets=only_greets(text),
        less=asks_less(heard) if Intent.QUESTION in reading.intents else None,
        family=of_the_family(said),
        ill=tells_of_illness(said),
        clauses=_clauses(text, reading, read),
    )


def _bare_number(text: str) -> int | None:
    bare = text.strip(" .!")
    return int(bare) if bare.isascii() and bare.isdigit() and len(bare) <= _LONGEST_NUMBER else None


def _bare_day(text: str, reading: Reading) -> bool:
    """Whether ``text`` names one day, and besides it has courtesy or "the rest" at most."""
    days = [span for span in reading.spans if span.led_to in _DATES]
    if len(days) != 1 or _NOT_BEFORE.search(text):
        return False
    besides = f"{text[: days[0].start]} {text[days[0].end :]}"
    return set(re.findall(r"\w+", besides.casefold())) <= _AROUND_A_DAY


def _weekdays(heard: Heard, reading: Reading) -> frozenset[int]:
    """The weekdays by which a day to pay on was named, Monday = 0."""
    spans = [(span.start, span.end) for span in reading.spans if span.led_to in _DATES]
    return frozenset(
        int(str(token.tags["weekday"]))
        for token in heard.tokens
        if "weekday" in token.tags and any(start <= token.start < end for start, end in spans)
    )


def _clauses(text: str, reading: Reading, read: Callable[[str], Reading]) -> tuple[Reading, ...]:
    """What stands beside a stop is looked at clause by clause: what is clear in each counts."""
    if Intent.OPT_OUT not in reading.intents:
        return ()
    clauses = [clause for clause in _CLAUSES.split(text) if clause][:_MOST_CLAUSES]
    return tuple(read(clause) for clause in clauses) if reading.clarify or len(clauses) > 1 else ()

"""Finds every moment in a reply and where it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.understanding.courtesy import is_courtesy
from bot.understanding.dates import (
    clocks,
    counting,
    days,
    feast_days,
    lengths,
    near_parts,
    nth,
    periods,
    ranges,
    weeks,
    when_over,
)
from bot.understanding.dates.base import GRAMMAR, Scope
from bot.understanding.dates.when import When, doubtful
from bot.understanding.grammar import Parse
from bot.understanding.lexicon import words
from bot.understanding.reading import Ask
from bot.understanding.tokens import Token

__all__ = [
    "Found",
    "clocks",
    "counting",
    "days",
    "feast_days",
    "find",
    "lengths",
    "near_parts",
    "nth",
    "periods",
    "ranges",
    "weeks",
    "when_over",
]

GRAMMAR.seal()
_BACKWARDS = words("eerder vroeger earlier sooner before ago geleden")
# Words that may stand around a bare length of time: "nog een week graag".
_FEW = 4


@dataclass(frozen=True, slots=True)
class Found:
    """A moment spoken of by tokens ``[first, last)``."""

    first: int
    last: int
    when: When


def find(tokens: Sequence[Token], now: datetime) -> list[Found]:
    """The moments in ``tokens``, left to right, each as long as it can be read."""
    parse = Parse(GRAMMAR, tokens, Scope(now))
    found: list[Found] = []
    at = 0
    while at < len(tokens):
        if _per_unit(tokens, at) or _half_a_unit(tokens, at):
            at += 2
            continue
        best = parse.longest("when", at) if parse.may_begin("when", at) else None
        if best is None or _each_week(tokens, at) or _of_late(tokens[at : best[0]]):
            at += 1
            continue
        if _counts_things(best[1], tokens[at : best[0] + 1]) or _is_you(best[1], tokens[:at]):
            at += 1
            continue
        spread = _spread_over(tokens, tokens[at : best[0]])
        found.append(Found(at, best[0], doubtful(Ask.WHEN) if spread else best[1]))
        at = best[0]
    return found or _bare_length(parse, tokens, now)


# "De 2e herinnering" and "de eerste keer" count reminders and times, not days of the month.
_COUNTED = words(
    """
    keer herinnering herinneringen bericht berichten brief brieven termijn factuur rekening nota
    aanmaning helft deel betaling mail sms poging kind vraag maal zin plaats time times reminder
    payment instalment installment message letter invoice half part one bill attempt try thing
    persoon person item regel dag day klas versie week maand
    """
)


# "Drie uur werk", "2 uur bezig": how long, not how late.
_WORKED = words("werk werken gewerkt arbeid arbeidsloon bezig lang duren geduurd work labour labor")


def _spread_over(tokens: Sequence[Token], read: Sequence[Token]) -> bool:
    """ "Over 3 months" and "spreid het over 3 maanden" name no day three months from now."""
    if "over" not in [token.word for token in read[:2]] or read[-1].tags.get("unit") not in (
        "week",
        "month",
        "year",
    ):
        return False
    return read[-1].word in ("months", "weeks") or any(token.word.startswith(_SPREADS) for token in tokens)


_SPREADS = (
    "spreid",
    "verspreid",
    "gespreid",
    "smeer",
    "smeren",
    "uitsmeer",
    "uitgesmeerd",
    "verdeel",
    "verdel",
)


def _each_week(tokens: Sequence[Token], at: int) -> bool:
    """ "Elke week 20" is an amount every week, not week 20."""
    if tokens[at].word == "per" and at + 1 < len(tokens):
        at += 1
    each = at > 0 and tokens[at - 1].word in _EVERY
    return each and tokens[at].tags.get("unit") in ("week", "month")


def _per_unit(tokens: Sequence[Token], at: int) -> bool:
    """ "75 a month from 1 april" is an amount each month, not a month after the first of April."""
    if tokens[at].word not in _PER or not 0 < at < len(tokens) - 1:
        return False
    amount = tokens[at - 1].kind == "money" or "int" in tokens[at - 1].tags
    return amount and tokens[at + 1].tags.get("unit") in ("week", "month")


def _half_a_unit(tokens: Sequence[Token], at: int) -> bool:
    """ "Een half jaar geen berichten" is six months, and not the middle of the year."""
    if tokens[at].word not in ("half", "halve") or not 0 < at < len(tokens) - 1:
        return False
    return tokens[at - 1].word in ("een", "a", "n") and "unit" in tokens[at + 1].tags


_PER = words("a per p")
_EVERY = words("elke iedere per every each")


def _of_late(read: Sequence[Token]) -> bool:
    """ "De laatste tijd" and "next time" are no moments."""
    return [token.word for token in read][-2:] in _NO_MOMENTS


_NO_MOMENTS = (["laatste", "tijd"], ["last", "time"], ["next", "time"], ["this", "time"])


def _counts_things(when: When, read: Sequence[Token]) -> bool:
    if when.hour is not None and not when.has_day() and read[-1].word in _WORKED:
        return True
    bare = When(day=when.day)
    return when.day is not None and when == bare and read[-1].word in _COUNTED


_YOU = words("jij je u jullie you")
_ARE = words("ben bent zijn are be is")


def _is_you(when: When, before: Sequence[Token]) -> bool:
    """ "Dan ben jij de eerste", "you will be the first": somebody comes first, and no month begins."""
    said = [token.word for token in before[-3:]]
    return when == When(day=1) and bool(_YOU & set(said)) and bool(_ARE & set(said[-2:]))


def _bare_length(parse: Parse, tokens: Sequence[Token], now: datetime) -> list[Found]:
    """ "2 weken graag": a length of time as the whole answer counts from today."""
    each = any(token.word in _EVERY for token in tokens[1:])
    if each or any(token.kind == "money" or token.word in _BACKWARDS for token in tokens):
        return []
    for at in range(min(len(tokens), _FEW)):
        if at and "int" in tokens[at - 1].tags:
            return []
        best = parse.longest("length", at)
        if best is None:
            continue
        beside = (*tokens[:at], *tokens[best[0] :])
        if sum(not is_courtesy(token.word) for token in beside) <= _FEW:
            when = lengths.from_now(Scope(now), best[1])
            return [Found(at, best[0], when)] if isinstance(when, When) else []
    return []


def lasting(tokens: Sequence[Token], now: datetime) -> date | None:
    """The day on which a length of time named anywhere ("2 weken", "een maandje") is over."""
    parse = Parse(GRAMMAR, tokens, Scope(now))
    for at in range(len(tokens)):
        best = parse.longest("length", at)
        if best is not None:
            when = lengths.from_now(Scope(now), best[1])
            return when.on if isinstance(when, When) else None
    return None

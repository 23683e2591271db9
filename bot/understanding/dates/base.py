"""The grammar that all date rules are added to, and the moment from which they count."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from bot.understanding.dates.settle import settle
from bot.understanding.dates.when import When
from bot.understanding.grammar import Grammar
from bot.understanding.lexicon.calendar_words import CLASSES

GRAMMAR = Grammar(CLASSES)
rule = GRAMMAR.rule


@dataclass(frozen=True)
class Scope:
    """The local moment at which the payer wrote."""

    now: datetime

    @cached_property
    def today(self) -> date:
        """The payer's day on the calendar of Amsterdam."""
        return self.now.date()

    def day(self, when: When) -> date | None:
        """The single day meant by ``when``, or None while it is in doubt."""
        moment = settle(when, self.now)
        return None if moment.doubt else moment.first_day()

"""What stands in a template's places: the facts of the moment, in the words of one voice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from core.errors import SeintjeError
from core.money import Money
from messages.facts import Item, clean
from messages.voices import Voice
from messages.wording import in_words, nth, short_day

_SHORT: Final = "_short"
_INLINE: Final = "_inline"
_NTH: Final = "_nth"


class UnknownFact(SeintjeError):
    """A template states a fact that was not given, is empty, or is nothing that can be shown."""


@dataclass(frozen=True)
class Places:
    """Gives the word for a place. `plain` is for SMS; `today` decides when a year is named."""

    template: str
    voice: Voice
    facts: Mapping[str, object]
    today: date
    plain: bool

    def word(self, place: str) -> str:
        """Return what stands in `place`: `x_short` is a day in short, `x_inline` a list in a sentence.

        `x_nth` is a number as a day of the month is called: 27e, 27th.

        Raises UnknownFact.
        """
        if place not in self.facts and place.endswith(_SHORT):
            return self._short(place.removesuffix(_SHORT))
        if place not in self.facts and place.endswith(_INLINE):
            return self._inline(place.removesuffix(_INLINE))
        if place not in self.facts and place.endswith(_NTH):
            return nth(int(str(self._fact(place.removesuffix(_NTH)))), self.voice.language)
        value = self._fact(place)
        if isinstance(value, str):
            return self._line(place, value)
        if isinstance(value, tuple):
            return self._list(value)
        try:
            return in_words(value, self.voice.language, self.today)
        except TypeError as error:
            raise UnknownFact(f"{self.template}: {place}: {error}") from error

    def _fact(self, name: str) -> object:
        if name not in self.facts:
            raise UnknownFact(f"{self.template}: {name} was not given")
        return self.facts[name]

    def _line(self, name: str, value: str) -> str:
        line = clean(name, value, plain=self.plain) or self.voice.absent.get(name)
        if not line:
            raise UnknownFact(f"{self.template}: {name} is empty")
        return line

    def _list(self, lines: tuple[Any, ...]) -> str:
        if lines and isinstance(lines[0], Item):
            return "\n".join(self._item(item) for item in lines)
        return self._schedule(lines)

    def _item(self, item: Item) -> str:
        places = replace(self, template=f"item {item.kind}", facts=item.facts)
        return self.voice.items[item.kind].fill(places.word)

    def _schedule(self, lines: tuple[tuple[date, Money], ...]) -> str:
        """One line for each day (or thing) with its amount; in an SMS they share a line: letters cost."""
        said = [(self._head(head), self._amount(amount)) for head, amount in lines]
        return ", ".join(map(" ".join, said)) if self.plain else "\n".join(map(": ".join, said))

    def _inline(self, name: str) -> str:
        value = self._fact(name)
        if not isinstance(value, tuple):
            raise UnknownFact(f"{self.template}: {name} is not a list")
        return ", ".join(_beside(self._head(head), self._amount(amount)) for head, amount in value)

    def _head(self, head: date | str) -> str:
        if isinstance(head, str):
            return self._line("description" if head else "reference", head)
        if self.plain:
            return short_day(head, self.voice.language)
        return in_words(head, self.voice.language, self.today)

    def _amount(self, amount: Money) -> str:
        return in_words(amount, self.voice.language, self.today)

    def _short(self, name: str) -> str:
        value = self._fact(name)
        if not isinstance(value, date):
            raise UnknownFact(f"{self.template}: {name} is not a day")
        return short_day(value, self.voice.language)


def _beside(head: str, amount: str) -> str:
    """An amount behind what it is for, in one pair of brackets."""
    return f"{head.removesuffix(')')}, {amount})" if head.endswith(")") else f"{head} ({amount})"

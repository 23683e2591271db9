"""A table of leanings as it is printed: weights of one decimal, added up for a whole reply at once.

A row is kept as one whole number, in which each meaning has a lane of its own for its tenths, so that adding
two rows is adding two numbers, and exact.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from struct import Struct
from typing import Final

# A lane holds the tenths of more weights than a reply can have.
_LANE: Final = 32
_MIDDLE: Final = 1 << (_LANE - 1)


class _Weights(dict[str, int]):
    """A weight as it is printed, "pause=0.6", as a number in its lane; the same few stand in many rows."""

    def __init__(self, meanings: Sequence[str]) -> None:
        super().__init__()
        self._lanes = {meaning: _LANE * at for at, meaning in enumerate(meanings)}

    def __missing__(self, printed: str) -> int:
        meaning, _, weight = printed.partition("=")
        lane = self._lanes.get(meaning)
        tenths = 0 if lane is None else round(float(weight) * 10) << lane
        self[printed] = tenths
        return tenths


class _Rows(dict[str, int]):
    """The rows that were asked for, each read the first time: all at once would hold up the first reply."""

    def __init__(self, printed: Mapping[str, str], meanings: Sequence[str]) -> None:
        super().__init__()
        self._printed = printed
        self._weights = _Weights(meanings)

    def __missing__(self, trait: str) -> int:
        printed = self._printed.get(trait)
        if printed is None:
            return 0  # and not remembered: there is no end to the traits that have no row
        row = self[trait] = sum(map(self._weights.__getitem__, printed.split("\t")))
        return row


class Printed(Mapping[str, tuple[float, ...]]):
    """The rows of a table, by trait."""

    def __init__(self, lines: Sequence[str], meanings: Sequence[object]) -> None:
        split = (line.partition("\t") for line in lines)
        self._printed = {trait: weights for trait, _, weights in split}
        self._rows = _Rows(self._printed, tuple(map(str, meanings)))
        self._lanes = Struct(f"<{len(meanings)}I")
        # Lanes hold no sign, so a sum is moved up before it is cut into them.
        self._up = sum(_MIDDLE << (_LANE * at) for at in range(len(meanings)))

    def totals(self, traits: Iterable[str]) -> list[float]:
        """What the rows of these traits come to, for each meaning."""
        total = sum(map(self._rows.__getitem__, traits), self._up)
        lanes = self._lanes.unpack(total.to_bytes(self._lanes.size, "little"))
        return [(lane - _MIDDLE) / 10 for lane in lanes]

    def weight(self, trait: str, meaning: int) -> float:
        """How much one trait leans to the meaning at this place; 0 where it has no row."""
        return ((self._rows[trait] + self._up >> _LANE * meaning) % (1 << _LANE) - _MIDDLE) / 10

    def __getitem__(self, trait: str) -> tuple[float, ...]:
        if trait not in self._printed:
            raise KeyError(trait)
        return tuple(self.totals({trait}))

    def __contains__(self, trait: object) -> bool:
        return trait in self._printed

    def __iter__(self) -> Iterator[str]:
        return iter(self._printed)

    def __len__(self) -> int:
        return len(self._printed)

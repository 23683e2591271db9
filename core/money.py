"""Money as whole cents of one currency: no floats, no silent rounding."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

_AMOUNT = re.compile(r"(\d{1,3}(?:[. ]\d{3})+|\d+)(?:([.,])(\d{1,2}))?")
_EXACT = re.compile(r"(\d{1,10})(?:\.(\d{1,2}))?", re.ASCII)
_FIXED_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " "})
MOST_CENTS = 10_000_000_00


@dataclass(frozen=True, order=True)
class Money:
    """An amount: `cents` is a whole number and may be negative; `currency` is an ISO 4217 code."""

    cents: int
    currency: str = "EUR"

    @classmethod
    def parse(cls, text: str, currency: str = "EUR") -> Self:
        """Read what people write: `42.50`, `42,5`, `€ 1.042,50`, `42`. For systems, see `exact`.

        Raises ValueError when the text is not one amount with at most two decimals.
        """
        bare = text.translate(_FIXED_SPACES).strip().removeprefix("€").removeprefix("EUR").strip()
        bare = bare.removesuffix(",-").removesuffix("€").removesuffix("EUR").strip()
        match = _AMOUNT.fullmatch(bare)
        if match is None or not bare.isascii():
            raise ValueError(f"not an amount: {text.strip()[:40]!r}")
        whole = re.sub(r"\D", "", match[1])
        cents = int(whole) * 100 + int((match[3] or "").ljust(2, "0"))
        if cents > MOST_CENTS:
            raise ValueError("more than 10 million")
        return cls(cents, currency)

    @classmethod
    def exact(cls, text: str, currency: str = "EUR") -> Self:
        """Read what systems write: `1042.50`, with nothing between thousands, so that `1.042` is no amount.

        Raises ValueError for anything else.
        """
        match = _EXACT.fullmatch(text)
        if match is None:
            raise ValueError(f"not an amount such as 1042.50: {text[:40]!r}")
        return cls(int(match[1] + (match[2] or "").ljust(2, "0")), currency)

    @property
    def value(self) -> str:
        """The amount as providers write it: `42.50`."""
        sign = "-" if self.cents < 0 else ""
        return f"{sign}{abs(self.cents) // 100}.{abs(self.cents) % 100:02d}"

    def __add__(self, other: Money) -> Money:
        return Money(self.cents + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.cents - self._same(other), self.currency)

    def __neg__(self) -> Money:
        return Money(-self.cents, self.currency)

    def __bool__(self) -> bool:
        return self.cents != 0

    def _same(self, other: Money) -> int:
        if other.currency != self.currency:
            raise ValueError(f"{self.currency} and {other.currency} do not add up")
        return other.cents

    def parts(self, count: int) -> tuple[Money, ...]:
        """Divide into `count` parts that differ by at most a cent and add up exactly; larger ones first."""
        each, rest = divmod(self.cents, count)
        return tuple(Money(each + (i < rest), self.currency) for i in range(count))

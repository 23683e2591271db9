"""Mollie's lists: newest first, a cursor that names the first item, links to the next and previous page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol, TypeVar
from urllib.parse import urlencode

from sandbox.mollie.errors import MollieRefusal
from sandbox.mollie.hal import HTML, link

LARGEST_PAGE: Final = 250
DEFAULT_PAGE: Final = 50


class Identified(Protocol):
    id: str


T = TypeVar("T", bound=Identified)


@dataclass(frozen=True)
class Listing:
    """Where a list lives and what was asked of it."""

    url: str
    name: str
    args: Mapping[str, str]

    def page(self, items: Sequence[T], write: Callable[[T], dict[str, Any]]) -> dict[str, Any]:
        """Return the page asked for. Raises MollieRefusal (400) for an unknown cursor or a bad limit."""
        ordered = list(items)
        if self.args.get("sort", "desc") == "asc":
            ordered.reverse()
        limit = self._limit()
        start = self._start([item.id for item in ordered])
        shown = ordered[start : start + limit]
        after = ordered[start + limit : start + limit + 1]
        before = ordered[max(start - limit, 0) : start][:1]
        return {
            "count": len(shown),
            "_embedded": {self.name: [write(item) for item in shown]},
            "_links": {
                "self": link(self._at({})),
                "previous": link(self._at({"from": before[0].id})) if before else None,
                "next": link(self._at({"from": after[0].id})) if after else None,
                "documentation": link(f"https://docs.mollie.com/reference/list-{self.name}", HTML),
            },
        }

    def _limit(self) -> int:
        text = self.args.get("limit", str(DEFAULT_PAGE))
        if not text.isdigit() or not 1 <= int(text) <= LARGEST_PAGE:
            raise MollieRefusal(400, "The limit must be between 1 and 250", "limit")
        return int(text)

    def _start(self, ids: Sequence[str]) -> int:
        cursor = self.args.get("from")
        if not cursor:
            return 0
        if cursor not in ids:
            raise MollieRefusal(400, "Invalid cursor value", "from")
        return ids.index(cursor)

    def _at(self, changes: dict[str, str]) -> str:
        query = urlencode({**self.args, **changes})
        return f"{self.url}?{query}" if query else self.url

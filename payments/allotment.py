"""How the money of one checkout is divided over the requests that it pays: sums over the set of facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

PAID: Final = "payment"
REFUNDED: Final = "refund"
CHARGED_BACK: Final = "chargeback"
_REVERSED: Final = "_reversal"
# What each kind of fact adds to, and whether it adds or takes away.
POTS: Final[Mapping[str, tuple[str, int]]] = {
    PAID: (PAID, 1),
    REFUNDED: (REFUNDED, 1),
    REFUNDED + _REVERSED: (REFUNDED, -1),
    CHARGED_BACK: (CHARGED_BACK, 1),
    CHARGED_BACK + _REVERSED: (CHARGED_BACK, -1),
}
Cents = dict[str, int]


@dataclass(frozen=True)
class Known:
    """One money fact of a checkout in cents. `owner` is the request that it is about, where that is known."""

    kind: str
    cents: int
    owner: str | None = None


def allot(shares: Mapping[str, int], facts: Iterable[Known]) -> dict[str, Cents]:
    """Return for each kind of money (PAID, REFUNDED, CHARGED_BACK) how many cents fall to each request.

    `shares` is what each request has in the checkout, the oldest request first. Only the totals count, so
    that the order of the facts makes no difference. A payment fills the shares. A refund that is about one
    request is that request's. Any other refund empties what is left of the shares from the newest on, and
    a chargeback from the oldest on, so that they meet only when all is gone. No cent is lost: what fits
    nowhere falls to the request with which the filling begins.
    """
    pots = dict.fromkeys((PAID, REFUNDED, CHARGED_BACK), 0)
    owned, meant = dict.fromkeys(shares, 0), dict.fromkeys(shares, 0)
    for fact in facts:
        pot, sign = POTS[fact.kind]
        about = _is_share_of(fact.cents, shares)
        if pot == REFUNDED and fact.owner in owned:
            owned[fact.owner] += sign * fact.cents
        elif pot == REFUNDED and about is not None:
            meant[about] += sign * fact.cents
        else:
            pots[pot] += sign * fact.cents
    for request, cents in meant.items():  # no request gives back more than it has while others have some
        own = min(cents, max(shares[request] - owned[request], 0))
        owned[request] += own
        pots[REFUNDED] += cents - own
    return _poured(shares, pots, owned)


def _is_share_of(cents: int, shares: Mapping[str, int]) -> str | None:
    """The request that has exactly this much: who gives back one of several means that one."""
    fits = [request for request, share in shares.items() if share == cents]
    return fits[0] if len(fits) == 1 else None


def _poured(shares: Mapping[str, int], pots: Mapping[str, int], owned: Mapping[str, int]) -> dict[str, Cents]:
    room = {request: share - owned[request] for request, share in shares.items()}
    refunded = _fill(dict(reversed(room.items())), pots[REFUNDED])
    return {
        PAID: _fill(shares, pots[PAID]),
        REFUNDED: {request: refunded[request] + owned[request] for request in shares},
        CHARGED_BACK: _fill(room, pots[CHARGED_BACK]),
    }


def _fill(room: Mapping[str, int], cents: int) -> Cents:
    """Pour `cents` over the requests, each up to its room; less than nothing falls to the first as well."""
    filled: Cents = {}
    for request, space in room.items():
        filled[request] = max(min(cents - sum(filled.values()), space), 0)
    first = next(iter(room))
    filled[first] += cents - sum(filled.values())
    return filled
